// What the completion of an order means for the one that it replaces, in the same transaction: the earlier one is lifted with a
// number of its own. If a part of the earlier one is being lifted just then, its own completion brings us back here.
import { counterFor } from '../../domain/document-number';
import { decideLift } from '../../domain/liftings';
import { quietly, type Order } from '../../domain/order';
import { isSupersessionDue, supersededBy } from '../../domain/superseding';
import type { Numbers, Orders } from '../ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly numbers: Numbers<Tx>;
  readonly now: () => Date;
}

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

/** To be called with an order as a count has left it: lifts what it replaces, or itself when its successor has been waiting. */
export const supersede =
  <Tx>(deps: Deps<Tx>) =>
  async (tx: Tx, order: Order): Promise<void> => {
    if (order.state !== 'COMPLETED') return;
    if (order.supersedes !== '') await liftOld(tx, deps, order.supersedes, order);
    if (order.supersededBy !== '') await liftOld(tx, deps, order.id, await deps.orders.get(order.supersededBy));
  };
