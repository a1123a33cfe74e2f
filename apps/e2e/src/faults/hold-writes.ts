// Holds a service at its work: a lock lets the service read a table but not write it. Every writer waits in its open
// transaction, and PostgreSQL counts the waiting writers. At that moment the process can be killed, or the broker stopped.
import { databaseClient } from '@hengji/testing';

export interface Hold {
  /** The number of waiting writers. */
  waiting(): Promise<number>;
  release(): Promise<void>;
}

export const holdWrites = async (databaseUrl: string, table: string): Promise<Hold> => {
  const [holder, watcher] = await Promise.all([databaseClient(databaseUrl), databaseClient(databaseUrl)]);
  // The server may be killed while writers wait.
  for (const client of [holder, watcher]) client.on('error', () => undefined);
  await holder.query('BEGIN');
  await holder.query(`LOCK TABLE "${table}" IN EXCLUSIVE MODE`);
  let isHeld = true;
  return {
    waiting: async () => {
      const { rows } = await watcher.query<{ waiting: string }>(
        `SELECT count(*) AS waiting FROM pg_locks WHERE NOT granted AND relation = '"${table}"'::regclass
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return Number(rows[0]?.waiting ?? 0);
    },
    release: async () => {
      if (!isHeld) return;
      isHeld = false;
      await holder.query('COMMIT').catch(() => undefined);
      await Promise.allSettled([holder.end(), watcher.end()]);
    },
  };
};
