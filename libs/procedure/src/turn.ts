// The turn of an institution: who changes a procedure of it takes it first.
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';

/** Until the transaction ends, nobody else who takes turns changes a procedure of the institution. */
export const takeTurn = async (tx: SqlTx, institution: string): Promise<void> => {
  await rowsOf(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(${institution}::text, 0))::text`);
};
