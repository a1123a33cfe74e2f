// Random orders over random scopes, lifted whole or in parts in any order, while services change records in between. After every step the
// states, the order columns of the records and the lists of left records equal a small reference model. Chunks are killed and repeated, and
// every message may arrive twice. Seeded: a failure names its seed and prints the history.
import { alter, query, random } from '@hengji/testing';
import sql from 'sql-template-tag';
import { keepLeft, type OrderContext } from '../src';
import { execute, rowsOf, LONG_TRANSACTION, type SqlTx } from '@hengji/messaging';
import { addPapers, fixture, HOLD, NOW, orderOf, paper, scopeOf, VOID, workThrough, type Fixture } from './fixture';
import { activeHolds, claimedIn, exceptFromHold, pauseHold, placeHold, resumeHold } from '../src/holds';
import { listLeft } from '../src/left-records';
import { isHeldBy } from '../src/scope';
import { Paper } from './model';

const HISTORIES = 200;
/** Number of histories per test: the time limit applies to one test, so a busy machine does not fail all of them. */
const BLOCK = 20;
const COUNT = 8;
const STEPS = 9;

class Model {
  readonly papers = new Map(Array.from({ length: COUNT }, (_, i) => [paper(i + 1), new Paper()]));
  readonly left: string[] = [];
  apply = (order: string, ids: readonly string[]): void => ids.forEach((id) => this.papers.get(id)?.claim(order));
  lift(order: string, row: number, ids: readonly string[]): void {
    for (const id of ids) {
      const record = this.papers.get(id);
      const would = record?.lift(order);
      if (record && would) this.left.push(`${order} ${row} ${id} ${would} ${record.state}`);
    }
  }
  change(id: string, state: string): void {
    const record = this.papers.get(id);
    if (record) record.state = state;
  }
  shown = () =>
    [...this.papers].map(([id, { state, by, claims }]) => ({ id, state, by, claims: claims.map(({ order }) => order).join(' ') }));
}

const shown = (db: SqlTx) =>
  rowsOf(
    db,
    sql`SELECT certificate_number AS id, state, voided_by AS by, coalesce((SELECT string_agg(order_id, ' ' ORDER BY seq) FROM messaging.claim
       WHERE record_id = certificate_number AND lifted_at IS NULL), '') AS claims FROM paper ORDER BY 1`,
  );

const leftOf = async (db: SqlTx): Promise<string[]> =>
  (
    await rowsOf<{ text: string }>(
      db,
      sql`SELECT concat_ws(' ', order_id, "row", record_id, would_be, found) AS text FROM messaging.left_record`,
    )
  ).map(({ text }) => text);

class Killed extends Error {}

/** Runs a row chunk by chunk; at random a chunk is killed before its commit, or the whole row is repeated. */
const work = async ({ db }: Fixture, order: OrderContext, pick: (below: number) => number): Promise<void> => {
  const limit = 1 + pick(4);
  const rounds = pick(4) === 0 ? 2 : 1;
  for (let round = 1; round <= rounds; round += 1) {
    const started = { ...order, again: round > 1 };
    for (let cursor: string | null = ''; cursor !== null;) {
      const from: string = cursor;
      const chunk = () =>
        db.$transaction(async (tx) => {
          const done = await (order.undo ? VOID.undo(tx, started, from, limit) : VOID.apply(tx, started, from, limit));
          if (pick(6) === 0) throw new Killed();
          return done;
        }, LONG_TRANSACTION);
      const done = await chunk().catch((failure: unknown) => {
        if (failure instanceof Killed) return undefined;
        throw failure;
      });
      if (done) cursor = done.next;
    }
  }
};

const some = <T>(list: readonly T[], pick: (below: number) => number): T[] => list.filter(() => pick(2) === 0);

