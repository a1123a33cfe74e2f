// The clock of enforcement, or of a service, is wrong while an order is carried out and is right again afterwards. The
// order continues by itself within seconds, and the times that it states are in order.
import { randomUUID } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import { query, testKeys, until } from '@hengji/testing';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { checkFile } from '../../../tools/verifier/src/check-file';
import { done, DRAFTER, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const GOES_ON = { withinMs: 30_000 };

let world: World;
beforeAll(async () => {
  // Orders are issued soon although a fence is missing, and silent services soon get the request again.
  world = await startWorld({ FENCE_PATIENCE_MS: '1000', ANSWER_PATIENCE_MS: '100', REMIND_AFTER_MS: '1000' });
});
/** As over a network between machines with different clocks. */
const away = (): Promise<never> => Promise.reject(new Refusal('unavailable', 'clock.skewed', '服务器时钟有误'));

beforeEach(() => {
  world.clock.aheadMs = 0;
});

const completed = (order: Order): Promise<Order> =>
  until(
    () => world.carryOut(order),
    ({ state }) => state === 'COMPLETED',
    GOES_ON,
  );

const checkCertificate = async ({ orderId }: Order): Promise<void> => {
  const { json } = await world.client().getCompletionCertificate({ actor: DRAFTER, orderId });
  expect(checkFile(Buffer.from(json), testKeys().list()).all.filter(({ ok }) => !ok)).toEqual([]);
};

const stored = async <T extends object>({ orderId }: Order, what: string, from = 'orders'): Promise<T> => {
  const column = from === 'orders' ? 'id' : 'order_id';
  const [row] = await query<T>(world.url, `SELECT ${what} FROM ${from} WHERE ${column} = $1`, [orderId]);
  if (!row) throw new Error(`nothing in ${from}`);
  return row;
};

describe.each([
  ['ten minutes fast', 10 * MINUTE_MS],
  ['a day fast', DAY_MS],
  ['an hour fast', 60 * MINUTE_MS],
  ['ten minutes slow', -10 * MINUTE_MS],
])('enforcement’s clock, %s for a while', (_, aheadMs) => {
  it('leaves no fence unrequested afterwards, and the order is completed', async () => {
    world.neighbours.exam.beforeFence = away;
    const order = await world.sign(anInstitution());
    world.clock.aheadMs = aheadMs;
    await until(
      () => stored<{ tries: number }>(order, `max(tries)::int AS tries`, 'fence'),
      ({ tries }) => tries >= 2 || aheadMs < 0,
      GOES_ON,
    );
    world.neighbours.exam.beforeFence = async () => undefined;
    world.clock.aheadMs = 0;
    await completed(order);
    await checkCertificate(order);
  });

  it('leaves no count unmade afterwards, and the order is completed', async () => {
    world.neighbours.certificate.residuals.set('VOID_CERTIFICATES', 1);
    const order = await world.sign(anInstitution());
    world.clock.aheadMs = aheadMs;
    if (aheadMs > 0) await world.carryOut(order);
    await until(
      () => stored<{ tries: number }>(order, 'sweep_tries AS tries'),
      ({ tries }) => tries >= 2 || aheadMs < 0,
      GOES_ON,
    );
    world.neighbours.certificate.residuals.clear();
    world.clock.aheadMs = 0;
    await completed(order);
    await checkCertificate(order);
  });

  it('does not affect suspending and resuming an order: a later decision has a later time', async () => {
    const order = await world.sign(anInstitution());
    const { orderId } = order;
    const ruling = () => ({ requestId: randomUUID(), actor: SIGNER, orderId, reason: '(2026)辽01行初3号' });
    world.clock.aheadMs = aheadMs;
    await world.client().suspendOrder(ruling());
    world.clock.aheadMs = 0;
    await world.client().resumeOrder(ruling());
    await world.client().suspendOrder(ruling());
    await world.client().resumeOrder(ruling());
    const told = await until(
      () => world.published(orderId),
      (bodies) => bodies.filter(({ $case }) => $case === 'orderResumed').length === 2,
    );
    const times = told.flatMap((body) => {
      if (body.$case === 'orderSuspended') return [body.value.suspendedAt?.getTime() ?? 0];
      return body.$case === 'orderResumed' ? [body.value.resumedAt?.getTime() ?? 0] : [];
    });
    expect(times).toHaveLength(4);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    await completed(order);
    await checkCertificate(order);
  });
});

/** The order once its first rows are requested: the answer to a signature waits for that only a tenth of a second. */
const issued = ({ orderId }: Order): Promise<Order> =>
  until(
    () => world.get(orderId),
    ({ state }) => state === 'EXECUTING',
    GOES_ON,
  );

it('a row that was requested under a fast clock counts as silent and late by the right clock', async () => {
  const order = await issued(await world.sign(anInstitution()));
  const askedAhead = (): Promise<{ n: number }> =>
    stored(order, `count(*) FILTER (WHERE asked_at > now() + interval '1 hour')::int AS n`, 'ledger_row');
  world.clock.aheadMs = DAY_MS;
  await world.report(order.scope?.institution ?? '', ...order.rows.filter(({ state }) => state === 'ASKED').map((row) => done(order, row)));
  await until(askedAhead, ({ n }) => n > 0);
  world.clock.aheadMs = 0;
  await until(askedAhead, ({ n }) => n === 0, GOES_ON);
  await completed(order);
});

it.each([
  ['slow', -10 * MINUTE_MS],
  ['fast', 10 * MINUTE_MS],
])('a receipt of a service whose clock is ten minutes %s is disputed, and the genuine one ends the dispute', async (_, offMs) => {
  const order = await issued(await world.sign(anInstitution()));
  const row = order.rows.find(({ state }) => state === 'ASKED');
  if (!row) throw new Error('no row is asked');
  const at = new Date(Date.now() + offMs);
  await world.report(order.scope?.institution ?? '', done(order, row, { startedAt: at, finishedAt: at }));
  await until(
    () => world.get(order.orderId),
    ({ rows }) => rows.some(({ disputeReason }) => disputeReason !== ''),
    GOES_ON,
  );
  await completed(order);
  await checkCertificate(order);
});
