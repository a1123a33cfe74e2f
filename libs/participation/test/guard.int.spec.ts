// The fence against writers: after its commit no record may be made inside its scope, whatever the timing. Writers pause for a random time
// between their check and their commit (pg_sleep inside the transaction), so that a weaker guard would fail.
import { query } from '@hengji/testing';
import { execute, rowsOf, type SqlDb } from '@hengji/messaging';
import sql from 'sql-template-tag';
import { activeHolds, checkGuard } from '../src';
import { placeHold, releaseHold } from '../src/holds';
import { ANOTHER, fixture, INSTITUTION, NOW, paper, scopeOf, type Fixture } from './fixture';

const WRITERS = 12;
const ROUNDS = 10;

jest.setTimeout(60_000);

/** Makes papers until one is refused; returns how many were committed. Each paper draws a new `pauseMs`. */
const writeUntilHeld = async (db: SqlDb, round: number, writer: number): Promise<number> => {
  for (let made = 0; ; made += 1) {
    const id = paper(round * 10_000 + writer * 500 + made + 1);
    try {
      await db.$transaction(async (tx) => {
        await checkGuard(tx, INSTITUTION, [{ certificateNumber: id, planId: 'p1' }]);
        await rowsOf(tx, sql`SELECT pg_sleep(random() * 0.008)::text AS slept`);
        await execute(tx, sql`INSERT INTO made (id, round) VALUES (${id}, ${round}::int)`);
      });
    } catch (refusal) {
      expect(refusal).toMatchObject({
        kind: 'illegalMove',
        reason: 'order.held',
        message: expect.stringContaining(`order-${round}`) as unknown,
      });
      return made;
    }
    if (made > 400) throw new Error('the fence never came');
  }
};

describe('the guard', () => {
  let own: Fixture;
  beforeAll(async () => {
    own = await fixture(WRITERS + 4);
    await query(own.url, 'CREATE TABLE made (id text PRIMARY KEY, round integer NOT NULL)');
  });

  test('no writer passes the guard after the commit of a fence, and the fence does not wait long', async () => {
    const { db, url } = own;
    const overtook: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const orderId = `order-${round}`;
      const writers = Array.from({ length: WRITERS }, (_, i) => writeUntilHeld(db, round, i));
      // Wait until the writers are running: the fence must arrive while they write.
      await rowsOf(db, sql`SELECT pg_sleep(0.02 + random() * 0.03)::text AS slept`);
      const [atAsking] = await query<{ count: string }>(url, 'SELECT count(*) FROM made WHERE round = $1', [round]);
      await db.$transaction((tx) =>
        placeHold(tx, { orderId, epoch: BigInt(round), scope: scopeOf({ plans: ['p1'] }), standing: true }, () => NOW),
      );
      const [atFence] = await query<{ count: string }>(url, 'SELECT count(*) FROM made WHERE round = $1', [round]);
      overtook.push(Number(atFence?.count) - Number(atAsking?.count));
      const made = (await Promise.all(writers)).reduce((sum, count) => sum + count, 0);
      const [atEnd] = await query<{ count: string }>(url, 'SELECT count(*) FROM made WHERE round = $1', [round]);
      expect({ round, afterFence: Number(atEnd?.count) - Number(atFence?.count) }).toEqual({ round, afterFence: 0 });
      expect(made).toBe(Number(atEnd?.count));
      await db.$transaction((tx) => releaseHold(tx, orderId, NOW, 'any'));
    }
    // Counted in writers and not in milliseconds, so that a busy machine causes no failure. If a fence had to wait for a gap among twelve
    // overlapping writers, thousands of writers would overtake it.
    expect(overtook.filter((writers) => writers > WRITERS * 20)).toEqual([]);
  });

  test('a fence that is taken twice, or after its release, changes nothing', async () => {
    const { db } = own;
    const hold = { orderId: 'twice', epoch: 100n, scope: scopeOf(), standing: false };
    const first = await db.$transaction((tx) => placeHold(tx, hold, () => NOW));
    const second = await db.$transaction((tx) => placeHold(tx, { ...hold, standing: true }, () => new Date(NOW.getTime() + 1)));
    expect(second).toEqual(first);
    expect(await activeHolds(db, INSTITUTION)).toEqual([{ ...hold, placedAt: NOW, except: [] }]);
    await db.$transaction((tx) => releaseHold(tx, 'twice', NOW, 'passing'));
    await db.$transaction((tx) => placeHold(tx, hold, () => NOW));
    expect(await activeHolds(db, INSTITUTION)).toEqual([]);
  });

  test('two concurrent fences on an institution without any records both succeed', async () => {
    const { db } = own;
    const scope = scopeOf({ institution: ANOTHER });
    const place = (orderId: string, epoch: bigint): Promise<Date> =>
      db.$transaction((tx) => placeHold(tx, { orderId, epoch, scope, standing: true }, () => NOW));
    await Promise.all([place('x', 1n), place('y', 2n), place('x', 1n)]);
    expect((await activeHolds(db, ANOTHER)).map(({ orderId }) => orderId)).toEqual(['x', 'y']);
    const refused = db.$transaction((tx) => checkGuard(tx, ANOTHER, [{}]));
    await expect(refused).rejects.toMatchObject({ reason: 'order.held', message: expect.stringContaining('x、y') as unknown });
    await db.$transaction((tx) => releaseHold(tx, 'x', NOW, 'any'));
    await expect(db.$transaction((tx) => checkGuard(tx, ANOTHER, [{}]))).rejects.toMatchObject({ reason: 'order.held' });
    await db.$transaction((tx) => releaseHold(tx, 'y', NOW, 'any'));
    await db.$transaction((tx) => checkGuard(tx, ANOTHER, [{}]));
  });

  test('records outside the scope, and of other institutions, are not held', async () => {
    const { db } = own;
    await db.$transaction((tx) =>
      placeHold(tx, { orderId: 'narrow', epoch: 200n, scope: scopeOf({ sessions: ['s1'] }), standing: true }, () => NOW),
    );
    await db.$transaction((tx) => checkGuard(tx, INSTITUTION, [{ sessionId: 's2' }, {}]));
    await db.$transaction((tx) => checkGuard(tx, ANOTHER, [{ sessionId: 's1' }]));
    const oneInside = db.$transaction((tx) => checkGuard(tx, INSTITUTION, [{ sessionId: 's2' }, { sessionId: 's1' }]));
    await expect(oneInside).rejects.toMatchObject({ reason: 'order.held' });
  });

  test('a writer whose snapshot is older than the fence is retried and refused, and does not miss the fence', async () => {
    let tries = 0;
    const { db } = own;
    const late = db.$transaction(async (tx) => {
      await execute(tx, sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
      await rowsOf(tx, sql`SELECT count(*)::text AS count FROM messaging.hold`);
      tries += 1;
      if (tries === 1)
        await db.$transaction((other) => placeHold(other, { orderId: 'late', epoch: 300n, scope: scopeOf(), standing: true }, () => NOW));
      await checkGuard(tx, INSTITUTION, [{}]);
    });
    await expect(late).rejects.toMatchObject({ reason: 'order.held' });
    expect(tries).toBe(2);
  });
});
