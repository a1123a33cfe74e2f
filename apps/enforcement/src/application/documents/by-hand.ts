// Documents that an officer asks for: 追缴通知书 and 催告书; the service of one; and those that an order owes.
import { Refusal } from '@hengji/domain-kit';
import type { Limits } from '@hengji/procedure';
import { checkCompetence, type Actor } from '../../domain/competence';
import type { DocumentKind, Service } from '../../domain/cases/case';
import { checkIssue, checkServeByHand } from '../../domain/documents/issuing';
import type { OwedDocuments } from '../aftermath/ports';
import type { Request, Transactions } from '../ports';
import { documents, makeDocument, type DocumentDeps } from './documents';

interface Deps<Tx> extends DocumentDeps<Tx> {
  readonly transactions: Transactions<Tx>;
  readonly limits: Limits<Tx>;
  readonly owed: OwedDocuments<Tx>;
  readonly now: () => Date;
  readonly onTrouble: (failure: unknown, what: string) => void;
}

export interface IssueDocument {
  readonly request: Request;
  readonly actor: Actor;
  readonly caseId: string;
  readonly orderId: string;
  readonly kind: DocumentKind;
  readonly text: string;
}

/** Makes it; returns the document's id. Refuses as `checkCompetence`, `checkIssue`, `case.unknown`, `order.unknown`. */
export const issueByHand =
  <Tx>(deps: Deps<Tx>) =>
  ({ request, actor, caseId, orderId, kind, text }: IssueDocument): Promise<string> =>
    deps.transactions.once(request, async (tx) => {
      const { store, findCase, findOrder, now } = deps;
      await store.lock(tx, caseId);
      const theCase = await findCase(tx, caseId);
      checkCompetence(actor, theCase.authority);
      const order = await findOrder(tx, orderId);
      if (order.caseId !== caseId) throw new Refusal('notFound', 'order.unknown', '本案没有这个处理决定', { field: 'order_id' });
      const issued = (await store.ofCase(tx, caseId)).filter((document) => document.orderId === orderId).map((document) => document.kind);
      const enforcement = (await deps.limits.ofFile(tx, caseId)).findLast(({ code }) => code === 'D-ENFORCE-APPLY')?.state ?? null;
      checkIssue({ kind, order, issued, enforcement });
      return (await makeDocument(deps)(tx, { kind, theCase, orderId, text, by: actor.officerId, now: now() })).id;
    });

/** Records the service; returns the document's id. A 催告书 that was served starts its ten days. Refuses as `documents.serve`, `checkServeByHand`. */
export const serveByHand =
  <Tx>(deps: Deps<Tx>) =>
  ({ request, actor, documentId, ...service }: Service & { request: Request; actor: Actor; documentId: string }): Promise<string> =>
    deps.transactions.once(request, async (tx) => {
      const at = deps.now();
      const found = await deps.store.get(tx, documentId);
      checkCompetence(actor, found.authority);
      await deps.store.lock(tx, found.caseId);
      const isInterim = found.orderId !== '' && (await deps.findOrder(tx, found.orderId)).interim;
      if (!(await deps.store.get(tx, documentId)).service) checkServeByHand(found.kind, isInterim);
      await documents(deps).serve(tx, documentId, { ...service, by: actor.officerId, now: at });
      const { service: served } = await deps.store.get(tx, documentId);
      const { caseId, orderId, institution, authority } = found;
      const startedAt = served?.servedAt ?? at;
      if (found.kind === 'DEMAND')
        await deps.limits.start(tx, 'D-ENFORCE-DEMAND', { fileId: caseId, about: orderId, institution, authority, startedAt });
      return documentId;
    });

/** Makes what orders owe and is due. One that cannot be made (a character that no font has) is put off, and says why. */
export const makeOwed =
  <Tx>(deps: Deps<Tx>) =>
  async (): Promise<void> => {
    const { owed, store, findCase, now, transactions } = deps;
    for (const one of await owed.findDue(now())) {
      try {
        await transactions.run(async (tx) => {
          await store.lock(tx, one.caseId);
          if (!(await owed.take(tx, one))) return;
          await makeDocument(deps)(tx, { ...one, theCase: await findCase(tx, one.caseId), text: '', now: now() });
        });
      } catch (failure) {
        deps.onTrouble(failure, `document ${one.kind} of order ${one.orderId}`);
        await owed.putOff(one, failure instanceof Error ? failure.message : String(failure), now());
      }
    }
  };
