// Tasks and messages of cases over gRPC. Tasks are derived with each step, taken by one of two officers who want the same
// task, handed over, and given back. A limit that comes near is announced once, and each authority sees its own tasks.
import { randomUUID } from 'node:crypto';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { TaskServiceDefinition, type Task, type TaskServiceClient, type TaskView } from '@hengji/contracts/procedure/v1/task_service';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import { grpcClient } from '@hengji/host';
import { actsIn, query, TEST_CALLER_SECRET, until } from '@hengji/testing';
import { officerOf, partyOf } from './case-walk';
import { startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

const DAY_MS = 86_400_000;

let world: World;
let client: TaskServiceClient & { close(): void };
beforeAll(async () => {
  world = await startWorld();
  client = grpcClient(TaskServiceDefinition, world.address(), { caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 5_000 });
});
afterAll(() => client.close());

const list = async (actor: Actor, view: TaskView = 'ALL'): Promise<Task[]> =>
  (await client.listTasks({ actor, view, page: { after: '', limit: 1_000 } })).tasks;
const of = async (theCase: Case, actor: Actor, view: TaskView = 'ALL') =>
  (await list(actor, view)).filter(({ fileId }) => fileId === theCase.caseId);
const only = async (theCase: Case, actor: Actor): Promise<Task> => {
  const [task, ...more] = await of(theCase, actor);
  if (!task || more.length > 0) throw new Error(`${more.length} tasks more than one`);
  return task;
};
const assign = (task: Task, actor: Actor, to = '') =>
  client.assignTask({ requestId: randomUUID(), actor, taskId: task.taskId, to }).then(({ task: after }) => after);

it('ends with its step, and the next task is created', async () => {
  const institution = anInstitution();
  const drafter = officerOf(institution, 'drafter');
  const theCase = await world.cases.open(institution);
  const task = await only(theCase, drafter);
  expect(task).toMatchObject({ step: 'TRIAGE', title: '分办', role: 'OFFICER', assignee: '', post: '', service: 'enforcement' });
  expect(task.about).toContain(theCase.number);
  await world.cases.take(theCase, 'TRIAGE');
  expect((await only(theCase, drafter)).step).toBe('VERIFY');
  const rows = await query<{ step: string; done: boolean }>(
    world.url,
    'SELECT step, done_at IS NOT NULL AS done FROM procedure.task WHERE file_id = $1 ORDER BY version',
    [theCase.caseId],
  );
  expect(rows).toEqual([
    { step: 'TRIAGE', done: true },
    { step: 'VERIFY', done: false },
  ]);
});

it('goes to one of two officers who take it at once, and the other gets the name of the holder', async () => {
  const institution = anInstitution();
  const [a, b] = [officerOf(institution, 'taker-a'), officerOf(institution, 'taker-b')];
  const theCase = await world.cases.open(institution);
  const task = await only(theCase, a);
  const taken = await Promise.allSettled([assign(task, a), assign(task, b)]);
  expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = taken.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  expect(refused).toEqual([expect.objectContaining({ reason: 'task.assigned' })]);
});

it('is handed over and given back, and gives the same request the same answer', async () => {
  const institution = anInstitution();
  const [a, b] = [officerOf(institution, 'from-a'), officerOf(institution, 'to-b')];
  const theCase = await world.cases.open(institution);
  const task = await only(theCase, a);
  await expect(assign(task, a, 'to-b')).rejects.toMatchObject({ reason: 'task.officer_unknown' });
  await list(b);
  expect((await client.listTaskOfficers({ actor: a })).officers).toContainEqual({ officerId: 'to-b', name: 'to-b' });
  const own = await assign(task, a);
  expect(own).toMatchObject({ assignee: 'from-a', allowed: ['HAND_OVER', 'TAKE_BACK'] });
  await expect(client.handOverTask({ requestId: randomUUID(), actor: b, taskId: task.taskId, to: 'to-b' })).rejects.toMatchObject({
    reason: 'task.not_yours',
  });
  const handOver = { requestId: randomUUID(), actor: a, taskId: task.taskId, to: 'to-b' };
  expect((await client.handOverTask(handOver)).task).toMatchObject({ assignee: 'to-b', assigneeName: 'to-b' });
  expect((await client.handOverTask(handOver)).task).toMatchObject({ assignee: 'to-b' });
  expect((await of(theCase, b, 'MINE')).map(({ taskId }) => taskId)).toEqual([task.taskId]);
  expect(await of(theCase, a, 'MINE')).toEqual([]);
  const back = await client.takeBackTask({ requestId: randomUUID(), actor: b, taskId: task.taskId });
  expect(back.task).toMatchObject({ assignee: '', allowed: ['ASSIGN'] });
  const acts = (await actsIn(world.url)).filter(({ on }) => on === `task ${task.taskId}`);
  expect(acts.map(({ what, by }) => `${what} ${by}`)).toEqual([
    'AssignTask PERSON from-a',
    'HandOverTask PERSON from-a',
    'TakeBackTask PERSON to-b',
  ]);
  await world.cases.take(theCase, 'TRIAGE');
  await expect(assign(task, a)).rejects.toMatchObject({ reason: 'task.done' });
});

it('is seen by its own city and the province, and taken by its own city only', async () => {
  const institution = anInstitution();
  const own = officerOf(institution, 'own');
  const other = Actor.fromPartial({ officerId: 'other', role: 'CITY_OFFICER', authority: '2102' });
  const province = Actor.fromPartial({ officerId: 'province', role: 'PROVINCE_OFFICER', authority: 'LN' });
  const theCase = await world.cases.open(institution);
  const task = await only(theCase, own);
  expect(await of(theCase, other)).toEqual([]);
  expect(await of(theCase, partyOf(institution))).toEqual([]);
  expect(await of(theCase, province)).toMatchObject([{ taskId: task.taskId, allowed: [] }]);
  expect(await of(theCase, province, 'UNASSIGNED')).toEqual([]);
  await expect(assign(task, other)).rejects.toMatchObject({ reason: 'task.unknown' });
  await expect(assign(task, province)).rejects.toMatchObject({ reason: 'task.role_forbidden' });
});

describe('a limit', () => {
  afterEach(() => {
    world.clock.aheadMs = 0;
  });

  it('that comes near is announced once to the party, and after it has passed the officers have the task', async () => {
    const institution = anInstitution();
    const [own, party] = [officerOf(institution, 'reminded'), partyOf(institution)];
    const founded = await world.cases.founded(institution);
    await world.client().draftOrder({
      ...{ requestId: randomUUID(), actor: own, caseId: founded.caseId, scope: { institution } },
      ...{ measures: ['CANCEL_RESULTS'], grounds: ['CERTIFICATES_WITHOUT_EXAM'], reason: '不考试就发证' },
    });
    const noticed = await world.cases.take(founded, 'SERVE_NOTICE');
    const task = await only(noticed, party);
    expect(task).toMatchObject({ step: 'REPLY', role: 'INSTITUTION', allowed: [] });
    const due = noticed.deadlines.find(({ code }) => code === 'D-CASE-REPLY')?.dueAt;
    expect(task.dueAt).toEqual(due);
    const said = async () => (await client.listReminders({ actor: party, unreadOnly: true, page: undefined })).reminders;
    world.clock.aheadMs = (due?.getTime() ?? 0) - Date.now() - 60_000;
    const [reminder] = await until(said, (found) => found.length > 0);
    expect(reminder).toMatchObject({ state: 'NEARING', fileId: noticed.caseId, read: false });
    world.clock.aheadMs += DAY_MS;
    await until(said, (found) => found.length > 1);
    await until(
      () => of(noticed, own),
      (found) => found.some(({ step }) => step === 'CLOSE_REPLY'),
    );
    expect((await of(noticed, own)).map(({ step }) => step)).toEqual(['CLOSE_REPLY']);
    expect((await said()).map(({ state }) => state).sort()).toEqual(['NEARING', 'PASSED']);
    expect((await client.countTasks({ actor: party })).unread).toBe(2);
    await client.markReminderRead({ requestId: randomUUID(), actor: party, reminderId: reminder?.reminderId ?? '' });
    expect((await said()).map(({ state }) => state)).toEqual(['PASSED']);
    await expect(
      client.markReminderRead({ requestId: randomUUID(), actor: own, reminderId: reminder?.reminderId ?? '' }),
    ).rejects.toMatchObject({ reason: 'reminder.unknown' });
  });
});
