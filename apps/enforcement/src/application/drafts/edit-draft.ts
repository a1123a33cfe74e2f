// Edits a draft: a new version, or a new draft that replaces the one that a step of the case has named. The case is locked, so the draft is
// changed either before a step names it or after.
import type { Actor } from '../../domain/competence';
import { checkDraftable } from '../../domain/cases/gates';
import { decideEdit, type EditAsked } from '../../domain/drafts/edit';
import { kindOf, type Order } from '../../domain/order';
import type { CheckLifting } from '../aftermath/ports';
import type { Cases } from '../cases/ports';
import type { CertificateNumbers, Orders, Request, Transactions } from '../ports';
import { checkContent } from './check-content';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly cases: Pick<Cases<Tx>, 'lock'>;
  /** Refuses `order.rectification_open`: a replaced order is lifted. */
  readonly checkLifting: CheckLifting<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly certificateNumbers: CertificateNumbers;
  readonly newId: () => string;
  readonly now: () => Date;
}

export interface EditDraft extends Omit<EditAsked, 'id' | 'actor' | 'caseId'> {
  readonly request: Request;
  readonly actor: Actor;
  readonly orderId: string;
}

/** Returns the id of the draft, or of the new draft. Refuses as `decideEdit`, `checkContent`, `checkDraftable`, `order.rectification_open`. */
export const editDraft =
  <Tx>(deps: Deps<Tx>) =>
  async ({ request, orderId, ...content }: EditDraft): Promise<string> => {
    const { orders, cases, checkLifting, transactions, newId, now } = deps;
    const { caseId } = await orders.get(orderId);
    const asked: EditAsked = { ...content, id: newId(), caseId };
    const old = await checkContent(deps)(asked);
    return transactions.once(request, async (tx) => {
      const { theCase } = await cases.lock(tx, caseId);
      let replacement: Order | null = null;
      await orders.update(tx, orderId, (order) => {
        const edited = decideEdit(order, theCase, asked, now());
        ({ replacement } = edited);
        checkDraftable(theCase, asked.scope.institution, kindOf(asked));
        return edited.decision;
      });
      if (old) await checkLifting(tx, old, { ground: 'SUPERSEDED', measures: old.measures });
      if (replacement === null) return orderId;
      await orders.insert(tx, replacement);
      return asked.id;
    });
  };
