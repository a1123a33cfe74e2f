// Discards a draft, by a person with a reason, or by the end of its case.
import { checkDiscard, decideDiscard, uselessDrafts, type DiscardAsked } from '../../domain/drafts/discard';
import type { Case, OrderOfCase } from '../../domain/cases/case';
import type { Cases } from '../cases/ports';
import type { Orders, Request, Transactions } from '../ports';

interface Deps<Tx> {
  readonly orders: Pick<Orders<Tx>, 'get' | 'update'>;
  readonly cases: Pick<Cases<Tx>, 'lock'>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

export interface DiscardDraft extends DiscardAsked {
  readonly request: Request;
  readonly orderId: string;
}

/** Returns the id of the draft. Refuses as `checkDiscard`. */
export const discardDraft =
  <Tx>({ orders, cases, transactions, now }: Deps<Tx>) =>
  async ({ request, orderId, ...asked }: DiscardDraft): Promise<string> => {
    const { caseId } = await orders.get(orderId);
    return transactions.once(request, async (tx) => {
      // On the locked case: a draft is discarded either before the decision or not at all.
      const { theCase } = await cases.lock(tx, caseId);
      await orders.update(tx, orderId, (order) => {
        checkDiscard(order, theCase, asked);
        return decideDiscard(order, { by: asked.actor.officerId, reason: asked.reason.trim(), at: now(), replacedBy: '' });
      });
      return orderId;
    });
  };

/** Discards the drafts that can no longer be used after a step of their case, in the transaction of the step. */
export const discardUseless =
  <Tx>({ orders, now }: Pick<Deps<Tx>, 'orders' | 'now'>) =>
  async (tx: Tx, theCase: Case, ofCase: readonly OrderOfCase[]): Promise<void> => {
    for (const { id, reason } of uselessDrafts(theCase, ofCase))
      await orders.update(tx, id, (order) => decideDiscard(order, { by: '', reason, at: now(), replacedBy: '' }));
  };
