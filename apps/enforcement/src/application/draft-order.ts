// Drafts an order: the filing decides the competence, so approval is called before anything is written.
import type { Actor } from '../domain/competence';
import { checkDraftable } from '../domain/cases/gates';
import { decideDraft, type DraftAsked } from '../domain/gates';
import { kindOf } from '../domain/order';
import type { CheckLifting } from './aftermath/ports';
import type { Cases } from './cases/ports';
import { checkContent } from './drafts/check-content';
import type { CertificateNumbers, Filings, Orders, Request, Transactions } from './ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly cases: Pick<Cases<Tx>, 'get' | 'update'>;
  /** Refuses `order.rectification_open`: a replaced order is lifted. */
  readonly checkLifting: CheckLifting<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly filings: Filings;
  readonly certificateNumbers: CertificateNumbers;
  readonly newId: () => string;
  readonly now: () => Date;
}

export interface DraftOrder extends Omit<DraftAsked, 'id' | 'actor'> {
  readonly request: Request;
  readonly actor: Actor;
}

/**
 * Creates the order with its ledger in its case; returns its id. Refuses as `checkContent`, `checkDraftable`,
 * `order.rectification_open`, `institution.unknown`, `order.out_of_territory`.
 */
export const draftOrder =
  <Tx>({ orders, cases, checkLifting, transactions, filings, certificateNumbers, newId, now }: Deps<Tx>) =>
  async (command: DraftOrder): Promise<string> => {
    const { request, ...content } = command;
    const asked = { ...content, id: newId() };
    const old = await checkContent({ orders, certificateNumbers, now })(asked);
    const filing = await filings.get(asked.scope.institution);
    const order = decideDraft(asked, filing, now());
    checkDraftable(await cases.get(order.caseId), order.scope.institution, kindOf(order));
    return transactions.once(request, async (tx) => {
      // On the locked case: the draft is written either before the decision or after it.
      await cases.update(tx, order.caseId, (theCase) => {
        checkDraftable(theCase, order.scope.institution, kindOf(order));
        return theCase;
      });
      if (old) await checkLifting(tx, old, { ground: 'SUPERSEDED', measures: old.measures });
      await orders.insert(tx, order);
      return order.id;
    });
  };
