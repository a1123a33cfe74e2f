// The case between its shape and the wire, as this person may read it. An institution reads its own file: what was served on
// it, what it said, what was decided; not what officers wrote for each other, nor that a transfer to 公安 is under way.
import type { Case as CaseMessage, CaseEntry as EntryMessage } from '@hengji/contracts/enforcement/v1/case';
import { Refusal } from '@hengji/domain-kit';
import type { Aftermath, Cases } from '../../application/cases/ports';
import type { Transactions } from '../../application/ports';
import type { Case, CaseEntry, OrderOfCase } from '../../domain/cases/case';
import { gatesOf } from '../../domain/cases/gates';
import { deciderOf, legalCheckerOf, verifiersOf } from '../../domain/cases/people';
import { ruleOf } from '../../domain/cases/steps';
import { allowedSteps } from '../../domain/cases/take-step';
import { maySee, type Actor } from '../../domain/competence';
import type { Tx } from '../store/database';

/** The parts of a file that other tables keep: documents, limits, attachments, what execution left to do. */
export type KeptBeside = Pick<CaseMessage, 'documents' | 'deadlines' | 'attachments' | 'rectifications' | 'followUps'>;

export const NOTHING_BESIDE: KeptBeside = { documents: [], deadlines: [], attachments: [], rectifications: [], followUps: [] };

export interface CaseFileDeps {
  readonly cases: Pick<Cases<Tx>, 'get' | 'ordersOf'>;
  readonly transactions: Pick<Transactions<Tx>, 'run'>;
  readonly aftermath: Aftermath<Tx>;
  readonly readBeside: (caseId: string) => Promise<KeptBeside>;
  readonly now: () => Date;
}

const entryMessage = (entry: CaseEntry): EntryMessage => ({
  ...entry,
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
  penaltyTrack: theCase.penaltyTrack,
  transferTrack: theCase.transferTrack,
  jointlyWith: [...theCase.jointlyWith],
});

/** Of the order that is next to be signed; before one is drafted, those of a final order. */
const gatesShown = (theCase: Case, orders: readonly OrderOfCase[], now: Date): CaseMessage['gates'] => {
  const draft = orders.findLast(({ state }) => state === 'DRAFT' || state === 'PREVIEWED');
  const order = draft ?? { id: '', kind: 'final', urgency: '', endCondition: '' };
  return gatesOf(theCase, order, now).map(({ gate, title, missing }) => ({ gate, title, open: missing === '', missing }));
};

/** What a party may not see is left out (行政处罚法 §47: its own file; 310号令: not a transfer that is being prepared). */
export const forParty = (message: CaseMessage): CaseMessage => {
  const entries = message.entries.filter(({ step }) => step !== 'UNSPECIFIED' && ruleOf(step).shownToParty);
  const shown = new Set(entries.flatMap(({ attachmentIds }) => attachmentIds));
  return {
    ...message,
    entries,
    gates: [],
    transferTrack: '',
    summary: '',
    source: 'UNSPECIFIED',
    documents: message.documents.filter(({ kind }) => kind !== 'TRANSFER'),
    deadlines: message.deadlines.filter(({ code }) => !code.startsWith('D-TRANSFER')),
    attachments: message.attachments.filter(({ attachmentId }) => shown.has(attachmentId)),
  };
};

/** Whether the institution knows of the case: by its notice, or by an interim stop ahead of it. */
const isKnownToParty = ({ entries }: Case): boolean => entries.some(({ step }) => step === 'SERVE_NOTICE' || step === 'EXECUTE');

/** Refuses `case.out_of_territory`. */
export const checkMaySeeCase = (actor: Actor, theCase: Case): void => {
  if (!maySee(actor, { authority: theCase.authority, institution: theCase.institution, issued: isKnownToParty(theCase) })) {
    throw new Refusal('forbidden', 'case.out_of_territory', '您无权查看该案件', { field: 'actor', rule: 'rules §7.9' });
  }
};

/** The whole file as this person may read it. Refuses `case.unknown`, `case.out_of_territory`. */
export const readCaseFile =
  ({ cases, transactions, aftermath, readBeside, now }: CaseFileDeps) =>
  async (caseId: string, actor: Actor): Promise<CaseMessage> => {
    const theCase = await cases.get(caseId);
    checkMaySeeCase(actor, theCase);
    const [orders, beside] = await Promise.all([cases.ordersOf(caseId), readBeside(caseId)]);
    const leftToDo = theCase.state === 'RECHECK' ? await transactions.run((tx) => aftermath.open(tx, caseId)) : [];
    const at = now();
    const message: CaseMessage = {
      ...caseMessage(theCase),
      ...beside,
      orderIds: orders.map(({ id }) => id),
      gates: gatesShown(theCase, orders, at),
      allowedSteps: allowedSteps(theCase, actor, { orders, leftToDo, now: at }),
    };
    return actor.role === 'INSTITUTION' ? forParty(message) : message;
  };
