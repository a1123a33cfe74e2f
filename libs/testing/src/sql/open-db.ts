// A SqlDb over plain `pg`, so that these tests need no service's Prisma client. Its sessions and transactions have the
// same settings as those of the services.
import { pgSql, serviceDatabase, sessionPool, type SqlDb, type SqlTx } from '@hengji/messaging';
import type { Pool } from 'pg';

const transaction = async <R>(pool: Pool, work: (tx: SqlTx) => Promise<R>): Promise<R> => {
  const client = await pool.connect();
  let failed: Error | undefined;
  client.on('error', (failure) => (failed = failure));
  try {
    await client.query('BEGIN');
    const result = await work(pgSql(client));
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
    ...pgSql(pool),
    $transaction: <R>(work: (tx: SqlTx) => Promise<R>) => transaction(pool, work),
    $disconnect: async () => undefined,
  });
  return { db, close: db.$disconnect };
};
