// A checked query as SQL: conditions, the keyset after which the page begins, the order, and the count up to a limit. NULL is larger than
// every value, as PostgreSQL sorts by default, so that one index serves both directions. A search is a union of its alternatives
// (alternatives.ts): each has its own index, a chain of ORs has none.
import type { FieldKind, ListSpec, QueriedField } from '@hengji/contracts/lists';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { alternativesOf, unionOf, type Alternative, type ListSearch } from './alternatives';
import type { ListDb } from './list-db';
import type { CheckedFilter, CheckedQuery, FilterOp } from './query';

export interface ListColumn {
  readonly sql: Sql;
  /** The column may be NULL; only needed where the list is sorted by it. */
  readonly nullable?: true;
  /** The condition that the field equals one of the values, where a column is not enough: an expression with a subquery. */
  readonly is?: (values: readonly string[]) => Sql;
  /** The condition that the field contains the text, where a column is not enough: a name in its one spelling. */
  readonly has?: (text: string) => Sql;
}

/** A list over tables: `from` with its aliases, and the column of each field that filters or sorts. */
export interface ListSource<S extends ListSpec = ListSpec> {
  readonly spec: S;
  readonly from: Sql;
  readonly columns: Readonly<Record<QueriedField<S>, ListColumn>>;
  /** What the text searches; for lists with a search. */
  readonly search?: (text: string, db: ListDb) => Promise<ListSearch>;
}

/** Any list's source: its fields are looked up by the names in the checked query. */
export interface AnySource extends Omit<ListSource, 'columns'> {
  readonly columns: Readonly<Record<string, ListColumn>>;
}

const TYPES = {
  text: raw('text'),
  code: raw('text'),
  occupation: raw('text'),
  words: raw('text'),
  day: raw('text'),
  instant: raw('timestamptz'),
  fen: raw('bigint'),
  number: raw('bigint'),
  flag: raw('boolean'),
} as const satisfies Record<FieldKind, Sql>;

interface Sorted extends ListColumn {
  readonly type: Sql;
  readonly descending: boolean;
}

const columnOf = ({ spec, columns }: AnySource, field: string): ListColumn & { readonly kind: FieldKind } => {
  const column = columns[field];
  const kind = spec.fields[field]?.kind;
  if (!column || !kind) throw new Error(`the list ${spec.name} has no column for ${field}`);
  return { ...column, kind };
};

/** Escapes the wildcards of LIKE. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** The column contains the text, case-sensitive. */
export const within = (column: Sql, text: string): Sql => sql`${column} LIKE ${`%${literal(text)}%`}`;
/** The column contains the text, in any case. */
export const contains = (column: Sql, text: string): Sql => within(sql`lower(${column})`, text.toLowerCase());
/** The column begins with the text. */
export const startsWith = (column: Sql, text: string): Sql => sql`${column} LIKE ${`${literal(text)}%`}`;

/** The first moment of the day in Asia/Shanghai, or of a day after it. */
const dayStart = (day: string, later: number): Sql => sql`(${day}::date + ${later}::int)::timestamp AT TIME ZONE 'Asia/Shanghai'`;

/** One value as an equation: then an index of this column and the sort columns returns the rows in order; for an array it does not. */
const equalsAny = (column: Sql, type: Sql, values: readonly string[]): Sql =>
  values.length === 1 ? sql`${column} = ${values[0]}::${type}` : sql`${column} = ANY(${[...values]}::${type}[])`;

const CONDITIONS: Record<FilterOp, (column: ReturnType<typeof columnOf>, values: readonly string[]) => Sql> = {
  IS: ({ is, kind, sql: column }, values) => is?.(values) ?? equalsAny(column, TYPES[kind], values),
  HAS: ({ has, sql: column }, [value = '']) => has?.(value) ?? contains(column, value),
  FROM: ({ kind, sql: column }, [value = '']) =>
    kind === 'instant' ? sql`${column} >= ${dayStart(value, 0)}` : sql`${column} >= ${value}::${TYPES[kind]}`,
  UNTIL: ({ kind, sql: column }, [value = '']) =>
    kind === 'instant' ? sql`${column} < ${dayStart(value, 1)}` : sql`${column} <= ${value}::${TYPES[kind]}`,
};

const conditionOf = (source: AnySource, { field, op, values }: CheckedFilter): Sql => CONDITIONS[op](columnOf(source, field), values);

/** Rows behind the value in this column alone. */
const beyond = ({ sql: column, type, descending, nullable }: Sorted, value: string | null): Sql => {
  if (value === null) return descending ? sql`${column} IS NOT NULL` : sql`FALSE`;
  if (descending) return sql`${column} < ${value}::${type}`;
  return nullable ? sql`(${column} > ${value}::${type} OR ${column} IS NULL)` : sql`${column} > ${value}::${type}`;
};

