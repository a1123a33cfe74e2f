// Every RPC of enforcement that writes leaves its act, and so does everything that enforcement does by itself on an order.
import { randomUUID } from 'node:crypto';
import { CalendarServiceDefinition, type CalendarServiceClient } from '@hengji/contracts/enforcement/v1/calendar_service';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { ParameterServiceDefinition, type ParameterServiceClient } from '@hengji/contracts/enforcement/v1/parameter_service';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { TaskServiceDefinition, type TaskServiceClient } from '@hengji/contracts/procedure/v1/task_service';
import { grpcClient } from '@hengji/host';
import { type ActSeen, actsIn, actsOfWork, TEST_CALLER_SECRET, until } from '@hengji/testing';
import type { RecordedMethod, TASK_ACTS } from '@hengji/procedure';
import type { ACTS, CALENDAR_ACTS, CASE_ACTS, PARAMETER_ACTS } from '../src/adapters/grpc/acts';
import { pdfOf, upload } from './attachments';
import { inPerson, officerOf, partyOf } from './case-walk';
import { DRAFTER, must, refused, rowOf, SIGNER, startWorld, type World } from './enforcement';
import { foundedDraft } from './founded-draft';
import { anInstitution } from './neighbours';

let world: World;
let calendar: CalendarServiceClient & { close(): void };
let tasks: TaskServiceClient & { close(): void };
let parameters: ParameterServiceClient & { close(): void };
beforeAll(async () => {
  world = await startWorld();
  const gateway = { caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 5_000 };
  calendar = grpcClient(CalendarServiceDefinition, world.address(), gateway);
  tasks = grpcClient(TaskServiceDefinition, world.address(), gateway);
  parameters = grpcClient(ParameterServiceDefinition, world.address(), gateway);
});
afterAll(() => [calendar, tasks, parameters].forEach((client) => client.close()));

type Expected = Partial<Record<keyof ActSeen, unknown>>;

const requestId = randomUUID;
const by = (actor: { officerId: string }): Expected => ({ by: `PERSON ${actor.officerId}` });
const ofOrder = ({ orderId, caseId, scope }: Order, actor = SIGNER): Expected => ({
  ...{ ...by(actor), on: `order ${orderId}`, orderId, caseId, institution: scope?.institution },
});
const completed = async (...measures: NonNullable<Parameters<World['sign']>[1]>): Promise<Order> => {
  const order = await world.sign(anInstitution(), measures);
  await world.carryOut(order);
  return until(
    () => world.get(order.orderId),
    ({ state }) => state === 'COMPLETED',
  );
};

const drafted = (): Promise<Order> => foundedDraft(world);

