// Keyset pages: all pages together are the whole list in its order, under every sort, with ties, NULLs and both directions.
import type { ListSpec } from '@hengji/contracts/lists';
import { ListQuery, type ListSort } from '@hengji/contracts/meta/v1/list';
import { closeAfterSuite, databaseClient, scratchDatabase } from '@hengji/testing';
import fc from 'fast-check';
import type { Client } from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import type { ListDb } from '../src/lists/list-db';
import { readList, type ListPage } from '../src/lists/read-list';
import { namesLike, searchText } from '../src/lists/names';
import type { ListSource } from '../src/lists/statement';

const THINGS = {
  name: 'things',
  title: '东西',
  key: 'id',
  sort: [{ field: 'id', descending: false }],
  search: '名称',
  fields: {
    id: { title: '编号', kind: 'code', sort: true },
    grade: { title: '等级', kind: 'words', words: { A: '甲', B: '乙', C: '丙' }, filter: true, sort: true },
    amount: { title: '金额', kind: 'fen', filter: true, sort: true },
    at: { title: '时间', kind: 'instant', filter: true, sort: true },
    isOpen: { title: '未了结', kind: 'flag', filter: true, sort: true },
    name: { title: '名称', kind: 'text', filter: true },
  },
} as const satisfies ListSpec;

const SOURCE: ListSource<typeof THINGS> = {
  spec: THINGS,
  from: sql`thing AS t`,
  columns: {
    id: { sql: sql`t.id` },
    grade: { sql: sql`t.grade` },
    amount: { sql: sql`t.amount`, nullable: true },
    at: { sql: sql`t.at`, nullable: true },
    isOpen: { sql: sql`t.is_open`, nullable: true },
    name: { sql: sql`t.name` },
  },
  search: async (text) => ({ rows: [await namesLike(sql`t.search_text`, text)] }),
};

interface Thing {
  readonly id: string;
  readonly grade: 'A' | 'B' | 'C';
  readonly amount: bigint | null;
  readonly at: Date | null;
  readonly isOpen: boolean | null;
}

const EVERYWHERE = sql`TRUE`;
let client: Client;
let db: ListDb;

beforeAll(async () => {
  client = await databaseClient((await scratchDatabase()).url);
  closeAfterSuite(() => client.end());
  db = { $queryRaw: async <T>(query: Sql) => (await client.query(query.text, query.values)).rows as T };
  await client.query(`CREATE TABLE thing (id text COLLATE "C" PRIMARY KEY, grade text NOT NULL, amount bigint, at timestamptz, is_open boolean,
    name text NOT NULL DEFAULT '', search_text text NOT NULL DEFAULT '')`);
});

const fill = async (things: readonly Thing[]): Promise<void> => {
  await client.query('TRUNCATE thing');
  for (const { id, grade, amount, at, isOpen } of things) {
    await client.query('INSERT INTO thing VALUES ($1, $2, $3, $4, $5)', [id, grade, amount, at, isOpen]);
  }
};

const ask = (query: Partial<ListQuery>, territory = EVERYWHERE): Promise<ListPage> =>
  readList(db, SOURCE, ListQuery.fromPartial(query), territory);

const everyPage = async (query: Partial<ListQuery>): Promise<string[]> => {
  const keys: string[] = [];
  for (let cursor = ''; ;) {
    const page = await ask({ ...query, cursor });
    keys.push(...page.keys);
    if (page.next === '') return keys;
    cursor = page.next;
  }
};

/** NULL is larger than every value. */
const compare = (a: unknown, b: unknown): number => {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return (a as number) < (b as number) ? -1 : Number((a as number) > (b as number));
};

const inMemory = (things: readonly Thing[], sort: readonly ListSort[]): string[] => {
  const last = sort.at(-1)?.descending ?? false;
  const keys = [...sort, { field: 'id', descending: last }];
  const valueOf = (thing: Thing, field: string): unknown => {
    const value = thing[field as keyof Thing];
    return value instanceof Date ? value.getTime() : value;
  };
  const order = (a: Thing, b: Thing): number =>
    keys
      .map(({ field, descending }) => compare(valueOf(a, field), valueOf(b, field)) * (descending ? -1 : 1))
      .find((result) => result !== 0) ?? 0;
  return [...things].sort(order).map(({ id }) => id);
};

