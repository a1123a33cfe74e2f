// Making a document: number, text, paper, hash, signature, and then it stays. All of it in the caller's transaction, so that a
// step that is refused leaves neither a document nor a gap in the numbers.
import type { CalendarAt } from '../../domain/deadlines/deadline';
import { Refusal } from '@hengji/domain-kit';
import type { Case, DocumentKind } from '../../domain/cases/case';
import { servedFrom } from '../../domain/cases/party/waits';
import { composeDocument, titleOf } from '../../domain/documents/compose';
import { checkServe } from '../../domain/documents/issuing';
import { counterFor } from '../../domain/document-number';
import type { Facts } from '../../domain/documents/templates';
import { authorityName, KINDS_ZH } from '../../domain/documents/words';
import type { FindCase, FindOrder } from '../aftermath/ports';
import type { Documents } from '../cases/ports';
import type { Numbers } from '../ports';
import type { DocumentStore, Press, StoredDocument } from './ports';

export interface DocumentDeps<Tx> {
  readonly store: DocumentStore<Tx>;
  readonly numbers: Pick<Numbers<Tx>, 'documentNumber'>;
  readonly findCase: FindCase<Tx>;
  readonly findOrder: FindOrder<Tx>;
  readonly press: Press;
  readonly newId: () => string;
  /** By which a public notice's thirty days are counted. */
  readonly calendar: CalendarAt;
}

interface Making {
  readonly kind: DocumentKind;
  readonly theCase: Case;
  readonly orderId: string;
  readonly text: string;
  readonly by: string;
  readonly now: Date;
  readonly about?: string;
  readonly service?: Facts['service'];
}

const factsOf =
  <Tx>({ store, findOrder, numbers }: DocumentDeps<Tx>) =>
  async (tx: Tx, { kind, theCase, orderId, text, now, about = '', service = null }: Making): Promise<Facts> => {
    const order = orderId === '' ? null : await findOrder(tx, orderId);
    const lifting = kind === 'LIFTING' ? (order?.liftings.find(({ number }) => String(number) === about) ?? null) : null;
    // An interim stop and a lifting drew their numbers when they were signed.
    const drawn = lifting?.documentNo ?? (kind === 'DECISION' ? order?.signature?.documentNo : undefined);
    const number = drawn ?? (await numbers.documentNumber(tx, counterFor(KINDS_ZH[kind].series, theCase.authority, now)));
    const earlier = [...(await store.ofCase(tx, theCase.id))].reverse();
    return { kind, number, theCase, order, lifting, text, now, earlier, service };
  };

/** Makes and keeps one document. */
export const makeDocument =
  <Tx>(deps: DocumentDeps<Tx>) =>
  async (tx: Tx, making: Making): Promise<StoredDocument> => {
    const { store, press, newId } = deps;
    const { kind, theCase, orderId, about = '', by, now } = making;
    const facts = await factsOf(deps)(tx, making);
    const title = titleOf(facts);
    const { pdf, sha256 } = await press.print(composeDocument(facts), { title, author: authorityName(theCase.authority), at: now });
    const key = { caseId: theCase.id, orderId, kind, about };
    const version = (await store.countAlike(tx, key)) + 1;
    const { institution, authority } = theCase;
    const unsigned = {
      ...key,
      id: newId(),
      number: facts.number,
      version,
      institution,
      authority,
      title,
      sha256,
      issuedBy: by,
      issuedAt: now,
    };
    const document = { ...unsigned, signature: press.sign(unsigned), service: null };
    await store.insert(tx, { ...document, pdf });
    return document;
  };

/** What the steps of a case and the RPCs make and serve. */
export const documents = <Tx>(deps: DocumentDeps<Tx>): Documents<Tx> => ({
  issue: makeDocument(deps),
  serve: async (tx, documentId, { mode, receiver, by, now }) => {
    const document = await deps.store.get(tx, documentId);
    checkServe(document.kind, receiver);
    if (document.service)
      throw new Refusal('illegalMove', 'document.served', '该文书已经送达', { field: 'document_id', rule: '行政处罚法第六十一条' });
    const servedAt = servedFrom(mode, { now, calendar: deps.calendar(document.authority) });
    const theCase = await deps.findCase(tx, document.caseId);
    const about = { kind: document.kind, title: document.title, number: document.number, mode, receiver, servedAt };
    const making = { theCase, orderId: document.orderId, text: '', by, now, about: documentId };
    const receipt = await makeDocument(deps)(tx, { ...making, kind: 'SERVICE_RECEIPT', service: about });
    await deps.store.recordService(tx, documentId, { mode, receiver, servedAt, receiptDocumentId: receipt.id, by, recordedAt: now });
  },
});
