// Numbers 〔year〕 without gaps: the counter's row is locked until the transaction that drew from it ends, so what is rolled back is
// drawn again, and what commits later has the higher number.
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import type { Counter } from '../tables/number';

/**
 * The next number of the counter, from 1. All of it in `tx`.
 *
 * Whoever draws next from the same counter waits for the end of `tx`: without a gap there is no next number before it is known whether this one was
 * taken. The wait cannot be shorter than what is written with the number in it (the row, its task, its event, a document with its signature), so
 * draw as late as the step allows, after all that does not need it. Twenty openings of cases side by side took 0.6 to 1.0 s at one authority and 0.5
 * to 0.8 s at fourteen (2 cores, everything else running), so the wait for each other is about a fifth of it.
 */
export const drawNumber = async (tx: SqlTx, { series, authority, year }: Counter): Promise<number> => {
  const [drawn] = await rowsOf<{ last: number }>(
    tx,
    sql`INSERT INTO procedure.number AS n (series, authority, year, last) VALUES (${series}, ${authority}, ${year}::int, 1)
        ON CONFLICT (series, authority, year) DO UPDATE SET last = n.last + 1
        RETURNING last`,
  );
  if (!drawn) throw new Error('no number was drawn');
  return drawn.last;
};
