// The gRPC service of documents, the same in every service with procedures (proto/hengji/procedure/v1). It only reads: steps issue and
// serve documents.
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import {
  DocumentServiceDefinition,
  type Document,
  type DocumentServiceImplementation,
} from '@hengji/contracts/procedure/v1/document_service';
import { Refusal } from '@hengji/domain-kit';
import { grpcService, type CallerContext, type CallerTable, type GrpcService } from '@hengji/host';
import type { SqlTx } from '@hengji/messaging';
import { actorOf } from '../actor';
import { notYours } from '../tables/documents/delivery';
import type { DocumentStore, StoredDocument } from './document-store';

const CALLERS = { listDocuments: ['gateway'], getDocument: ['gateway'] } as const satisfies CallerTable<
  DocumentServiceDefinition['methods']
>;

/** How the documents of one procedure are read. */
export interface DocumentReading<Kind extends string = string> {
  readonly store: Pick<DocumentStore<Kind>, 'get' | 'ofFile' | 'pdf'>;
  /** Which documents of the file the person may read. Refuses, as the procedure does, a person who may not see the file at all. */
  readonly readableTo: (actor: Actor, fileId: string) => Promise<(document: StoredDocument) => boolean>;
}

/**
 * The document with its PDF, for a person who may read it. Refuses `actor.missing`, `document.unknown`, `document.not_yours`, and as
 * `readableTo`.
 */
export const readDocument = async <Kind extends string>(
  db: SqlTx,
  { store, readableTo }: DocumentReading<Kind>,
  { actor, documentId }: { readonly actor: Actor | undefined; readonly documentId: string },
): Promise<{ readonly document: StoredDocument<Kind>; readonly pdf: Buffer }> => {
  const reader = actorOf(actor);
  const document = await store.get(db, documentId);
  const isReadable = await readableTo(reader, document.fileId);
  if (!isReadable(document)) throw notYours();
  return { document, pdf: Buffer.from(await store.pdf(db, documentId)) };
};

const documentMessage = (fileKind: string, { id, delivery, signature, sha256, which: _, ...document }: StoredDocument): Document => ({
  ...document,
  documentId: id,
  fileKind,
  sha256: Buffer.from(sha256),
  signature: { ...signature, value: Buffer.from(signature.value) },
  delivery: delivery ?? undefined,
});

/** By kind of file, which is the table of steps that the file follows. */
type Readings = Readonly<Record<string, DocumentReading>>;

const readingOf = (readings: Readings, fileKind: string): DocumentReading => {
  const reading = Object.hasOwn(readings, fileKind) ? readings[fileKind] : undefined;
  if (!reading) {
    const rule = Object.keys(readings).join(' | ');
    throw new Refusal('invalid', 'document.file_kind_unknown', '没有这类案卷', { field: 'file_kind', rule });
  }
  return reading;
};

/** The proto lists the refusals. */
export const documentServer = (db: SqlTx, readings: Readings): DocumentServiceImplementation<CallerContext> => ({
  listDocuments: async ({ actor, fileKind = '', fileId = '' }) => {
    const { store, readableTo } = readingOf(readings, fileKind);
    const isReadable = await readableTo(actorOf(actor), fileId);
    const found = (await store.ofFile(db, fileId)).filter(isReadable);
    return { documents: found.map((document) => documentMessage(fileKind, document)) };
  },
  getDocument: async ({ actor, fileKind = '', documentId = '' }) => {
    const reading = readingOf(readings, fileKind);
    const { document, pdf } = await readDocument(db, reading, { actor, documentId });
    return { document: documentMessage(fileKind, document), pdf };
  },
});

/** The gRPC service for the list in compose.ts. */
export const documentService = (db: SqlTx, readings: Readings): GrpcService =>
  grpcService(DocumentServiceDefinition, documentServer(db, readings), CALLERS);