const runHistory = async (own: Fixture, seed: number): Promise<void> => {
  const pick = random(seed);
  const { url, db } = own;
  await alter(url, 'TRUNCATE paper, messaging.claim, messaging.outbox, messaging.left_record');
  await addPapers(url, COUNT);
  const model = new Model();
  const ids = [...model.papers.keys()];
  const inForce = new Map<string, string[]>();
  const history: string[] = [];
  for (let step = 1; step <= STEPS; step += 1) {
    const what = pick(6);
    const orders = [...inForce.keys()];
    const orderId = orders[pick(Math.max(1, orders.length))];
    if (what === 0) {
      const [id, state] = [ids[pick(COUNT)] ?? '', ['ISSUED', 'EXPIRED', 'REISSUED'][pick(3)] ?? ''];
      history.push(`change ${id} ${state}`);
      await execute(db, sql`UPDATE paper SET state = ${state} WHERE certificate_number = ${id} AND state <> ${state}`);
      model.change(id, state);
      continue;
    }
    if (what < 4 || orderId === undefined) {
      const eligible = [...model.papers].filter(([, { state }]) => ['ISSUED', 'EXPIRED', 'VOID'].includes(state)).map(([id]) => id);
      const certificates = some(ids, pick);
      if (certificates.length === 0) continue;
      history.push(`order o${step} ${certificates.join(',')}`);
      await work(own, orderOf(`o${step}`, { scope: scopeOf({ certificates }) }), pick);
      inForce.set(`o${step}`, certificates);
      model.apply(
        `o${step}`,
        certificates.filter((id) => eligible.includes(id)),
      );
    } else {
      const whole = inForce.get(orderId) ?? [];
      const part = pick(2) === 0 ? whole : some(whole, pick);
      if (part.length === 0) continue;
      const narrowed = part.length < whole.length;
      history.push(`lift ${narrowed ? 'part of' : 'all of'} ${orderId} ${part.join(',')}`);
      const order = orderOf(orderId, { scope: scopeOf({ certificates: part }), undo: true, narrowed, row: 100 + step });
      await work(own, order, pick);
      model.lift(orderId, 100 + step, part);
      expect(await db.$transaction((tx) => VOID.residual(tx, order))).toEqual({ count: 0n, sample: [] });
      if (!narrowed) inForce.delete(orderId);
    }
    expect({ seed, history, papers: await shown(db) }).toEqual({ seed, history, papers: model.shown() });
    expect({ seed, history, left: (await leftOf(db)).sort() }).toEqual({ seed, history, left: [...model.left].sort() });
  }
};

describe('random histories', () => {
  let own: Fixture;
  beforeAll(async () => {
    own = await fixture();
  });

  test.each(Array.from({ length: HISTORIES / BLOCK }, (_, i) => 1 + i * BLOCK))(
    `${BLOCK} of them from seed %i on agree with the model after every step`,
    async (from) => {
      for (let seed = from; seed < from + BLOCK; seed += 1) await runHistory(own, seed);
    },
  );
});

