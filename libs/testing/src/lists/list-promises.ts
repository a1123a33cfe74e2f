// The requirements of every list, tested on a service's list through its RPC: territory, filters and sorts over every
// column, pages that cover the whole list, a cursor that stays valid while rows are added, and a total. Also a search by
// name, pinyin, initials and a wrong character of the same sound. Each service's suite defines how its list is requested
// and how rows are added.
import { listParams, type ListParam, type ListSpec } from '@hengji/contracts/lists';
import { ListQuery, type ListFilter, type ListSort, type ListTotal } from '@hengji/contracts/meta/v1/list';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { until } from '../until';

/** The places of a list's rows: one institution in Shenyang, one in Dalian. */
export const LIST_PLACES = {
  shenyang: { name: '沈阳市技师学院', authority: '2101', area: '210102' },
  dalian: { name: '大连职业培训学校', authority: '2102', area: '210203' },
} as const;
export type ListPlace = keyof typeof LIST_PLACES;

type Row = Readonly<Record<string, unknown>>;

export interface ListedPage {
  readonly rows: readonly object[];
  readonly next: string;
  readonly total: ListTotal | undefined;
}

export interface ListUnderTest {
  /** Requests one page for the person. */
  readonly ask: (actor: Actor | undefined, query: ListQuery) => Promise<ListedPage>;
  /** Adds this many further rows at the place. */
  readonly add: (place: ListPlace, count: number) => Promise<void>;
  /**
   * An institution of Shenyang, and the number of its rows that it sees; without a number all. A list without a party is
   * for operations, and operators see it.
   */
  readonly party?: { readonly institution: string; readonly sees?: number };
  /** A caller without a person may also read the list. */
  readonly isPublic?: true;
}

const PROVINCE = Actor.fromPartial({ officerId: 'p1', role: 'PROVINCE_OFFICER', authority: 'LN' });
const CITY = Actor.fromPartial({ officerId: 'c1', role: 'CITY_OFFICER', authority: '2101' });
const ROWS = { shenyang: 5, dalian: 3 } as const;
const ALL = ROWS.shenyang + ROWS.dalian;

const is = (field: string, ...values: string[]): Partial<ListQuery> => ({ filters: [{ field, op: 'IS', values }] });

