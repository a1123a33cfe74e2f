// Turn locks by name. Every transaction that changes a procedure of an institution first takes the lock of the institution's code.
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';

/** Until the transaction ends, every other transaction that takes the turn of this name waits. `name`: an institution's code, or other data. */
export const takeTurn = async (tx: SqlTx, name: string): Promise<void> => {
  await rowsOf(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}::text, 0))::text`);
};