describe('a hold that is lifted in part, or paused', () => {
  test('releases what was lifted, and nothing else; a repeated part counts once; a paused hold stops nothing', async () => {
    const { db, url } = await fixture();
    await addPapers(url, 10);
    const order = orderOf('h', { scope: scopeOf() });
    await db.$transaction((tx) => placeHold(tx, { orderId: 'h', epoch: 1n, scope: scopeOf(), standing: true }, () => NOW));
    const lifted = scopeOf({ occupationLevels: [{ occupation: '6-31-01-03', level: '3' }] });
    for (const _ of [1, 2]) await db.$transaction((tx) => HOLD.undo(tx, { ...order, undo: true, narrowed: true, scope: lifted }, '', 10));
    const holds = await db.$transaction((tx) => activeHolds(tx, order.institution));
    expect(holds.map(({ except }) => except)).toEqual([[lifted]]);
    const held = (level: string) => holds.some((hold) => isHeldBy(hold, { occupation: '6-31-01-03', level }));
    expect([held('3'), held('4')]).toEqual([false, true]);
    expect(await db.$transaction((tx) => HOLD.residual(tx, { orderId: 'h', scope: lifted, undo: true, narrowed: true }))).toMatchObject({
      count: 0n,
    });
    await db.$transaction((tx) => pauseHold(tx, 'h', NOW));
    expect(await db.$transaction((tx) => activeHolds(tx, order.institution))).toEqual([]);
    await db.$transaction((tx) => resumeHold(tx, 'h'));
    expect(await db.$transaction((tx) => activeHolds(tx, order.institution))).toHaveLength(1);
    await db.$transaction((tx) => exceptFromHold(tx, 'unknown', lifted));
  });

  test('releases a part that is wider than a part lifted before', async () => {
    const { db } = await fixture();
    const order = orderOf('w', { scope: scopeOf(), undo: true, narrowed: true });
    await db.$transaction((tx) => placeHold(tx, { orderId: 'w', epoch: 1n, scope: scopeOf(), standing: true }, () => NOW));
    const [narrow, wide] = [scopeOf({ plans: ['p1'], sessions: ['s1'] }), scopeOf({ plans: ['p1'] })];
    for (const scope of [narrow, wide]) await db.$transaction((tx) => HOLD.undo(tx, { ...order, scope }, '', 10));
    const [hold] = await db.$transaction((tx) => activeHolds(tx, order.institution));
    expect(hold && isHeldBy(hold, { planId: 'p1', sessionId: 's2' })).toBe(false);
    const lifting = { orderId: 'w', scope: wide, undo: true, narrowed: true };
    expect(await db.$transaction((tx) => HOLD.residual(tx, lifting))).toMatchObject({ count: 0n });
  });

  test('after a pause, records made during the pause do not belong to the order, and its claimed records still do', async () => {
    const { db, url } = await fixture();
    const order = orderOf('p');
    await addPapers(url, 5);
    await db.$transaction((tx) => placeHold(tx, { orderId: 'p', epoch: 1n, scope: scopeOf(), standing: true }, () => NOW));
    await workThrough(db, VOID, order, 10);
    const count = async (): Promise<unknown> =>
      db.$transaction(async (tx) => {
        const within = await claimedIn(tx, 'p');
        return (await VOID.residual(tx, { orderId: 'p', scope: scopeOf(), undo: false, claimedIn: within })).sample;
      });
    expect(await count()).toEqual([]);
    await db.$transaction((tx) => pauseHold(tx, 'p', NOW));
    await query(url, `INSERT INTO paper SELECT (jsonb_populate_record(p, $2::jsonb)).* FROM paper p WHERE certificate_number = $1`, [
      paper(1),
      JSON.stringify({ certificate_number: paper(6), state: 'ISSUED' }),
    ]);
    await db.$transaction((tx) => resumeHold(tx, 'p'));
    expect(await count()).toEqual([]);
    await query(url, `UPDATE paper SET state = 'ISSUED' WHERE certificate_number = $1`, [paper(2)]);
    expect(await count()).toEqual([paper(2)]);
  });

  test.each([
    ['M1 lifted alone', undefined, [paper(2)]],
    ['M1 lifted for a session', 'session-0', [paper(2), paper(31)]],
  ])('%s: records made lawfully afterwards do not belong to the order, and its claimed records still do', async (_, session, residual) => {
    const { db, url } = await fixture();
    const order = orderOf('m', { row: 1 });
    await addPapers(url, 25);
    await db.$transaction((tx) => placeHold(tx, { orderId: 'm', epoch: 1n, scope: scopeOf(), standing: true }, () => NOW));
    await workThrough(db, VOID, order, 10);
    const lifting = { ...order, row: 2, undo: true, ...(session && { narrowed: true, scope: scopeOf({ sessions: [session] }) }) };
    await db.$transaction((tx) => HOLD.undo(tx, lifting, '', 10));
    // Made afterwards in the session for which M1 was lifted, and in another session.
    for (const [made, sitting] of [
      [30, 'session-0'],
      [31, 'session-1'],
    ] as const) {
      await query(url, `INSERT INTO paper SELECT (jsonb_populate_record(p, $2::jsonb)).* FROM paper p WHERE certificate_number = $1`, [
        paper(1),
        JSON.stringify({ certificate_number: paper(made), session_id: sitting, state: 'ISSUED', voided_by: null }),
      ]);
    }
    await query(url, `UPDATE paper SET state = 'ISSUED' WHERE certificate_number = $1`, [paper(2)]);
    const within = await db.$transaction((tx) => claimedIn(tx, 'm'));
    const count = () => db.$transaction((tx) => VOID.residual(tx, { orderId: 'm', scope: scopeOf(), undo: false, claimedIn: within }));
    expect((await count()).sample).toEqual(residual);
    // A sweep runs the row again, possibly after its change was confirmed: the row moves strayed records and no lawful record.
    await workThrough(db, VOID, { ...order, again: true, claimedIn: within }, 10);
    expect(await count()).toEqual({ count: 0n, sample: [] });
    expect(await query(url, `SELECT state FROM paper WHERE certificate_number = $1`, [paper(30)])).toEqual([{ state: 'ISSUED' }]);
  });

  test('left records are paged in id order and stored once', async () => {
    const { db } = await fixture();
    const order = orderOf('l', { row: 3, undo: true });
    const records = ['c', 'a', 'b'].map((recordId) => ({ recordId, wouldBe: 'ISSUED', is: 'EXPIRED' }));
    for (const _ of [1, 2]) await db.$transaction((tx) => keepLeft(tx, order, records));
    const page = await db.$transaction((tx) => listLeft(tx, { orderId: 'l', row: 3, after: 'a', limit: 1 }));
    expect(page).toEqual([{ recordId: 'b', wouldBe: 'ISSUED', is: 'EXPIRED' }]);
  });
});
