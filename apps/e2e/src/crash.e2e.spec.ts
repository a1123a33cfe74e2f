// kill -9 of each service in the middle of an order; the broker away while an order is signed and fenced; the ministry's
// platform down for a while. In each case the order completes with residual zero and every effect exactly once.
import type { Officer } from '../../../tools/province/src/officer';
import { until } from '@hengji/testing';
import { type Records, recordsOf } from './records-of';
import { type OrderJson, type Running, draft, orderReaches, startRunning } from './running-platform';

const ALL = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES', 'REMOVE_FROM_DIRECTORY'];
const VICTIMS = ['approval', 'exam', 'certificate', 'subsidy', 'exchange', 'enforcement', 'verify', 'gateway', 'agency-sim'];

/** Everything reached, and nothing twice: one recovery for each payment, one withdrawal for each upload. */
const expectAllReached = (before: Records, after: Records): void => {
  expect(after.filing.status).toBe('REMOVED');
  expect(after.results.filter((one) => one.state !== 'CANCELLED')).toEqual([]);
  expect(after.certificates.filter((one) => one.state !== 'VOIDED')).toEqual([]);
  expect(after.certificates.filter((one) => one.uploadState === 'UPLOADED')).toEqual([]);
  expect(after.recoveries.map((one) => one.paymentId).sort()).toEqual(before.payments.map((one) => one.paymentId).sort());
};

describe('an order survives whatever dies', () => {
  let running: Running;
  let drafter: Officer;
  let signer: Officer;
  let institutions: string[];

  beforeAll(async () => {
    running = await startRunning('crash');
    [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const page = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    institutions = page.items.map((one) => one.code);
  }, 240_000);
  afterAll(() => running.stop());

  /** The gateway may be the one that died: a read is tried until it answers. */
  const patiently = <T>(read: () => Promise<T>): Promise<T> =>
    until(
      () => read().catch((error: unknown) => error as Error),
      (value): value is Exclude<typeof value, Error> => !(value instanceof Error),
      { withinMs: 60_000 },
    ) as Promise<T>;

  it.each(VICTIMS.map((victim, i): [string, number] => [victim, i]))(
    'kill -9 of %s in the middle of an order',
    async (victim, i) => {
      const institution = institutions[1 + i] ?? '';
      const before = await recordsOf(drafter, institution);
      const { orderId } = await draft(drafter, { institution, measures: ALL });
      const signing = signer.post<OrderJson>(`/orders/${orderId}/sign`, {});
      await running.platform.kill(victim);
      // A signature whose answer was lost is asked again by looking at the order, as an officer would.
      const signed = await signing.catch(() => patiently(() => signer.get<OrderJson>(`/orders/${orderId}`)));
      await running.platform.untilReady(victim);
      if (signed.signedAt === undefined) await patiently(() => signer.post(`/orders/${orderId}/sign`, {}));
      const done = await orderReaches(signer, orderId, 'COMPLETED');
      expect(done.residual).toBe(0);
      expectAllReached(before, await recordsOf(drafter, institution));
    },
    180_000,
  );

  it('the ministry is down for a while: the row waits in the open, the others go on, then it completes', async () => {
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
    await orderReaches(signer, orderId, 'COMPLETED');
    expectAllReached(before, await recordsOf(drafter, institution));
  }, 180_000);

  it('the ministry loses its answers and repeats them: every certificate is withdrawn once', async () => {
    const institution = institutions[2 + VICTIMS.length] ?? '';
    const before = await recordsOf(drafter, institution);
    await running.fault('ministry', { fault: 'lostAnswer', times: 2 });
    const { orderId } = await draft(drafter, { institution, measures: ALL });
    await signer.post(`/orders/${orderId}/sign`, {});
    await orderReaches(signer, orderId, 'COMPLETED');
    await running.fault('ministry', undefined);
    expectAllReached(before, await recordsOf(drafter, institution));
  }, 180_000);
});
