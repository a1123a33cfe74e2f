// The counter of each series, locked while numbers are drawn. A transaction that rolls back gives its numbers back, so
// a series has no holes that nobody can explain.
import type { NumberCounters } from '../../application/ports';
import type { Tx } from './database';

const OPEN = `INSERT INTO number_counter (institution, year, level, last) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING`;
const LOCK = `SELECT last FROM number_counter WHERE institution = $1 AND year = $2 AND level = $3 FOR UPDATE`;
const RAISE = `
  INSERT INTO number_counter AS n (institution, year, level, last)
  SELECT institution, year, level, sequence
  FROM json_to_recordset($1::json) AS r(institution text, year text, level text, sequence int)
  ORDER BY institution, year, level
  ON CONFLICT (institution, year, level) DO UPDATE SET last = excluded.last WHERE n.last < excluded.last`;

export const numberCounters = (): NumberCounters<Tx> => ({
  lock: async (tx, { institution, year, level }) => {
    await tx.$executeRawUnsafe(OPEN, institution, year, level);
    const [row] = await tx.$queryRawUnsafe<{ last: number }[]>(LOCK, institution, year, level);
    return row?.last ?? 0;
  },
  save: async (tx, { institution, year, level }, last) => {
    await tx.numberCounter.update({ where: { institution_year_level: { institution, year, level } }, data: { last } });
  },
  raise: async (tx, reached) => {
    if (reached.length > 0) await tx.$executeRawUnsafe(RAISE, JSON.stringify(reached));
  },
});
