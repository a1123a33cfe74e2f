// A session of `pg` as a transaction of this library, for programs and specs without a generated client. Numbers and JSON have the same
// types as from Prisma, as far as messaging needs them: messaging casts every 64-bit number to text itself.
import type { QueryResult } from 'pg';
import type { SqlTx } from '../sql';

/** A client, or a pool. */
interface PgSession {
  query(text: string, values: unknown[]): Promise<QueryResult>;
}

export const pgSql = (session: PgSession): SqlTx => ({
  $queryRaw: async <T>({ text, values }: { readonly text: string; readonly values: unknown[] }) =>
    (await session.query(text, values)).rows as T,
  $executeRaw: async ({ text, values }) => (await session.query(text, values)).rowCount ?? 0,
});
