// Lifts an order: one undo row for each row that is taken back, on the same path. A lifting is a decision with its own number
// and epoch; an order may be lifted in parts, one after another.
import { checkLifter } from '../../domain/cases/gates';
import { checkNotRecused } from '../../domain/cases/particulars/recusal';
import { counterFor } from '../../domain/document-number';
import { checkLift, decideLift, type LiftAsked } from '../../domain/liftings';
import type { CheckLifting } from '../aftermath/ports';
import type { Cases } from '../cases/ports';
import type { Numbers, Orders, Request, Transactions } from '../ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly cases: Pick<Cases<Tx>, 'update' | 'recusedAt'>;
  readonly numbers: Numbers<Tx>;
  readonly transactions: Transactions<Tx>;
  /** Refuses `order.rectification_open`. */
  readonly checkLifting: CheckLifting<Tx>;
  readonly now: () => Date;
}

export interface LiftOrder extends LiftAsked {
  readonly request: Request;
  readonly orderId: string;
}

/**
 * Creates the undo rows and publishes the lifting; returns the order's id. Refuses as `checkLift`, `checkLifter`,
 * `order.rectification_open`.
 */
export const liftOrder =
  <Tx>({ orders, cases, numbers, transactions, checkLifting, now }: Deps<Tx>) =>
  ({ request, orderId, ...asked }: LiftOrder): Promise<string> =>
    transactions.once(request, async (tx) => {
      const at = now();
      await orders.update(tx, orderId, async (order) => {
        const { measures } = checkLift(order, asked);
        // On the locked case, whose record has the parts of each person; orders from before cases existed have no case.
        if (order.caseId !== '') {
          const recused = await cases.recusedAt(tx, order.scope.institution);
          await cases.update(tx, order.caseId, (theCase) => {
            checkNotRecused(theCase, asked.actor.officerId, recused);
            checkLifter(theCase, asked.actor);
            return theCase;
          });
        }
        await checkLifting(tx, order, { ground: asked.ground, measures });
        const documentNo = await numbers.documentNumber(tx, counterFor('lifting', order.authority, at));
        const epoch = await numbers.epoch(tx, order.scope.institution);
        return decideLift(order, asked, { by: asked.actor.officerId, documentNo, epoch, now: at });
      });
      return orderId;
    });
