// Retries a row: a refused row is released anew; its service starts the row as if for the first time.
import type { Actor } from '../../domain/competence';
import { decideRetry } from '../../domain/execution';
import type { Orders, Request, Transactions } from '../ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

export interface RetryRow {
  readonly request: Request;
  readonly actor: Actor;
  readonly orderId: string;
  readonly row: number;
}

/** Asks a row again; returns the order's id. Refuses as `decideRetry`. */
export const retryRow =
  <Tx>({ orders, transactions, now }: Deps<Tx>) =>
  ({ request, actor, orderId, row }: RetryRow): Promise<string> =>
    transactions.once(request, async (tx) => {
      await orders.update(tx, orderId, (order) => decideRetry(order, actor, row, now()));
      return orderId;
    });
