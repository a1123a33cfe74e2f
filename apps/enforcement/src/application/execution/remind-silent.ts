// The bus may lose a message in either direction, and neither side would ever know. So whoever has been silent for a while is
// told again, at growing intervals: a message that was heard before changes nothing, and one that was lost is heard now. What
// was said to whom is not kept; after a restart everybody silent is reminded once more.
import { isDue } from '../../domain/clock/order-time';
import { decideRemind } from '../../domain/execution';
import type { Orders, Transactions } from '../ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  /** Silence after which a row is asked again for the first time; doubles from there. */
  readonly remindAfterMs: number;
  readonly now: () => Date;
}

const LONGEST_PAUSE_MS = 10 * 60_000;

/** Reminds of every order that has a silent row, if it is time to. */
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
