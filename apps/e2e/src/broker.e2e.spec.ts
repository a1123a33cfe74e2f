// The broker is away while an order is signed: it is fenced all the same, by gRPC, and completes when the broker is back.
import { until } from '@hengji/testing';
import { recordsOf } from './records-of';
import { type OrderJson, type Running, draft, orderReaches, startRunning } from './running-platform';

describe('an order while Kafka is away', () => {
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
});
