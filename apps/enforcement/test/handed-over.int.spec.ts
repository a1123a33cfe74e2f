// A case that another authority or other officers get, against a real database: numbers, orders, limits, tasks and reading follow, and
// the authority that lost the case is told.
import { randomUUID } from 'node:crypto';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { TaskServiceDefinition, type TaskServiceClient } from '@hengji/contracts/procedure/v1/task_service';
import { grpcClient } from '@hengji/host';
import { query, TEST_CALLER_SECRET } from '@hengji/testing';
import { officerOf } from './case-walk';
import { city, must, province, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
let tasks: TaskServiceClient & { close(): void };
beforeAll(async () => {
  world = await startWorld();
  tasks = grpcClient(TaskServiceDefinition, world.address(), { caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 5_000 });
});
afterAll(() => tasks.close());

const HEAD = province('province-head');
const ORDERED = { documentNo: '辽人社函〔2026〕1号', text: '案情重大，由省级直接办理' };
const reason = (slug: string) => expect.objectContaining({ reason: slug });
const takeOver = (theCase: Case): Promise<Case> => world.cases.take(theCase, 'TAKE_OVER', { actor: HEAD, ...ORDERED });

const listed = async (actor: Actor, institution: string, field = 'institution', value = institution): Promise<string[]> => {
  const asked = ListQuery.fromPartial({
    filters: [
      { field: 'institution', op: 'IS', values: [institution] },
      ...(field === 'institution' ? [] : [{ field, op: 'IS' as const, values: [value] }]),
    ],
  });
  return (await world.caseClient().listCases({ actor, query: asked })).cases.map(({ caseId }) => caseId);
};

const tasksOf = async (theCase: Case, actor: Actor) =>
  (await tasks.listTasks({ actor, view: 'ALL', page: { after: '', limit: 1_000 } })).tasks.filter(
    ({ fileId }) => fileId === theCase.caseId,
  );

const interimIn = async ({ caseId, institution }: Case): Promise<string> => {
  const actor = officerOf(institution, 'drafter');
  const content = { scope: { institution }, measures: ['STOP_EVALUATION' as const], grounds: ['OUT_OF_SCOPE' as const], reason: '超范围' };
  const stop = { interim: true, urgency: '仍在组织考试', endCondition: '整改合格' };
  const { order } = await world.client().draftOrder({ requestId: randomUUID(), actor, caseId, ...content, ...stop });
  await world.client().previewOrder({ actor, orderId: must(order).orderId });
  return must(order).orderId;
};

describe('提级办理', () => {
  it('gives the case a number of the province, and its orders to the province; the city reads both and acts in none', async () => {
    const institution = anInstitution();
    const before = await world.cases.founded(institution);
    const orderId = await interimIn(before);
    const after = await takeOver(before);
    expect(after).toMatchObject({ authority: 'LN', filedWith: '2101', formerNumber: before.number, officers: [] });
    expect([before.number, after.number]).toEqual([expect.stringMatching(/^沈人社鉴案/), expect.stringMatching(/^辽人社鉴案/)]);
    expect(after.entries.at(-1)).toMatchObject({ step: 'TAKE_OVER', title: '提级办理', counterpart: 'LN', ...ORDERED });
    // The city reads on, one by one and in lists.
    const inCity = city('reader');
    expect(await world.cases.get(before.caseId, inCity)).toMatchObject({ authority: 'LN', nextSteps: [], allowedActions: [] });
    expect([await listed(inCity, institution), await listed(city('x', '2102'), institution)]).toEqual([[before.caseId], []]);
    expect(await listed(HEAD, institution, 'authority', 'LN')).toEqual([before.caseId]);
    expect((await world.client().getOrder({ actor: inCity, orderId })).order).toMatchObject({
      authority: 'LN',
      filedWith: '2101',
      allowedActions: [],
    });
    expect((await world.client().listOrders({ actor: inCity, institution })).orders).toHaveLength(1);
    // The order is the province's: its preview, its signature, its number.
    await expect(world.client().previewOrder({ actor: city('drafter'), orderId })).rejects.toThrow(reason('order.out_of_territory'));
    const signing = (actor: Actor) => world.client().signOrder({ requestId: randomUUID(), actor, orderId });
    await expect(signing(city('deputy'))).rejects.toThrow(reason('order.out_of_territory'));
    await expect(signing(province('somebody'))).rejects.toThrow(reason('order.not_head'));
    expect((await signing(HEAD)).order?.documentNo).toMatch(/^辽人社鉴处/);
    await expect(world.cases.take(after, 'ISSUE_NOTICE')).rejects.toThrow(reason('case.out_of_territory'));
  });

  it('moves tasks and limits to the province, and tells the city once', async () => {
    const before = await world.cases.founded(anInstitution());
    const noticed = await world.cases.take(before, 'SERVE_NOTICE');
    const after = await takeOver(noticed);
    const ofCity = (await tasksOf(after, city('reader'))).filter(({ role }) => role === 'OFFICER');
    const ofProvince = (await tasksOf(after, HEAD)).filter(({ role }) => role === 'OFFICER');
    expect([ofCity, ofProvince.map(({ title, authority }) => [title, authority])]).toEqual([[], [['确定承办人', 'LN']]]);
    const limits = await query(world.url, 'SELECT DISTINCT authority FROM procedure."limit" WHERE file_id = $1', [after.caseId]);
    expect(limits).toEqual([{ authority: 'LN' }]);
    const { reminders } = await tasks.listReminders({ actor: city('reader'), unreadOnly: true, page: { after: '', limit: 100 } });
    expect(reminders.filter(({ fileId }) => fileId === after.caseId)).toMatchObject([
      { state: 'TOLD', authority: '2101', title: `${before.number}已由省本级办理（${ORDERED.documentNo}）：${ORDERED.text}` },
    ]);
  });

  it('lets the province go on in its own name, and back with the city the case has its first number', async () => {
    const before = await world.cases.founded(anInstitution());
    const over = await world.cases.take(await takeOver(before), 'NAME_OFFICERS', { actor: HEAD });
    expect(over.officers.map(({ officerId, main }) => [officerId, main])).toEqual([
      ['drafter', true],
      ['verifier-a', false],
      ['verifier-b', false],
    ]);
    const noticed = await world.cases.take(over, 'ISSUE_NOTICE', { actor: province('drafter') });
    expect(noticed.documents.map(({ number }) => number)).toEqual([expect.stringMatching(/^辽人社鉴告/)]);
    const back = await world.cases.take(noticed, 'DESIGNATE', { actor: HEAD, ...ORDERED, counterpart: '2101' });
    expect(back).toMatchObject({ authority: '2101', number: before.number, formerNumber: '', officers: [] });
    expect(await tasksOf(back, city('reader'))).toEqual(expect.arrayContaining([expect.objectContaining({ title: '确定承办人' })]));
  });

  it('answers a city that asked: until then it waits as a task of the province', async () => {
    const opened = await world.cases.open(anInstitution());
    const asked = await world.cases.take(opened, 'ASK_TAKE_OVER');
    const waits = async (): Promise<string[]> =>
      (await tasksOf(asked, HEAD)).filter(({ authority }) => authority === 'LN').map(({ step }) => step);
    expect(await waits()).toEqual(['TAKE_OVER']);
    await world.cases.take(asked, 'DESIGNATE', { actor: HEAD, ...ORDERED, counterpart: '2101' });
    expect(await waits()).toEqual([]);
  });

  it('is registered by the province for the city, which then handles the lead', async () => {
    const opened = await world.cases.open(anInstitution(), { actor: province('drafter') });
    expect(opened).toMatchObject({ authority: '2101', number: expect.stringMatching(/^沈人社鉴案/) });
    await expect(world.cases.take(opened, 'TRIAGE', { actor: province('drafter') })).rejects.toThrow(reason('case.out_of_territory'));
    expect((await world.cases.take(opened, 'TRIAGE')).state).toBe('TRIAGED');
  });
});

describe('承办人', () => {
  it('are known officers of the authority, are found in the list, and hand their tasks over when they change', async () => {
    const institution = anInstitution();
    const opened = await world.cases.open(institution);
    const actor = officerOf(institution, 'drafter');
    const naming = (officerIds: string[]) => world.cases.take(opened, 'TRIAGE', { actor, officerIds });
    await expect(naming(['drafter', 'a-typo'])).rejects.toThrow(reason('case.officer_unknown'));
    const triaged = await naming(['verifier-a', 'drafter']);
    const mine = (person: string): Promise<string[]> => listed(actor, institution, 'officer', person);
    expect([await mine('verifier-a'), await mine('drafter'), await mine('verifier-b')]).toEqual([[opened.caseId], [opened.caseId], []]);
    const [task] = await tasksOf(triaged, actor);
    await tasks.assignTask({ requestId: randomUUID(), actor: officerOf(institution, 'verifier-a'), taskId: task?.taskId ?? '', to: '' });
    const changed = await world.cases.take(triaged, 'NAME_OFFICERS', { officerIds: ['verifier-b', 'drafter'], text: '原承办人调离' });
    expect(changed.entries.at(-1)).toMatchObject({ step: 'NAME_OFFICERS', text: '原承办人调离', officers: changed.officers });
    expect(await tasksOf(changed, actor)).toMatchObject([{ taskId: task?.taskId, assignee: 'verifier-b', assigneeName: 'verifier-b' }]);
    expect([await mine('verifier-a'), await mine('verifier-b')]).toEqual([[], [opened.caseId]]);
    await expect(world.cases.take(changed, 'VERIFY')).rejects.toThrow(reason('case.not_officer'));
  });
});
