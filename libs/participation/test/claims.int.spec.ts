// Overlapping orders on the same records, lifted in any order: the claims are compared with a small reference model over random histories.
// Seeds are fixed, so that a failure repeats.
import { alter, query } from '@hengji/testing';
import { addPapers, fixture, INSTITUTION, orderOf, paper, scopeOf, VOID, workThrough, type Fixture } from './fixture';

interface Paper {
  readonly id: string;
  readonly state: string;
  readonly by: string | null;
  readonly document: string | null;
}

const papersOf = (url: string): Promise<Paper[]> =>
  query<Paper>(url, `SELECT certificate_number AS id, state, voided_by AS by, void_document_no AS document FROM paper ORDER BY 1`);

const random = (seed: number) => {
  let state = seed;
  // A linear congruential generator (Numerical Recipes); its low bits alternate, so only the high bits are used.
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % below;
  };
};

/** The rule: a record is VOID while any order voids it, with the columns of the first such order; otherwise it has its earlier state. */
class Model {
  private readonly claims = new Map<string, string[]>();
  constructor(private readonly original: ReadonlyMap<string, string>) {}
  apply(order: string, ids: readonly string[]): void {
    for (const id of ids) this.claims.set(id, [...(this.claims.get(id) ?? []), order]);
  }
  lift(order: string): void {
    for (const [id, orders] of this.claims)
      this.claims.set(
        id,
        orders.filter((other) => other !== order),
      );
  }
  papers(): Paper[] {
    return [...this.original].map(([id, was]) => {
      const first = was === 'VOID' ? undefined : this.claims.get(id)?.[0];
      return { id, state: first ? 'VOID' : was, by: first ?? null, document: first ? `文〔2026〕${first}号` : null };
    });
  }
}

const COUNT = 12;
const numbersOf = (indexes: readonly number[]): string[] => indexes.map((i) => paper(i));

const reset = async ({ url }: Fixture): Promise<Model> => {
  await alter(url, 'TRUNCATE paper, messaging.claim, messaging.outbox');
  await addPapers(url, COUNT);
  // Two records have another state: one has expired, one was void before any order.
  await query(url, `UPDATE paper SET state = 'EXPIRED' WHERE certificate_number = $1`, [paper(2)]);
  await query(url, `UPDATE paper SET state = 'VOID' WHERE certificate_number = $1`, [paper(3)]);
  return new Model(new Map((await papersOf(url)).map(({ id, state }) => [id, state])));
};

