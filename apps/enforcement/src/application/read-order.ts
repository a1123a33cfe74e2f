// Reading an order is reading what the reader may do with it: with its case, where what the order allows now asks for it.
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

/** As lists have it: without rows, so without what they wait for. */
export const viewListed =
  ({ now }: Pick<Deps<unknown>, 'now'>) =>
  (order: Order, actor: Actor): OrderView => ({ ...viewOf(order, { actor, theCase: null, now: now() }), situations: [] });
