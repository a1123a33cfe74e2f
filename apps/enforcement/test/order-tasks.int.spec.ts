// Tasks of orders over gRPC. Each task is created in the transaction that makes an order wait for a person, and ends with
// that person's action. Orders that the previous version left without tasks get them at the start.
import { randomUUID } from 'node:crypto';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { TaskServiceDefinition, type Task, type TaskServiceClient } from '@hengji/contracts/procedure/v1/task_service';
import { grpcClient } from '@hengji/host';
import { query, TEST_CALLER_SECRET, until } from '@hengji/testing';
import { officerOf, partyOf } from './case-walk';
import { city, done, DRAFTER, must, refused, rowOf, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => {
  world.clock.aheadMs = 0;
});

const requestId = randomUUID;
const asking = async <T>(ask: (client: TaskServiceClient) => Promise<T>): Promise<T> => {
  const client = grpcClient(TaskServiceDefinition, world.address(), { caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 5_000 });
  try {
    return await ask(client);
  } finally {
    client.close();
  }
};
const of = (fileId: string, actor: Actor): Promise<Task[]> =>
  asking(async (client) =>
    (await client.listTasks({ actor, view: 'ALL', page: { after: '', limit: 1_000 } })).tasks.filter((task) => task.fileId === fileId),
  );
const steps = async (fileId: string, actor: Actor = DRAFTER): Promise<string[]> => (await of(fileId, actor)).map(({ step }) => step);
/** The officers' tasks about the order, once they are the expected ones. */
const wait = ({ orderId }: Pick<Order, 'orderId'>, ...expected: string[]): Promise<string[]> =>
  until(
    () => steps(orderId),
    (found) => JSON.stringify(found) === JSON.stringify(expected),
  );
const completed = async (...measures: NonNullable<Parameters<World['sign']>[1]>): Promise<Order> => {
  const { orderId } = await world.carryOut(await world.sign(anInstitution(), measures));
  return until(
    () => world.get(orderId),
    ({ state }) => state === 'COMPLETED',
  );
};
const draftIn = async (caseId: string, institution: string, content: object): Promise<Order> => {
  const asked = { scope: { institution }, grounds: ['CERTIFICATES_TRADED' as const], reason: '倒卖证书', ...content };
  const { order } = await world.client().draftOrder({ requestId: requestId(), actor: DRAFTER, caseId, ...asked });
  await world.client().previewOrder({ actor: DRAFTER, orderId: must(order).orderId });
  return must(order);
};
const STOP = { measures: ['STOP_EVALUATION' as const], interim: true, urgency: '仍在组织考试', endCondition: '整改合格' };

it('an interim stop waits for its signature from its draft until the signature', async () => {
  const institution = anInstitution();
  const { caseId } = await world.cases.founded(institution);
  const { orderId } = await draftIn(caseId, institution, STOP);
  expect(await of(orderId, DRAFTER)).toMatchObject([
    {
      step: 'SIGN_INTERIM',
      title: '签发先行停止',
      fileKind: 'order',
      role: 'OFFICER',
      authority: '2101',
      allowed: ['ASSIGN'],
      institution,
    },
  ]);
  expect(await steps(orderId, city('other', '2102'))).toEqual([]);
  await world.client().signOrder({ requestId: requestId(), actor: city('deputy'), orderId });
  expect(await steps(orderId)).toEqual([]);
});

