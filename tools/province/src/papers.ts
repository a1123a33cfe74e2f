// The papers of the sample cases (笔录、送达回证): small PDFs, uploaded as officers upload them.
import { renderPdf } from '@hengji/documents';
import type { Officer } from './officer';

export interface Paper {
  readonly name: string;
  /** Kind of evidence (证据种类). */
  readonly kind: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Uploads the paper to the case; returns the id of the attachment. */
export const attach = async (officer: Officer, caseId: string, { name, kind, title, lines }: Paper): Promise<string> => {
  const content = await renderPdf([{ kind: 'title', text: title }, ...lines.map((text) => ({ kind: 'paragraph', text }) as const)], {
    title,
    author: officer.account,
    at: new Date(),
  });
  const { attachmentId } = await officer.upload<{ attachmentId: string }>(`/cases/${caseId}/attachments?kind=${kind}`, name, content);
  return attachmentId;
};
