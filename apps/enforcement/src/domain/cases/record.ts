// What changes the record of a case: entries are added, and the last one gets the documents that its step issued.
import { ENDED } from './lifecycle';
import type { Case, CaseEntry, CaseState, TransferTrack } from './case';

export type NewEntry = Pick<CaseEntry, 'step' | 'by' | 'byName' | 'at' | 'text' | 'attachmentIds'>;

/** The case with one more entry in its record. */
export const withEntry = (theCase: Case, entry: NewEntry): Case => ({
  ...theCase,
  entries: [...theCase.entries, { ...entry, number: theCase.entries.length + 1, documentIds: [] }],
});

/** The case whose last step issued this document; the decision's number is that of its document, made on one draft. */
export const withDocument = (theCase: Case, document: { readonly id: string; readonly number: string }, orderId: string): Case => {
  const last = theCase.entries.at(-1);
  if (!last) return theCase;
  const entries = [...theCase.entries.slice(0, -1), { ...last, documentIds: [...last.documentIds, document.id] }];
  const decision = last.step === 'DECIDE' ? { number: document.number, orderId } : theCase.decision;
  return { ...theCase, entries, decision };
};

/** Whether the main line came to an end. */
export const hasEnded = (state: CaseState): boolean => ENDED.some((end) => end === state);

const TRANSFER_AT_REST = ['none', 'refused', 'procuratorate', 'handed_over'] as const satisfies readonly TransferTrack[];

/** Whether nothing of it runs any more: a transfer can outlive the main line. */
export const isOver = ({ state, transferTrack }: Case): boolean =>
  hasEnded(state) && TRANSFER_AT_REST.some((track) => track === transferTrack);
