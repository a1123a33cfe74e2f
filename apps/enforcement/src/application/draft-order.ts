// Draft: the filing says who is competent, so approval is asked before anything is written.
import type { Actor } from '../domain/competence';
import { checkDraftable } from '../domain/cases/gates';
import { checkDraft, decideDraft, type DraftAsked } from '../domain/gates';
import { kindOf } from '../domain/order';
import { checkSupersedes } from '../domain/superseding';
import type { Cases } from './cases/ports';
import type { Filings, Orders, Request, Transactions } from './ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly cases: Pick<Cases<Tx>, 'get' | 'update'>;
  readonly transactions: Transactions<Tx>;
  readonly filings: Filings;
  readonly newId: () => string;
  readonly now: () => Date;
}

export interface DraftOrder extends Omit<DraftAsked, 'id' | 'actor'> {
  readonly request: Request;
  readonly actor: Actor;
}

/** Opens an order with its ledger in its case; returns its id. Refuses as `checkDraft`, `checkDraftable`, `institution.unknown`, `order.out_of_territory`. */
export const draftOrder =
  <Tx>({ orders, cases, transactions, filings, newId, now }: Deps<Tx>) =>
  async (command: DraftOrder): Promise<string> => {
    const { request, ...content } = command;
    const asked = { ...content, id: newId() };
    checkDraft(asked, now());
    if (asked.supersedes !== '') checkSupersedes(asked.scope.institution, await orders.get(asked.supersedes));
    const filing = await filings.get(asked.scope.institution);
    const order = decideDraft(asked, filing, now());
    checkDraftable(await cases.get(order.caseId), order.scope.institution, kindOf(order));
    return transactions.once(request, async (tx) => {
      // On the locked case, so that a draft is there before the decision or after it, never in between.
      await cases.update(tx, order.caseId, (theCase) => {
        checkDraftable(theCase, order.scope.institution, kindOf(order));
        return theCase;
      });
      await orders.insert(tx, order);
      return order.id;
    });
  };
