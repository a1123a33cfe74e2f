// Which rows nobody has written to since they were sealed, by the transaction that wrote each (xmin): a hundred thousand records are then
// compared by a number, and only what was written to since is hashed again. After a restore from a dump every number is another, and
// all of it is hashed once more: slower, and as sound.
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import { columnSql, nameSql } from '../effects/names';
import type { Writers } from './evidence-statement';

/** Beyond this the list would cost more than it saves. */
const MOST = 1_000;

/** SQL (json, as text): the transactions of one alias in their order; null beyond so many that a list would not help. */
const listSql = (alias: 'c' | 't'): Sql =>
  sql`(SELECT CASE WHEN count(*) <= ${MOST} THEN json_agg(xid ORDER BY length(xid), xid)::text END
    FROM (SELECT DISTINCT ${nameSql(alias)}::text AS xid FROM pair WHERE ${nameSql(alias)} IS NOT NULL) writer)`;

const listOf = (json: string | null | undefined): string[] => (json ? (JSON.parse(json) as string[]) : []);

/** Those of now; empty where they are too many, and where nothing is to be saved. One pass: pairs of them are few where records are many. */
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

/** SQL: the row of this alias was written by one of them; false where there are none. */
export const writtenBySql = (alias: 'c' | 't', xids: readonly string[]): Sql => {
  const known = xids.filter(isNumber);
  return known.length === 0 ? sql`false` : sql`${columnSql(alias, 'xmin')} = ANY(${`{${known.join(',')}}`}::xid[])`;
};

/** What a seal says of the rows: how many there are, and who wrote them. */
interface Sealed {
  readonly count: string;
  readonly writers: Writers;
}

/**
 * Whether there are just as many rows as were sealed, and none was written to since: of what is kept alone, and with the record under each.
 * The second is the first question of every count, and most often the last.
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
