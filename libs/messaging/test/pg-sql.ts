// SqlDb over a plain pg pool: the specs of this library have no schema of their own, and so no generated client.
import { closeAfterSuite } from '@hengji/testing';
import { Pool, type PoolClient } from 'pg';
import type { SqlDb, SqlTx } from '../src/sql';

const over = (client: Pick<PoolClient, 'query'>): SqlTx => ({
  $queryRawUnsafe: async <T>(sql: string, ...params: unknown[]) => (await client.query(sql, params)).rows as T,
  $executeRawUnsafe: async (sql, ...params) => (await client.query(sql, params)).rowCount ?? 0,
});

/** A pool of at most `max` connections, closed after the suite. */
export const pgSql = (url: string, max = 10): SqlDb => {
  const pool = new Pool({ connectionString: url, max });
  // A database that is dropped ends idle connections; that is no defect of the suite.
  pool.on('error', () => undefined);
  let closed: Promise<void> | undefined;
  closeAfterSuite(() => (closed ??= pool.end()));
  return {
    ...over(pool),
    $transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(over(client));
        await client.query('COMMIT');
        return result;
      } catch (failure) {
        await client.query('ROLLBACK');
        throw failure;
      } finally {
        client.release();
      }
    },
  };
};
