// Counts for progress and reports, as plain counts over the tables; the rows of one institution are one range of an index.
import { rowsOf } from '@hengji/messaging';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { Tx } from './database';

export interface Counts {
  readonly plans: bigint;
  readonly sessions: bigint;
  readonly results: bigint;
  readonly cancelled: bigint;
}

const countSql = (where: Sql): Sql => sql`
  SELECT (SELECT count(*) FROM plan ${where}) AS plans,
         (SELECT count(*) FROM session ${where}) AS sessions,
         results.total AS results, results.cancelled
  FROM (SELECT count(*) AS total, count(*) FILTER (WHERE state = 'CANCELLED') AS cancelled FROM result ${where}) AS results`;

/** Counts of an institution, or of all institutions when it is empty. */
export const countRecords = async (db: Tx, institution: string): Promise<Counts> => {
  const [counts] = await rowsOf<Counts>(db, countSql(institution === '' ? empty : sql`WHERE institution = ${institution}`));
  if (counts === undefined) throw new Error('count without a row');
  return counts;
};
