// The mapping between a case and its columns; no other file maps them.
import {
  CASE_STATES,
  CASE_STEPS,
  LEAD_SOURCES,
  PENALTY_TRACK,
  TRANSFER_TRACK,
  type Case,
  type CaseEntry,
  type CaseOfficer,
  type OrderOfCase,
} from '../../../domain/cases/case';
import { NOTHING_STATED, type Particulars } from '../../../domain/cases/particulars/particulars';
import { MEASURES } from '../../../domain/cascade';
import { kindOf, VIOLATIONS } from '../../../domain/order';
import type { Prisma } from '../../../generated/client';
import { stateOf } from '../order-columns';
import { word, words } from '../words';

/** A stored case with its record. */
export type StoredCase = Prisma.CaseFileGetPayload<{ include: { entries: true } }>;
type StoredEntry = StoredCase['entries'][number];

const officersOf = (ids: readonly string[], names: readonly string[]): CaseOfficer[] => ids.map((id, i) => ({ id, name: names[i] ?? '' }));
const officerColumns = (officers: readonly CaseOfficer[]) => ({
  officers: officers.map(({ id }) => id),
  officerNames: officers.map(({ name }) => name),
});

/** The stored entry as a domain value; entries of an older version state nothing. */
export const entryOf = ({ caseId: _, particulars, officerNames, ...entry }: StoredEntry): CaseEntry => ({
  ...entry,
  step: word(CASE_STEPS, entry.step),
  officers: officersOf(entry.officers, officerNames),
  particulars: { ...NOTHING_STATED, ...(particulars as Partial<Particulars>) },
});

/** The stored case as a domain value. */
export const caseOf = ({ sequence: _, ...stored }: StoredCase): Case => {
  const { decisionNumber, decisionOrderId, noticeNumber, noticeOutdated, actEndedOn, actContinues, actGrave, ...rest } = stored;
  const { handledBy, handledNumber, officerNames, ...s } = rest;
  return {
    ...s,
    // The columns `authority` and `number` stay those of the opening.
    authority: handledBy === '' ? s.authority : handledBy,
    filedWith: s.authority,
    number: handledNumber === '' ? s.number : handledNumber,
    formerNumber: handledNumber === '' ? '' : s.number,
    officers: officersOf(s.officers, officerNames),
    state: word(CASE_STATES, s.state),
    penaltyTrack: word(PENALTY_TRACK, s.penaltyTrack),
    transferTrack: word(TRANSFER_TRACK, s.transferTrack),
    source: word(LEAD_SOURCES, s.source),
    grounds: words(VIOLATIONS, s.grounds),
    decision: decisionNumber !== null && decisionOrderId !== null ? { number: decisionNumber, orderId: decisionOrderId } : null,
    publicNotice: noticeNumber === null ? null : { number: noticeNumber, outdated: noticeOutdated },
    actEnd: actEndedOn === null ? null : { endedOn: actEndedOn, continues: actContinues, grave: actGrave },
    entries: s.entries.map(entryOf),
  };
};

/** Columns that never change after the opening. */
export const openingColumns = (theCase: Case) => ({
  id: theCase.id,
  number: theCase.number,
  institution: theCase.institution,
  institutionName: theCase.institutionName,
  authority: theCase.filedWith,
  jointlyWith: [...theCase.jointlyWith],
  source: theCase.source,
  grounds: [...theCase.grounds],
  summary: theCase.summary,
  openedBy: theCase.openedBy,
  openedAt: theCase.openedAt,
});

/** Columns that steps change. */
export const lifeColumns = (theCase: Case) => ({
  state: theCase.state,
  suspended: theCase.suspended,
  penaltyTrack: theCase.penaltyTrack,
  transferTrack: theCase.transferTrack,
  noticeServedAt: theCase.noticeServedAt,
  decisionNumber: theCase.decision?.number ?? null,
  decisionOrderId: theCase.decision?.orderId ?? null,
  decisionServedAt: theCase.decisionServedAt,
  noticeNumber: theCase.publicNotice?.number ?? null,
  noticeOutdated: theCase.publicNotice?.outdated ?? false,
  actEndedOn: theCase.actEnd?.endedOn ?? null,
  actContinues: theCase.actEnd?.continues ?? false,
  actGrave: theCase.actEnd?.grave ?? false,
  handledBy: theCase.authority === theCase.filedWith ? '' : theCase.authority,
  handledNumber: theCase.formerNumber === '' ? '' : theCase.number,
  ...officerColumns(theCase.officers),
});

export const entryColumns = (caseId: string, entry: CaseEntry) => ({
  ...entry,
  caseId,
  ...officerColumns(entry.officers),
  documentIds: [...entry.documentIds],
  attachmentIds: [...entry.attachmentIds],
  particulars: entry.particulars as unknown as Prisma.InputJsonObject,
});

/** The columns of an order that its case reads. */
export const ORDER_OF_CASE = {
  id: true,
  state: true,
  measures: true,
  interim: true,
  urgency: true,
  endCondition: true,
  title: true,
  draftedBy: true,
  editedBy: true,
  replacesDraft: true,
  discardedAt: true,
  rectifyBy: true,
} as const;

export const orderOfCase = (s: Prisma.OrderGetPayload<{ select: typeof ORDER_OF_CASE }>): OrderOfCase => ({
  id: s.id,
  kind: kindOf({ interim: s.interim, measures: words(MEASURES, s.measures) }),
  measures: words(MEASURES, s.measures),
  title: s.title,
  draftedBy: s.draftedBy,
  editedBy: s.editedBy,
  replacesDraft: s.replacesDraft,
  rectifyBy: s.rectifyBy,
  state: stateOf(s),
  urgency: s.urgency,
  endCondition: s.endCondition,
});
