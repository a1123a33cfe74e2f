// Lifts a replaced order, with its own document number. The successor must be in place, and no row or lifting of the replaced
// order may be under way. The lifting is in the transaction that meets this condition. That may be the completion of the
// successor or of a lifting of a part. It may also be the last receipt of a reopened row, or the resumption of a suspended
// successor.
import { counterFor } from '../../domain/document-number';
import { decideLift } from '../../domain/liftings';
import { quietly, type Order } from '../../domain/order';
import { isInPlace, isSupersessionDue, supersededBy } from '../../domain/superseding';
import type { Numbers, Orders } from '../ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly numbers: Numbers<Tx>;
  readonly now: () => Date;
}

/** Called with each changed order, in the transaction of the change. */
export type Supersede<Tx> = (tx: Tx, order: Order) => Promise<void>;

/** Lifts the old order if its lifting is due. */
const liftOld = <Tx>(tx: Tx, { orders, numbers, now }: Deps<Tx>, oldId: string, successor: Order): Promise<Order> =>
  orders.update(tx, oldId, async (old) => {
    const known = supersededBy(old, successor.id);
    if (!isSupersessionDue(known, successor)) return quietly(known);
    const at = now();
    const documentNo = await numbers.documentNumber(tx, counterFor('lifting', old.authority, at));
    const epoch = await numbers.epoch(tx, old.scope.institution);
    const reason = `被${successor.signature?.documentNo ?? successor.id}取代`;
    const by = successor.signature?.by ?? '';
    return decideLift(known, { ground: 'SUPERSEDED', reason, scope: null, measures: [] }, { by, documentNo, epoch, now: at });
  });

/** Lifts the order that this order replaces, or this order if its successor was waiting for it. */
export const supersede = <Tx>(deps: Deps<Tx>): Supersede<Tx> => {
  const replace = async (tx: Tx, oldId: string, successor: Order): Promise<void> => {
    if (!isInPlace(successor)) return;
    const old = await liftOld(tx, deps, oldId, successor);
    // If the old order itself has to replace an order and could not yet, that order is lifted too.
    if (old.supersedes !== '') await replace(tx, old.supersedes, old);
  };
  return async (tx, order) => {
    if (order.supersedes !== '') await replace(tx, order.supersedes, order);
    if (order.supersededBy !== '') await replace(tx, order.id, await deps.orders.get(order.supersededBy));
  };
};
