// The broker stops while one order is being carried out and another is signed. Finished work waits in the outboxes, and
// the new order is still fenced by gRPC. When the broker is back, the outboxes drain in order and both orders complete.
// The broker is down for 20 seconds, longer than a consumer's session and than each single attempt to send.
// BROKER_AWAY_SECONDS sets another length, for example 300 for five minutes.
// Every database refuses its writes for 25 seconds, as if its disk were full (SQLSTATE 53100, raised by triggers), while
// four orders run.
// PostgreSQL is paused while orders are signed, for longer than every limit of a service and its callers; FROZEN_SECONDS
// sets another length.
// PostgreSQL is killed for all services at once while another order runs; then PostgreSQL and Kafka are killed together.
// Committed work continues, and uncommitted work is done again.
import { PUBLISHERS } from '@hengji/contracts';
import { query, TROUBLES, until } from '@hengji/testing';
import { holdWrites } from './faults/hold-writes';
import { recordsOf, recordsOnce } from './records-of';
import { type OrderJson, type Running, draft, orderReaches, sign, startRunning } from './running-platform';
import { MOMENTS, signWhileFrozen } from './signed-while-frozen';

const AWAY_MS = Number(process.env['BROKER_AWAY_SECONDS'] ?? '20') * 1_000;
if (!(AWAY_MS > 0)) throw new Error('BROKER_AWAY_SECONDS has to be a number of seconds');
/** Longer than the time after which any service gives up. */
const FULL_MS = 25_000;
const FROZEN_MS = Number(process.env['FROZEN_SECONDS'] ?? '14') * 1_000;
const MEASURES = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];

