// The broker goes away while one order is at work and another is signed: what was done waits in the outboxes, the new one is fenced
// all the same, by gRPC; when the broker is back, everything drains in order and both complete. It is away for 20 seconds, longer
// than a consumer's session and than every single try of a send; BROKER_AWAY_SECONDS says another length, 300 for five minutes.
// Every database refuses its writes for 25 seconds, as if its disk were full (SQLSTATE 53100, raised by triggers), while four orders run.
// PostgreSQL stands still while orders are signed, for longer than every limit of a service and its callers; FROZEN_SECONDS says another length.
// PostgreSQL is killed, for all services at once, while another order runs, and then both are: what was committed goes on, what was
// not is done again.
import { PUBLISHERS } from '@hengji/contracts';
import { query, TROUBLES, until } from '@hengji/testing';
import { holdWrites } from './faults/hold-writes';
import { recordsOf, recordsOnce } from './records-of';
import { type OrderJson, type Running, draft, orderReaches, sign, startRunning } from './running-platform';
import { MOMENTS, signWhileFrozen } from './signed-while-frozen';

const AWAY_MS = Number(process.env['BROKER_AWAY_SECONDS'] ?? '20') * 1_000;
if (!(AWAY_MS > 0)) throw new Error('BROKER_AWAY_SECONDS has to be a number of seconds');
/** Longer than anybody tries before giving up. */
const FULL_MS = 25_000;
const FROZEN_MS = Number(process.env['FROZEN_SECONDS'] ?? '14') * 1_000;
const MEASURES = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];

describe('an order while its servers are away', () => {
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
  /** Events of one institution that went out before an earlier one of the same had. */
  const overtaken = (service: string): Promise<object[]> =>
    query(
      running.platform.databaseUrl(service),
      `SELECT * FROM (
         SELECT topic, key, sequence, published_at < lag(published_at) OVER (PARTITION BY topic, key ORDER BY id) AS is_early FROM messaging.outbox
       ) AS each WHERE is_early`,
    );

  it(
    'goes on with one order, and is signed and fenced with another, without the broker; completes both with it',
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

      // Exam stands before its first write: the order is at work when the broker goes.
      const hold = await holdWrites(running.platform.databaseUrl('exam'), 'result');
      await sign(signer, underWay);
      await until(hold.waiting, (waiting) => waiting > 0, { withinMs: 60_000 });
      await kafka.kill();
      await hold.release();
      // Its work is done and said, and waits to be heard.
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
      // Fenced is not carried out: nothing was cancelled or voided before the order could be published.
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
      // Looked at all the while: nobody was started again, nothing was dropped, and both orders say that they are not done.
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

    // Once in advance: it needs a lock on every table, and exam's is held when the orders are at work.
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
    'tells every signer the truth after PostgreSQL stood still',
    async () => {
      const [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
      const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
      const orders = await Promise.all(
        MOMENTS.map((_, i) => draft(drafter, { institution: items[8 + i]?.code ?? '', measures: ['STOP_EVALUATION'] })),
      );
      const told = await signWhileFrozen(running, signer, { orders, frozenMs: FROZEN_MS });
      expect(Object.keys(told).sort()).toEqual([...MOMENTS].sort());
      // Nothing could be said while nothing answered.
      expect(told['not yet sent']).toMatch(/→ 503 /);
    },
    240_000 + FROZEN_MS,
  );

  it('goes on after PostgreSQL was killed under every service in the middle of it', async () => {
    const [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    // The largest institution: enough chunks that it dies among them.
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

  it('goes on after both were killed at once in the middle of it, and the broker came back last', async () => {
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
