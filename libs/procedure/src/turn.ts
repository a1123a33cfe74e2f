// The turn lock of an institution: every transaction that changes one of its procedures takes this lock first.
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';

/** Until the transaction ends, no other transaction with the lock changes a procedure of the institution. */
export const takeTurn = async (tx: SqlTx, institution: string): Promise<void> => {
  await rowsOf(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(${institution}::text, 0))::text`);
};
