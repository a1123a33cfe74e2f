// The case as a message for its reader. An institution reads its own file: what was served on it, its statements, the decision.
// It does not read the officers' internal texts, nor that a transfer to 公安 is under way.
import type { CalendarAt } from '../../domain/deadlines/deadline';
import type { Case as CaseMessage, CaseEntry as EntryMessage } from '@hengji/contracts/enforcement/v1/case';
import type { Aftermath, Cases } from '../../application/cases/ports';
import type { Transactions } from '../../application/ports';
import type { Case, CaseEntry, CaseOfficer, OrderOfCase } from '../../domain/cases/case';
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
import { EVIDENCE_WORDS } from '../../domain/documents/attachment';
import { isUnsigned } from '../../domain/drafts/draft';
import type { Tx } from '../store/database';
import { word } from '../store/words';
import { withActions } from './case-actions';
import { particularsMessage } from './steps/particulars-messages';
import { SERVICE_RULES } from './steps/service-messages';

/** The parts of a file from other tables: documents, limits, attachments, rectifications and follow-ups. */
export type KeptBeside = Pick<CaseMessage, 'documents' | 'deadlines' | 'attachments' | 'rectifications' | 'followUps' | 'notices'>;

export const NOTHING_BESIDE: KeptBeside = { documents: [], deadlines: [], attachments: [], rectifications: [], followUps: [], notices: [] };

export interface CaseFileDeps {
  readonly cases: Pick<Cases<Tx>, 'get' | 'ordersOf' | 'recusedAt'>;
  readonly transactions: Pick<Transactions<Tx>, 'run'>;
  readonly aftermath: Aftermath<Tx>;
  readonly readBeside: (theCase: Case) => Promise<KeptBeside>;
  readonly now: () => Date;
  readonly calendar: CalendarAt;
}

const officerMessages = (officers: readonly CaseOfficer[]): CaseMessage['officers'] =>
  officers.map(({ id, name }, i) => ({ officerId: id, name, main: i === 0 }));

const entryMessage = (entry: CaseEntry): EntryMessage => ({
  ...entry,
  title: `${ruleOf(entry.step).title}${entry.particulars.receivedOn === '' ? '' : '（由经办人员代录）'}`,
  particulars: particularsMessage(entry.particulars),
  officers: officerMessages(entry.officers),
  documentIds: [...entry.documentIds],
  attachmentIds: [...entry.attachmentIds],
});

/** The case without its file, for lists. */
export const caseMessage = (theCase: Case): CaseMessage => ({
  ...NOTHING_BESIDE,
  caseId: theCase.id,
  number: theCase.number,
  institution: theCase.institution,
  institutionName: theCase.institutionName,
  authority: theCase.authority,
  filedWith: theCase.filedWith,
  formerNumber: theCase.formerNumber,
  officers: officerMessages(theCase.officers),
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
  orders: [],
  entries: theCase.entries.map(entryMessage),
  gates: [],
  allowedSteps: [],
  nextSteps: [],
  obstacles: [],
  penaltyTrack: theCase.penaltyTrack,
  transferTrack: theCase.transferTrack,
  jointlyWith: [...theCase.jointlyWith],
  actEnd: theCase.actEnd ?? undefined,
  allowedActions: [],
  serviceRules: [],
});

/** The gates of the next order to be signed; before a draft exists, the gates of a final order. */
const gatesShown = (theCase: Case, orders: readonly OrderOfCase[], now: Date): CaseMessage['gates'] => {
  const draft = orders.findLast(isUnsigned);
  // Gates do not apply after the signature.
  if (!draft && !isBeforeSignature(theCase)) return [];
  const order = draft ?? { id: '', kind: 'final', urgency: '', endCondition: '', measures: [] };
  return gatesOf(theCase, order, now).map(({ gate, title, missing }) => ({ gate, title, open: missing === '', missing }));
};

/** The reader's steps and their obstacles; for an institution, only its own steps. */
const stepsShown = (theCase: Case, actor: Actor, around: Surroundings): Pick<CaseMessage, 'allowedSteps' | 'nextSteps' | 'obstacles'> => {
  const { allowed, obstacles } = readSteps(theCase, actor, around);
  return {
    allowedSteps: allowed.map(({ step }) => step),
    nextSteps: allowed.map(({ evidence = [], ...one }) => ({
      ...{ ...one, needs: [...one.needs], recordTitle: RECORD_TITLES[one.step] ?? '' },
      evidence: evidence.map((kind) => word(EVIDENCE_WORDS, kind)),
    })),
    obstacles: actor.role === 'INSTITUTION' ? obstaclesForParty(obstacles) : [...obstacles],
  };
};

const ordersShown = (orders: readonly OrderOfCase[]): Pick<CaseMessage, 'orderIds' | 'orders'> => ({
  orderIds: orders.map(({ id }) => id),
  orders: orders.map((order) => ({
    ...{ orderId: order.id, title: order.title },
    ...{ draft: isUnsigned(order), discarded: order.state === 'DISCARDED' },
  })),
});

/** Removes what a party may not read: domain/cases/party. */
export const forParty = (message: CaseMessage, orders: readonly OrderOfCase[]): CaseMessage => {
  const known = message.entries.flatMap((entry) => (entry.step === 'UNSPECIFIED' ? [] : [{ ...entry, step: entry.step }]));
  const entries = entriesForParty(known, orders);
  const shown = new Set(entries.flatMap(({ attachmentIds }) => attachmentIds));
  return {
    ...message,
    // The people of the three parts are not shown to the institution.
    ...{ verifiers: [], legalChecker: '', decider: '', officers: [] },
    entries,
    gates: [],
    transferTrack: '',
    summary: '',
    source: 'UNSPECIFIED',
    ...ordersShown(ordersForParty(orders)),
    documents: documentsForParty(message.documents, orders),
    deadlines: message.deadlines.filter(({ code }) => isLimitForParty(code)),
    attachments: message.attachments.filter(({ attachmentId }) => shown.has(attachmentId)),
  };
};

/** The whole file as its reader may read it. Refuses `case.unknown`, `case.out_of_territory`. */
export const readCaseFile =
  ({ cases, transactions, aftermath, readBeside, now, calendar }: CaseFileDeps) =>
  async (caseId: string, actor: Actor): Promise<CaseMessage> => {
    const [theCase, orders] = await Promise.all([cases.get(caseId), cases.ordersOf(caseId)]);
    checkMaySeeCase(actor, theCase, orders);
    const beside = await readBeside(theCase);
    const leftToDo = theCase.state === 'RECHECK' ? await transactions.run((tx) => aftermath.open(tx, caseId)) : [];
    const at = now();
    const attachments = beside.attachments.map(({ attachmentId: id, addedAt = at, ...one }) => ({ ...one, id, addedAt }));
    const recused = await transactions.run((tx) => cases.recusedAt(tx, theCase.institution));
    const around = { orders, leftToDo, limits: beside.deadlines, attachments, recused, now: at, calendar: calendar(theCase.authority) };
    const message: CaseMessage = {
      ...caseMessage(theCase),
      serviceRules: [...SERVICE_RULES],
      ...beside,
      ...ordersShown(orders),
      gates: gatesShown(theCase, orders, at),
      ...stepsShown(theCase, actor, around),
    };
    return withActions(actor.role === 'INSTITUTION' ? forParty(message, orders) : message, { theCase, orders, actor });
  };
