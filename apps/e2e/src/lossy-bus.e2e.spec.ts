// A bus loses, delays and repeats messages, unknown to the services. Orders must still complete, each effect once, because
// enforcement repeats its requests to a service that does not answer. News that no service repeats stays lost until its
// range is published again. Until then it is visible as a gap at `GET /parked`.
import { PARTICIPANTS, PUBLISHERS } from '@hengji/contracts';
import { until } from '@hengji/testing';
import type { Officer } from '../../../tools/province/src/officer';
import { faultyBus, type FaultyBus, type Struck } from './faults/faulty-bus';
import { recordsOf, recordsOnce, type Records } from './records-of';
import { type OrderJson, type Running, draft, sign, startRunning } from './running-platform';

const M3 = ['CANCEL_RESULTS', 'VOID_CERTIFICATES'];
const ORDERS = { M1: ['STOP_EVALUATION'], M2: ['CANCEL_RESULTS'], M3, M4: [...M3, 'WITHDRAW_UPLOADS'], M5: [...M3, 'RECOVER_SUBSIDIES'] };
const COMPLETES_WITHIN_MS = 120_000;

interface Signed {
  readonly measures: readonly string[];
  readonly institution: string;
  readonly before: Records;
  readonly order: OrderJson;
}

let running: Running;
let bus: FaultyBus;
let drafter: Officer;
let signer: Officer;
let institutions: string[];
const signed: Signed[] = [];

