// Two transactions conflicted: PostgreSQL ended one of them, and its retry succeeds. The retry is here, around every transaction of a
// service, so that no handler, consumer or task needs one.
import { failureKind } from '@hengji/host';
import type { Pool } from 'pg';
import type { SqlTx, TransactionOptions } from '../sql';

const TRIES = 5;
const FIRST_PAUSE_MS = 10;

/** A random part of a pause that doubles, so that the conflicting transactions do not meet again. */
const pause = (nth: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** nth * (0.5 + Math.random())));

/** Retries the work while it ends in a conflict; at most five times, about 300 ms in all. Throws the last failure. */
export const tryingAgain = async <R>(work: () => Promise<R>): Promise<R> => {
  for (let nth = 1; ; nth += 1) {
    try {
      return await work();
    } catch (failure) {
      if (nth >= TRIES || failureKind(failure) !== 'conflict') throw failure;
    }
    await pause(nth);
  }
};

/** A database with `$transaction` that takes a function, as all callers here use it. */
export interface Transacting<Tx extends SqlTx> {
  $transaction<R>(work: (tx: Tx) => Promise<R>, options?: TransactionOptions): Promise<R>;
  $disconnect(): Promise<void>;
}

/**
 * A service's database: `client`, which works on `pool`.
 * Transactions are retried after a conflict (40001, 40P01, 55P03, P2034). So the work of a transaction may run more than once, and must
 * change nothing but the database.
 * `$disconnect` ends the pool finally: work in flight is refused. Prisma alone would open another pool with the next query, and a stopped
 * service would continue to write.
 */
export const serviceDatabase = <Tx extends SqlTx, Db extends Transacting<Tx>>(pool: Pool, client: Db): Db => {
  const own: Transacting<Tx> = {
    $transaction: (work, options) => tryingAgain(() => client.$transaction(work, options)),
    $disconnect: async () => {
      await client.$disconnect();
      if (!pool.ending) await pool.end();
    },
  };
  const isOwn = (name: string | symbol): name is keyof typeof own => name in own;
  return new Proxy(client, { get: (target, name) => (isOwn(name) ? own[name] : (Reflect.get(target, name, target) as unknown)) });
};