const equal = ({ sql: column, type }: Sorted, value: string | null): Sql =>
  value === null ? sql`${column} IS NULL` : sql`${column} = ${value}::${type}`;

/** Repeats the condition of the OR in a form from which an index scan can start. */
const bounded = ({ sql: column, type, descending, nullable }: Sorted, value: string | null): Sql => {
  if (value === null || (nullable && !descending)) return empty;
  return descending ? sql`${column} <= ${value}::${type} AND ` : sql`${column} >= ${value}::${type} AND `;
};

/** The rows after the place: behind it in the first column, or equal there and behind it in the other columns. */
const afterPlace = ([first, ...rest]: readonly Sorted[], [value = null, ...values]: readonly (string | null)[]): Sql => {
  if (!first) return sql`FALSE`;
  if (rest.length === 0) return beyond(first, value);
  return sql`${bounded(first, value)}(${beyond(first, value)} OR (${equal(first, value)} AND ${afterPlace(rest, values)}))`;
};

export interface Statements {
  /** Rows of `{ key, place }`, one more than the limit where there are more. */
  readonly page: Sql;
  /** One row of `{ found }`, at most one more than `most`. */
  readonly count: Sql;
  /** One row of `{ fen }`, over all rows found, as text; where the query asks for a sum. */
  readonly sum: Sql | undefined;
}

/** The sort order, the names `s0`, `s1` … of the sort columns, and the place of a row. */
const sortedBy = (sorted: readonly Sorted[]) => {
  const named = sorted.map(({ sql: column }, i) => sql`${column} AS ${raw(`s${i}`)}`);
  const orderOf = (column: (one: Sorted, i: number) => Sql): Sql =>
    join(sorted.map((one, i) => (one.descending ? sql`${column(one, i)} DESC` : column(one, i))));
  return {
    order: orderOf(({ sql: column }) => column),
    orderOfNamed: orderOf((_, i) => raw(`s${i}`)),
    place: sql`ARRAY[${join(sorted.map(({ sql: column }) => sql`(${column})::text`))}] AS place, ${join(named)}`,
  };
};

export interface Listing {
  readonly source: AnySource;
  readonly query: CheckedQuery;
  /** The result of the search; absent without one. */
  readonly found: ListSearch | undefined;
  /** The rows that the caller's person may see; no filter of the query can extend them. */
  readonly territory: Sql;
}

/** The large lists have an index of institution and key, and none of institution and another field. */
const isByKey = ({ spec }: AnySource, { sort }: CheckedQuery): boolean => sort[0]?.field === spec.key;

/** `most`: rows are counted up to here. */
export const listStatements = ({ source, query, found, territory }: Listing, most: number): Statements => {
  const sorted = query.sort.map(({ field, descending }): Sorted => {
    const { kind, ...column } = columnOf(source, field);
    return { ...column, type: TYPES[kind], descending };
  });
  const narrowed = [territory, ...query.filters.map((filter) => conditionOf(source, filter))];
  const { order, orderOfNamed, place } = sortedBy(sorted);
  const key = sql`(${columnOf(source, source.spec.key).sql})::text AS key`;
  const after = query.after ? [afterPlace(sorted, query.after)] : [];
  const rows = (columns: Sql, conditions: readonly Sql[], end: Sql) => (where: Alternative['where']) =>
    sql`SELECT ${columns} FROM ${source.from} WHERE ${join(
      [...conditions, ...where].map((one) => sql`(${one})`),
      ' AND ',
    )} ${end}`;
  const limit = sql`LIMIT ${query.limit + 1}::int`;
  const bound = sql`LIMIT ${most + 1}::int`;
  const alone = query.filters.length === 0;
  const pages = rows(sql`${key}, ${place}`, [...narrowed, ...after], sql`ORDER BY ${order} ${limit}`);
  const page = unionOf(alternativesOf(found, alone && isByKey(source, query)), pages, empty);
  const summed = (field: string): Sql =>
    unionOf(alternativesOf(found, alone), rows(sql`${key}, ${columnOf(source, field).sql} AS fen`, narrowed, empty), empty);
  const counted = unionOf(alternativesOf(found, alone), rows(key, narrowed, bound), bound);
  return {
    page: sql`SELECT key, place FROM (${page}) AS found ORDER BY ${orderOfNamed} ${limit}`,
    count: sql`SELECT count(*)::int AS found FROM (SELECT 1 FROM (${counted}) AS one ${bound}) AS counted`,
    sum: query.sum === undefined ? undefined : sql`SELECT coalesce(sum(fen), 0)::text AS fen FROM (${summed(query.sum)}) AS one`,
  };
};
