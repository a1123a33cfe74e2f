// kill -9 of each service in the middle of an order, and of two at once; the ministry's platform stopped or losing answers
// for a while. In each case the order completes with residual zero and every effect happens exactly once.
import type { Officer } from '../../../tools/province/src/officer';
import { until } from '@hengji/testing';
import { holdWrites } from './faults/hold-writes';
import { type Records, recordsOf } from './records-of';
import { type OrderJson, type Running, draft, orderReaches, sign, startRunning } from './running-platform';
import { expectedOf, expectReceipts, expectWithdrawnOnce, expectWorkedOnce } from './worked-once';

const ALL = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES', 'REMOVE_FROM_DIRECTORY'];

/**
 * Where each service is killed: the table that it is about to write. Services without a database are killed while exam is
 * at its table.
 */
const CAUGHT_AT = {
  approval: { service: 'approval', table: 'institution' },
  exam: { service: 'exam', table: 'result' },
  certificate: { service: 'certificate', table: 'certificate' },
  subsidy: { service: 'subsidy', table: 'recovery' },
  exchange: { service: 'exchange', table: 'upload' },
  enforcement: { service: 'enforcement', table: 'kept_receipt' },
  verify: { service: 'exam', table: 'result' },
  gateway: { service: 'exam', table: 'result' },
  'agency-sim': { service: 'exam', table: 'result' },
} as const;
/** In-flight messages of exchange that a kill lost are repeated soon, not only after the half minute of production. */
const QUICK_TO_MISS = { AGENCY_TIMEOUT_MS: '2000', AGENCY_RECORDING_MS: '1000' };
type Victim = keyof typeof CAUGHT_AT;
const VICTIMS = Object.keys(CAUGHT_AT) as Victim[];
/** The second service that is at work at the same time. */
const PAIRS: readonly (readonly [Victim, Victim])[] = [
  ['exam', 'certificate'],
  ['approval', 'enforcement'],
];

/**
 * Everything is reached: one recovery for each payment, no upload in force. worked-once counts that nothing was done
 * twice.
 */
const expectAllReached = (before: Records, after: Records): void => {
  expect(after.filing.status).toBe('REMOVED');
  expect(after.results.filter((one) => one.state !== 'CANCELLED')).toEqual([]);
  expect(after.certificates.filter((one) => one.state !== 'VOIDED')).toEqual([]);
  expect(after.certificates.filter((one) => one.uploadState === 'UPLOADED')).toEqual([]);
  expect(after.recoveries.map((one) => one.paymentId).sort()).toEqual(before.payments.map((one) => one.paymentId).sort());
};

/** certificate learns by Kafka what exchange has withdrawn, and may just have restarted: the order does not wait for it. */
const settledRecords = (officer: Officer, institution: string): Promise<Records> =>
  until(
    () => recordsOf(officer, institution),
    ({ certificates }) => certificates.every((one) => one.uploadState !== 'UPLOADED'),
    { withinMs: 60_000 },
  );

