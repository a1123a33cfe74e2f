// Cases for the specs: opened, and led along the main line by the permitted people. Every step goes through the decision
// function that makes it.
import { dayOf } from '@hengji/domain-kit';
import { withIssued, type AttachmentOfFile, type Delivery } from '@hengji/procedure/tables';
import { PUBLISHED_CALENDAR } from '@hengji/province';
import { limitCalendar } from '../src/domain/deadlines/deadline';
import { REGISTERED } from '../src/domain/province-data/parameter';
import { type Case, type CaseState, type CaseStep, type OrderOfCase } from '../src/domain/cases/case';
import { RESTS_ON_DOCUMENT } from '../src/domain/cases/chain/jurisdiction';
import { NAMES_OFFICERS } from '../src/domain/cases/chain/officers';
import { decideOpen } from '../src/domain/cases/open-case';
import {
  LEGAL_POINTS,
  NOTHING_STATED,
  type LegalFinding,
  type LegalPoint,
  type Particulars,
} from '../src/domain/cases/particulars/particulars';
import { CASE, decideStep } from '../src/domain/cases/take-step';
import type { CaseTerms, StepAsked, Surroundings } from '../src/domain/cases/terms';
import { DOCUMENTS } from '../src/domain/documents/templates';
import { ruleOf } from '../src/domain/cases/steps';
import type { Actor } from '../src/domain/competence';
import { decideExecute } from '../src/domain/cases/gates';
import { INSTITUTION, NOW, officer } from './orders';

export const VERIFIER_A = officer('verifier-a');
export const VERIFIER_B = officer('verifier-b');
/** The head of the department. */
export const REVIEWER = officer('reviewer');
export const CHECKER = officer('checker');
export const DECIDER = officer('decider');
/** An officer of the same city who has done nothing in the case. */
export const OTHER = officer('other');
/** A named officer who has done nothing in the case. */
export const HANDLER = officer('handler');
/** 承办人 of the cases of the specs. */
export const HANDLERS = [VERIFIER_A, VERIFIER_B, HANDLER].map(({ officerId: id }) => ({ id, name: '' }));
export const PARTY: Actor = { officerId: 'party', role: 'INSTITUTION', authority: '', institution: INSTITUTION };

export const DRAFT: OrderOfCase = {
  ...{ id: 'o1', kind: 'final', state: 'PREVIEWED', urgency: '', endCondition: '' },
  ...{ measures: ['CANCEL_RESULTS'], title: '', draftedBy: 'drafter', editedBy: [], replacesDraft: '', rectifyBy: '' },
};
export const INTERIM: OrderOfCase = {
  ...DRAFT,
  ...{ id: 'o2', kind: 'interim', urgency: '仍在组织考试', endCondition: '整改合格', measures: ['STOP_EVALUATION'] },
};
export const TRANSFER: OrderOfCase = { ...DRAFT, id: 'o3', kind: 'transfer', measures: ['TRANSFER_TO_POLICE'] };

/** The years and the amounts of the release. */
export const CALENDAR = limitCalendar(PUBLISHED_CALENDAR, REGISTERED, '2101');

/** On the file: an inspection record, and other material. */
const ON_FILE = [
  { id: 'a1', kind: 'INSPECTION_RECORD', mediaType: 'application/pdf' },
  { id: 'other', kind: 'OTHER', mediaType: 'application/pdf' },
  { id: 'photo', kind: 'OTHER', mediaType: 'image/jpeg' },
] as const;
/** Added at this time. */
export const attachmentsAt = (addedAt: Date): AttachmentOfFile[] => ON_FILE.map((one) => ({ ...one, addedAt }));
export const ATTACHMENTS: readonly AttachmentOfFile[] = attachmentsAt(NOW);

/** A service in person, complete. */
export const delivery = (change: Partial<Delivery> = {}): Delivery => ({
  ...{ mode: 'IN_PERSON', receiver: '王校长', at: NOW, capacity: 'LEGAL_REPRESENTATIVE', servers: ['张三', '李四'], credentials: [] },
  ...{ witness: '', postNumber: '', publishedIn: '', reason: '', attachmentIds: ['a1'] },
  ...change,
});

/** A number of the right shape, different for each person. */
const credentialOf = (officerId: string): string => `2101${Buffer.from(officerId).toString('hex').toUpperCase()}`.padEnd(8, '0').slice(-18);

/** All six points; one may fail. */
export const findings = (failed?: LegalPoint): LegalFinding[] =>
  (Object.keys(LEGAL_POINTS) as LegalPoint[]).map((point) => ({
    point,
    passed: point !== failed,
    remark: point === failed ? '程序有误' : '',
  }));

/** What each step states, complete: of this person, on this day. */
export const stated = (step: CaseStep, actor: Actor, now = NOW): Particulars => ({
  ...NOTHING_STATED,
  ...{ credential: credentialOf(actor.officerId), noInterest: true, waived: ['REPLY', 'HEARING'], receivedOn: dayOf(now) },
  legalFindings: findings(step === 'RETURN_PROPOSAL' ? 'PROCEDURE' : undefined),
  discussion: { heldOn: dayOf(now), participants: ['甲', '乙', '丙'], conclusion: '同意' },
  ...{ officerId: 'somebody', officerName: '张三' },
});

