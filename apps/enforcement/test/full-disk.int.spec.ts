// The disk of enforcement's database is full for longer than a message is tried: what the services report meanwhile is heard
// when there is room again, and every order completes by itself.
import { query, TROUBLES, until } from '@hengji/testing';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { done, startWorld } from './enforcement';

const ORDERS = [1, 2, 3, 4];
/** Five tries take some three seconds. */
const FULL_MS = 5_000;

it('completes four orders whose reports came while the disk was full', async () => {
  const world = await startWorld();
  const full = TROUBLES.find(({ name }) => name.startsWith('disk full'));
  if (!full) throw new Error('no such trouble');
  const signed: Order[] = [];
  for (const n of ORDERS) signed.push(await world.sign(`S00002101000${n}`));
  const asked = await Promise.all(
    signed.map(({ orderId }) =>
      until(
        () => world.get(orderId),
        ({ rows }) => rows.some(({ state }) => state === 'ASKED'),
      ),
    ),
  );
  const end = await full.begin(world.url);
  try {
    for (const order of asked) {
      const rows = order.rows.filter(({ state }) => state === 'ASKED');
      await world.report(order.scope?.institution ?? '', ...rows.map((row) => done(order, row)));
    }
    const from = Date.now();
    await until(
      () => Date.now() - from,
      (ms) => ms > FULL_MS,
    );
  } finally {
    await end();
  }
  for (const order of asked) {
    const reported = order.rows.filter(({ state }) => state === 'ASKED').map(({ ask }) => ask?.row);
    await until(
      () => world.get(order.orderId),
      ({ rows }) => rows.every(({ ask, state }) => state === 'DONE' || !reported.includes(ask?.row)),
      { withinMs: 20_000 },
    );
    await world.carryOut(order);
    await until(
      () => world.get(order.orderId),
      ({ state }) => state === 'COMPLETED',
      { withinMs: 20_000 },
    );
  }
  expect(await query(world.url, 'SELECT topic, key, reason FROM messaging.parked')).toEqual([]);
});
