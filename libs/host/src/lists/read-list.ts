// One page of a list: the keys of its rows in order, the start of the next page, and the total number. The service then reads the rows by
// their keys, with its usual function.
import type { ListQuery, ListTotal } from '@hengji/contracts/meta/v1/list';
import type { Sql } from 'sql-template-tag';
import { cursorOf } from './cursor';
import type { ListDb } from './list-db';
import { checkedQuery } from './query';
import { listStatements, type AnySource } from './statement';

export interface ListPage {
  /** In the order of the list. */
  readonly keys: readonly string[];
  /** Cursor of the next page; empty on the last. */
  readonly next: string;
  /** Only with the first page. */
  readonly total: ListTotal | undefined;
}

/** Totals are exact up to here. */
export const MOST_COUNTED = 10_000;

interface Found {
  readonly key: string;
  readonly place: (string | null)[];
}

/** The total of the rows found, of which at most one more than `MOST_COUNTED` were counted. */
export const totalOf = (found: number): ListTotal => ({ count: Math.min(found, MOST_COUNTED), more: found > MOST_COUNTED });

/**
 * Reads one page. `territory` limits the rows to those that the person may see. Refuses `list.field_unknown`, `list.value_invalid`,
 * `list.sort_unknown`, `list.search_invalid`, `page.cursor_invalid`, `page.limit_invalid`.
 */
export const readList = async (db: ListDb, source: AnySource, query: ListQuery, territory: Sql): Promise<ListPage> => {
  const checked = checkedQuery(source.spec, query);
  const found = checked.search === '' ? undefined : await source.search?.(checked.search, db);
  const statements = listStatements({ source, query: checked, found, territory }, MOST_COUNTED);
  const rows = await db.$queryRaw<Found[]>(statements.page);
  const page = rows.slice(0, checked.limit);
  const last = rows.length > checked.limit ? page.at(-1) : undefined;
  const counted = checked.after ? [] : await db.$queryRaw<{ found: number }[]>(statements.count);
  const summed = checked.after || !statements.sum ? [] : await db.$queryRaw<{ fen: string }[]>(statements.sum);
  return {
    keys: page.map(({ key }) => key),
    next: last ? cursorOf(source.spec, checked.sort, last.place) : '',
    total: counted[0] && { ...totalOf(counted[0].found), ...(summed[0] && { sumFen: BigInt(summed[0].fen) }) },
  };
};

/** The rows in the order of the keys; rows that were deleted since the keys were read are left out. */
export const inOrder = <T>(keys: readonly string[], rows: readonly T[], keyOf: (row: T) => string): T[] => {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.flatMap((key) => {
    const row = byKey.get(key);
    return row === undefined ? [] : [row];
  });
};
