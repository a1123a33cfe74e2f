// Drafts an order: the filing decides the competence, so approval is called before anything is written.
import { checkCompetence, type Actor } from '../domain/competence';
import type { Case } from '../domain/cases/case';
import { checkDraftable } from '../domain/cases/gates';
import { decideDraft, type DraftAsked } from '../domain/gates';
import { kindOf, type Order } from '../domain/order';
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
    // The case decides who handles the order: after 提级 that is no longer the authority of the filing.
    const draftIn = ({ authority, institution }: Pick<Case, 'authority' | 'institution'>): Order =>
      decideDraft(asked, institution === asked.scope.institution ? { ...filing, handledBy: authority } : filing, now());
    if (old) checkCompetence(asked.actor, old.authority);
    const seen = await cases.get(asked.caseId);
    checkDraftable(seen, asked.scope.institution, kindOf(draftIn(seen)));
    return transactions.once(request, async (tx) => {
      // On the locked case: the draft is written either before the decision or after it, and by the authority that has the case.
      const theCase = await cases.update(tx, asked.caseId, (locked) => {
        checkDraftable(locked, asked.scope.institution, kindOf(asked));
        return locked;
      });
      const order = draftIn(theCase);
      if (old) await checkLifting(tx, old, { ground: 'SUPERSEDED', measures: old.measures });
      await orders.insert(tx, order);
      return order.id;
    });
  };
