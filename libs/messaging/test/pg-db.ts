// A SqlDb over plain `pg`, so that these tests need no service's Prisma client. Numbers and JSON come as Prisma gives
// them as far as messaging asks for them: it casts every 64-bit number to text itself.
import { databaseSession } from '@hengji/host';
import type { SqlDb, SqlTx } from '../src';
import { Pool, type PoolClient } from 'pg';

const sqlOn = (client: Pool | PoolClient): SqlTx => ({
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
export const openDb = (url: string, max = 10): { db: SqlDb; close: () => Promise<void> } => {
  const pool = new Pool({ ...databaseSession(url, { limits: 'service' }), max });
  pool.on('error', () => undefined);
  return { db: { ...sqlOn(pool), $transaction: (work) => transaction(pool, work) }, close: () => pool.end() };
};
