// An order is lifted on the running platform: for one person, for one session and one measure, and for the rest. It is
// also replaced by a later order, and suspended while a court stays it. docs/REVERSAL.md has the rules. The expectations
// check what people see: the registers, the ministry's own register, the public answer.
import { databaseClient, until } from '@hengji/testing';
import type { Officer } from '../../../tools/province/src/officer';
import { type Records, recordsOf, recordsOnce } from './records-of';
import { ORDER_PATIENCE_MS, type OrderJson, type Running, draft, orderReaches, sign, startRunning } from './running-platform';

const SPOIL = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];

let running: Running;
let drafter: Officer;
let signer: Officer;
let institutions: string[];

beforeAll(async () => {
  running = await startRunning('reversal');
  [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
  const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
  institutions = items.map(({ code }) => code);
}, 300_000);
afterAll(() => running?.stop());

const standingAtMinistry = async (number: string): Promise<string> => {
  const response = await fetch(`${running.platform.addresses['AGENCY_SIM_URL']}/ministry/certificates/${number}`);
  return ((await response.json()) as { state: string }).state;
};

/** The order once its lifting of this number is carried out. */
const liftingEnds = (orderId: string, number: number): Promise<OrderJson> =>
  until(
    () => signer.get<OrderJson>(`/orders/${orderId}`),
    ({ liftings }) => Boolean(liftings[number - 1]?.completedAt),
    { withinMs: ORDER_PATIENCE_MS },
  );

const sweep = (orderId: string): Promise<OrderJson> => signer.post<OrderJson>(`/orders/${orderId}/sweep`, {});

describe('an order on an institution, lifted in parts', () => {
  let institution: string;
  let before: Records;
  let orderId: string;
  /** The person whose exam turned out to be valid: certified, uploaded, paid. */
  let person: string;
  let session: string;

  const isTheirs = (one: { person: string }): boolean => one.person === person;
  const paymentsOf = (records: Records, isMeant: (one: { person: string }) => boolean): string[] =>
    records.payments.filter(isMeant).map((one) => one.paymentId);

  beforeAll(async () => {
    institution = institutions[1] ?? '';
    before = await recordsOf(drafter, institution);
    const paid = new Set(before.payments.map((one) => one.certificateNumber));
    const clean = before.certificates.find((one) => one.uploadState === 'UPLOADED' && paid.has(one.number));
    person = clean?.person ?? '';
    session = before.certificates.find((one) => one.uploadState === 'UPLOADED' && one.sessionId !== clean?.sessionId)?.sessionId ?? '';
    if (person === '' || session === '') throw new Error('the sample has no such person and session');
    const order = await sign(signer, await draft(drafter, { institution, measures: ['STOP_EVALUATION', ...SPOIL] }));
    orderId = order.orderId;
    await orderReaches(signer, orderId, 'COMPLETED');
    await recordsOnce(drafter, institution, ({ certificates }) => certificates.every((one) => one.uploadState !== 'UPLOADED'));
  }, 180_000);

  it('refuses to lift what something else depends on, and names that', async () => {
    const asked = { reason: '该考生成绩属实', ground: 'RECONSIDERATION', scope: { institution, persons: [person] } };
    const lift = (measures: string[]): Promise<unknown> => signer.post(`/orders/${orderId}/lift`, { ...asked, measures });
    await expect(lift(['CANCEL_RESULTS'])).rejects.toThrow(/400.*宣布证书作废.*order\.lift_needs|400.*order\.lift_needs.*宣布证书作废/s);
    await expect(lift(['CANCEL_RESULTS', 'VOID_CERTIFICATES'])).rejects.toThrow(/order\.lift_needs/);
    await expect(lift(['STOP_EVALUATION'])).rejects.toThrow(/order\.lift_indivisible/);
    expect((await signer.get<OrderJson>(`/orders/${orderId}`)).liftings).toEqual([]);
  });

  it('gives one person everything back and changes nobody else', async () => {
    const ordered = await recordsOf(drafter, institution);
    const asked = { reason: '复议认定该考生成绩属实', ground: 'RECONSIDERATION', scope: { institution, persons: [person] } };
    await signer.post(`/orders/${orderId}/lift`, asked);
    const lifted = await liftingEnds(orderId, 1);
    expect(lifted.state).toBe('COMPLETED');
    expect(lifted.liftings).toHaveLength(1);
    expect(lifted.liftings[0]).toMatchObject({ whole: false, ground: 'RECONSIDERATION', measures: SPOIL, scope: { persons: [person] } });

    const wanted = before.certificates.filter(isTheirs);
    const after = await recordsOnce(drafter, institution, ({ certificates }) =>
      certificates.filter(isTheirs).every((one, i) => one.uploadState === wanted[i]?.uploadState),
    );
    expect(after.certificates.filter(isTheirs)).toEqual(wanted);
    expect(after.results.filter(isTheirs)).toEqual(before.results.filter(isTheirs));
    const theirs = new Set(paymentsOf(before, isTheirs));
    expect(after.recoveries.filter((one) => theirs.has(one.paymentId)).map((one) => one.state)).toEqual([...theirs].map(() => 'REVOKED'));
    for (const { number, uploadState } of wanted) {
      expect(await standingAtMinistry(number)).toBe(uploadState === 'UPLOADED' ? 'standing' : 'unknown');
      const seen = await until(
        () => running.publicStatus(number),
        ({ status }) => status === 'valid',
        { withinMs: 20_000 },
      );
      expect(seen.status).toBe('valid');
    }

    const others = (one: { person: string }): boolean => !isTheirs(one);
    expect(after.certificates.filter(others)).toEqual(ordered.certificates.filter(others));
    expect(after.results.filter(others)).toEqual(ordered.results.filter(others));
    const notTheirs = ({ paymentId }: { paymentId: string }): boolean => !theirs.has(paymentId);
    expect(after.recoveries.filter(notTheirs)).toEqual(ordered.recoveries.filter(notTheirs));
    expect(after.filing.status).toBe('HELD');
    expect(await sweep(orderId)).toMatchObject({ state: 'COMPLETED', residual: 0 });
  }, 180_000);

  it('gives one session its uploads back, and leaves the certificates void', async () => {
    const ordered = await recordsOf(drafter, institution);
    const asked = { reason: '上传数据先行恢复', ground: 'SELF_CORRECTION', measures: ['WITHDRAW_UPLOADS'] };
    await signer.post(`/orders/${orderId}/lift`, { ...asked, scope: { institution, sessions: [session] } });
    const lifted = await liftingEnds(orderId, 2);
    expect(lifted).toMatchObject({
      state: 'COMPLETED',
      liftings: [{ number: 1 }, { number: 2, whole: false, measures: ['WITHDRAW_UPLOADS'] }],
    });
    const uploaded = new Set(before.certificates.filter((one) => one.uploadState === 'UPLOADED').map((one) => one.number));
    const expected = ordered.certificates.map((one) =>
      one.sessionId === session && uploaded.has(one.number) ? { ...one, uploadState: 'UPLOADED' } : one,
    );
    const isBack = (one: Records['certificates'][number], i: number): boolean => one.uploadState === expected[i]?.uploadState;
    const after = await recordsOnce(drafter, institution, ({ certificates }) => certificates.every(isBack));
    expect(after.certificates).toEqual(expected);
    expect(after.results).toEqual(ordered.results);
    expect(after.recoveries).toEqual(ordered.recoveries);
    expect(await sweep(orderId)).toMatchObject({ state: 'COMPLETED', residual: 0 });
  }, 180_000);

  it('gives the rest back as it was, except what somebody changed meanwhile: that is listed and decided', async () => {
    const changed = before.results.find((one) => !isTheirs(one) && one.state === 'PUBLISHED')?.resultId ?? '';
    const exam = await databaseClient(running.platform.databaseUrl('exam'));
    await exam.query(`UPDATE result SET state = 'RECORDED' WHERE result_id = $1`, [changed]);
    await exam.end();

    await signer.post(`/orders/${orderId}/lift`, { reason: '复议撤销', ground: 'RECONSIDERATION' });
    const lifted = await orderReaches(signer, orderId, 'LIFTED');
    expect(lifted.liftings.map(({ whole }) => whole)).toEqual([false, false, true]);
    const asBefore = (one: Records['certificates'][number], i: number): boolean => one.uploadState === before.certificates[i]?.uploadState;
    const after = await recordsOnce(drafter, institution, ({ certificates }) => certificates.every(asBefore));
    expect(after.certificates).toEqual(before.certificates);
    expect(after.results).toEqual(before.results.map((one) => (one.resultId === changed ? { ...one, state: 'RECORDED' } : one)));
    expect(after.plans).toEqual(before.plans);
    expect(after.payments).toEqual(before.payments);
    expect(after.recoveries.filter((one) => one.state !== 'REVOKED')).toEqual([]);
    expect(after.filing.status).toBe('ACTIVE');

    const left = async () => (await signer.get<{ items: { row: number; recordId: string }[] }>(`/orders/${orderId}/left`)).items;
    const [one, ...more] = await left();
    expect(more).toEqual([]);
    expect(one).toMatchObject({ service: 'exam', recordId: changed, wouldBe: 'PUBLISHED', is: 'RECORDED', decision: '' });
    const decision = { row: one?.row, recordId: changed, decision: '维持现状，由机构重新公示。' };
    await signer.post(`/orders/${orderId}/left`, decision);
    expect(await left()).toMatchObject([{ recordId: changed, decision: decision.decision }]);
    await expect(signer.post(`/orders/${orderId}/left`, decision)).rejects.toThrow(/record\.decided/);
    expect(await sweep(orderId)).toMatchObject({ state: 'LIFTED', residual: 0 });
  }, 180_000);
});

it('replaces an order by another, and nothing changes in between', async () => {
  const institution = institutions[2] ?? '';
  const first = await sign(signer, await draft(drafter, { institution, measures: SPOIL }));
  await orderReaches(signer, first.orderId, 'COMPLETED');
  const ordered = await recordsOnce(drafter, institution, ({ certificates }) =>
    certificates.every((one) => one.uploadState !== 'UPLOADED'),
  );
  const number = ordered.certificates[0]?.number ?? '';

  const drafted = await draft(drafter, { institution, measures: ['STOP_EVALUATION', ...SPOIL], supersedes: first.orderId });
  const second = await sign(signer, drafted);
  const seen = new Set<string>();
  const look = async (): Promise<OrderJson> => {
    seen.add((await running.publicStatus(number)).status);
    seen.add(await standingAtMinistry(number));
    return signer.get<OrderJson>(`/orders/${first.orderId}`);
  };
  const old = await until(look, ({ state }) => state === 'LIFTED', { withinMs: ORDER_PATIENCE_MS });
  expect([...seen].filter((word) => word !== 'void' && word !== 'withdrawn' && word !== 'unknown')).toEqual([]);
  expect(old).toMatchObject({ supersededBy: second.orderId, liftings: [{ whole: true, ground: 'SUPERSEDED' }] });
  const heir = await orderReaches(signer, second.orderId, 'COMPLETED');

  const after = await recordsOf(drafter, institution);
  const states = ({ certificates, results }: Records) => [
    certificates.map((one) => [one.number, one.state, one.uploadState]),
    results.map((one) => [one.resultId, one.state]),
  ];
  expect(states(after)).toEqual(states(ordered));
  expect(new Set(after.certificates.map((one) => one.voidDocumentNo))).toEqual(new Set([heir.documentNo]));
  const demanded = after.recoveries.filter((one) => one.state === 'DRAFT');
  expect(demanded.map((one) => one.paymentId).sort()).toEqual(after.payments.map((one) => one.paymentId).sort());
  const told = await until(
    () => running.publicStatus(number),
    ({ voidDocumentNo }) => voidDocumentNo === heir.documentNo,
    { withinMs: 20_000 },
  );
  expect(told).toMatchObject({ status: 'void', voidDocumentNo: heir.documentNo });
}, 300_000);

/** Locks one certificate's record, as a slow writer would: a row that reaches the record waits until `letGo`. */
const holdRecord = async (number: string): Promise<{ letGo: () => Promise<void> }> => {
  const client = await databaseClient(running.platform.databaseUrl('certificate'));
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM certificate WHERE number = $1 FOR UPDATE', [number]);
  return { letGo: () => client.end() };
};

it('is suspended while a court stays it, and continues where it stopped', async () => {
  const [institution = '', other = ''] = institutions.slice(3);
  const before = await recordsOf(drafter, institution);
  const [order, elsewhere] = [
    await draft(drafter, { institution, measures: SPOIL }),
    await draft(drafter, { institution: other, measures: SPOIL }),
  ];
  const row = ({ rows }: OrderJson, service: string, measure: string) =>
    rows.find((one) => one.service === service && one.ask?.measure === measure)?.state;
  const rowReaches = (service: string, measure: string, state: string): Promise<OrderJson> =>
    until(
      () => signer.get<OrderJson>(`/orders/${order.orderId}`),
      (seen) => row(seen, service, measure) === state,
      { withinMs: ORDER_PATIENCE_MS },
    );

  const record = await holdRecord(before.certificates[0]?.number ?? '');
  try {
    await sign(signer, order);
    await rowReaches('certificate', 'VOID_CERTIFICATES', 'ASKED');
    const suspended = await signer.post<OrderJson>(`/orders/${order.orderId}/suspend`, { reason: '法院裁定停止执行' });
    expect(suspended).toMatchObject({ state: 'EXECUTING', suspendReason: '法院裁定停止执行' });
    await expect(signer.post(`/orders/${order.orderId}/suspend`, { reason: '再次' })).rejects.toThrow(/order\.illegal_move/);
  } finally {
    await record.letGo();
  }

  // Another order goes from start to end, which gave the suspended order all the time that it would have needed.
  await sign(signer, elsewhere);
  await orderReaches(signer, elsewhere.orderId, 'COMPLETED');
  const resting = await signer.get<OrderJson>(`/orders/${order.orderId}`);
  expect(resting.state).toBe('EXECUTING');
  expect(row(resting, 'exchange', 'WITHDRAW_UPLOADS')).not.toBe('DONE');
  expect(row(resting, 'subsidy', 'RECOVER_SUBSIDIES')).not.toBe('DONE');
  const standing = await recordsOf(drafter, institution);
  expect(standing.certificates.map((one) => one.uploadState)).toEqual(before.certificates.map((one) => one.uploadState));
  expect(standing.recoveries).toEqual(before.recoveries);

  await signer.post(`/orders/${order.orderId}/resume`, { reason: '裁定解除' });
  const done = await orderReaches(signer, order.orderId, 'COMPLETED');
  expect(done).toMatchObject({ residual: 0 });
  expect(done.suspendedAt).toBeFalsy();
  const isWithdrawn = (one: { uploadState: string }): boolean => one.uploadState !== 'UPLOADED';
  const after = await recordsOnce(drafter, institution, ({ certificates }) => certificates.every(isWithdrawn));
  expect(after.certificates.filter((one) => one.state !== 'VOIDED' || !isWithdrawn(one))).toEqual([]);
  expect(after.recoveries.map((one) => one.paymentId).sort()).toEqual(before.payments.map((one) => one.paymentId).sort());
}, 300_000);
