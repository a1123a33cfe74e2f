// The filed records of an order and its case, which never change: receipts as received, the case's record, documents, evidence,
// decisions of officers, earlier certificates. A completion certificate lists each with its SHA-256, so that a sweep finds
// changed or missing records.
import { dayOf } from '@hengji/domain-kit';
import { rowsOf } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import type { Order } from '../../domain/order';
import { attachmentRows, filed, MOST_HASHED, type AttachmentRow, type Filed, type StoredDocument } from '@hengji/procedure';
import { CASE_DOCUMENTS } from './cases/case-documents';
import { ATTACHMENTS } from './cases/old-attachments';
import type { Tx } from './database';

// Named columns: a column that is added later must not change the digest of older records.
const documentFiled = ({ signature, delivery: _, fileId: caseId, about: orderId, which: about, ...row }: StoredDocument) => {
  const { keyId, algorithm, value } = signature;
  return { ...row, caseId, orderId, about, keyId, algorithm, signature: value };
};
/** The filed data of an attachment. Older attachments have no kind. */
const attachmentFiled = ({ fileId: caseId, kind, ...row }: AttachmentRow) => ({ ...row, caseId, ...(kind === 'OTHER' ? {} : { kind }) });
const CASE = {
  ...{
    id: true,
    number: true,
    institution: true,
    authority: true,
    source: true,
    grounds: true,
    summary: true,
    openedBy: true,
    openedAt: true,
  },
} as const;
const ENTRY = {
  ...{ caseId: true, number: true, step: true, by: true, byName: true, at: true, text: true },
  ...{ documentIds: true, attachmentIds: true, orderId: true },
} as const;
const RECEIPT = { eventId: true, orderId: true, row: true, content: true, receivedAt: true } as const;

/** All filed records as stored now, by table and id. */
export const filedOf = async (tx: Tx, { id: orderId, caseId }: Pick<Order, 'id' | 'caseId'>): Promise<Filed[]> => {
  const ofCase = { caseId: caseId === '' ? '-' : caseId };
  const receipts = await tx.keptReceipt.findMany({ where: { orderId }, select: RECEIPT });
  const cases = await tx.caseFile.findMany({ where: { id: ofCase.caseId }, select: CASE });
  const entries = await tx.caseEntry.findMany({ where: ofCase, select: ENTRY });
  const documents = (await CASE_DOCUMENTS.ofFile(tx, ofCase.caseId)).map(documentFiled);
  const attachments = (await attachmentRows(ATTACHMENTS).ofFile(tx, ofCase.caseId)).map(attachmentFiled);
  const decisions = await tx.leftDecision.findMany({ where: { orderId } });
  const items = await tx.transferItem.findMany({ where: { orderId } });
  const certificates = await tx.completionCertificate.findMany({ where: { orderId }, select: { version: true, json: true } });
  return [
    ...filed('kept_receipt', receipts, ({ eventId }) => eventId),
    ...filed('case_file', cases, ({ number }) => number),
    ...filed('case_entry', entries, ({ number }) => String(number)),
    ...filed('document', documents, ({ number }) => number),
    ...filed('attachment', attachments, ({ id }) => id),
    ...filed('left_decision', decisions, ({ row, recordId }) => `${row}/${recordId}`),
    ...filed('transfer_item', items, ({ position }) => String(position)),
    ...filed('completion_certificate', certificates, ({ version }) => String(version)),
  ].sort((a, b) => (`${a.table} ${a.id}` < `${b.table} ${b.id}` ? -1 : 1));
};

// Hashed in the database: documents of the case, and its attachments that are still in the table, in a sequence that changes
// each day.
const contentsSql = (caseId: string, day: string): Sql => sql`
  WITH kept AS (
    SELECT 'document ' || number AS what, id, pdf AS content, sha256 FROM procedure.document WHERE file_id = ${caseId}
    UNION ALL SELECT 'attachment ' || id, id, content, sha256 FROM attachment AS old WHERE case_id = ${caseId}
      AND NOT EXISTS (SELECT FROM procedure.attachment AS moved WHERE moved.id = old.id)
  ), placed AS (
    SELECT what, content, sha256, sum(octet_length(content)) OVER (ORDER BY md5(id || ${day}), id) - octet_length(content) AS before FROM kept
  )
  SELECT what FROM placed WHERE CASE WHEN before < ${MOST_HASHED} THEN sha256(content) <> sha256 ELSE false END ORDER BY what`;

/** Documents, and attachments in the table, whose bytes no longer have their filed hash. */
export const contentsAltered = async (tx: Tx, { caseId }: Pick<Order, 'caseId'>, now: Date): Promise<string[]> =>
  (await rowsOf<{ what: string }>(tx, contentsSql(caseId === '' ? '-' : caseId, dayOf(now)))).map(({ what }) => what);