it('a transfer waits for its signature once its case has approved it, due at the limit for sending it', async () => {
  const institution = anInstitution();
  const founded = await world.cases.founded(institution);
  const { orderId } = await draftIn(founded.caseId, institution, { measures: ['TRANSFER_TO_POLICE'] });
  expect(await steps(orderId)).toEqual([]);
  const content = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');
  const attach = async (name: string): Promise<string[]> => {
    const asked = { requestId: requestId(), actor: DRAFTER, caseId: founded.caseId, name, mediaType: 'application/pdf', content };
    return [(await world.caseClient().addAttachment(asked)).attachment?.attachmentId ?? ''];
  };
  const actor = (officerId: string) => ({ actor: officerOf(institution, officerId) });
  await world.cases.take(founded, 'REPORT_CRIME', { ...actor('verifier-a'), attachmentIds: await attach('调查报告.pdf') });
  await world.cases.take(founded, 'REPORT_CRIME', actor('verifier-b'));
  const approved = await world.cases.take(founded, 'APPROVE_TRANSFER', { ...actor('signer'), attachmentIds: await attach('清单.pdf') });
  const dueAt = approved.deadlines.find(({ code }) => code === 'D-TRANSFER-SEND')?.dueAt;
  expect(await of(orderId, DRAFTER)).toMatchObject([{ step: 'SIGN_TRANSFER', dueAt }]);
  await world.client().signOrder({ requestId: requestId(), actor: SIGNER, orderId });
  expect(await steps(orderId)).toEqual([]);
});

it('a rectification waits for the institution, then for the re-check of two officers, then for the lifting of the stop', async () => {
  const { orderId, caseId, scope } = await completed('STOP_EVALUATION', 'RECTIFY');
  const institution = scope?.institution ?? '';
  const party = partyOf(institution);
  expect(await of(orderId, party)).toMatchObject([
    { step: 'GIVE_EVIDENCE', role: 'INSTITUTION', dueAt: new Date('2099-12-31T15:59:59.999Z'), allowed: [] },
  ]);
  await world.caseClient().giveEvidence({ requestId: requestId(), actor: party, orderId, text: '已整改', attachmentIds: [] });
  expect(await steps(orderId, party)).toEqual([]);
  const dueAt = (await world.cases.get(caseId)).deadlines.find(({ code }) => code === 'D-RECTIFY-CHECK')?.dueAt;
  expect(await of(orderId, DRAFTER)).toMatchObject([{ step: 'CHECK_RECTIFICATION', dueAt }]);
  const check = (officerId: string) =>
    world.caseClient().checkRectification({
      ...{ requestId: requestId(), actor: officerOf(institution, officerId), orderId, passed: true, text: '现场已整改' },
    });
  await check('verifier-a');
  expect(await steps(orderId)).toEqual(['CHECK_RECTIFICATION']);
  await check('verifier-b');
  expect(await steps(orderId)).toEqual(['LIFT_STOP']);
  const lifting = { ground: 'CONDITION_MET' as const, reason: '整改合格' };
  await world.client().liftOrder({ requestId: requestId(), actor: SIGNER, orderId, ...lifting });
  expect(await steps(orderId)).toEqual([]);
});

it('a refused row waits to be retried, and a drifted row to be confirmed', async () => {
  const order = await world.sign(anInstitution(), ['CANCEL_RESULTS']);
  const { orderId } = order;
  const row = rowOf(order, 'CANCEL_RESULTS');
  const report = (reason: string) => world.report(order.scope?.institution ?? '', refused(order, row, reason));
  await report('plan.unknown');
  await wait(order, 'RETRY');
  await world.client().retryRow({ requestId: requestId(), actor: SIGNER, orderId, row: row.ask?.row ?? 0 });
  expect(await steps(orderId)).toEqual([]);
  await report('order.target_drifted');
  await wait(order, 'CONFIRM_DRIFT');
  await world.client().confirmDrift({ requestId: requestId(), actor: SIGNER, orderId });
  expect(await steps(orderId)).toEqual([]);
});

