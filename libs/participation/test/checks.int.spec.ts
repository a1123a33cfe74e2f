// The two questions of a cross-check on a real database: the records that the order has moved, page by page, and which of them are still in
// force.
import { query, until } from '@hengji/testing';
import sql from 'sql-template-tag';
import { SCOPE_COLUMNS } from '../src';
import { askOf, CALL, issued, paper, refusalOf, reports, world } from './fixture';

const PAPERS = { table: 'paper', scope: SCOPE_COLUMNS } as const;
const CHECKS = {
  affected: { VOID_PAPER_VALID_PAPER: { ...PAPERS, effect: 'VOID_CERTIFICATES', id: 'certificate_number', done: sql`t.state = 'VOID'` } },
  contradictions: {
    VOID_PAPER_VALID_PAPER: { ...PAPERS, link: 'certificate_number', name: 'certificate_number', contradicts: sql`t.state <> 'VOID'` },
  },
};
const CHECK = { orderId: 'o1', check: 'VOID_PAPER_VALID_PAPER' };

/** A service in which order o1 has voided this many papers. */
const voided = async (count: number) => {
  const { orders, hear, ...own } = await world(count, { crossChecks: CHECKS });
  const { server } = orders;
  await hear('orderIssued', issued('o1', [askOf(1, 'VOID_CERTIFICATES', { signedCount: BigInt(count) })]));
  await until(
    () => reports(own.url),
    (all) => all.some(({ $case }) => $case === 'rowReported'),
  );
  const page = (after: string, joined: boolean) => server.listAffected({ ...CHECK, row: 1, after, limit: 10, without: [], joined }, CALL);
  return { ...own, server, page };
};

const NONE = Buffer.alloc(0);

describe('the questions of a cross-check', () => {
  test('returns the ids a page at a time, as one text or as a list, and finds those still in force', async () => {
    const { url, server, page } = await voided(25);
    const numbers = Array.from({ length: 25 }, (_, i) => paper(i + 1));
    for (const joined of [true, false]) {
      const seen: string[] = [];
      for (let after: string | undefined = ''; after !== undefined;) {
        const { ids = [], joinedIds = NONE, count, next } = await page(after, joined);
        const own = joined ? Buffer.from(joinedIds).toString().split('\n') : [...ids];
        expect([own.length, joined ? ids.length : joinedIds.length]).toEqual([count, 0]);
        seen.push(...own);
        after = next === '' ? undefined : next;
      }
      expect(seen).toEqual(numbers);
    }
    await query(url, `UPDATE paper SET state = 'ISSUED' WHERE certificate_number = ANY($1)`, [[paper(3), paper(4)]]);
    const found = { count: 2n, sample: [paper(3), paper(4)] };
    const joined = { joinedIds: Buffer.from(numbers.join('\n')), count: 25 };
    expect(await server.findContradictions({ ...CHECK, ids: [], ...joined }, CALL)).toMatchObject(found);
    // An older version of enforcement.
    expect(await server.findContradictions({ ...CHECK, ids: numbers, joinedIds: NONE, count: 0 }, CALL)).toMatchObject(found);
    expect(await server.findContradictions({ ...CHECK, ids: [], joinedIds: NONE, count: 0 }, CALL)).toMatchObject({ count: 0n });
  });

  test('an id that could be read as two ids is refused by name', async () => {
    const { url, page } = await voided(3);
    await query(url, `UPDATE paper SET certificate_number = certificate_number || E'\\nX' WHERE certificate_number = $1`, [paper(2)]);
    expect(await refusalOf(page('', true) as Promise<unknown>)).toEqual(['record.not_provable', 'record_id']);
  });
});
