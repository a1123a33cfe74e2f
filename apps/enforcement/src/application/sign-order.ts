// Sign: the signature covers what was previewed, so every service is asked once more, and a count or root that has moved
// stops it. The commit of this transaction is the point of no return: all that follows is driven from the stored order.
import type { Actor } from '../domain/competence';
import { counterFor } from '../domain/document-number';
import { checkSign, decideSign } from '../domain/gates';
import { askPreviews } from './ask-previews';
import type { Numbers, Orders, Participants, Request, Transactions } from './ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly numbers: Numbers<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly participants: Participants;
  readonly now: () => Date;
}

export interface SignOrder {
  readonly request: Request;
  readonly actor: Actor;
  readonly orderId: string;
}

/** Signs; returns the order's id. Refuses as `checkSign`, `order.preview_changed`. */
export const signOrder =
  <Tx>({ orders, numbers, transactions, participants, now }: Deps<Tx>) =>
  async ({ request, actor, orderId }: SignOrder): Promise<string> => {
    const seen = await orders.get(orderId);
    // A repeated request finds its order signed: it has its answer already, and asks nobody again.
    const isFirst = seen.state === 'DRAFT' || seen.state === 'PREVIEWED';
    if (isFirst) checkSign(seen, actor, now());
    const fresh = isFirst ? await askPreviews(participants, seen) : new Map();
    return transactions.once(request, async (tx) => {
      const at = now();
      await orders.update(tx, orderId, async (order) => {
        // Before a number is drawn, so that two signers at once do not wait for each other's counters.
        checkSign(order, actor, at);
        const documentNo = await numbers.documentNumber(tx, counterFor('order', actor, at));
        const epoch = await numbers.epoch(tx, order.scope.institution);
        return decideSign(order, { actor, fresh, documentNo, epoch, now: at });
      });
      return orderId;
    });
  };