/** Only the last step of each entry is the tested RPC; the earlier steps prepare it. `act` is the expected act. */
const ORDERS = {
  draftOrder: async () => ofOrder(await drafted(), DRAFTER),
  previewOrder: async () => {
    const order = await world.draft(anInstitution());
    await world.client().previewOrder({ actor: DRAFTER, orderId: order.orderId });
    return ofOrder(order, DRAFTER);
  },
  editDraft: async () => {
    const { orderId, scope, grounds, measures } = await drafted();
    const edit = { actor: DRAFTER, orderId, revision: 1, scope, grounds, measures, reason: '另一理由' };
    const edited = await world.client().editDraft({ requestId: requestId(), ...edit });
    return ofOrder(must(edited.order), DRAFTER);
  },
  discardDraft: async () => {
    const order = await drafted();
    await world.client().discardDraft({ requestId: requestId(), actor: DRAFTER, orderId: order.orderId, reason: '重复起草' });
    return ofOrder(order, DRAFTER);
  },
  signOrder: async () => ofOrder(await world.sign(anInstitution())),
  liftOrder: async () => {
    const order = await completed('CANCEL_RESULTS');
    await world.client().liftOrder({ requestId: requestId(), actor: SIGNER, orderId: order.orderId, ground: 'COURT', reason: '判决撤销' });
    return ofOrder(order);
  },
  suspendOrder: async () => {
    const order = await world.sign(anInstitution());
    await world.client().suspendOrder({ requestId: requestId(), actor: SIGNER, orderId: order.orderId, reason: '法院裁定停止执行' });
    return ofOrder(order);
  },
  resumeOrder: async () => {
    const order = await world.sign(anInstitution());
    const { orderId } = order;
    await world.client().suspendOrder({ requestId: requestId(), actor: SIGNER, orderId, reason: '法院裁定停止执行' });
    await world.client().resumeOrder({ requestId: requestId(), actor: SIGNER, orderId, reason: '法院裁定恢复执行' });
    return ofOrder(order);
  },
  sweepOrder: async () => {
    const order = await completed('CANCEL_RESULTS');
    await world.client().sweepOrder({ actor: SIGNER, orderId: order.orderId });
    return ofOrder(order);
  },
  retryRow: async () => {
    const order = await world.sign(anInstitution(), ['CANCEL_RESULTS']);
    const [row] = order.rows;
    if (!row) throw new Error('an order without rows');
    await world.report(order.scope?.institution ?? '', refused(order, row));
    await until(
      () => world.get(order.orderId),
      ({ rows }) => rows[0]?.state === 'REFUSED',
    );
    await world.client().retryRow({ requestId: requestId(), actor: SIGNER, orderId: order.orderId, row: row.ask?.row ?? 0 });
    return ofOrder(order);
  },
  confirmDrift: async () => {
    const order = await world.sign(anInstitution(), ['CANCEL_RESULTS']);
    const row = rowOf(order, 'CANCEL_RESULTS');
    await world.report(order.scope?.institution ?? '', refused(order, row, 'order.target_drifted'));
    await until(
      () => world.get(order.orderId),
      (seen) => rowOf(seen, 'CANCEL_RESULTS').state === 'REFUSED',
    );
    world.neighbours.exam.counts.set('CANCEL_RESULTS', 12);
    await world.client().confirmDrift({ requestId: requestId(), actor: SIGNER, orderId: order.orderId });
    world.neighbours.exam.counts.clear();
    return ofOrder(order);
  },
  decideLeftRecord: async () => {
    const order = await completed('CANCEL_RESULTS');
    const { orderId } = order;
    await world.client().liftOrder({ requestId: requestId(), actor: SIGNER, orderId, ground: 'COURT', reason: '判决撤销' });
    await world.carryOut(await world.get(orderId));
    world.neighbours.exam.left.push({ recordId: 'r1', wouldBe: 'PASSED', is: 'CANCELLED' });
    const row = rowOf(await world.get(orderId), 'CANCEL_RESULTS', true).ask?.row ?? 0;
    await world.client().decideLeftRecord({ requestId: requestId(), actor: SIGNER, orderId, row, recordId: 'r1', decision: '维持现状' });
    return ofOrder(order);
  },
} as const satisfies Record<RecordedMethod<typeof ACTS>, () => Promise<Expected>>;

const issuedDocument = async () => {
  const order = await completed('CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES');
  const { caseId, orderId } = order;
  const asked = { requestId: requestId(), actor: DRAFTER, caseId, orderId, kind: 'RECOVERY' as const, text: '' };
  const { document } = await world.caseClient().issueDocument(asked);
  const documentId = document?.documentId ?? '';
  const act = { ...by(DRAFTER), on: `document ${documentId}`, caseId, orderId, institution: order.scope?.institution };
  return { documentId, act };
};

const rectified = async () => {
  const order = await completed('STOP_EVALUATION', 'RECTIFY');
  const institution = order.scope?.institution ?? '';
  const { orderId, caseId } = order;
  const party = partyOf(institution);
  await world.caseClient().giveEvidence({ requestId: requestId(), actor: party, orderId, text: '已整改', attachmentIds: [] });
  const act = { on: `case ${caseId}`, orderId, caseId, institution };
  return { orderId, institution, party, act };
};

