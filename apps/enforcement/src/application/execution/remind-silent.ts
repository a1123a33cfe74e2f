// Kafka may lose a message in either direction without a notice to the services. The messages of a silent row are therefore
// published again at growing intervals. A repeated message changes nothing; a lost message is consumed then. The intervals are
// not stored, so after a restart the first reminder comes at once.
import { isDue } from '../../domain/clock/order-time';
import { decideRemind } from '../../domain/execution';
import type { Orders, Transactions } from '../ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  /** Silence before the first reminder; the interval doubles from there. */
  readonly remindAfterMs: number;
  readonly now: () => Date;
}

const LONGEST_PAUSE_MS = 10 * 60_000;

/** Publishes the messages of each order with a silent row again, if its interval has passed. */
export const remindSilent = <Tx>({ orders, transactions, remindAfterMs, now }: Deps<Tx>): (() => Promise<void>) => {
  const reminded = new Map<string, { readonly pauseMs: number; readonly nextAt: Date }>();
  return async () => {
    const at = now();
    const askedBefore = new Date(at.getTime() - remindAfterMs);
    const silent = await orders.findSilent(askedBefore);
    for (const orderId of reminded.keys()) if (!silent.includes(orderId)) reminded.delete(orderId);
    for (const orderId of silent) {
      const last = reminded.get(orderId);
      if (last && !isDue(last.nextAt, at, LONGEST_PAUSE_MS)) continue;
      await transactions.run((tx) => orders.update(tx, orderId, (order) => decideRemind(order, askedBefore)));
      const pauseMs = last ? Math.min(2 * last.pauseMs, LONGEST_PAUSE_MS) : remindAfterMs;
      reminded.set(orderId, { pauseMs, nextAt: new Date(at.getTime() + pauseMs) });
    }
  };
};
