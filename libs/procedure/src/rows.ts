// How the stores of this library speak to the database: statements as templates, and the turn of an institution.
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';

/** The rows of a query. */
export const ask = <Row>(tx: SqlTx, query: Sql): Promise<Row[]> => rowsOf(tx, query);

/** A statement whose rows nobody reads. */
export const tell = async (tx: SqlTx, query: Sql): Promise<void> => {
  await execute(tx, query);
};

/** Until the transaction ends, nobody else who takes turns changes a procedure of the institution. */
export const takeTurn = (tx: SqlTx, institution: string): Promise<void> =>
  tell(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(${institution}::text, 0))::text`);
