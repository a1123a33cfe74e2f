// The small interface that messaging needs from a database, so that it needs no generated client: a PrismaClient is assignable to SqlDb,
// and the client that its `$transaction` passes is assignable to SqlTx. Statements are templates of `sql-template-tag`: a value in `${…}`
// is a parameter or another template, never text.
import type { Sql } from 'sql-template-tag';

/** One open transaction (or a connection that commits each statement). */
export interface SqlTx {
  $queryRaw<T = unknown>(query: Sql): Promise<T>;
  $executeRaw(query: Sql): Promise<number>;
}

/** Limits of a transaction: the wait for a connection, and the total duration. */
export interface TransactionOptions {
  readonly maxWait?: number;
  readonly timeout?: number;
}

/** A database that can open transactions. `Tx` is the service's own client type and is passed to its handlers. */
export interface SqlDb<Tx extends SqlTx = SqlTx> extends SqlTx {
  $transaction<R>(work: (tx: Tx) => Promise<R>, options?: TransactionOptions): Promise<R>;
}

/** For consumers and tasks: Prisma's own limit of five seconds is meant for web requests. */
export const LONG_TRANSACTION: TransactionOptions = { maxWait: 10_000, timeout: 120_000 };

/** The rows that the statement returns; `Row` is the type of its columns, as the driver returns them. */
export const rowsOf = <Row>(tx: Pick<SqlTx, '$queryRaw'>, query: Sql): Promise<Row[]> => tx.$queryRaw<Row[]>(query);

/** Runs a statement; returns how many rows it changed. */
export const execute = (tx: Pick<SqlTx, '$executeRaw'>, query: Sql): Promise<number> => tx.$executeRaw(query);

const LONGEST_TEXT = 500;

/** The text as PostgreSQL can store it: without U+0000 and lone surrogates, at most `most` characters. */
export const storable = (text: string, most = LONGEST_TEXT): string =>
  Buffer.from(text.slice(0, most).replaceAll('\0', '\uFFFD')).toString();
