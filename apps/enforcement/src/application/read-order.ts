// Reads an order with the actions of the reader. The case is read only if the gates or the allowed actions need it.
import { isCompetent, type Actor } from '../domain/competence';
import type { Order } from '../domain/order';
import { asksCase, viewOf, type OrderView } from '../domain/reading/view';
import type { Cases } from './cases/ports';

interface Deps<Tx> {
  readonly cases: Pick<Cases<Tx>, 'get'>;
  readonly now: () => Date;
}

export const viewOrder =
  <Tx>({ cases, now }: Deps<Tx>) =>
  async (order: Order, actor: Actor): Promise<OrderView> => {
    const isAsked = isCompetent(actor, order.authority) && asksCase(order);
    return viewOf(order, { actor, theCase: isAsked ? await cases.get(order.caseId) : null, now: now() });
  };

/** The view in lists: without rows, so without situations. */
export const viewListed =
  ({ now }: Pick<Deps<unknown>, 'now'>) =>
  (order: Order, actor: Actor): OrderView => ({ ...viewOf(order, { actor, theCase: null, now: now() }), situations: [] });
