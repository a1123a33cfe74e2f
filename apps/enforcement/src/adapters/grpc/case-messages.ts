// The case between its shape and the wire, as this person may read it. An institution reads its own file: what was served on
// it, what it said, what was decided; not what officers wrote for each other, nor that a transfer to 公安 is under way.
import type { CalendarAt } from '../../domain/deadlines/deadline';
import type { Case as CaseMessage, CaseEntry as EntryMessage } from '@hengji/contracts/enforcement/v1/case';
import type { Aftermath, Cases } from '../../application/cases/ports';
import type { Transactions } from '../../application/ports';
import type { Case, CaseEntry, OrderOfCase } from '../../domain/cases/case';
import { gatesOf, isBeforeSignature } from '../../domain/cases/gates';
import { deciderOf, legalCheckerOf, verifiersOf } from '../../domain/cases/people';
import {
  checkMaySeeCase,
  documentsForParty,
  entriesForParty,
  isLimitForParty,
  obstaclesForParty,
  ordersForParty,
} from '../../domain/cases/party/party';
import { RECORD_TITLES } from '../../domain/cases/record-titles';
import { ruleOf } from '../../domain/cases/steps';
import { readSteps } from '../../domain/cases/take-step';
import type { Surroundings } from '../../domain/cases/terms';
import type { Actor } from '../../domain/competence';
import type { Tx } from '../store/database';
import { withActions } from './case-actions';

/** The parts of a file that other tables keep: documents, limits, attachments, what execution left to do. */
export type KeptBeside = Pick<CaseMessage, 'documents' | 'deadlines' | 'attachments' | 'rectifications' | 'followUps'>;

export const NOTHING_BESIDE: KeptBeside = { documents: [], deadlines: [], attachments: [], rectifications: [], followUps: [] };

export interface CaseFileDeps {
  readonly cases: Pick<Cases<Tx>, 'get' | 'ordersOf'>;
  readonly transactions: Pick<Transactions<Tx>, 'run'>;
  readonly aftermath: Aftermath<Tx>;
  readonly readBeside: (caseId: string) => Promise<KeptBeside>;
  readonly now: () => Date;
  readonly calendar: CalendarAt;
}

const entryMessage = (entry: CaseEntry): EntryMessage => ({
  ...entry,
  title: ruleOf(entry.step).title,
  documentIds: [...entry.documentIds],
  attachmentIds: [...entry.attachmentIds],
});

/** The case without its file, as lists have it. */
export const caseMessage = (theCase: Case): CaseMessage => ({
  ...NOTHING_BESIDE,
  caseId: theCase.id,
  number: theCase.number,
  institution: theCase.institution,
  institutionName: theCase.institutionName,
  authority: theCase.authority,
  state: theCase.state,
  source: theCase.source,
  grounds: [...theCase.grounds],
  summary: theCase.summary,
  suspended: theCase.suspended,
  openedBy: theCase.openedBy,
  openedAt: theCase.openedAt,
  verifiers: verifiersOf(theCase),
  legalChecker: legalCheckerOf(theCase),
  decider: deciderOf(theCase),
  orderIds: [],
  entries: theCase.entries.map(entryMessage),
  gates: [],
  allowedSteps: [],
  nextSteps: [],
  obstacles: [],
  penaltyTrack: theCase.penaltyTrack,
  transferTrack: theCase.transferTrack,
  jointlyWith: [...theCase.jointlyWith],
  allowedActions: [],
});

/** Of the order that is next to be signed; before one is drafted, those of a final order. */
const gatesShown = (theCase: Case, orders: readonly OrderOfCase[], now: Date): CaseMessage['gates'] => {
  const draft = orders.findLast(({ state }) => state === 'DRAFT' || state === 'PREVIEWED');
  // Gates that closed behind the order are in nobody's way any more.
  if (!draft && !isBeforeSignature(theCase)) return [];
  const order = draft ?? { id: '', kind: 'final', urgency: '', endCondition: '', measures: [] };
  return gatesOf(theCase, order, now).map(({ gate, title, missing }) => ({ gate, title, open: missing === '', missing }));
};

/** What this person may do now and what stands in the way; of an institution, of its own steps alone. */
const stepsShown = (theCase: Case, actor: Actor, around: Surroundings): Pick<CaseMessage, 'allowedSteps' | 'nextSteps' | 'obstacles'> => {
  const { allowed, obstacles } = readSteps(theCase, actor, around);
  return {
    allowedSteps: allowed.map(({ step }) => step),
    nextSteps: allowed.map((one) => ({ ...one, needs: [...one.needs], recordTitle: RECORD_TITLES[one.step] ?? '' })),
    obstacles: actor.role === 'INSTITUTION' ? obstaclesForParty(obstacles) : [...obstacles],
  };
};

/** What a party may not see is left out: domain/cases/party. */
export const forParty = (message: CaseMessage, orders: readonly OrderOfCase[]): CaseMessage => {
  const known = message.entries.flatMap((entry) => (entry.step === 'UNSPECIFIED' ? [] : [{ ...entry, step: entry.step }]));
  const entries = entriesForParty(known, orders);
  const shown = new Set(entries.flatMap(({ attachmentIds }) => attachmentIds));
  return {
    ...message,
    // Who holds which part is the authority's own affair.
    ...{ verifiers: [], legalChecker: '', decider: '' },
    entries,
    gates: [],
    transferTrack: '',
    summary: '',
    source: 'UNSPECIFIED',
    orderIds: ordersForParty(orders).map(({ id }) => id),
    documents: documentsForParty(message.documents, orders),
    deadlines: message.deadlines.filter(({ code }) => isLimitForParty(code)),
    attachments: message.attachments.filter(({ attachmentId }) => shown.has(attachmentId)),
  };
};

/** The whole file as this person may read it. Refuses `case.unknown`, `case.out_of_territory`. */
export const readCaseFile =
  ({ cases, transactions, aftermath, readBeside, now, calendar }: CaseFileDeps) =>
  async (caseId: string, actor: Actor): Promise<CaseMessage> => {
    const [theCase, orders] = await Promise.all([cases.get(caseId), cases.ordersOf(caseId)]);
    checkMaySeeCase(actor, theCase, orders);
    const beside = await readBeside(caseId);
    const leftToDo = theCase.state === 'RECHECK' ? await transactions.run((tx) => aftermath.open(tx, caseId)) : [];
    const at = now();
    const message: CaseMessage = {
      ...caseMessage(theCase),
      ...beside,
      orderIds: orders.map(({ id }) => id),
      gates: gatesShown(theCase, orders, at),
      ...stepsShown(theCase, actor, { orders, leftToDo, limits: beside.deadlines, now: at, calendar: calendar(theCase.authority) }),
    };
    return withActions(actor.role === 'INSTITUTION' ? forParty(message, orders) : message, { theCase, orders, actor });
  };
