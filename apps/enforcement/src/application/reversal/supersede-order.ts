// What becomes of the order that another one replaces: once that one is in its place and nothing of the earlier is at work, the earlier
// is lifted with a number of its own, in the very transaction that makes it so. That may be the completion of the later one, or of a
// part of the earlier; the last answer of a row of it that a sweep had reopened; or the resumption of the later, when a court stayed it.
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

/** Told of each order that has moved, in the transaction that moved it. */
export type Supersede<Tx> = (tx: Tx, order: Order) => Promise<void>;

/** Lifts the old order if it is time to. */
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

/** Lifts what the order replaces, or itself when its successor has been waiting. */
export const supersede = <Tx>(deps: Deps<Tx>): Supersede<Tx> => {
  const replace = async (tx: Tx, oldId: string, successor: Order): Promise<void> => {
    if (!isInPlace(successor)) return;
    const old = await liftOld(tx, deps, oldId, successor);
    // What the old one was to replace, and could not yet, has the new one in its place as well.
    if (old.supersedes !== '') await replace(tx, old.supersedes, old);
  };
  return async (tx, order) => {
    if (order.supersedes !== '') await replace(tx, order.supersedes, order);
    if (order.supersededBy !== '') await replace(tx, order.id, await deps.orders.get(order.supersededBy));
  };
};
