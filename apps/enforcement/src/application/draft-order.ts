// Draft: the filing says who is competent, so approval is asked before anything is written.
import type { Actor } from '../domain/competence';
import { checkDraft, decideDraft, type DraftAsked } from '../domain/gates';
import type { Filings, Orders, Request, Transactions } from './ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly filings: Filings;
  readonly newId: () => string;
  readonly now: () => Date;
}

export interface DraftOrder extends Omit<DraftAsked, 'id' | 'actor'> {
  readonly request: Request;
  readonly actor: Actor;
}

/** Opens an order with its ledger; returns its id. Refuses as `checkDraft`, `institution.unknown`, `order.out_of_territory`. */
export const draftOrder =
  <Tx>({ orders, transactions, filings, newId, now }: Deps<Tx>) =>
  async (command: DraftOrder): Promise<string> => {
    const { request, ...content } = command;
    const asked = { ...content, id: newId() };
    checkDraft(asked, now());
    const filing = await filings.get(asked.scope.institution);
    const order = decideDraft(asked, filing, now());
    return transactions.once(request, async (tx) => {
      await orders.insert(tx, order);
      return order.id;
    });
  };
