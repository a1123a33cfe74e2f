// Machines that fail without stopping: with wrong clocks, and hanging (SIGSTOP); over the real gRPC and Kafka.
// Clocks. Services whose clocks differ by more than five minutes refuse each other's calls. Allowed failures: no preview,
// no fence, no count of a completed order, no read of records. Each fails with 503 and the reason; nobody is signed out.
// Work over Kafka continues. The broker refuses only records dated more than an hour ahead, and these wait in the outbox.
// Required end: once clocks are right, with or without a restart, every order completes by itself, with every effect once.
// Hanging. The other process takes over; the first process changes nothing when it continues.
import { readFileSync, writeFileSync } from 'node:fs';
import { query, until } from '@hengji/testing';
import { trustFileIn } from '../../../tools/start/key-files.mts';
import type { Officer } from '../../../tools/province/src/officer';
import { checkFile, trustedKeys } from '../../../tools/verifier/src/check-file';
import { holdWrites } from './faults/hold-writes';
import { wrongClocks } from './faults/wrong-clocks';
import { type Records, recordsOf } from './records-of';
import { draft, type OrderJson, orderReaches, type Running, sign, startRunning } from './running-platform';
import { expectedOf, expectWorkedOnce } from './worked-once';

const MEASURES = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Kafka refuses records that are dated later than this (message.timestamp.after.max.ms). */
const BROKER_TAKES_MS = 60 * MINUTE_MS;
/** Both directions: the clock of one service is fast, the clock of the other is slow. */
const APART = { exam: 10 * MINUTE_MS, certificate: -10 * MINUTE_MS };
const SKEWED = /→ 503 .*clock\.skewed.*服务器时钟有误/s;
const GOES_ON = { withinMs: 60_000 };
/** The requirement is 15 s on a machine whose processors are free. */
const TAKEN_OVER = { withinMs: 40_000 };

const clocks = wrongClocks(['exam', 'certificate', 'enforcement', 'exchange']);
let running: Running;
let drafter: Officer;
let signer: Officer;
let institutions: string[];

/** Keys with an early start of validity: with new keys, a slow clock would seal before the key is valid. */
const agedKeys = (): void => {
  const file = trustFileIn(running.platform.environment['KEYS_FOLDER'] ?? '');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/"notBefore":"[^"]*"/g, '"notBefore":"2020-01-01T00:00:00.000Z"'));
};