beforeAll(async () => {
  running = await startRunning('lossy', { environment: { REMIND_AFTER_MS: '1000' } });
  [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
  const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
  institutions = items.map(({ code }) => code);
  bus = await faultyBus(PUBLISHERS, running.platform.databaseUrl);
}, 240_000);
afterAll(async () => {
  await bus?.stop();
  await running?.stop();
});

/** The affected events with this fate. */
const struck = async (fate: Struck['fate']): Promise<Struck[]> => (await bus.struck()).filter((one) => one.fate === fate);

const expectDone = async ({ measures, institution, before, order }: Signed): Promise<void> => {
  const isM = (measure: string): boolean => measures.includes(measure);
  const done = await until(
    () => signer.get<OrderJson>(`/orders/${order.orderId}`),
    ({ state }) => state === 'COMPLETED',
    { withinMs: COMPLETES_WITHIN_MS },
  ).catch(async (late: unknown) => {
    throw new Error(`seed ${bus.seed}: ${measures.join()} of ${institution} hangs; struck: ${JSON.stringify(await bus.struck())}`, {
      cause: late,
    });
  });
  expect(done.residual).toBe(0);
  // Done once: nothing was found to be done already.
  for (const { ask, receipt } of done.rows) expect([ask?.effect, receipt?.already]).toEqual([ask?.effect, 0]);
  const after = await recordsOf(drafter, institution);
  expect(after.results.map(({ state }) => state)).toEqual(before.results.map(({ state }) => (isM('CANCEL_RESULTS') ? 'CANCELLED' : state)));
  const states = before.certificates.map(({ state }) => (isM('VOID_CERTIFICATES') ? 'VOIDED' : state));
  expect(after.certificates.map(({ state }) => state)).toEqual(states);
  const recovered = after.recoveries.map((one) => one.paymentId).sort();
  expect(recovered).toEqual(isM('RECOVER_SUBSIDIES') ? before.payments.map((one) => one.paymentId).sort() : []);
};

it.each([
  ['one in a hundred each', 0.01],
  ['one in five each', 0.2],
])(
  'carries M1 to M5 out once, with messages lost, late and repeated, %s',
  async (_, share) => {
    const round: Signed[] = [];
    for (const measures of Object.values(ORDERS)) {
      const institution = institutions.shift() ?? '';
      const before = await recordsOf(drafter, institution);
      round.push({ measures, institution, before, order: await draft(drafter, { institution, measures }) });
    }
    signed.push(...round);
    await bus.set(share);
    await Promise.all(round.map(({ order }) => sign(signer, order)));
    for (const one of round) await expectDone(one);
    // In this round, every kind of fault must have occurred, also a really wrong order and not only a delay.
    const toll = await until(bus.toll, ({ reordered }) => reordered > 0, { withinMs: 20_000 });
    for (const fate of ['lost', 'late', 'twice', 'reordered'] as const)
      expect({ seed: bus.seed, fate, any: toll[fate] > 0 }).toMatchObject({ any: true });
    await bus.set(0);
  },
  600_000,
);

it('stays open, and shows whom it waits for, while every event of subsidy is lost', async () => {
  const institution = institutions.shift() ?? '';
  const before = await recordsOf(drafter, institution);
  const order = await draft(drafter, { institution, measures: ORDERS.M5 });
  const one: Signed = { measures: ORDERS.M5, institution, before, order };
  await bus.silence('subsidy');
  await sign(signer, order);
  const isDone = ({ state }: OrderJson['rows'][number]): boolean => state === 'DONE';
  const waiting = await until(
    () => signer.get<OrderJson>(`/orders/${order.orderId}`),
    ({ rows }) => rows.every((row) => isDone(row) || row.service === 'subsidy'),
    { withinMs: 60_000 },
  );
  // Every other row has reported. Subsidy's row is done, as its own records show, but does not count before its report is
  // consumed.
  await until(
    () => recordsOf(drafter, institution),
    ({ recoveries }) => recoveries.length === before.payments.length,
    { withinMs: 30_000 },
  );
  const still = await signer.get<OrderJson>(`/orders/${order.orderId}`);
  expect([waiting.state, still.state]).toEqual(['EXECUTING', 'EXECUTING']);
  const open = still.rows.filter((row) => !isDone(row));
  expect(open.map(({ service, state }) => [service, state])).toEqual([['subsidy', 'ASKED']]);
  expect(open.map(({ askedAt, dueAt }) => askedAt !== undefined && dueAt !== undefined)).toEqual([true]);
  await bus.set(0);
  await expectDone(one);
  signed.push(one);
}, 240_000);

interface Parked {
  readonly services: {
    service: string;
    total: number;
    gaps: { topic: string; key: string; firstMissing: number; lastMissing: number }[];
  }[];
}

it('parks nothing; a lost event is a gap that is requested again and closes by itself', async () => {
  // A missing number is noticed only when the next one comes, so each key publishes its last event again.
  for (const service of PUBLISHERS) {
    await bus.ask(
      service,
      `UPDATE messaging.outbox SET published_at = NULL WHERE id IN (
         SELECT max(id) FROM messaging.outbox WHERE key = ANY($1) GROUP BY topic, key)`,
      [signed.map(({ institution }) => institution)],
    );
  }
  expect(await struck('lost')).not.toEqual([]);
  const operator = await running.officer('operator');
  for (const { measures, institution } of signed) {
    const isHeard = ({ certificates }: Records): boolean => certificates.every(({ uploadState }) => uploadState !== 'UPLOADED');
    if (measures.includes('WITHDRAW_UPLOADS')) expect(isHeard(await recordsOnce(drafter, institution, isHeard))).toBe(true);
  }
  // A service that missed an order's completion keeps its temporary hold until it consumes the completion.
  for (const service of PARTICIPANTS) {
    const passing = (): Promise<object[]> =>
      bus.ask(service, `SELECT order_id FROM messaging.hold WHERE released_at IS NULL AND NOT standing`);
    expect({ service, held: await until(passing, (held) => held.length === 0, { withinMs: 20_000 }) }).toEqual({ service, held: [] });
  }
  for (const one of signed) await expectDone(one);
  await until(
    () => operator.get<Parked>('/parked'),
    ({ services }) => services.every(({ total, gaps }) => total === 0 && gaps.length === 0),
    { withinMs: 60_000 },
  );
}, 240_000);
