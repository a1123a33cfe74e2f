// What changes the record of a case, and what is read from it: whether the facts were found, whether it is over.
import { withEntry as addEntry, type NewEntry } from '@hengji/procedure/tables';
import { ENDED } from './lifecycle';
import type { Case, CaseEntry, CaseState, TransferTrack } from './case';

type NewCaseEntry = Omit<NewEntry<CaseEntry>, 'orderId'> & Partial<Pick<CaseEntry, 'orderId'>>;

/** The case with one more entry in its record. */
export const withEntry = (theCase: Case, entry: NewCaseEntry): Case => addEntry(theCase, { orderId: '', ...entry });

/** Whether the facts were found: read from the record, which outlasts the state when the main line ends without a decision. */
export const wasFounded = ({ entries }: Pick<Case, 'entries'>): boolean => entries.some(({ step }) => step === 'FIND_FOUNDED');

/** Whether the main line came to an end. */
export const hasEnded = (state: CaseState): boolean => ENDED.some((end) => end === state);

const TRANSFER_AT_REST = ['none', 'refused', 'procuratorate', 'handed_over', 'withdrawn'] as const satisfies readonly TransferTrack[];

/** Whether nothing of it runs any more: a transfer, or a fine, can outlive the main line. */
export const isOver = ({ state, penaltyTrack, transferTrack }: Case): boolean =>
  hasEnded(state) && penaltyTrack !== 'open' && TRANSFER_AT_REST.some((track) => track === transferTrack);