const textOf = (value: unknown): string => String(value ?? '');
/** The day in Asia/Shanghai. */
const dayOf = (at: unknown): string => new Date(new Date(at as Date | string).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

/** For a field without a value in any row: a value that the field can have. */
const anyValue = ({ spec: { kind, words = {} } }: ListParam): string =>
  ({ words: Object.keys(words)[0] ?? '', day: '2026-01-01', instant: '2026-01-01', fen: '1', number: '1', flag: 'true' })[kind as string] ??
  'x';

const sortsOf = ({ fields }: ListSpec): ListSort[] =>
  Object.entries(fields).flatMap(([field, { sort }]) => (sort ? [true, false].map((descending) => ({ field, descending })) : []));

const asking = (spec: ListSpec, { ask }: ListUnderTest) => {
  const keyOf = (row: object): string => textOf((row as Row)[spec.key]);
  const keys = async (query: Partial<ListQuery>, actor = PROVINCE): Promise<string[]> =>
    (await ask(actor, ListQuery.fromPartial({ limit: 1_000, ...query }))).rows.map(keyOf);
  /** All pages; `between` runs after each page. */
  const pages = async (query: Partial<ListQuery>, between = async (): Promise<void> => undefined): Promise<string[]> => {
    const found: string[] = [];
    let cursor = '';
    do {
      const page = await ask(PROVINCE, ListQuery.fromPartial({ ...query, cursor }));
      found.push(...page.rows.map(keyOf));
      cursor = page.next;
      await between();
    } while (cursor !== '');
    return found;
  };
  return { ask, keyOf, keys, pages };
};

/** A filter that finds the row; for a field that the row does not show, a filter with any value. */
const filterOf = (param: ListParam, row: Row): ListFilter & { readonly isOfRow: boolean } => {
  const shown = param.field in LIST_PLACES.shenyang && param.field !== 'name' ? LIST_PLACES.shenyang[param.field as 'area'] : undefined;
  const told = row[param.field] ?? '';
  const value = shown ?? (param.spec.kind === 'instant' && told !== '' ? dayOf(told) : textOf(told));
  return { field: param.field, op: param.op, values: [value === '' ? anyValue(param) : value], isOfRow: value !== '' };
};

/** Declares the specs of the list; `start` is awaited once, before them. */
export const keepsListPromises = (spec: ListSpec, start: () => Promise<ListUnderTest>): void => {
  describe(`the list of ${spec.name}`, () => {
    let list: ListUnderTest;
    let at: ReturnType<typeof asking>;
    beforeAll(async () => {
      list = await start();
      at = asking(spec, list);
      await list.add('dalian', ROWS.dalian);
      await list.add('shenyang', ROWS.shenyang);
      const told = () => Promise.all([is('authority', '2101'), is('authority', '2102'), { search: '技师' }].map((query) => at.keys(query)));
      await until(told, (found) => found.map(({ length }) => length).join() === [ROWS.shenyang, ROWS.dalian, ROWS.shenyang].join());
    });

    it('shows the province everything and a city only its own, whatever the query asks for', async () => {
      expect(await at.keys({})).toHaveLength(ALL);
      expect(new Set(await at.keys({}, CITY))).toEqual(new Set(await at.keys(is('authority', '2101'))));
      expect(await at.keys(is('authority', '2102'), CITY)).toEqual([]);
    });

    it('shows an institution only the rows of its own that it may see, and a caller without a person none unless the list is public', async () => {
      const { institution = 'S000021010001', sees = ROWS.shenyang } = list.party ?? {};
      const party = at.keys({}, Actor.fromPartial({ officerId: 'i1', role: 'INSTITUTION', institution }));
      if (list.party) expect(await party).toHaveLength(sees);
      else await expect(party).rejects.toMatchObject({ kind: 'forbidden' });
      const operators = await at.keys({}, Actor.fromPartial({ officerId: 'o1', role: 'OPERATOR' }));
      expect(operators).toHaveLength(list.party ? 0 : ALL);
      const nobody = list.ask(undefined, ListQuery.fromPartial({}));
      if (list.isPublic) expect((await nobody).rows).toHaveLength(ALL);
      else await expect(nobody).rejects.toMatchObject({ reason: expect.stringMatching(/^actor\./) as string });
    });

    it('finds a row by each of its filters, and refuses a field that it does not have', async () => {
      const { rows } = await list.ask(CITY, ListQuery.fromPartial({}));
      const [row = {}] = rows as Row[];
      for (const param of listParams(spec)) {
        const { isOfRow, ...filter } = filterOf(param, row);
        const found = await at.keys({ filters: [filter] });
        expect([param.name, isOfRow && !found.includes(at.keyOf(row))]).toEqual([param.name, false]);
      }
      await expect(at.keys(is('holder', 'x'))).rejects.toMatchObject({ reason: 'list.field_unknown' });
    });

    it.each(sortsOf(spec))('pages through the whole list by $field, descending $descending', async (sort) => {
      const whole = await at.keys({ sort: [sort] });
      expect(whole).toHaveLength(ALL);
      expect(await at.pages({ sort: [sort], limit: 3 })).toEqual(whole);
      const other = await at.keys({ sort: [{ ...sort, descending: !sort.descending }] });
      expect(other).toEqual(whole.toReversed());
    });

    it('returns the total with the first page only', async () => {
      const first = await list.ask(PROVINCE, ListQuery.fromPartial({ limit: 2 }));
      expect(first.total).toEqual({ count: ALL, more: false });
      expect((await list.ask(PROVINCE, ListQuery.fromPartial({ limit: 2, cursor: first.next }))).total).toBeUndefined();
    });

    it.each(['技师', 'shenyang', 'sysjs', '审阳'])(
      'finds rows by %s, a part of the name of their institution or its sound',
      async (search) => {
        expect((await at.keys({ search })).toSorted()).toEqual((await at.keys({}, CITY)).toSorted());
      },
    );

    it('returns each row that existed at the start once, while further rows are added', async () => {
      const there = await at.keys({});
      const seen = await at.pages({ limit: 2 }, () => list.add('dalian', 1));
      expect(new Set(seen).size).toBe(seen.length);
      expect(there.filter((key) => !seen.includes(key))).toEqual([]);
    });
  });
};
