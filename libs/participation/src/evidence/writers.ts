// Finds the rows that nobody has written to since they were sealed, by the transaction that wrote each row (xmin). A hundred thousand
// records are then compared by a number, and only rows written since are hashed again. After a restore from a dump every xmin differs and
// all rows are hashed again: slower, but equally reliable.
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import { columnSql, nameSql } from '../effects/names';
import type { Writers } from './evidence-statement';

/** With more transactions than this the list would cost more than it saves. */
const MOST = 1_000;

/** SQL (json, as text): the transactions of one alias in order; null if there are too many for a list to help. */
const listSql = (alias: 'c' | 't'): Sql =>
  sql`(SELECT CASE WHEN count(*) <= ${MOST} THEN json_agg(xid ORDER BY length(xid), xid)::text END
    FROM (SELECT DISTINCT ${nameSql(alias)}::text AS xid FROM pair WHERE ${nameSql(alias)} IS NOT NULL) writer)`;

const listOf = (json: string | null | undefined): string[] => (json ? (JSON.parse(json) as string[]) : []);

/**
 * The current transactions; empty if there are too many or nothing can be saved. One pass is enough: many records have few distinct pairs.
 */
export const writersOf = async (tx: SqlTx, written: Sql | undefined): Promise<Writers> => {
  if (written === undefined) return { kept: [], records: [] };
  const [found] = await rowsOf<Record<'kept' | 'records', string | null>>(
    tx,
    sql`WITH pair AS MATERIALIZED (SELECT DISTINCT c.xmin AS c, t.xmin AS t FROM ${written})
     SELECT ${listSql('c')} AS kept, ${listSql('t')} AS records`,
  );
  return { kept: listOf(found?.kept), records: listOf(found?.records) };
};

const isNumber = (xid: string): boolean => /^\d{1,10}$/.test(xid);

/** SQL: the row of this alias was written by one of these transactions; false for an empty list. */
export const writtenBySql = (alias: 'c' | 't', xids: readonly string[]): Sql => {
  const known = xids.filter(isNumber);
  return known.length === 0 ? sql`false` : sql`${columnSql(alias, 'xmin')} = ANY(${`{${known.join(',')}}`}::xid[])`;
};

/** What a seal states about the rows: their number and their writers. */
interface Sealed {
  readonly count: string;
  readonly writers: Writers;
}

/**
 * Whether there are exactly as many rows as were sealed and none was written to since: for the claims alone, and together with the record
 * of each claim. The second check is the first of every count and usually the last.
 */
export const untouchedOf = async (
  tx: SqlTx,
  written: Sql | undefined,
  { count, writers }: Sealed,
): Promise<{ readonly kept: boolean; readonly all: boolean }> => {
  if (written === undefined || writers.kept.length === 0) return { kept: false, all: false };
  const [kept, records] = [writtenBySql('c', writers.kept), writtenBySql('t', writers.records)];
  const [row] = await rowsOf<Record<'rows' | 'kept' | 'all', string>>(
    tx,
    sql`SELECT count(*)::text AS rows, (count(*) FILTER (WHERE ${kept}))::text AS kept,
            (count(*) FILTER (WHERE ${kept} AND ${records}))::text AS "all"
     FROM ${written}`,
  );
  const isWhole = row?.rows === count && row.kept === count;
  return { kept: isWhole, all: isWhole && row.all === count };
};
