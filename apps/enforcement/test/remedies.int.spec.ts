// Reconsiderations and suits against an order: their limits, the stay of the execution, the lifting that a result demands, and that a
// court is asked to enforce only after all of them.
import { randomUUID } from 'node:crypto';
import type { Case, Deadline } from '@hengji/contracts/enforcement/v1/case';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { RecordedMethod } from '@hengji/procedure';
import { actsOfWork, until } from '@hengji/testing';
import type { REMEDY_ACTS } from '../src/adapters/grpc/acts';
import { city, DRAFTER, SIGNER, startWorld, type World } from './enforcement';
import { partyOf } from './case-walk';
import { anInstitution } from './neighbours';
import { dayIn, getRemedy, listRemedies, register, takeStep } from './remedies';

const DAY = 24 * 3_600_000;
const reason = (slug: string) => expect.objectContaining({ reason: slug });

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => {
  world.clock.aheadMs = 0;
});

const file = (order: Order): Promise<Case> => world.cases.get(order.caseId);
const limit = async (order: Order, code: string): Promise<Deadline | undefined> =>
  (await file(order)).deadlines.findLast((deadline) => deadline.code === code);
const stateOf = async (order: Order, code: string): Promise<string> => (await limit(order, code))?.state ?? '';
const becomes = (order: Order, code: string, state: string) =>
  until(
    () => stateOf(order, code),
    (seen) => seen === state,
  );

const completed = async (...measures: Parameters<World['sign']>[1] & object): Promise<Order> => {
  const order = await world.sign(anInstitution(), measures);
  await world.carryOut(order);
  return until(
    () => world.get(order.orderId),
    ({ state }) => state === 'COMPLETED',
  );
};
const recovered = () => completed('CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES');

describe('the limits of a remedy', () => {
  it('start with the receipt and are met by the answer, by their true days', async () => {
    const order = await completed('CANCEL_RESULTS');
    world.clock.aheadMs = 30 * DAY;
    const received = dayIn(world, -3);
    const { remedyId } = await register(world, order, { receivedOn: received });
    expect(await stateOf(order, 'D-RECON')).toBe('MET');
    expect(await limit(order, 'D-RECON-ANSWER')).toMatchObject({
      state: 'RUNNING',
      remedyId,
      orderId: '',
      basis: '行政复议法第四十八条、第八十八条',
    });
    const answered = await takeStep(world, remedyId, 'ANSWER', { day: dayIn(world, -1) });
    expect(answered).toMatchObject({
      state: 'ANSWERED',
      entries: [{ day: received }, { day: dayIn(world, -1), title: '提交答复（答辩）和证据' }],
    });
    const met = await limit(order, 'D-RECON-ANSWER');
    expect([met?.state, met?.metAt?.toISOString().slice(0, 10)]).toEqual(['MET', dayIn(world, -1)]);
  });

  it('give the applicant fifteen days from the result of the reconsideration, and the suit meets them', async () => {
    const order = await completed('CANCEL_RESULTS');
    world.clock.aheadMs = 40 * DAY;
    const { remedyId } = await register(world, order, { receivedOn: dayIn(world, -30) });
    const result = { result: 'UPHELD', day: dayIn(world, -6), servedOn: dayIn(world, -5) } as const;
    await takeStep(world, remedyId, 'RESULT', result);
    expect(await stateOf(order, 'D-RECON-ANSWER')).toBe('CANCELLED');
    const after = await limit(order, 'D-LITIG-AFTER');
    expect([after?.state, after?.startedAt?.toISOString().slice(0, 10)]).toEqual(['RUNNING', dayIn(world, -5)]);
    const suit = await register(world, order, {
      kind: 'SUIT',
      follows: remedyId,
      body: '沈阳市和平区人民法院',
      bodyNo: '（2026）辽0102行初9号',
    });
    expect(suit).toMatchObject({ kind: 'SUIT', follows: remedyId });
    expect([await stateOf(order, 'D-LITIG-AFTER'), await stateOf(order, 'D-LITIG-ANSWER')]).toEqual(['MET', 'RUNNING']);
    await expect(register(world, order, { kind: 'SUIT', follows: remedyId })).rejects.toEqual(reason('remedy.follows_invalid'));
    await takeStep(world, suit.remedyId, 'RESULT', { result: 'REJECTED' });
    expect(await stateOf(order, 'D-APPEAL')).toBe('RUNNING');
  });

  it('do not start after a withdrawal', async () => {
    const order = await completed('CANCEL_RESULTS');
    const { remedyId } = await register(world, order);
    await takeStep(world, remedyId, 'RESULT', { result: 'WITHDRAWN' });
    expect(await stateOf(order, 'D-LITIG-AFTER')).toBe('');
  });
});