describe('claims of overlapping orders', () => {
  let own: Fixture;
  beforeAll(async () => {
    own = await fixture();
  });

  test.each(Array.from({ length: 20 }, (_, i) => i + 1))('random history %i agrees with the model after every step', async (seed) => {
    const { db, url } = own;
    const model = await reset(own);
    const pick = random(seed);
    const standing = new Map<string, string[]>();
    for (let step = 1; step <= 10; step += 1) {
      const lifting = standing.size > 0 && pick(5) < 2;
      const orderId = lifting ? ([...standing.keys()][pick(standing.size)] ?? '') : `o${step}`;
      const numbers = standing.get(orderId) ?? numbersOf(Array.from({ length: COUNT }, (_, i) => i + 1).filter(() => pick(2) === 0));
      const order = orderOf(orderId, { scope: scopeOf({ certificates: numbers.length > 0 ? numbers : [paper(1)] }), undo: lifting });
      await workThrough(db, VOID, order, 1 + pick(5));
      if (lifting) {
        standing.delete(orderId);
        model.lift(orderId);
      } else {
        standing.set(orderId, order.scope.certificates);
        model.apply(orderId, order.scope.certificates);
      }
      expect({ step, orderId, lifting, papers: await papersOf(url) }).toEqual({ step, orderId, lifting, papers: model.papers() });
      expect(await db.$transaction((tx) => VOID.residual(tx, order))).toEqual({ count: 0n, sample: [] });
    }
  });

  test('two orders lifted in either sequence leave the records exactly as they were', async () => {
    const { db, url } = own;
    for (const firstLifted of ['a', 'b']) {
      await reset(own);
      const before = await papersOf(url);
      await workThrough(db, VOID, orderOf('a'), 5);
      await workThrough(db, VOID, orderOf('b', { scope: scopeOf({ sessions: ['session-0'] }) }), 5);
      await workThrough(db, VOID, orderOf(firstLifted, { undo: true }), 5);
      const heldByOther = (await papersOf(url)).filter(({ by }) => by !== null).map(({ by }) => by);
      expect(new Set(heldByOther)).toEqual(new Set([firstLifted === 'a' ? 'b' : 'a']));
      await workThrough(db, VOID, orderOf(firstLifted === 'a' ? 'b' : 'a', { undo: true }), 5);
      expect(await papersOf(url)).toEqual(before);
    }
  });

  test('a record changed by somebody else is listed and not overwritten', async () => {
    const { db, url } = own;
    await reset(own);
    await workThrough(db, VOID, orderOf('a'), 5);
    await query(url, `UPDATE paper SET state = 'REISSUED' WHERE certificate_number = $1`, [paper(5)]);
    const { leaves, changed } = await workThrough(db, VOID, orderOf('a', { undo: true }), 5);
    expect(leaves).toContainEqual(expect.objectContaining({ id: paper(5), before: 'REISSUED', after: 'REISSUED' }));
    expect(changed).toBe(COUNT - 2);
  });

  test('an order that moved a record out of a third state restores that state, and the other order restores its own', async () => {
    const { db, url } = own;
    for (const [first, second, restored] of [
      ['a', 'b', 'EXPIRED'],
      ['b', 'a', 'ISSUED'],
    ] as const) {
      await reset(own);
      await workThrough(db, VOID, orderOf('a'), 5);
      await query(url, `UPDATE paper SET state = 'EXPIRED' WHERE certificate_number = $1`, [paper(7)]);
      await workThrough(db, VOID, orderOf('b'), 5);
      await workThrough(db, VOID, orderOf(first, { undo: true }), 5);
      expect((await papersOf(url))[6]).toMatchObject({ state: 'VOID', by: second });
      await workThrough(db, VOID, orderOf(second, { undo: true }), 5);
      expect((await papersOf(url))[6]).toMatchObject({ state: restored, by: null });
    }
  });

  test('if a later order claims a strayed record and is lifted, the record belongs to the earlier order', async () => {
    const { db, url } = own;
    await reset(own);
    await workThrough(db, VOID, orderOf('a'), 5);
    await workThrough(db, VOID, orderOf('b'), 5);
    await query(url, `UPDATE paper SET state = 'ISSUED' WHERE certificate_number = $1`, [paper(7)]);
    await workThrough(db, VOID, orderOf('b', { again: true }), 5);
    expect((await papersOf(url))[6]).toMatchObject({ state: 'VOID', by: 'b' });
    await workThrough(db, VOID, orderOf('b', { undo: true }), 5);
    // The columns must not name an order that is lifted.
    expect((await papersOf(url))[6]).toMatchObject({ state: 'VOID', by: 'a', document: orderOf('a').documentNo });
    await workThrough(db, VOID, orderOf('a', { undo: true }), 5);
    expect((await papersOf(url))[6]).toMatchObject({ state: 'ISSUED', by: null });
  });

  test('two concurrent orders, and two concurrent liftings, give the same result as in sequence', async () => {
    const { db, url } = own;
    for (let round = 0; round < 10; round += 1) {
      await reset(own);
      const before = await papersOf(url);
      await Promise.all(['a', 'b', 'c'].map((id) => workThrough(db, VOID, orderOf(id), 2)));
      expect((await papersOf(url)).every(({ state }) => state === 'VOID')).toBe(true);
      await Promise.all(['a', 'b', 'c'].map((id) => workThrough(db, VOID, orderOf(id, { undo: true }), 3)));
      expect(await papersOf(url)).toEqual(before);
    }
  });

  test('a repeated apply reports the same leaves and changes nothing', async () => {
    const { db, url } = own;
    await reset(own);
    const first = await workThrough(db, VOID, orderOf('a'), 5);
    const after = await papersOf(url);
    const second = await workThrough(db, VOID, orderOf('a', { again: true }), 3);
    const leaf = ({ id, before, after: to }: { id: string; before: string; after: string }) => ({ id, before, after: to });
    expect(second.leaves.map(leaf)).toEqual(first.leaves.map(leaf));
    expect({ first: first.changed, second: second.changed, papers: await papersOf(url) }).toEqual({
      first: COUNT - 1,
      second: 0,
      papers: after,
    });
    expect(after.find(({ id }) => id === paper(3))).toEqual({ id: paper(3), state: 'VOID', by: null, document: null });
    expect(INSTITUTION).toHaveLength(13);
  });
});