beforeAll(async () => {
  running = await startRunning('machines', { environmentFor: clocks.environmentFor });
  agedKeys();
  [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
  const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
  institutions = items.map(({ code }) => code);
}, 240_000);
afterAll(async () => {
  await running?.stop();
  clocks.remove();
});

const inEnforcement = async <Row extends object>(sql: string, { orderId }: OrderJson): Promise<Row> => {
  const [row] = await query<Row>(running.platform.databaseUrl('enforcement'), sql, [orderId]);
  if (!row) throw new Error(`nothing for ${sql}`);
  return row;
};
const rowsOpen = (order: OrderJson): Promise<{ open: number; doubts: number }> =>
  inEnforcement(
    `SELECT count(*) FILTER (WHERE state <> 'DONE')::int AS open, count(*) FILTER (WHERE dispute_reason <> '')::int AS doubts
     FROM ledger_row WHERE order_id = $1`,
    order,
  );

const unsent = async (order: OrderJson): Promise<number> =>
  (
    await inEnforcement<{ n: number }>(
      'SELECT count(*)::int AS n FROM messaging.outbox WHERE order_id = $1 AND published_at IS NULL',
      order,
    )
  ).n;

const expectDone = async (order: OrderJson, before: Records): Promise<void> => {
  const done = await orderReaches(signer, order.orderId, 'COMPLETED');
  expect(done.residual).toBe(0);
  const withdrawn = before.certificates.filter((one) => one.uploadState === 'UPLOADED').map(({ number }) => number);
  await expectWorkedOnce(running, drafter, { order: done, expected: expectedOf(before, () => true), withdrawn });
  const [proof, keys] = await Promise.all([signer.text(`/orders/${order.orderId}/certificate`), signer.text('/public/keys')]);
  expect(checkFile(Buffer.from(proof), trustedKeys(keys)).all.filter(({ ok }) => !ok)).toEqual([]);
};

/** Signs, and returns when the service is held before its first write; `release` lets it continue. */
const caughtAt = async (order: OrderJson, service: string, table: string): Promise<() => Promise<void>> => {
  const hold = await holdWrites(running.platform.databaseUrl(service), table);
  await sign(signer, order);
  await until(hold.waiting, (waiting) => waiting > 0, GOES_ON);
  return hold.release;
};

describe('wrong clocks', () => {
  afterEach(() => clocks.allRight());

  it('are answered with 503 and both times, and nobody is signed out', async () => {
    const institution = institutions[1] ?? '';
    await clocks.set(APART);
    await expect(drafter.get(`/institutions/${institution}/results`)).rejects.toThrow(SKEWED);
    await expect(drafter.get(`/institutions/${institution}/certificates`)).rejects.toThrow(SKEWED);
    await expect(draft(drafter, { institution, measures: MEASURES })).rejects.toThrow(SKEWED);
    await drafter.get('/me');
    await drafter.get(`/institutions/${institution}`);
    await clocks.set({ exam: 0, certificate: 0, enforcement: -10 * MINUTE_MS });
    await expect(drafter.get('/orders')).rejects.toThrow(SKEWED);
    await clocks.set({ enforcement: 0 });
    await drafter.get('/orders');
  });

  it('of two services, one fast and one slow, stop no row over Kafka; the order completes when the clocks are right', async () => {
    const institution = institutions[2] ?? '';
    const before = await recordsOf(drafter, institution);
    const order = await draft(drafter, { institution, measures: MEASURES });
    const release = await caughtAt(order, 'exam', 'result');
    await clocks.set(APART).finally(release);
    // Each row is done, or disputed for its times; no row waits for a clock.
    await until(
      () => rowsOpen(order),
      ({ open, doubts }) => open - doubts <= 0,
      GOES_ON,
    );
    // The count uses gRPC, and must wait.
    const waiting = await signer.get<OrderJson>(`/orders/${order.orderId}`);
    expect(waiting.state).toBe('EXECUTING');
    expect(waiting.allowedActions).not.toEqual([]);
    await clocks.allRight();
    await expectDone(order, before);
  }, 240_000);

  it.each([
    ['ten minutes, set right in its course', 10 * MINUTE_MS, 3, false],
    ['ten minutes, started again with a right clock', 10 * MINUTE_MS, 4, true],
    ['a day, started again with a right clock', DAY_MS, 5, true],
  ])(
    'of enforcement, fast by %s: the order is completed',
    async (_name, aheadMs, i, isRestarted) => {
      const institution = institutions[i] ?? '';
      const before = await recordsOf(drafter, institution);
      const order = await draft(drafter, { institution, measures: MEASURES });
      const release = await caughtAt(order, 'exam', 'result');
      await clocks.set({ enforcement: aheadMs }).finally(release);
      await expect(signer.get(`/orders/${order.orderId}`)).rejects.toThrow(SKEWED);
      // Enforcement consumes the reports and requests the next rows. If the broker refuses these requests, they stay in
      // the outbox.
      const isRefused = aheadMs > BROKER_TAKES_MS;
      const seen = async () => ({ ...(await rowsOpen(order)), unsent: await unsent(order) });
      await until(seen, ({ open, unsent: left }) => (isRefused ? left > 0 : open === 0), GOES_ON);
      if (isRestarted) clocks.forLater({ enforcement: 0 });
      if (isRestarted) await running.platform.restart('enforcement');
      else await clocks.set({ enforcement: 0 });
      await expectDone(order, before);
    },
    240_000,
  );
});

describe('a process that hangs in the middle of an order', () => {
  const signal = (service: string, name: 'SIGSTOP' | 'SIGCONT'): void => {
    const pid = running.platform.pid(service);
    if (pid === undefined) throw new Error(`${service} does not run`);
    process.kill(pid, name);
  };

  it('is replaced by the other process, and changes nothing when it continues', async () => {
    const hanging = ['enforcement', 'certificate'];
    // The first processes hold the leases; the second ones are on standby.
    for (const service of hanging) await running.platform.replica(service);
    const institution = institutions[6] ?? '';
    const before = await recordsOf(drafter, institution);
    const order = await draft(drafter, { institution, measures: MEASURES });
    const release = await caughtAt(order, 'certificate', 'certificate');
    const state = (): Promise<{ state: string; version: number }> =>
      inEnforcement('SELECT state, version FROM orders WHERE id = $1', order);
    try {
      hanging.forEach((service) => signal(service, 'SIGSTOP'));
      await release();
      await until(
        () => rowsOpen(order),
        ({ open }) => open === 0,
        TAKEN_OVER,
      );
      // The platform has one address for each service: while the first process of certificate hangs, it cannot answer the
      // request for its count.
      signal('certificate', 'SIGCONT');
      await until(state, (now) => now.state === 'COMPLETED', TAKEN_OVER);
      const completed = await state();
      signal('enforcement', 'SIGCONT');
      await expectDone(order, before);
      expect(await state()).toEqual(completed);
    } finally {
      hanging.forEach((service) => signal(service, 'SIGCONT'));
    }
  }, 240_000);
});