describe('an order survives every killed process', () => {
  let running: Running;
  let drafter: Officer;
  let signer: Officer;
  let institutions: string[];

  beforeAll(async () => {
    running = await startRunning('crash', { environment: QUICK_TO_MISS });
    [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const page = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    institutions = page.items.map((one) => one.code);
  }, 240_000);
  afterAll(() => running.stop());

  /** The killed process may be the gateway, so a read is tried until it succeeds. */
  const patiently = <T>(read: () => Promise<T>): Promise<T> =>
    until(
      () => read().catch((error: unknown) => error as Error),
      (value): value is Exclude<typeof value, Error> => !(value instanceof Error),
      { withinMs: 60_000 },
    ) as Promise<T>;

  /** Counted where a second time would show. */
  const expectOnce = (order: OrderJson, before: Records): Promise<void> => {
    const withdrawn = before.certificates.filter((one) => one.uploadState === 'UPLOADED').map(({ number }) => number);
    return expectWorkedOnce(running, drafter, { order, expected: expectedOf(before, () => true), withdrawn });
  };

  const killAtTheirWork = async (victims: readonly Victim[], i: number): Promise<void> => {
    const institution = institutions[1 + i] ?? '';
    const before = await recordsOf(drafter, institution);
    const order = await draft(drafter, { institution, measures: ALL });
    const caught = victims.map((victim) => CAUGHT_AT[victim]);
    const holds = await Promise.all(caught.map(({ service, table }) => holdWrites(running.platform.databaseUrl(service), table)));
    try {
      await sign(signer, order);
      // Each service is held before its own write, in an open transaction: it is at work, and the order is not done.
      await Promise.all(holds.map((hold) => until(hold.waiting, (waiting) => waiting > 0, { withinMs: 60_000 })));
      await Promise.all(victims.map((victim) => running.platform.kill(victim)));
      await Promise.all(victims.map((victim) => running.platform.untilReady(victim)));
      const killed = await patiently(() => signer.get<OrderJson>(`/orders/${order.orderId}`));
      expect(['SIGNED', 'EXECUTING']).toContain(killed.state);
      expect(killed.rows.filter(({ state }) => state !== 'DONE')).not.toEqual([]);
    } finally {
      await Promise.all(holds.map((hold) => hold.release()));
    }
    const done = await orderReaches(signer, order.orderId, 'COMPLETED');
    expect(done.residual).toBe(0);
    expectAllReached(before, await settledRecords(drafter, institution));
    // The agencies' simulator loses all its data when it is killed; the receipts still hold the results.
    if (victims.includes('agency-sim'))
      expectReceipts(
        done,
        expectedOf(before, () => true),
      );
    else await expectOnce(done, before);
  };

  it.each(VICTIMS.slice(0, -1).map((victim, i): [Victim, number] => [victim, i]))(
    'kill -9 of %s at its work',
    (victim, i) => killAtTheirWork([victim], i),
    180_000,
  );

  it.each(PAIRS.map(([one, other], i): [Victim, Victim, number] => [one, other, VICTIMS.length + 2 + i]))(
    'kill -9 of %s and %s at once, both at their work',
    (one, other, i) => killAtTheirWork([one, other], i),
    180_000,
  );

  it('the ministry is down for a while: its row stays open and visible, the others continue, then the order completes', async () => {
    const institution = institutions[1 + VICTIMS.length] ?? '';
    const before = await recordsOf(drafter, institution);
    await running.fault('ministry', { fault: 'down' });
    const { orderId } = await draft(drafter, { institution, measures: ALL });
    await signer.post(`/orders/${orderId}/sign`, {});
    const open = (order: OrderJson) => order.rows.filter((row) => row.state !== 'DONE').map((row) => row.ask?.effect?.value);
    await until(
      () => signer.get<OrderJson>(`/orders/${orderId}`),
      (order) => open(order).join() === 'WITHDRAW_UPLOADS',
      { withinMs: 60_000 },
    );
    await running.fault('ministry', undefined);
    const waiting = await signer.get<{ items: { messageId: string }[] }>(`/messages?orderId=${orderId}&state=PENDING`);
    await Promise.all(waiting.items.map((message) => signer.post(`/messages/${message.messageId}/retry`, {}).catch(() => undefined)));
    const done = await orderReaches(signer, orderId, 'COMPLETED');
    expectAllReached(before, await settledRecords(drafter, institution));
    expectReceipts(
      done,
      expectedOf(before, () => true),
    );
  }, 180_000);

  it('the ministry loses its answers and repeats them: every certificate is withdrawn once', async () => {
    const institution = institutions[2 + VICTIMS.length] ?? '';
    const before = await recordsOf(drafter, institution);
    await running.fault('ministry', { fault: 'lostAnswer', times: 2 });
    const { orderId } = await draft(drafter, { institution, measures: ALL });
    await signer.post(`/orders/${orderId}/sign`, {});
    const done = await orderReaches(signer, orderId, 'COMPLETED');
    await running.fault('ministry', undefined);
    expectAllReached(before, await settledRecords(drafter, institution));
    expectReceipts(
      done,
      expectedOf(before, () => true),
    );
    const uploaded = before.certificates.filter((one) => one.uploadState === 'UPLOADED').map(({ number }) => number);
    await expectWithdrawnOnce(running, uploaded);
  }, 180_000);

  // This test is last, because the simulator loses the state of the ministry.
  it("kill -9 of the agencies' simulator during an order", () => killAtTheirWork(['agency-sim'], VICTIMS.length - 1), 180_000);
});
