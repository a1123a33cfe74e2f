// Which rows nobody has written to since they were sealed, by the transaction that wrote each (xmin): a hundred thousand records are then
// compared by a number, and only what was written to since is hashed again. After a restore from a dump every number is another, and
// all of it is hashed once more: slower, and as sound.
import type { SqlTx } from '@hengji/messaging';
import type { WrittenSql } from '../types';
import type { Writers } from './evidence-statement';

/** Beyond this the list would cost more than it saves. */
const MOST = 1_000;

const distinct = async (tx: SqlTx, from: string, alias: string, orderId: string): Promise<string[]> => {
  const rows = await tx.$queryRawUnsafe<{ xid: string }[]>(
    `SELECT xid FROM (SELECT DISTINCT ${alias}.xmin::text AS xid FROM ${from}) writer ORDER BY length(xid), xid LIMIT ${MOST + 1}`,
    orderId,
  );
  return rows.length > MOST ? [] : rows.map(({ xid }) => xid);
};

/** Those of now; empty where they are too many, and where nothing is to be saved. */
export const writersOf = async (tx: SqlTx, written: WrittenSql | undefined, orderId: string): Promise<Writers> =>
  written
    ? { kept: await distinct(tx, written.kept, 'c', orderId), records: await distinct(tx, written.records, 't', orderId) }
    : { kept: [], records: [] };

const isNumber = (xid: string): boolean => /^\d{1,10}$/.test(xid);

/** SQL: the row of this alias was written by one of them; false where there are none. */
export const writtenBySql = (alias: string, xids: readonly string[]): string => {
  const known = xids.filter(isNumber);
  return known.length === 0 ? 'false' : `${alias}.xmin = ANY('{${known.join(',')}}'::xid[])`;
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
  written: WrittenSql | undefined,
  orderId: string,
  { count, writers }: Sealed,
): Promise<{ readonly kept: boolean; readonly all: boolean }> => {
  if (!written || writers.kept.length === 0) return { kept: false, all: false };
  const [kept, records] = [writtenBySql('c', writers.kept), writtenBySql('t', writers.records)];
  const [row] = await tx.$queryRawUnsafe<Record<'rows' | 'kept' | 'all', string>[]>(
    `SELECT count(*)::text AS rows, (count(*) FILTER (WHERE ${kept}))::text AS kept,
            (SELECT count(*)::text FROM ${written.records} AND ${kept} AND ${records}) AS "all"
     FROM ${written.kept}`,
    orderId,
  );
  const isWhole = row?.rows === count && row.kept === count;
  return { kept: isWhole, all: isWhole && row.all === count };
};
