// Documents and attachments. Rows are added; the database itself refuses to change one.
import { Refusal } from '@hengji/domain-kit';
import type { AttachmentStore, DocumentStore, StoredAttachment, StoredDocument } from '../../../application/documents/ports';
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

const noAttachment = (id: string): Refusal =>
  new Refusal('notFound', 'attachment.unknown', '没有这个附件', { field: 'attachment_ids', rule: id });

type StoredRow = StoredAttachment & { readonly sequence: bigint };
const attachmentOf = ({ sequence: _, ...attachment }: StoredRow): StoredAttachment => attachment;

export const attachmentStore = (db: Database): AttachmentStore<Tx> => ({
  insert: async (tx, attachment, content) => {
    await tx.attachment.create({
      data: { ...attachment, sha256: bytes(attachment.sha256), content: bytes(content) },
      select: { id: true },
    });
  },
  about: async (id) => {
    const stored = await db.attachment.findUnique({ where: { id }, omit: { content: true } });
    if (!stored) throw noAttachment(id);
    return attachmentOf(stored);
  },
  content: async (id) => {
    const stored = await db.attachment.findUnique({ where: { id }, select: { content: true } });
    if (!stored) throw noAttachment(id);
    return stored.content;
  },
  ofCase: async (tx, caseId) =>
    (await tx.attachment.findMany({ where: { caseId }, omit: { content: true }, orderBy: { sequence: 'asc' } })).map(attachmentOf),
  check: async (tx, caseId, ids, institution = '') => {
    if (ids.length === 0) return;
    const own = institution === '' ? {} : { institution };
    const found = await tx.attachment.findMany({ where: { caseId, id: { in: [...ids] }, ...own }, select: { id: true } });
    const missing = ids.find((id) => !found.some((one) => one.id === id));
    if (missing !== undefined) throw noAttachment(missing);
  },
});
