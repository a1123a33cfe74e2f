// Two transactions that met: PostgreSQL ended one of them, and its next try goes through. Done here, around every
// transaction of a service, so that no handler, consumer or task has to know.
import { failureKind } from '@hengji/host';
import type { SqlTx, TransactionOptions } from '../sql';

const TRIES = 5;
const FIRST_PAUSE_MS = 10;

/** A random part of a pause that doubles: those that met do not meet again. */
const pause = (nth: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** nth * (0.5 + Math.random())));

/** Does the work again while it ends in a conflict; at most five times, about 300 ms in all. Throws the last failure. */
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

/** A database whose transactions; `$transaction` with a function, as everything here uses it. */
interface Transacting<Tx extends SqlTx> {
  $transaction<R>(work: (tx: Tx) => Promise<R>, options?: TransactionOptions): Promise<R>;
}

/**
 * The same database, whose transactions are tried again after a conflict (40001, 40P01, 55P03, P2034). So the work of a
 * transaction may run more than once, and must change nothing but the database.
 */
export const withTriesAgain = <Tx extends SqlTx, Db extends Transacting<Tx>>(db: Db): Db => {
  const begin: Transacting<Tx>['$transaction'] = (work, options) => tryingAgain(() => db.$transaction(work, options));
  return new Proxy(db, { get: (target, name) => (name === '$transaction' ? begin : (Reflect.get(target, name, target) as unknown)) });
};
