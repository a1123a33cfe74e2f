// Documents (文书) as rows of procedure.document, and their service (送达) as rows of procedure.delivery: inserted and never changed.
import { Refusal } from '@hengji/domain-kit';
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import type { Mentioned } from '../tables/documents/document-table';
import type { Delivery, DeliveryMode } from '../tables/terms';

interface KeySignature {
  readonly keyId: string;
  readonly algorithm: string;
  readonly value: Uint8Array;
}

export interface StoredDelivery extends Delivery {
  readonly servedAt: Date;
  /** The proof of service (送达回证). */
  readonly receiptDocumentId: string;
}

export interface StoredDocument<Kind extends string = string> extends Mentioned<Kind> {
  readonly id: string;
  readonly version: number;
  readonly fileId: string;
  /** The subject within the file, for example an order; empty if the document is about the file itself. */
  readonly about: string;
  /** Distinguishes documents of one kind: a number of its own, or the document that was served; empty otherwise. */
  readonly which: string;
  readonly institution: string;
  readonly authority: string;
  readonly sha256: Uint8Array;
  readonly signature: KeySignature;
  readonly issuedBy: string;
  readonly issuedAt: Date;
  readonly delivery: StoredDelivery | null;
}

export interface DocumentStore<Kind extends string = string> {
  insert(tx: SqlTx, document: StoredDocument<Kind> & { readonly pdf: Uint8Array }): Promise<void>;
  /** Refuses `document.unknown`. */
  get(tx: SqlTx, id: string): Promise<StoredDocument<Kind>>;
  /** Oldest first. */
  ofFile(tx: SqlTx, fileId: string): Promise<StoredDocument<Kind>[]>;
  recordDelivery(
    tx: SqlTx,
    id: string,
    delivery: StoredDelivery & { readonly recordedBy: string; readonly recordedAt: Date },
  ): Promise<void>;
  /** Refuses `document.unknown`. */
  pdf(tx: SqlTx, id: string): Promise<Uint8Array>;
}

/** Everything except the bytes, which only a download needs. */
const FIND = sql`SELECT d.id, d.kind, d.number, d.version, d.file_id AS "fileId", d.about, d.which, d.institution, d.authority, d.title,
  d.sha256, d.key_id AS "keyId", d.algorithm, d.signature, d.issued_by AS "issuedBy", d.issued_at AS "issuedAt",
  s.mode, s.receiver, s.served_at AS "servedAt", s.facts, s.receipt_document_id AS "receiptDocumentId"
  FROM procedure.document d LEFT JOIN procedure.delivery s ON s.document_id = d.id`;

interface Row<Kind extends string> extends Omit<StoredDocument<Kind>, 'signature' | 'delivery'> {
  readonly keyId: string;
  readonly algorithm: string;
  readonly signature: Uint8Array;
  readonly mode: DeliveryMode | null;
  readonly receiver: string | null;
  readonly servedAt: Date | null;
  readonly facts: StoredFacts | null;
  readonly receiptDocumentId: string | null;
}

type Facts = Omit<Delivery, 'mode' | 'receiver'>;
/** The JSON column of a delivery; empty for a delivery that an older version recorded. */
type StoredFacts = Partial<Omit<Facts, 'at'>> & { readonly at?: string };

const UNKNOWN_FACTS: Omit<Facts, 'at'> = {
  ...{ capacity: null, servers: [], credentials: [], witness: '', postNumber: '', publishedIn: '', reason: '', attachmentIds: [] },
};

/** An older version recorded only the time at which the document counts as served. */
const factsOf = ({ at, ...facts }: StoredFacts, servedAt: Date): Facts => ({
  ...UNKNOWN_FACTS,
  ...facts,
  at: at === undefined ? servedAt : new Date(at),
});

const documentOf = <Kind extends string>(row: Row<Kind>): StoredDocument<Kind> => {
  const { keyId, algorithm, signature, mode, receiver, servedAt, facts, receiptDocumentId, ...document } = row;
  const isServed = mode !== null && receiver !== null && servedAt !== null && receiptDocumentId !== null;
  return {
    ...document,
    signature: { keyId, algorithm, value: signature },
    delivery: isServed ? { mode, receiver, servedAt, receiptDocumentId, ...factsOf(facts ?? {}, servedAt) } : null,
  };
};

const unknown = (): Refusal => new Refusal('notFound', 'document.unknown', '没有这份文书', { field: 'document_id' });

/** Documents of the files of one kind; the kind is the procedure that the files follow. */
export const documentStore = <Kind extends string>(fileKind: string): DocumentStore<Kind> => {
  const find = async (tx: SqlTx, where: Sql): Promise<StoredDocument<Kind>[]> =>
    (await rowsOf<Row<Kind>>(tx, sql`${FIND} WHERE d.file_kind = ${fileKind} AND ${where}`)).map(documentOf);
  return {
    insert: async (tx, { id, kind, number, version, fileId, about, which, institution, authority, title, ...document }) => {
      const { keyId, algorithm, value } = document.signature;
      await execute(
        tx,
        sql`INSERT INTO procedure.document (id, file_kind, file_id, kind, number, version, about, which, institution, authority, title, pdf,
              sha256, key_id, algorithm, signature, issued_by, issued_at)
            VALUES (${id}, ${fileKind}, ${fileId}, ${kind}, ${number}, ${version}, ${about}, ${which}, ${institution}, ${authority}, ${title},
              ${Buffer.from(document.pdf)}, ${Buffer.from(document.sha256)}, ${keyId}, ${algorithm}, ${Buffer.from(value)},
              ${document.issuedBy}, ${document.issuedAt})`,
      );
    },
    get: async (tx, id) => {
      const [found] = await find(tx, sql`d.id = ${id}`);
      if (!found) throw unknown();
      return found;
    },
    ofFile: (tx, fileId) => find(tx, sql`d.file_id = ${fileId} ORDER BY d.sequence`),
    recordDelivery: async (tx, id, { mode, receiver, servedAt, recordedAt, recordedBy, receiptDocumentId, ...delivery }) => {
      const { at, capacity, servers, credentials, witness, postNumber, publishedIn, reason, attachmentIds } = delivery;
      const facts = JSON.stringify({ at, capacity, servers, credentials, witness, postNumber, publishedIn, reason, attachmentIds });
      await execute(
        tx,
        sql`INSERT INTO procedure.delivery (document_id, mode, receiver, served_at, recorded_at, recorded_by, receipt_document_id, facts)
            VALUES (${id}, ${mode}, ${receiver}, ${servedAt}, ${recordedAt}, ${recordedBy}, ${receiptDocumentId}, ${facts}::jsonb)`,
      );
    },
    pdf: async (tx, id) => {
      const [row] = await rowsOf<{ pdf: Uint8Array }>(
        tx,
        sql`SELECT pdf FROM procedure.document WHERE file_kind = ${fileKind} AND id = ${id}`,
      );
      if (!row) throw unknown();
      return row.pdf;
    },
  };
};
