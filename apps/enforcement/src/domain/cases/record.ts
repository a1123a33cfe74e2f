// Changes and reads the record of a case: whether a violation was found, whether the case is over.
import { withEntry as addEntry, type NewEntry } from '@hengji/procedure/tables';
import { ENDED } from './lifecycle';
import type { Case, CaseEntry, CaseState, TransferTrack } from './case';
import { NOTHING_STATED } from './particulars/particulars';

type OwnColumn = 'orderId' | 'documentNo' | 'counterpart' | 'officers' | 'particulars';
type NewCaseEntry = Omit<NewEntry<CaseEntry>, OwnColumn> & Partial<Pick<CaseEntry, OwnColumn>>;

/** The columns of an entry that only some steps have. */
export const EMPTY_COLUMNS = {
  ...{ orderId: '', documentNo: '', counterpart: '', officers: [] },
  particulars: NOTHING_STATED,
} as const satisfies Pick<CaseEntry, OwnColumn>;

/** The case with one more entry in its record. */
export const withEntry = (theCase: Case, entry: NewCaseEntry): Case => addEntry(theCase, { ...EMPTY_COLUMNS, ...entry });

/** Whether a violation was found. The record keeps the finding also after the main line ended without a decision. */
export const wasFounded = ({ entries }: Pick<Case, 'entries'>): boolean => entries.some(({ step }) => step === 'FIND_FOUNDED');

/** Whether the main line has ended. */
export const hasEnded = (state: CaseState): boolean => ENDED.some((end) => end === state);

const TRANSFER_AT_REST = ['none', 'refused', 'procuratorate', 'handed_over', 'withdrawn'] as const satisfies readonly TransferTrack[];

/** Whether the main line and both tracks have ended: a transfer or a fine can last longer than the main line. */
export const isOver = ({ state, penaltyTrack, transferTrack }: Case): boolean =>
  hasEnded(state) && penaltyTrack !== 'open' && TRANSFER_AT_REST.some((track) => track === transferTrack);
