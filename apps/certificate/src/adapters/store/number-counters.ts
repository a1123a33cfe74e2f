// The counter of each series, locked while numbers are drawn. A transaction that rolls back returns its numbers, so a series has no
// unexplained gaps.
import { execute, rowsOf } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import type { NumberCounters } from '../../application/ports';
import type { Tx } from './database';

const openSql = (institution: string, year: string, level: string): Sql =>
  sql`INSERT INTO number_counter (institution, year, level, last) VALUES (${institution}, ${year}, ${level}, 0) ON CONFLICT DO NOTHING`;
const lockSql = (institution: string, year: string, level: string): Sql =>
  sql`SELECT last FROM number_counter WHERE institution = ${institution} AND year = ${year} AND level = ${level} FOR UPDATE`;
const raiseSql = (reached: string): Sql => sql`
  INSERT INTO number_counter AS n (institution, year, level, last)
  SELECT institution, year, level, sequence
  FROM json_to_recordset(${reached}::json) AS r(institution text, year text, level text, sequence int)
  ORDER BY institution, year, level
  ON CONFLICT (institution, year, level) DO UPDATE SET last = excluded.last WHERE n.last < excluded.last`;

export const numberCounters = (): NumberCounters<Tx> => ({
  lock: async (tx, { institution, year, level }) => {
    await execute(tx, openSql(institution, year, level));
    const [row] = await rowsOf<{ last: number }>(tx, lockSql(institution, year, level));
    return row?.last ?? 0;
  },
  save: async (tx, { institution, year, level }, last) => {
    await tx.numberCounter.update({ where: { institution_year_level: { institution, year, level } }, data: { last } });
  },
  raise: async (tx, reached) => {
    if (reached.length > 0) await execute(tx, raiseSql(JSON.stringify(reached)));
  },
});