const CASES = {
  openCase: async () => {
    const { caseId, institution } = await world.cases.open(anInstitution());
    return { ...by(officerOf(institution, 'drafter')), on: `case ${caseId}`, caseId, institution };
  },
  takeStep: async () => {
    const { caseId, institution } = await world.cases.take(await world.cases.open(anInstitution()), 'TRIAGE');
    return { what: 'TakeStep TRIAGE', ...by(officerOf(institution, 'drafter')), on: `case ${caseId}`, caseId, institution };
  },
  issueDocument: async () => (await issuedDocument()).act,
  serveDocument: async () => {
    const { documentId, act } = await issuedDocument();
    const proof = { service: inPerson(new Date()), attachmentIds: [await world.cases.attach(act, DRAFTER, 'OTHER')] };
    const served = { documentId, mode: 'IN_PERSON' as const, receiver: '王校长', ...proof };
    await world.caseClient().serveDocument({ requestId: requestId(), actor: DRAFTER, ...served });
    return { ...act, evidence: [...proof.attachmentIds, documentId] };
  },
  addAttachment: async () => {
    const { caseId, institution } = await world.cases.founded(anInstitution());
    const file = { name: '照片.pdf', mediaType: 'application/pdf', content: pdfOf('一') };
    const { attachment } = await world.caseClient().addAttachment({ requestId: requestId(), actor: DRAFTER, caseId, ...file });
    return { ...by(DRAFTER), on: `attachment ${attachment?.attachmentId}`, caseId, institution };
  },
  uploadAttachment: async () => {
    const { caseId, institution } = await world.cases.founded(anInstitution());
    const head = { requestId: requestId(), actor: DRAFTER, caseId, name: '照片.pdf' };
    const { attachmentId } = await upload(world.caseClient(), head, pdfOf('二'));
    return { ...by(DRAFTER), on: `attachment ${attachmentId}`, caseId, institution };
  },
  giveEvidence: async () => {
    const { party, act } = await rectified();
    return { ...act, ...by(party) };
  },
  checkRectification: async () => {
    const { orderId, institution, act } = await rectified();
    const actor = officerOf(institution, 'a');
    await world.caseClient().checkRectification({ requestId: requestId(), actor, orderId, passed: true, text: '现场已整改' });
    return { ...act, ...by(actor) };
  },
  finishFollowUp: async () => {
    const { orderId, caseId, scope } = await completed('REMOVE_FROM_DIRECTORY');
    const asked = { actor: DRAFTER, orderId, kind: 'FEES_SETTLED', note: '已办结' };
    await world.caseClient().finishFollowUp({ requestId: requestId(), ...asked });
    return { ...by(DRAFTER), on: `case ${caseId}`, orderId, caseId, institution: scope?.institution };
  },
} as const satisfies Record<RecordedMethod<typeof CASE_ACTS>, () => Promise<Expected>>;

const range = (from: string, until = from) => ({ from, until });
/** Made up for the test: the holidays of 2027 are not announced yet. */
const YEAR = {
  ...{ jurisdiction: 'CN', year: 2027, source: '国务院办公厅关于2027年部分节假日安排的通知（测试）' },
  off: [
    ...[range('2027-01-01', '2027-01-03'), range('2027-02-05', '2027-02-12'), range('2027-04-03', '2027-04-05')],
    ...[range('2027-05-01', '2027-05-05'), range('2027-06-09'), range('2027-09-15'), range('2027-10-01', '2027-10-07')],
  ],
  worked: ['2027-02-14', '2027-05-08', '2027-09-26', '2027-10-09'],
};
const operator = (officerId: string): Actor => Actor.fromPartial({ officerId, name: officerId, role: 'OPERATOR', authority: 'LN' });

/** The year already has versions, because the fixture loads the announced years. */
let version = 0;
const CALENDAR = {
  proposeCalendarYear: async () => {
    const answer = await calendar.proposeCalendarYear({ requestId: requestId(), actor: operator('op-a'), ...YEAR });
    version = answer.year?.version ?? 0;
    return { by: 'PERSON op-a', on: `calendar_year CN/2027/${version}` };
  },
  confirmCalendarYear: async () => {
    await calendar.confirmCalendarYear({ actor: operator('op-b'), jurisdiction: 'CN', year: 2027, version });
    return { by: 'PERSON op-b', on: `calendar_year CN/2027/${version}` };
  },
} as const satisfies Record<RecordedMethod<typeof CALENDAR_ACTS>, () => Promise<Expected>>;