describe('enforcement by a court', () => {
  const demand = (order: Order) =>
    world
      .caseClient()
      .issueDocument({ requestId: randomUUID(), actor: DRAFTER, caseId: order.caseId, orderId: order.orderId, kind: 'DEMAND', text: '' });
  const issueRecovery = (order: Order) =>
    world
      .caseClient()
      .issueDocument({ requestId: randomUUID(), actor: DRAFTER, caseId: order.caseId, orderId: order.orderId, kind: 'RECOVERY', text: '' });

  it('does not start with the end of the time to sue while a suit runs; it starts after its final result', async () => {
    const order = await recovered();
    await issueRecovery(order);
    world.clock.aheadMs = 170 * DAY;
    const { remedyId } = await register(world, order, { kind: 'SUIT', body: '沈阳市和平区人民法院' });
    world.clock.aheadMs = 200 * DAY;
    await becomes(order, 'D-LITIG', 'PASSED');
    expect(await stateOf(order, 'D-ENFORCE-APPLY')).toBe('');
    await expect(demand(order)).rejects.toEqual(reason('document.not_due'));
    await takeStep(world, remedyId, 'RESULT', { result: 'REJECTED' });
    expect(await stateOf(order, 'D-ENFORCE-APPLY')).toBe('');
    world.clock.aheadMs = 220 * DAY;
    await becomes(order, 'D-APPEAL', 'PASSED');
    const [appeal, apply] = [await limit(order, 'D-APPEAL'), await limit(order, 'D-ENFORCE-APPLY')];
    expect(apply).toMatchObject({ state: 'RUNNING', startedAt: appeal?.dueAt });
    expect((await demand(order)).document?.kind).toBe('DEMAND');
  });

  it('ends when a remedy becomes known late, and starts again after its end', async () => {
    const order = await recovered();
    world.clock.aheadMs = 200 * DAY;
    await becomes(order, 'D-ENFORCE-APPLY', 'RUNNING');
    const { remedyId } = await register(world, order, { kind: 'SUIT', receivedOn: dayIn(world, -20) });
    expect(await stateOf(order, 'D-ENFORCE-APPLY')).toBe('CANCELLED');
    await expect(world.cases.take(await file(order), 'APPLY_ENFORCEMENT')).rejects.toEqual(reason('case.illegal_move'));
    await takeStep(world, remedyId, 'RESULT', { result: 'WITHDRAWN' });
    await becomes(order, 'D-ENFORCE-APPLY', 'RUNNING');
  });

  it('does not wait for a remedy against another decision of the case, nor follow one that takes the order back', async () => {
    const order = await recovered();
    const { remedyId } = await register(world, order);
    await takeStep(world, remedyId, 'RESULT', { result: 'REVOKED' });
    await world
      .client()
      .liftOrder({ requestId: randomUUID(), actor: SIGNER, orderId: order.orderId, ground: 'RECONSIDERATION', reason: '复议撤销' });
    world.clock.aheadMs = 200 * DAY;
    await becomes(order, 'D-LITIG', 'PASSED');
    expect(await stateOf(order, 'D-ENFORCE-APPLY')).toBe('');
  });
});

describe('a stay', () => {
  const stayed = async (order: Order, change = {}) => {
    const { remedyId } = await register(world, order, change);
    await takeStep(world, remedyId, 'STAY', { stayedBy: 'BODY', text: '停止执行' });
    return remedyId;
  };
  const suspended = async ({ orderId }: Order): Promise<boolean> => (await world.get(orderId)).suspendedAt !== undefined;

  it('stops the order, and its end resumes it', async () => {
    const order = await world.sign(anInstitution());
    const remedyId = await stayed(order);
    expect((await world.get(order.orderId)).suspendReason).toContain('沈政复决〔2026〕9号');
    await takeStep(world, remedyId, 'END_STAY');
    expect(await suspended(order)).toBe(false);
  });

  it('ends with a result that upholds the decision', async () => {
    const order = await completed('STOP_EVALUATION');
    const remedyId = await stayed(order);
    expect(await suspended(order)).toBe(true);
    expect((await takeStep(world, remedyId, 'RESULT', { result: 'UPHELD' })).stayed).toBe(false);
    expect(await suspended(order)).toBe(false);
  });

  it('of two remedies holds until both have ended', async () => {
    const order = await completed('STOP_EVALUATION');
    const [first, second] = [await stayed(order), await stayed(order, { applicant: '另一申请人' })];
    await takeStep(world, first, 'END_STAY');
    expect(await suspended(order)).toBe(true);
    await takeStep(world, second, 'END_STAY');
    expect(await suspended(order)).toBe(false);
  });

  it('does not resume an order that was suspended without it', async () => {
    const order = await completed('STOP_EVALUATION');
    await world.client().suspendOrder({ requestId: randomUUID(), actor: SIGNER, orderId: order.orderId, reason: '另一裁定' });
    await takeStep(world, await stayed(order), 'END_STAY');
    expect(await suspended(order)).toBe(true);
  });

  it('keeps back the signature of a decision that is not signed yet', async () => {
    const draft = await world.draft(anInstitution());
    await world.client().previewOrder({ actor: DRAFTER, orderId: draft.orderId });
    const sign = () => world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId: draft.orderId });
    const remedyId = await stayed(draft);
    await expect(sign()).rejects.toEqual(reason('remedy.stands'));
    await takeStep(world, remedyId, 'RESULT', { result: 'REVOKED' });
    await expect(sign()).rejects.toEqual(reason('remedy.stands'));
    await takeStep(world, remedyId, 'END_STAY');
    await takeStep(world, remedyId, 'SETTLE');
    expect((await sign()).order?.signedBy).toBe(SIGNER.officerId);
  });
});

