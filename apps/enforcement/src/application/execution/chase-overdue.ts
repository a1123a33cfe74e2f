// Marks a row that is past its limit and announces the row once.
import { decideOverdue } from '../../domain/execution';
import type { Orders, Transactions } from '../ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

/** Marks every row that is past its limit now. */
export const chaseOverdue =
  <Tx>({ orders, transactions, now }: Deps<Tx>) =>
  async (): Promise<void> => {
    const at = now();
    for (const orderId of await orders.findOverdue(at)) {
      await transactions.run((tx) => orders.update(tx, orderId, (order) => decideOverdue(order, at)));
    }
  };