export const around = (change: Partial<Surroundings> = {}): Surroundings => ({
  orders: [DRAFT],
  leftToDo: [],
  limits: [],
  attachments: attachmentsAt(change.now ?? NOW),
  recused: [],
  known: [...HANDLERS, OTHER, REVIEWER, CHECKER, DECIDER].map((one) => ('id' in one ? one : { id: one.officerId, name: '' })),
  now: NOW,
  calendar: CALENDAR,
  ...change,
});

export const opened = (): Case =>
  decideOpen(
    {
      id: 'c1',
      actor: VERIFIER_A,
      byName: '',
      institution: INSTITUTION,
      source: 'COMPLAINT',
      grounds: ['CERTIFICATES_WITHOUT_EXAM'],
      summary: '举报不考试就发证',
    },
    { name: '沈阳市某职业培训学校', authority: '2101', kinds: ['LEVEL_RECOGNITION'] },
    '沈人社鉴案〔2026〕1号',
    NOW,
  );

const needsAttachment = (step: CaseStep, { role }: Actor): boolean =>
  [CASE.attached[step], ruleOf(step).evidence, ruleOf(step).serves].some((need) => need !== undefined) ||
  (ruleOf(step).enteredBy !== undefined && role !== 'INSTITUTION');

export const stepAsked = (step: CaseStep, actor: Actor, change: Partial<StepAsked> = {}): StepAsked => ({
  actor,
  byName: actor.officerId,
  step,
  text: `${step}的记录`,
  attachmentIds: needsAttachment(step, actor) ? ['a1'] : [],
  particulars: stated(step, actor),
  service: ruleOf(step).serves ? delivery() : null,
  orderId: '',
  actEnd: step === 'OPEN_PENALTY' ? { endedOn: '2026-11-01', continues: false, grave: false } : null,
  documentNo: RESTS_ON_DOCUMENT.includes(step) ? '辽人社函〔2026〕9号' : '',
  counterpart: step === 'DESIGNATE' ? '2102' : '',
  officerIds: NAMES_OFFICERS.includes(step) ? HANDLERS.map(({ id }) => id) : [],
  ...change,
});

/** One step, with the documents that the application would issue for it. A document is served at once. */
export const take = (theCase: Case, step: CaseStep, actor: Actor, change: Partial<Surroundings> = {}): Case => {
  const now = around(change);
  const service = ruleOf(step).serves ? { service: delivery({ at: now.now }) } : {};
  const next = decideStep(theCase, stepAsked(step, actor, { particulars: stated(step, actor, now.now), ...service }), now);
  const { issues: kind } = ruleOf(step);
  if (!kind) return next;
  const number = `文〔2026〕${next.entries.length}号`;
  return withIssued<CaseTerms>(DOCUMENTS, next, { id: `d${next.entries.length}`, kind, number });
};

/** The main line with the institution's waiver, and the person who takes each step. */
export const MAIN_LINE: readonly (readonly [CaseStep, Actor, CaseState])[] = [
  ['TRIAGE', VERIFIER_A, 'TRIAGED'],
  ['VERIFY', VERIFIER_A, 'VERIFYING'],
  ['VERIFY', VERIFIER_B, 'VERIFYING'],
  ['FIND_FOUNDED', VERIFIER_A, 'FOUNDED'],
  ['ISSUE_NOTICE', VERIFIER_A, 'FOUNDED'],
  ['SERVE_NOTICE', VERIFIER_A, 'NOTICE_SERVED'],
  ['WAIVE_REPLY', PARTY, 'HEARD'],
  ['PROPOSE', VERIFIER_B, 'PROPOSED'],
  ['REVIEW', REVIEWER, 'PROPOSED'],
  ['LEGAL_CHECK', CHECKER, 'LEGAL_CHECKED'],
  ['DECIDE', DECIDER, 'DECIDED'],
  ['SERVE_DECISION', VERIFIER_A, 'SERVED'],
  ['PUBLISH', VERIFIER_A, 'PUBLISHED'],
];

const executed = (theCase: Case): Case => decideExecute(theCase, { order: DRAFT, actor: DECIDER, byName: '', now: NOW });

const SPECIAL: Partial<Record<CaseState, () => Case>> = {
  HEARING: () => take(inState('NOTICE_SERVED'), 'REQUEST_HEARING', PARTY),
  EXECUTING: () => executed(inState('PUBLISHED')),
  RECHECK: () => ({ ...inState('EXECUTING'), state: 'RECHECK' }),
  CLOSED: () => take(inState('RECHECK'), 'CLOSE', DECIDER, { orders: [{ ...DRAFT, state: 'COMPLETED' }] }),
  DISMISSED: () => take(opened(), 'DISMISS', VERIFIER_A),
  UNFOUNDED: () => take(inState('VERIFYING'), 'FIND_UNFOUNDED', VERIFIER_A),
};

/** A case in this state, reached by the shortest path; VERIFYING with both verifiers. */
export const inState = (state: CaseState): Case => {
  const special = SPECIAL[state];
  if (special) return special();
  const last = MAIN_LINE.findLastIndex(([, , reached]) => reached === state);
  return MAIN_LINE.slice(0, last + 1).reduce((theCase, [step, actor]) => take(theCase, step, actor), opened());
};
