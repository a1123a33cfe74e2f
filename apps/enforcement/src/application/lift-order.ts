// Lift: one undo row for each row, over the same path. A lifting is a decision with a number and an epoch of its own.
import type { Actor } from '../domain/competence';
import { counterFor } from '../domain/document-number';
import { checkLift, decideLift } from '../domain/gates';
import type { Numbers, Orders, Request, Transactions } from './ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly numbers: Numbers<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

export interface LiftOrder {
  readonly request: Request;
  readonly actor: Actor;
  readonly orderId: string;
  readonly reason: string;
}

/** Opens the undo rows and tells the services; returns the order's id. Refuses as `checkLift`. */
export const liftOrder =
  <Tx>({ orders, numbers, transactions, now }: Deps<Tx>) =>
  ({ request, actor, orderId, reason }: LiftOrder): Promise<string> =>
    transactions.once(request, async (tx) => {
      const at = now();
      await orders.update(tx, orderId, async (order) => {
        checkLift(order, actor, reason);
        const documentNo = await numbers.documentNumber(tx, counterFor('lifting', actor, at));
        const epoch = await numbers.epoch(tx, order.scope.institution);
        return decideLift(order, { actor, reason, documentNo, epoch, now: at });
      });
      return orderId;
    });
