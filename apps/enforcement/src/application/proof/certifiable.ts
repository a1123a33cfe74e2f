// Before an order is completed, everything that its certificate will say is looked at once more as it is stored. A certificate that
// nobody can verify is worse than an order that stays open: whoever set a row done in the database, or changed a number, opens it.
import { Refusal } from '@hengji/domain-kit';
import { decideDoubted } from '../../domain/execution';
import type { Decision, Order } from '../../domain/order';
import type { Receipts } from './ports';

interface Deps<Tx> {
  readonly receipts: Pick<Receipts<Tx>, 'checkStored'>;
}

/** The decision, unless it completes the order (or a lifting) on a row that does not hold: then those rows are in doubt instead. */
export const certifiable =
  <Tx>({ receipts }: Deps<Tx>) =>
  (order: Order, decision: Decision, now: Date): Decision => {
    if (!decision.events.some(({ kind }) => kind === 'orderCompleted')) return decision;
    const doubts = new Map<number, Refusal>();
    for (const row of order.rows) {
      try {
        receipts.checkStored(order, row, now);
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        doubts.set(row.number, refusal);
      }
    }
    return doubts.size === 0 ? decision : decideDoubted(order, doubts, now);
  };
