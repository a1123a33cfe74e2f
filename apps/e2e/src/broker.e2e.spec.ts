// The broker is away while an order is signed: it is fenced all the same, by gRPC, and completes when the broker is back.
// PostgreSQL is killed, for all services at once, while another order runs: what was committed goes on, what was not is done again.
import { until } from '@hengji/testing';
import { recordsOf, recordsOnce } from './records-of';
import { type OrderJson, type Running, draft, orderReaches, sign, startRunning } from './running-platform';

describe('an order while its servers are away', () => {
  let running: Running;

  beforeAll(async () => {
    running = await startRunning('broker', { ownStack: true });
  }, 240_000);
  afterAll(() => running.stop());

  it('is signed and fenced without the broker, and completed with it', async () => {
    const [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=3');
    const institution = items[2]?.code ?? '';
    const { kafka } = running.platform.stack.servers;
    if (kafka.kill === undefined || kafka.restart === undefined) throw new Error('this suite needs a broker of its own');
    const measures = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];
    const { orderId } = await draft(drafter, { institution, measures });

    await kafka.kill();
    await signer.post<OrderJson>(`/orders/${orderId}/sign`, {});
    const fenced = await until(
      () => signer.get<OrderJson>(`/orders/${orderId}`),
      (order) => order.fences.every((fence) => fence.placedAt !== undefined) && order.fences.length === 5,
      { withinMs: 30_000 },
    );
    expect(fenced.fencedAt).toBeDefined();
    const stopped = await recordsOf(drafter, institution);
    expect(stopped.filing.status).toBe('HELD');
    // Fenced is not carried out: nothing was cancelled or voided before the order could be published.
    expect(stopped.certificates.filter((one) => one.state !== 'ISSUED')).toEqual([]);

    await kafka.restart();
    const done = await orderReaches(signer, orderId, 'COMPLETED');
    expect(done.residual).toBe(0);
    const after = await recordsOf(drafter, institution);
    expect(after.certificates.filter((one) => one.state !== 'VOIDED')).toEqual([]);
    expect(after.recoveries).toHaveLength(after.payments.length);
  }, 240_000);

  it('goes on after PostgreSQL was killed under every service in the middle of it', async () => {
    const [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    // The largest institution: enough chunks that it dies among them.
    const institution = items[0]?.code ?? '';
    const { postgres } = running.platform.stack.servers;
    if (postgres.kill === undefined || postgres.restart === undefined) throw new Error('this suite needs a database server of its own');
    const measures = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];
    const before = await recordsOf(drafter, institution);
    const order = await sign(signer, await draft(drafter, { institution, measures }));
    await postgres.kill();
    await postgres.restart();
    const done = await until(
      () => signer.get<OrderJson>(`/orders/${order.orderId}`).catch((failure: unknown) => ({ state: String(failure), residual: -1 })),
      ({ state }) => state === 'COMPLETED',
      { withinMs: 120_000 },
    );
    expect(done.residual).toBe(0);
    const after = await recordsOnce(drafter, institution, ({ certificates }) =>
      certificates.every((one) => one.uploadState !== 'UPLOADED'),
    );
    expect(after.certificates.filter((one) => one.state !== 'VOIDED')).toEqual([]);
    expect(after.results.filter((one) => one.state !== 'CANCELLED')).toEqual([]);
    expect(after.recoveries.map((one) => one.paymentId).sort()).toEqual(before.payments.map((one) => one.paymentId).sort());
  }, 240_000);
});
