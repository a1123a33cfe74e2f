// Creates and serves documents: number, text, PDF, hash, signature; afterwards a document never changes. All of it is in the caller's
// transaction, so a refused step leaves neither a document nor a gap in the numbers.
import { Refusal } from '@hengji/domain-kit';
import type { SqlTx } from '@hengji/messaging';
import { drawNumber } from '../numbers/draw-number';
import { checkDelivery, checkProofUnused, checkServable, servedFrom } from '../tables/documents/delivery';
import { documentTitle, type Delivered, type DocumentRule, type DocumentTable, type Facts } from '../tables/documents/document-table';
import { composeDocument } from '../tables/documents/paper';
import type { Counting } from '../tables/limit';
import type { Procedure } from '../tables/procedure';
import type { AttachmentOfFile, Delivery, Terms } from '../tables/terms';
import type { DocumentStore, StoredDocument } from './document-store';
import type { Press } from './press';

/** A document to be created. */
export interface Making<T extends Terms> {
  readonly kind: T['document'];
  readonly file: T['file'];
  /** The subject within the file, for example an order; empty if the document is about the file itself. */
  readonly about: string;
  /** Distinguishes documents of one kind with the same subject; see procedure.document. */
  readonly which?: string;
  readonly text: string;
  /** The request of the step that makes it; absent where no step does. */
  readonly asked?: T['asked'];
  /** Id of the person. */
  readonly by: string;
  readonly now: Date;
}

/** A service to be recorded: by whom, and when. */
export interface Serving {
  readonly delivery: Delivery;
  /** The attachments of the file, for the proof. */
  readonly attachments: readonly AttachmentOfFile[];
  readonly by: string;
  readonly now: Date;
}

export interface Documents<Tx, T extends Terms> {
  /** Creates and stores a document. Refuses `authority.unknown`. */
  make(tx: Tx, making: Making<T>): Promise<StoredDocument<T['document']>>;
  /**
   * Records the service of a document of this file, with its 送达回证. Refuses `document.unknown`, `document.served`, `document.not_servable`,
   * and as `checkDelivery` and `checkProofUnused`.
   */
  serve(tx: Tx, file: T['file'], documentId: string, serving: Serving): Promise<void>;
  readonly table: Pick<DocumentTable<T>, 'kinds'>;
  /** The subject, within the file, of a step's document. */
  readonly aboutOf: (file: T['file']) => string;
}

interface Deps<Tx, T extends Terms> {
  readonly procedure: Pick<Procedure<T>, 'wording'>;
  readonly table: DocumentTable<T>;
  readonly store: DocumentStore<T['document']>;
  readonly press: Press;
  /** What the templates read in addition to the file, as of this transaction. */
  readonly factsOf: (tx: Tx, making: Pick<Making<T>, 'kind' | 'file' | 'about' | 'which' | 'asked' | 'now'>) => Promise<T['facts']>;
  readonly aboutOf?: (file: T['file']) => string;
  /** Counts the thirty days of a public notice. */
  readonly counting: Pick<Counting, 'endOf'>;
  readonly newId: () => string;
}

/** What is read of the file before its number is drawn. */
interface Before<T extends Terms> {
  readonly earlier: readonly StoredDocument<T['document']>[];
  readonly delivered: Delivered<T['document']> | null;
}

type Key = Pick<StoredDocument, 'about' | 'kind' | 'which'>;

/** Documents of one kind with the same subject are versions of each other. */
const isAlike =
  (key: Key) =>
  ({ about, kind, which }: Key): boolean =>
    about === key.about && kind === key.kind && which === key.which;

const ruleOf = <T extends Terms>({ kinds }: DocumentTable<T>, kind: T['document']): DocumentRule<T> => kinds[kind as keyof typeof kinds];

export const documents = <Tx extends SqlTx, T extends Terms>(deps: Deps<Tx, T>): Documents<Tx, T> => {
  const { procedure, table, store, press, counting, newId, aboutOf = () => '' } = deps;

  /** Draws the number last: its counter is locked until the transaction ends. */
  const factsOf = async (tx: Tx, making: Making<T>, before: Before<T>): Promise<Facts<T>> => {
    const { kind, file, text, now } = making;
    const own = await deps.factsOf(tx, making);
    const { series, numberOf } = ruleOf(table, kind);
    const counter = table.numbering.counterFor(series, file.authority, now);
    const number = numberOf?.(own) ?? table.numbering.textOf(counter, await drawNumber(tx, counter));
    return { ...own, ...before, kind, number, file, text, now };
  };

  const make = async (
    tx: Tx,
    making: Making<T>,
    delivered: Delivered<T['document']> | null = null,
  ): Promise<StoredDocument<T['document']>> => {
    const { kind, file, about, which = '', by, now } = making;
    const earlier = (await store.ofFile(tx, file.id)).reverse();
    const facts = await factsOf(tx, making, { earlier, delivered });
    const title = documentTitle(table, kind, file);
    const author = ruleOf(table, kind).signedBy(file);
    const { pdf, sha256 } = await press.print(composeDocument(table, facts), { title, author, at: now });
    const { id: fileId, institution, authority } = file;
    const key = { fileId, about, kind, which };
    const version = earlier.filter(isAlike(key)).length + 1;
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
    const document = { ...unsigned, signature: press.sign(unsigned), delivery: null };
    await store.insert(tx, { ...document, pdf });
    return document;
  };

  return {
    table,
    aboutOf,
    make: (tx, making) => make(tx, making),
    serve: async (tx, file, documentId, { delivery: one, attachments, by, now }) => {
      const { service: rule } = procedure.wording.basis;
      const { kind, title, number, about, issuedAt, delivery } = await store.get(tx, documentId);
      checkServable(kind === table.receipt, rule);
      checkDelivery(one, { issuedAt, now, attachments }, rule);
      if (delivery) throw new Refusal('illegalMove', 'document.served', '该文书已经送达', { field: 'document_id', rule });
      checkProofUnused(
        one,
        (await store.ofFile(tx, file.id)).flatMap((document) => document.delivery ?? []),
        rule,
      );
      const servedAt = servedFrom((amount, from) => counting.endOf(amount, from, file.authority), one.mode, one.at);
      const making: Making<T> = { kind: table.receipt, file, about, which: documentId, text: '', by, now };
      const receipt = await make(tx, making, { kind, title, number, ...one, servedAt });
      const recorded = { recordedBy: by, recordedAt: now };
      await store.recordDelivery(tx, documentId, { ...one, servedAt, receiptDocumentId: receipt.id, ...recorded });
    },
  };
};