const ids = fc.stringMatching(/^[a-zA-Z0-9%_'-]{1,4}$/);
const thing: fc.Arbitrary<Thing> = fc.record({
  id: ids,
  grade: fc.constantFrom('A', 'B', 'C'),
  amount: fc.option(fc.bigInt(-2n, 2n)),
  at: fc.option(fc.integer({ min: 0, max: 3 }).map((n) => new Date(1_800_000_000_000 + n * 60_001))),
  isOpen: fc.option(fc.boolean()),
});
const sorts: fc.Arbitrary<ListSort[]> = fc
  .uniqueArray(fc.constantFrom('id', 'grade', 'amount', 'at', 'isOpen'), { maxLength: 3 })
  .chain((fields) => fc.tuple(...fields.map((field) => fc.boolean().map((descending) => ({ field, descending })))));

it('gives every row once and in order, for any sort and page size', async () => {
  const asked = fc.record({
    things: fc.uniqueArray(thing, { selector: ({ id }) => id, maxLength: 12 }),
    sort: sorts,
    limit: fc.integer({ min: 1, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ things, sort, limit }) => {
      await fill(things);
      expect(await everyPage({ sort, limit })).toEqual(inMemory(things, sort));
    }),
    { numRuns: 150 },
  );
});

it('filters by words, ranges, days in Asia/Shanghai and flags, and counts the result with the first page', async () => {
  const at = (text: string): Date => new Date(text);
  await fill([
    { id: '1', grade: 'A', amount: 100n, at: at('2026-03-01T15:59:59.999Z'), isOpen: true },
    { id: '2', grade: 'B', amount: 200n, at: at('2026-03-01T16:00:00Z'), isOpen: true },
    { id: '3', grade: 'C', amount: 300n, at: at('2026-03-02T15:59:59Z'), isOpen: false },
    { id: '4', grade: 'C', amount: null, at: null, isOpen: null },
  ]);
  const narrowed = async (field: string, op: 'IS' | 'FROM' | 'UNTIL' | 'HAS', ...values: string[]) =>
    (await ask({ filters: [{ field, op, values }] })).keys;
  expect(await narrowed('grade', 'IS', 'A', 'C')).toEqual(['1', '3', '4']);
  expect(await narrowed('amount', 'FROM', '２00')).toEqual(['2', '3']);
  expect(await narrowed('amount', 'UNTIL', '200')).toEqual(['1', '2']);
  expect(await narrowed('at', 'FROM', '2026-03-02')).toEqual(['2', '3']);
  expect(await narrowed('at', 'UNTIL', '2026-03-01')).toEqual(['1']);
  expect(await narrowed('isOpen', 'IS', 'false')).toEqual(['3']);
  const first = await ask({ limit: 2 });
  expect(first.total).toEqual({ count: 4, more: false });
  expect((await ask({ limit: 2, cursor: first.next })).total).toBeUndefined();
  expect((await ask({}, sql`t.grade = 'C'`)).keys).toEqual(['3', '4']);
});

it('counts exactly to 10,000, and reports more beyond that', async () => {
  const count = async (rows: number) => {
    await client.query('TRUNCATE thing');
    await client.query(`INSERT INTO thing (id, grade) SELECT i::text, 'A' FROM generate_series(1, $1::int) i`, [rows]);
    return (await ask({ limit: 1 })).total;
  };
  expect(await count(10_000)).toEqual({ count: 10_000, more: false });
  expect(await count(10_001)).toEqual({ count: 10_000, more: true });
});

it('sums a field over all rows found, exact to the fen, also beyond the bound of the total, with the first page only', async () => {
  await client.query('TRUNCATE thing');
  await client.query(`INSERT INTO thing (id, grade, amount, name, search_text)
    SELECT i::text, CASE WHEN i % 2 = 0 THEN 'A' ELSE 'B' END, 100000000001, '学院', 'x' FROM generate_series(1, 10002) i`);
  await client.query(`INSERT INTO thing (id, grade) VALUES ('none', 'C')`);
  const sumOf = async (query: Partial<ListQuery>, territory?: Sql) =>
    (await ask({ limit: 1, sum: 'amount', ...query }, territory)).total?.sumFen;
  expect(await sumOf({})).toBe(1_000_200_000_010_002n);
  expect(await sumOf({ filters: [{ field: 'grade', op: 'IS', values: ['A'] }] })).toBe(500_100_000_005_001n);
  expect(await sumOf({ filters: [{ field: 'grade', op: 'IS', values: ['C'] }] })).toBe(0n);
  expect(await sumOf({}, sql`t.id IN ('1', '2', 'none')`)).toBe(200_000_000_002n);
  expect(await sumOf({ search: 'x' })).toBe(1_000_200_000_010_002n);
  expect((await ask({ limit: 1 })).total).toEqual({ count: 10_000, more: true });
  const { next } = await ask({ limit: 1 });
  expect(await sumOf({ cursor: next })).toBeUndefined();
});

it('finds names by a part, by pinyin, by initials and by a wrong character with the same sound, and treats wildcards as text', async () => {
  await client.query('TRUNCATE thing');
  for (const [id, name] of [
    ['1', '沈阳技师学院'],
    ['2', '大连职业培训学校'],
    ['3', 'ＡＢＣ 100%培训_中心'],
  ] as const) {
    await client.query(`INSERT INTO thing (id, grade, name, search_text) VALUES ($1, 'A', $2, $3)`, [id, name, await searchText(name)]);
  }
  const found = async (search: string) => (await ask({ search })).keys;
  expect(await found('技师')).toEqual(['1']);
  expect(await found('shenyang')).toEqual(['1']);
  expect(await found('dlzy')).toEqual(['2']);
  expect(await found('审阳')).toEqual(['1']);
  expect(await found('abc')).toEqual(['3']);
  expect(await found('0%')).toEqual(['3']);
  expect(await found('阳%学')).toEqual([]);
  expect((await ask({ filters: [{ field: 'name', op: 'HAS', values: ['_中'] }] })).keys).toEqual(['3']);
});
