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

/** The last upload of each account. The gateway takes few files of one person at a time, and cases are led side by side. */
const uploads = new Map<string, Promise<unknown>>();

/** Uploads one after another for each account. */
const inTurn = <T>({ account }: Officer, upload: () => Promise<T>): Promise<T> => {
  const turn = (uploads.get(account) ?? Promise.resolve()).then(upload, upload);
  uploads.set(account, turn);
  return turn;
};

/** Uploads the paper to the case; returns the id of the attachment. */
export const attach = async (officer: Officer, caseId: string, { name, kind, title, lines }: Paper): Promise<string> => {
  const content = await renderPdf([{ kind: 'title', text: title }, ...lines.map((text) => ({ kind: 'paragraph', text }) as const)], {
    title,
    author: officer.account,
    at: new Date(),
  });
  const { attachmentId } = await inTurn(officer, () =>
    officer.upload<{ attachmentId: string }>(`/cases/${caseId}/attachments?kind=${kind}`, name, content),
  );
  return attachmentId;
};