describe('an order during outages of its servers', () => {
  let running: Running;

  beforeAll(async () => {
    running = await startRunning('broker', { ownStack: true });
  }, 240_000);
  afterAll(() => running.stop());

  const pids = (): unknown[] => PUBLISHERS.map((service) => running.platform.pid(service));
  const backlogOf = async (service: string): Promise<number> => {
    const sql = 'SELECT count(*)::int AS waiting FROM messaging.outbox WHERE published_at IS NULL';
    return (await query<{ waiting: number }>(running.platform.databaseUrl(service), sql))[0]?.waiting ?? 0;
  };
  /** Events of one institution that were published before an earlier event of the same institution. */
  const overtaken = (service: string): Promise<object[]> =>
    query(
      running.platform.databaseUrl(service),
      `SELECT * FROM (
         SELECT topic, key, sequence, published_at < lag(published_at) OVER (PARTITION BY topic, key ORDER BY id) AS is_early FROM messaging.outbox
       ) AS each WHERE is_early`,
    );

  it(
    'without the broker, one order continues and another is signed and fenced; both complete when it is back',
    async () => {
      const [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
      const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=3');
      const institution = items[2]?.code ?? '';
      const atWork = items[1]?.code ?? '';
      const { kafka } = running.platform.servers();
      if (kafka.kill === undefined || kafka.restart === undefined) throw new Error('this suite needs a broker of its own');
      const { orderId } = await draft(drafter, { institution, measures: MEASURES });
      const underWay = await draft(drafter, { institution: atWork, measures: MEASURES });
      const before = pids();

      // Exam is held before its first write, so the order is in progress when the broker stops.
      const hold = await holdWrites(running.platform.databaseUrl('exam'), 'result');
      await sign(signer, underWay);
      await until(hold.waiting, (waiting) => waiting > 0, { withinMs: 60_000 });
      await kafka.kill();
      await hold.release();
      // Exam's work is done, and its report waits in the outbox.
      await until(
        () => backlogOf('exam'),
        (waiting) => waiting > 0,
        { withinMs: 60_000 },
      );
      await signer.post<OrderJson>(`/orders/${orderId}/sign`, {});
      const fenced = await until(
        () => signer.get<OrderJson>(`/orders/${orderId}`),
        (order) => order.fences.every((fence) => fence.placedAt !== undefined) && order.fences.length === 5,
        { withinMs: 30_000 },
      );
      expect(fenced.fencedAt).toBeDefined();
      const stopped = await recordsOf(drafter, institution);
      expect(stopped.filing.status).toBe('HELD');
      // Fenced does not mean carried out: nothing may be cancelled or voided before the order is published.
      expect(stopped.certificates.filter((one) => one.state !== 'ISSUED')).toEqual([]);

      await until(
        () => backlogOf('enforcement'),
        (waiting) => waiting > 0,
        { withinMs: 60_000 },
      );
      const end = Date.now() + AWAY_MS;
      const isAway = async () => ({
        over: Date.now() >= end,
        pids: pids(),
        states: await Promise.all([orderId, underWay.orderId].map(async (id) => (await signer.get<OrderJson>(`/orders/${id}`)).state)),
        kept: (await backlogOf('exam')) > 0 && (await backlogOf('enforcement')) > 0,
      });
      // Checked during the whole outage: no service was restarted, nothing was dropped, and both orders report that they
      // are not done.
      const away = await until(
        async () => {
          const seen = await isAway();
          expect(seen).toMatchObject({ pids: before, kept: true });
          expect(seen.states).not.toContain('COMPLETED');
          return seen;
        },
        ({ over }) => over,
        { withinMs: AWAY_MS + 30_000 },
      );
      expect(away.states).toContain('EXECUTING');

      await kafka.restart();
      for (const id of [orderId, underWay.orderId]) expect((await orderReaches(signer, id, 'COMPLETED')).residual).toBe(0);
      for (const service of PUBLISHERS) {
        await until(
          () => backlogOf(service),
          (waiting) => waiting === 0,
          { withinMs: 60_000 },
        );
        expect({ service, overtaken: await overtaken(service) }).toEqual({ service, overtaken: [] });
      }
      expect(pids()).toEqual(before);
      const after = await recordsOf(drafter, institution);
      expect(after.certificates.filter((one) => one.state !== 'VOIDED')).toEqual([]);
      expect(after.recoveries).toHaveLength(after.payments.length);
    },
    240_000 + AWAY_MS,
  );

  it('completes four orders that were under way when every database refused writes as if its disk were full, for 25 s', async () => {
    const [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=8');
    const orders: OrderJson[] = [];
    for (const { code } of items.slice(4)) orders.push(await draft(drafter, { institution: code, measures: MEASURES }));
    const urls = PUBLISHERS.map((service) => running.platform.databaseUrl(service));
    const full = TROUBLES.find(({ name }) => name.startsWith('disk full'));
    if (!full || orders.length !== 4) throw new Error('this suite needs four institutions, and a disk that can be full');
    const fill = (): Promise<(() => Promise<void>)[]> => Promise.all(urls.map((url) => full.begin(url)));
    const before = pids();

    // Run once in advance: the first run needs a lock on every table, and exam's table is locked once the orders are in
    // progress.
    for (const empty of await fill()) await empty();
    const hold = await holdWrites(running.platform.databaseUrl('exam'), 'result');
    for (const order of orders) await sign(signer, order);
    await until(hold.waiting, (waiting) => waiting > 0, { withinMs: 60_000 });
    const seen = new Set<string>();
    const empties = await fill();
    try {
      await hold.release();
      const end = Date.now() + FULL_MS;
      await until(
        async () => {
          for (const { orderId } of orders) seen.add((await signer.get<OrderJson>(`/orders/${orderId}`)).state);
          return Date.now();
        },
        (now) => now > end,
        { withinMs: 2 * FULL_MS, longestPauseMs: 1_000 },
      );
    } finally {
      await Promise.all(empties.map((empty) => empty()));
    }
    expect([...seen]).toEqual(['EXECUTING']);
    for (const { orderId } of orders) expect((await orderReaches(signer, orderId, 'COMPLETED')).residual).toBe(0);
    expect(pids()).toEqual(before);
    for (const url of urls) expect(await query(url, 'SELECT topic, key, reason FROM messaging.parked')).toEqual([]);
    const after = await recordsOf(drafter, orders[0]?.scope?.institution ?? '');
    expect(after.certificates.filter((one) => one.state !== 'VOIDED')).toEqual([]);
  }, 240_000);
  it(
    'gives every signer a true answer after PostgreSQL was paused',
    async () => {
      const [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
      const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
      const orders = await Promise.all(
        MOMENTS.map((_, i) => draft(drafter, { institution: items[8 + i]?.code ?? '', measures: ['STOP_EVALUATION'] })),
      );
      const told = await signWhileFrozen(running, signer, { orders, frozenMs: FROZEN_MS });
      expect(Object.keys(told).sort()).toEqual([...MOMENTS].sort());
      // While PostgreSQL gave no answer, the request could not succeed.
      expect(told['not yet sent']).toMatch(/→ 503 /);
    },
    240_000 + FROZEN_MS,
  );

  it('continues after PostgreSQL was killed under every service in the middle of an order', async () => {
    const [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    // The largest institution has enough chunks for PostgreSQL to stop between two of them.
    const institution = items[0]?.code ?? '';
    const { postgres } = running.platform.servers();
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

  it('continues after PostgreSQL and the broker were killed together, with the broker restarted last', async () => {
    const [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=4');
    const institution = items[3]?.code ?? '';
    const { postgres, kafka } = running.platform.servers();
    if (!postgres.kill || !postgres.restart || !kafka.kill || !kafka.restart) throw new Error('this suite needs servers of its own');
    const before = await recordsOf(drafter, institution);
    const order = await draft(drafter, { institution, measures: MEASURES });
    const hold = await holdWrites(running.platform.databaseUrl('exam'), 'result');
    try {
      await sign(signer, order);
      await until(hold.waiting, (waiting) => waiting > 0, { withinMs: 60_000 });
      await Promise.all([postgres.kill(), kafka.kill()]);
    } finally {
      await hold.release();
    }
    await postgres.restart();
    await kafka.restart();
    const done = await until(
      () => signer.get<OrderJson>(`/orders/${order.orderId}`).catch((failure: unknown) => ({ state: String(failure), residual: -1 })),
      ({ state }) => state === 'COMPLETED',
      { withinMs: 120_000 },
    );
    expect(done.residual).toBe(0);
    const after = await recordsOnce(drafter, institution, ({ certificates }) =>
      certificates.every((one) => one.uploadState !== 'UPLOADED'),
    );
    expect(after.results.filter((one) => one.state !== 'CANCELLED')).toEqual([]);
    expect(after.certificates.filter((one) => one.state !== 'VOIDED')).toEqual([]);
    expect(after.recoveries.map((one) => one.paymentId).sort()).toEqual(before.payments.map((one) => one.paymentId).sort());
  }, 240_000);
});
