// Documents that an officer requests (追缴通知书 and 催告书), and the service of a document that no step serves.
import { Refusal } from '@hengji/domain-kit';
import type { SqlTx } from '@hengji/messaging';
import type { DocumentStore, Limits } from '@hengji/procedure';
import { laterDay, type Delivery } from '@hengji/procedure/tables';
import { checkCompetence, type Actor } from '../../domain/competence';
import type { DocumentKind } from '../../domain/cases/case';
import { checkIssue, checkServeByHand } from '../../domain/documents/issuing';
import type { FindCase, FindOrder } from '../aftermath/ports';
import type { AttachmentsOf, CaseDocuments, CheckAttachments } from '../cases/ports';
import type { Request, Transactions } from '../ports';

interface Deps<Tx> {
  readonly documents: CaseDocuments<Tx>;
  readonly store: Pick<DocumentStore<DocumentKind>, 'get' | 'ofFile'>;
  /** Takes the lock of the case's institution. */
  readonly takeTurn: (tx: Tx, caseId: string) => Promise<void>;
  readonly findCase: FindCase<Tx>;
  readonly findOrder: FindOrder<Tx>;
  readonly checkAttachments: CheckAttachments<Tx>;
  readonly attachmentsOf: AttachmentsOf<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly limits: Limits<Tx>;
  readonly now: () => Date;
}

export interface IssueDocument {
  readonly request: Request;
  readonly actor: Actor;
  readonly caseId: string;
  readonly orderId: string;
  readonly kind: DocumentKind;
  readonly text: string;
}

/** Makes the document; returns its id. Refuses as `checkCompetence`, `checkIssue`, `case.unknown`, `order.unknown`. */
export const issueByHand =
  <Tx extends SqlTx>({ documents, store, takeTurn, findCase, findOrder, transactions, limits, now }: Deps<Tx>) =>
  ({ request, actor, caseId, orderId, kind, text }: IssueDocument): Promise<string> =>
    transactions.once(request, async (tx) => {
      await takeTurn(tx, caseId);
      const file = await findCase(tx, caseId);
      checkCompetence(actor, file.authority);
      const order = await findOrder(tx, orderId);
      if (order.caseId !== caseId) throw new Refusal('notFound', 'order.unknown', '本案没有这个处理决定', { field: 'order_id' });
      const issued = (await store.ofFile(tx, caseId)).filter(({ about }) => about === orderId).map((document) => document.kind);
      const enforcement = (await limits.ofFile(tx, caseId)).findLast(({ code }) => code === 'D-ENFORCE-APPLY')?.state ?? null;
      checkIssue({ kind, order, issued, enforcement });
      return (await documents.make(tx, { kind, file, about: orderId, text, by: actor.officerId, now: now() })).id;
    });

interface ServeDocument {
  readonly request: Request;
  readonly actor: Actor;
  readonly documentId: string;
  readonly delivery: Delivery;
}

/**
 * Records the service; returns the document's id. A served 催告书 starts its ten days, not before the day of this entry. Refuses as `Documents.serve`,
 * `checkServeByHand`, `attachment.unknown`.
 */
export const serveByHand =
  <Tx extends SqlTx>(deps: Deps<Tx>) =>
  ({ request, actor, documentId, delivery }: ServeDocument): Promise<string> =>
    deps.transactions.once(request, async (tx) => {
      const { documents, store, takeTurn, findCase, findOrder, limits } = deps;
      const at = deps.now();
      const { kind, fileId, about, institution, authority } = await store.get(tx, documentId);
      checkCompetence(actor, authority);
      await takeTurn(tx, fileId);
      const isInterim = about !== '' && (await findOrder(tx, about)).interim;
      if (!(await store.get(tx, documentId)).delivery) checkServeByHand(kind, isInterim);
      await deps.checkAttachments(tx, fileId, delivery.attachmentIds);
      const attachments = await deps.attachmentsOf(tx, fileId);
      await documents.serve(tx, await findCase(tx, fileId), documentId, { delivery, attachments, by: actor.officerId, now: at });
      const startedAt = laterDay((await store.get(tx, documentId)).delivery?.servedAt ?? at, at);
      if (kind === 'DEMAND') await limits.start(tx, 'D-ENFORCE-DEMAND', { fileId, about, institution, authority, startedAt });
      return documentId;
    });