describe('a result that takes the decision back', () => {
  it('drafts exactly the lifting, which LiftOrder carries out', async () => {
    const order = await completed('STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES');
    const { remedyId } = await register(world, order);
    const ended = await takeStep(world, remedyId, 'RESULT', {
      result: 'PARTLY_REVOKED',
      measures: ['STOP_EVALUATION'],
      text: '停止评价部分证据不足',
    });
    expect(ended.lifting).toMatchObject({ orderId: order.orderId, ground: 'RECONSIDERATION', measures: ['STOP_EVALUATION'] });
    const { ground: _, measures = [], reason: why = '', scope } = ended.lifting ?? {};
    const lift = {
      requestId: randomUUID(),
      actor: SIGNER,
      orderId: order.orderId,
      ground: 'RECONSIDERATION',
      reason: why,
      measures,
      scope,
    } as const;
    expect((await world.client().liftOrder(lift)).order?.liftings).toMatchObject([
      { whole: false, measures: ['STOP_EVALUATION'], ground: 'RECONSIDERATION' },
    ]);
    const after = await getRemedy(world, remedyId);
    expect([after.lifting, after.entries.at(-1)?.step]).toEqual([undefined, 'LIFTED']);
  });

  it('stays owed after a lifting on another ground or of another part', async () => {
    const order = await completed('STOP_EVALUATION', 'CANCEL_RESULTS');
    const { remedyId } = await register(world, order);
    await takeStep(world, remedyId, 'RESULT', { result: 'CHANGED', measures: ['CANCEL_RESULTS'] });
    const asked = {
      requestId: randomUUID(),
      actor: SIGNER,
      orderId: order.orderId,
      reason: '停止评价',
      ground: 'RECONSIDERATION',
    } as const;
    await world.client().liftOrder({ ...asked, measures: ['STOP_EVALUATION'] });
    expect((await getRemedy(world, remedyId)).lifting?.measures).toEqual(['CANCEL_RESULTS']);
  });
});

describe('a remedy is read', () => {
  it('by the officers of its authority and by its institution, and by nobody else', async () => {
    const order = await completed('CANCEL_RESULTS');
    const { remedyId, institution } = await register(world, order);
    const ids = async (actor = DRAFTER) => (await listRemedies(world, actor)).map((one) => one.remedyId);
    expect(await ids()).toContain(remedyId);
    expect(await ids(partyOf(institution))).toEqual([remedyId]);
    expect(await ids(city('other', '2102'))).not.toContain(remedyId);
    await expect(getRemedy(world, remedyId, city('other', '2102'))).rejects.toEqual(reason('remedy.out_of_territory'));
    await expect(getRemedy(world, 'none')).rejects.toEqual(reason('remedy.unknown'));
    expect((await getRemedy(world, remedyId, partyOf(institution))).nextSteps).toEqual([]);
  });
});

const ACTS = {
  openRemedy: async (order) => (await register(world, order)).remedyId,
  takeRemedyStep: async (order) => (await takeStep(world, (await register(world, order)).remedyId, 'HEAR')).remedyId,
} as const satisfies Record<RecordedMethod<typeof REMEDY_ACTS>, (order: Order) => Promise<string>>;

it.each([
  ['openRemedy', 'OpenRemedy'],
  ['takeRemedyStep', 'TakeRemedyStep HEAR'],
] as const)('%s leaves one act', async (method, what) => {
  const order = await completed('CANCEL_RESULTS');
  let remedyId = '';
  const acts = await actsOfWork(world.url, async () => void (remedyId = await ACTS[method](order)));
  const { orderId, caseId } = order;
  expect(acts.filter((act) => act.what === what)).toEqual([
    expect.objectContaining({ on: `remedy ${remedyId}`, orderId, caseId, by: 'PERSON drafter' }),
  ]);
});
