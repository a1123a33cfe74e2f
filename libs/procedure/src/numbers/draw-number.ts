// Numbers 〔year〕 without gaps: the counter's row is locked until the transaction that drew from it ends, so what is rolled back is
// drawn again, and what commits later has the higher number.
import type { SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import { ask } from '../rows';
import type { Counter } from '../tables/number';

/** The next number of the counter, from 1. All of it in `tx`. */
export const drawNumber = async (tx: SqlTx, { series, authority, year }: Counter): Promise<number> => {
  const [drawn] = await ask<{ last: number }>(
    tx,
    sql`INSERT INTO procedure.number AS n (series, authority, year, last) VALUES (${series}, ${authority}, ${year}::int, 1)
        ON CONFLICT (series, authority, year) DO UPDATE SET last = n.last + 1
        RETURNING last`,
  );
  if (!drawn) throw new Error('no number was drawn');
  return drawn.last;
};
