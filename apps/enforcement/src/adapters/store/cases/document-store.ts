// Documents. Rows are added; the database itself refuses to change one.
import { Refusal } from '@hengji/domain-kit';
import type { DocumentStore, StoredDocument } from '../../../application/documents/ports';
import { DOCUMENT_KINDS, SERVICE_MODES } from '../../../domain/cases/case';
import type { Database, Tx } from '../database';
import { word } from '../words';
import { takeTurnOfCase } from './in-transaction';

/** Everything but the bytes, which only GetDocument wants. */
const WITHOUT_PDF = { omit: { pdf: true }, include: { services: true } } as const;

const bytes = (value: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(value);

const unknown = (): Refusal => new Refusal('notFound', 'document.unknown', '没有这份文书', { field: 'document_id' });

const find = (tx: Tx, id: string) => tx.document.findUnique({ where: { id }, ...WITHOUT_PDF });
type Stored = NonNullable<Awaited<ReturnType<typeof find>>>;

const documentOf = ({ sequence: _, services, keyId, algorithm, signature, ...stored }: Stored): StoredDocument => {
  const service = services[0];
  return {
    ...stored,
    kind: word(DOCUMENT_KINDS, stored.kind),
    signature: { keyId, algorithm, value: signature },
    service: service
      ? {
          mode: word(SERVICE_MODES, service.mode),
          receiver: service.receiver,
          servedAt: service.servedAt,
          receiptDocumentId: service.receiptDocumentId,
        }
      : null,
  };
};

export const documentStore = (db: Database): DocumentStore<Tx> => ({
  insert: async (tx, { signature, service: _, ...document }) => {
    const { keyId, algorithm, value } = signature;
    const data = { ...document, pdf: bytes(document.pdf), sha256: bytes(document.sha256), keyId, algorithm, signature: bytes(value) };
    await tx.document.create({ data, select: { id: true } });
  },
  countAlike: (tx, { caseId, orderId, kind, about }) => tx.document.count({ where: { caseId, orderId, kind, about } }),
  get: async (tx, id) => {
    const stored = await find(tx, id);
    if (!stored) throw unknown();
    return documentOf(stored);
  },
  ofCase: async (tx, caseId) =>
    (await tx.document.findMany({ where: { caseId }, orderBy: { sequence: 'asc' }, ...WITHOUT_PDF })).map(documentOf),
  recordService: async (tx, documentId, { by, ...service }) => {
    await tx.documentService.create({ data: { documentId, recordedBy: by, ...service }, select: { documentId: true } });
  },
  lock: takeTurnOfCase,
  pdf: async (id) => {
    const stored = await db.document.findUnique({ where: { id }, select: { pdf: true } });
    if (!stored) throw unknown();
    return stored.pdf;
  },
});