it('a late row has a task once, which ends with its receipt', async () => {
  const order = await world.sign(anInstitution(), ['CANCEL_RESULTS']);
  const seen = await until(
    () => world.get(order.orderId),
    ({ rows }) => rows.some(({ state }) => state === 'ASKED'),
  );
  const late = rowOf(seen, 'CANCEL_RESULTS');
  world.clock.aheadMs = (late.dueAt?.getTime() ?? 0) - Date.now() + 60_000;
  await wait(order, 'CHASE');
  expect(await of(order.orderId, DRAFTER)).toMatchObject([{ dueAt: late.dueAt, title: '催办超过期限仍未执行的事项' }]);
  const said = await asking((client) => client.listReminders({ actor: DRAFTER, unreadOnly: true, page: undefined }));
  expect(said.reminders.filter(({ fileId }) => fileId === order.orderId)).toMatchObject([
    { state: 'PASSED', title: '催办超过期限仍未执行的事项', dueAt: late.dueAt, about: expect.stringContaining(order.documentNo) },
  ]);
  await world.report(order.scope?.institution ?? '', done(seen, late));
  await wait(order);
});

it('a residual that a count finds has a task until the count is zero', async () => {
  world.neighbours.exam.residuals.set('CANCEL_RESULTS', 3);
  const order = await world.carryOut(await world.sign(anInstitution(), ['CANCEL_RESULTS']));
  await wait(order, 'EXAMINE_RESIDUAL');
  world.neighbours.exam.residuals.clear();
  await wait(order);
});

it('a record that a lifting has left waits for a decision', async () => {
  const order = await completed('CANCEL_RESULTS');
  const { orderId } = order;
  await world.client().liftOrder({ requestId: requestId(), actor: SIGNER, orderId, ground: 'COURT', reason: '判决撤销' });
  const lifted = await until(
    () => world.get(orderId),
    (seen) => rowOf(seen, 'CANCEL_RESULTS', true).state === 'ASKED',
  );
  const undo = rowOf(lifted, 'CANCEL_RESULTS', true);
  await world.report(
    order.scope?.institution ?? '',
    done(lifted, undo, { changed: (undo.ask?.signedCount ?? 0n) - 1n, already: 1n, left: 1n }),
  );
  await wait(order, 'DECIDE_LEFT');
  world.neighbours.exam.left.push({ recordId: 'r1', wouldBe: 'PASSED', is: 'CANCELLED' });
  const decision = { row: undo.ask?.row ?? 0, recordId: 'r1', decision: '维持现状' };
  await world.client().decideLeftRecord({ requestId: requestId(), actor: SIGNER, orderId, ...decision });
  expect(await steps(orderId)).toEqual([]);
});

it('orders changed by the previous version get their tasks at the start, and lose those that are done', async () => {
  const institution = anInstitution();
  const { caseId } = await world.cases.founded(institution);
  const { orderId } = await draftIn(caseId, institution, STOP);
  const dismissed = await world.cases.take(await world.cases.open(anInstitution()), 'DISMISS');
  const over = await completed('CANCEL_RESULTS');
  const before = [await steps(caseId), await steps(orderId)];
  await world.stop();
  await query(world.url, 'DELETE FROM procedure.task WHERE file_id = ANY($1)', [[caseId, orderId]]);
  // As if the previous version, which has no tasks, had ended them.
  const stale = `INSERT INTO procedure.task (id, file_kind, file_id, about, step, title, institution, authority, role, created_at, version)
    VALUES ($1, $2, $3, '', $4, '', $5, '2101', 'officer', now(), 1)`;
  await query(world.url, `DELETE FROM procedure.task WHERE file_id = $1`, [dismissed.caseId]);
  await query(world.url, stale, [randomUUID(), 'case', dismissed.caseId, 'TRIAGE', dismissed.institution]);
  await query(world.url, stale, [randomUUID(), 'order', over.orderId, 'RETRY', over.scope?.institution]);
  await world.start();
  await until(
    async () => [await steps(caseId), await steps(orderId)],
    (found) => JSON.stringify(found) === JSON.stringify(before),
  );
  expect(before).toEqual([['ISSUE_NOTICE'], ['SIGN_INTERIM']]);
  await until(
    async () => [...(await steps(dismissed.caseId)), ...(await steps(over.orderId))],
    (found) => found.length === 0,
  );
});
