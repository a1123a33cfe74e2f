// Renders blocks to PDF with its hash, and signs the statement about the document with the service's key.
import { createHash } from 'node:crypto';
import type { renderPdf } from '@hengji/documents';
import type { Signer, Statement } from '@hengji/host';
import type { StoredDocument } from './document-store';

type Unsigned = Omit<StoredDocument, 'signature' | 'delivery'>;

export interface Press {
  print(...printed: Parameters<typeof renderPdf>): Promise<{ pdf: Uint8Array; sha256: Uint8Array }>;
  sign(document: Unsigned): StoredDocument['signature'];
}

/**
 * What is signed of a document; numbers, days and bytes as text. The names of file and record come from the first user, so that its
 * documents keep their form.
 */
const documentStatement = (document: Unsigned): Statement => ({
  type: 'hengji.document.v1',
  documentId: document.id,
  kind: document.kind,
  number: document.number,
  version: String(document.version),
  title: document.title,
  caseId: document.fileId,
  orderId: document.about,
  institution: document.institution,
  authority: document.authority,
  sha256: Buffer.from(document.sha256).toString('hex'),
  issuedBy: document.issuedBy,
  issuedAt: document.issuedAt.toISOString(),
});

/** `render` is `renderPdf` of libs/documents: a process that issues no documents does not load the fonts. */
export const press = ({ render, signer }: { readonly render: typeof renderPdf; readonly signer: Signer }): Press => ({
  print: async (blocks, options) => {
    const pdf = await render(blocks, options);
    return { pdf, sha256: createHash('sha256').update(pdf).digest() };
  },
  sign: (document) => signer.sign(documentStatement(document)),
});