/** A task of a case that has just been opened; another officer of its authority requested the list. */
const waiting = async () => {
  const { caseId, institution } = await world.cases.open(anInstitution());
  const [actor, other] = [officerOf(institution, 'task-a'), officerOf(institution, 'task-b')];
  await tasks.listTasks({ actor: other, view: 'ALL', page: undefined });
  const { tasks: found } = await tasks.listTasks({ actor, view: 'ALL', page: { after: '', limit: 1_000 } });
  const taskId = found.find(({ fileId }) => fileId === caseId)?.taskId ?? '';
  return { taskId, actor, other, act: { ...by(actor), on: `task ${taskId}`, institution } };
};
const assigned = async () => {
  const task = await waiting();
  await tasks.assignTask({ requestId: requestId(), actor: task.actor, taskId: task.taskId, to: '' });
  return task;
};
const TASKS = {
  assignTask: async () => (await assigned()).act,
  handOverTask: async () => {
    const { taskId, actor, other, act } = await assigned();
    await tasks.handOverTask({ requestId: requestId(), actor, taskId, to: other.officerId });
    return { ...act, evidence: expect.arrayContaining([`to:${other.officerId}`]) };
  },
  takeBackTask: async () => {
    const { taskId, actor, act } = await assigned();
    await tasks.takeBackTask({ requestId: requestId(), actor, taskId });
    return act;
  },
  markReminderRead: async () => {
    const order = await world.sign(anInstitution(), ['CANCEL_RESULTS']);
    world.clock.aheadMs = 24 * 3_600_000;
    const { reminders } = await until(
      () => tasks.listReminders({ actor: DRAFTER, unreadOnly: true, page: undefined }),
      (said) => said.reminders.some(({ fileId }) => fileId === order.orderId),
    );
    world.clock.aheadMs = 0;
    const { reminderId = '' } = reminders.find(({ fileId }) => fileId === order.orderId) ?? {};
    await tasks.markReminderRead({ requestId: requestId(), actor: DRAFTER, reminderId });
    return { ...by(DRAFTER), on: `reminder ${reminderId}` };
  },
} as const satisfies Record<RecordedMethod<typeof TASK_ACTS>, () => Promise<Expected>>;

const PARAMETER = { code: 'D-RECTIFY-CHECK', jurisdiction: 'LN' };
const PARAMETERS = {
  proposeParameter: async () => {
    const value = { validFrom: '2026-01-01', amount: 12, unit: 'WORKING_DAY' as const, extension: 0, source: '测试文件', reason: '测试' };
    await parameters.proposeParameter({ requestId: requestId(), actor: operator('op-a'), ...PARAMETER, ...value });
    return { by: 'PERSON op-a', on: 'parameter D-RECTIFY-CHECK/LN/1' };
  },
  confirmParameter: async () => {
    await parameters.confirmParameter({ actor: operator('op-b'), ...PARAMETER, version: 1 });
    return { by: 'PERSON op-b', on: 'parameter D-RECTIFY-CHECK/LN/1' };
  },
} as const satisfies Record<RecordedMethod<typeof PARAMETER_ACTS>, () => Promise<Expected>>;

const WALK = { ...ORDERS, ...CASES, ...CALENDAR, ...TASKS, ...PARAMETERS };

it.each(Object.keys(WALK) as (keyof typeof WALK)[])('%s leaves one act', async (method) => {
  const what = `${method.charAt(0).toUpperCase()}${method.slice(1)}`;
  let expected: Expected = {};
  const acts = await actsOfWork(world.url, async () => (expected = await WALK[method]()));
  const { on } = expected;
  expect(acts.filter((act) => act.on === on && act.what === (expected.what ?? what))).toEqual([expect.objectContaining(expected)]);
});

it('records an act for what enforcement does by itself: an order is issued, its rows are released, and it is completed', async () => {
  const order = await completed('CANCEL_RESULTS');
  const own = (await actsIn(world.url)).filter(({ by: who, orderId }) => who === 'SERVICE enforcement' && orderId === order.orderId);
  expect(own.map(({ what }) => what)).toEqual(['IssueOrder', 'CompleteOrder']);
});

it('records a repeated request once', async () => {
  const id = requestId();
  const institution = anInstitution();
  const twice = async () => {
    await world.cases.open(institution, { requestId: id });
    await world.cases.open(institution, { requestId: id });
  };
  expect((await actsOfWork(world.url, twice)).filter(({ what }) => what === 'OpenCase')).toHaveLength(1);
});
