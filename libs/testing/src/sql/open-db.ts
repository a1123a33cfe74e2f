// A SqlDb over plain `pg`, so that these tests need no service's Prisma client; its sessions and its transactions are those
// of the services. Numbers and JSON come as Prisma gives them as far as messaging asks for them: it casts every 64-bit number
// to text itself.
import { serviceDatabase, sessionPool, type SqlDb, type SqlTx } from '@hengji/messaging';
import type { Pool, PoolClient } from 'pg';
import type { Sql } from 'sql-template-tag';

const sqlOn = (client: Pool | PoolClient): SqlTx => ({
  $queryRaw: async <T>({ text, values }: Sql) => (await client.query(text, values)).rows as T,
  $executeRaw: async ({ text, values }: Sql) => (await client.query(text, values)).rowCount ?? 0,
  $queryRawUnsafe: async <T>(sql: string, ...params: unknown[]) => (await client.query(sql, params)).rows as T,
  $executeRawUnsafe: async (sql: string, ...params: unknown[]) => (await client.query(sql, params)).rowCount ?? 0,
});

const transaction = async <R>(pool: Pool, work: (tx: SqlTx) => Promise<R>): Promise<R> => {
  const client = await pool.connect();
  let failed: Error | undefined;
  client.on('error', (failure) => (failed = failure));
  try {
    await client.query('BEGIN');
    const result = await work(sqlOn(client));
    await client.query('COMMIT');
    return result;
  } catch (failure) {
    await client.query('ROLLBACK').catch((broken: Error) => (failed = broken));
    throw failure;
  } finally {
    client.removeAllListeners('error');
    client.on('error', () => undefined);
    client.release(failed);
  }
};

/** Opens a pool of at most `max` connections; `close` ends it. */
export const openDb = (databaseUrl: string, max = 10): { db: SqlDb; close: () => Promise<void> } => {
  const pool = sessionPool({ service: 'messaging-test', databaseUrl, max });
  const db = serviceDatabase(pool, {
    ...sqlOn(pool),
    $transaction: <R>(work: (tx: SqlTx) => Promise<R>) => transaction(pool, work),
    $disconnect: async () => undefined,
  });
  return { db, close: db.$disconnect };
};
