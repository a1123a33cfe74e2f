// Paper and key: blocks to PDF with its hash, and enforcement's signature over the statement that says what the document is.
import { createHash } from 'node:crypto';
import { renderPdf } from '@hengji/documents';
import type { Signer, Statement } from '@hengji/host';
import type { Press, StoredDocument } from '../application/documents/ports';

/** What is signed of a document; numbers, days and bytes as text. */
export const documentStatement = (document: Omit<StoredDocument, 'signature' | 'service'>): Statement => ({
  type: 'hengji.document.v1',
  documentId: document.id,
  kind: document.kind,
  number: document.number,
  version: String(document.version),
  title: document.title,
  caseId: document.caseId,
  orderId: document.orderId,
  institution: document.institution,
  authority: document.authority,
  sha256: Buffer.from(document.sha256).toString('hex'),
  issuedBy: document.issuedBy,
  issuedAt: document.issuedAt.toISOString(),
});

export const press = (signer: Signer): Press => ({
  print: async (blocks, about) => {
    const pdf = await renderPdf(blocks, about);
    return { pdf, sha256: createHash('sha256').update(pdf).digest() };
  },
  sign: (document) => signer.sign(documentStatement(document)),
});
