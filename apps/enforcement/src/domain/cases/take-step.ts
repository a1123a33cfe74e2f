// Taking a step of a case: the tables of the procedure "case" for libs/procedure, and the conditions that only a case has. Such
// conditions are who must have verified, what must be finished, and which draft is meant. Every refusal names its obstacle.
import { Refusal } from '@hengji/domain-kit';
import {
  allowedSteps as allowedIn,
  checkTaker as checkTakerOf,
  decideFact as decideFactIn,
  decideStep as decideIn,
  particularsOf,
  readSteps as readStepsOf,
  tasksOf as tasksIn,
  type At,
  type Procedure,
  type StepsRead,
  type WaitingTask,
} from '@hengji/procedure/tables';
import { isReached, PROVINCE, reachOf } from '@hengji/province';
import { isCompetent, type Actor } from '../competence';
import type { Case, CaseStep, OrderOfCase } from './case';
import { checkChain, chainEntry, chainNeeds, handedOver } from './chain/chain';
import { checkHasDraft, draftOf, draftOfNotice, isAboutDraft, isSigned } from './drafts';
import { isPublishing } from '../publicity/notice';
import { hasReached } from './lifecycle';
import { checkFineDiscussed, checkRecord } from './particulars/discussion';
import { PARTICULARS } from './particulars/checks';
import { statedBy, type Reached } from './particulars/particulars';
import { checkNotRecused, checkRecusalDecided } from './particulars/recusal';
import { isKnownToParty } from './party/party';
import { checkHearingInTime, checkHearingOpen, checkWaits, servedFrom, type Moment } from './party/waits';
import { EMPTY_COLUMNS } from './record';
import { checkEvidenceOfBoth } from './evidence';
import { legalCheckerOf, verifiersOf, WORDING } from './people';
import { STEPS } from './steps';
import { checkReach } from './told/reach';
import type { CaseTerms, StepAsked, Surroundings } from './terms';
import { isNoticeIssued } from './waiting';
import { actEndOf } from './tracks/act-end';
import { checkPenaltyGates } from './tracks/penalty';
import { illegal } from './tracks/illegal';
import { TRACKS } from './tracks/tracks';
import { ATTACHED, checkFine, checkReconsideration } from './tracks/transfer-track';

const isOfficer = ({ role }: Actor): boolean => role === 'PROVINCE_OFFICER' || role === 'CITY_OFFICER';

/** Officers of the competent authority; the province registers leads everywhere; an institution only in its own cases. */
const TAKERS: Procedure<CaseTerms>['takers'] = {
  officer: {
    title: '主管部门经办人员',
    isOne: isOfficer,
    isOwn: (actor, { authority }) => isCompetent(actor, authority),
  },
  // A lead that the province registers is the competent authority's (交办).
  territory: { title: '主管部门经办人员', isOne: isOfficer, isOwn: (actor, place) => isReached(reachOf(actor), place) },
  province: { title: '省级主管部门人员', isOne: ({ role }) => role === 'PROVINCE_OFFICER', isOwn: (actor) => isCompetent(actor, PROVINCE) },
  institution: {
    title: '当事机构',
    isOne: ({ role }) => role === 'INSTITUTION',
    isOwn: (actor, { institution }) => actor.institution === institution,
  },
};

/** Refuses `case.role_forbidden` and `case.out_of_territory`. */
export const checkTaker = (theCase: Pick<Case, 'authority' | 'institution'>, step: CaseStep, actor: Actor): void =>
  checkTakerOf<CaseTerms>({ steps: STEPS, takers: TAKERS, wording: WORDING }, theCase, { step, actor });

/** Two different officers (执法人员不得少于两人) verify before a finding. */
const checkTwoVerifiers = (theCase: Case): void => {
  const count = verifiersOf(theCase).length;
  if (count < 2)
    throw new Refusal('illegalMove', 'case.two_verifiers', `核查须由两名以上执法人员进行，现有${count}名的核查记录`, {
      field: 'step',
      rule: '行政处罚法第四十二条',
    });
};

/** A lifted decision is not published again. */
const checkAmendable = ({ decision }: Case, { orders }: Surroundings): void => {
  const order = orders.find(({ id }) => id === decision?.orderId);
  if (order?.state === 'LIFTING' || order?.state === 'LIFTED') throw illegal('处理决定已经全部解除，不再公示');
};

const checkWithdrawable = ({ publicNotice }: Case): void => {
  if (!publicNotice) throw illegal('本案没有仍然有效的公示');
};

const isOver = ({ state }: OrderOfCase): boolean => state === 'COMPLETED' || state === 'LIFTED';

const notFinished = (message: string): Refusal =>
  new Refusal('illegalMove', 'case.not_finished', message, { field: 'step', rule: 'rules §7.9' });

/** A case cannot end while its interim stop is in force: the stop is lifted first. */
const checkNoInterimStands = ({ orders }: Surroundings): void => {
  const stands = orders.some((order) => order.kind === 'interim' && isSigned(order) && order.state !== 'LIFTED');
  if (stands) throw notFinished('先行停止仍然有效，应先解除');
};

const checkClosable = ({ penaltyTrack, publicNotice }: Case, around: Surroundings): void => {
  if (penaltyTrack === 'open') throw notFinished('行政处罚已立案，尚未作出决定');
  if (around.orders.some((order) => isSigned(order) && !isOver(order))) throw notFinished('处理决定尚未执行完毕');
  checkNoInterimStands(around);
  if (publicNotice?.outdated) throw notFinished('处理决定已经变更，公示尚未撤回或者更正');
  if (around.leftToDo.length > 0) throw notFinished(around.leftToDo.join('；'));
};

/** Rules §7.10: the time for remedies is over, and also the ten days of the 催告书 (行政强制法 §53, §54). */
const checkEnforceable = ({ limits }: Surroundings): void => {
  const hasState = (code: string, ...states: readonly string[]): boolean =>
    limits.some((limit) => limit.code === code && states.includes(limit.state));
  if (!hasState('D-ENFORCE-APPLY', 'RUNNING', 'NEARING', 'PASSED'))
    throw illegal('复议、诉讼期限尚未届满，或者复议、诉讼尚无结果，或者已无可申请强制执行的事项');
  if (!hasState('D-ENFORCE-DEMAND', 'PASSED')) throw illegal('催告书载明的期限届满后方可申请强制执行');
};

const checkNotified = ({ entries }: Case): void => {
  const asked = entries.findLastIndex(({ step }) => step === 'REQUEST_HEARING');
  if (entries.findLastIndex(({ step }) => step === 'NOTIFY_HEARING') < asked) throw illegal('应先通知当事人举行听证的时间、地点');
};

const checkNoticeIssued = (theCase: Case): void => {
  if (!isNoticeIssued(theCase)) throw illegal('应先制作告知书，再登记其送达');
};

/** After the finding, a verification only replaces that of a recused person. */
const checkVerifierNeeded = (theCase: Case): void => {
  if (hasReached(theCase.state, 'FOUNDED') && verifiersOf(theCase).length >= 2) throw illegal('本案已经核查并认定属实');
};

/** The institution asks in a case that it knows of. */
const checkKnown = (theCase: Case, { orders }: Surroundings): void => {
  if (!isKnownToParty(theCase, orders)) throw illegal('告知书送达后方可申请回避');
};

/** After the decision, only a fine is still discussed. */
const checkDiscussable = ({ state, penaltyTrack }: Case): void => {
  if (hasReached(state, 'DECIDED') && penaltyTrack !== 'open') throw illegal('本案没有待集体讨论的决定');
};

const checkLegalCheckCounts = (theCase: Case): void => {
  if (legalCheckerOf(theCase) === '') throw illegal('法制审核人员已经回避，应退回后重新审核');
};

/** The institution's own request is made now; a paper counts by the day on which it was received. */
const checkRequestInTime = ({ file, step, actor, around }: At<CaseTerms>): void => {
  if (step === 'REQUEST_HEARING' && actor.role === 'INSTITUTION') checkHearingInTime(file, around);
};

/** Only officers are recused; a person may declare a further interest. */
const checkRecusal = ({ file, step, actor, person, around }: At<CaseTerms>): void => {
  if (actor.role !== 'INSTITUTION' && step !== 'DECLARE_INTEREST') checkNotRecused(file, person, around.recused);
};

/** The conditions of a step beside its cell in the lifecycle. */
const NEEDS: Partial<Record<CaseStep, (theCase: Case, around: Surroundings) => void>> = {
  FIND_FOUNDED: (theCase, around) => {
    checkTwoVerifiers(theCase);
    checkEvidenceOfBoth(theCase, around);
  },
  SERVE_NOTICE: checkNoticeIssued,
  FIND_UNFOUNDED: (theCase, around) => {
    checkTwoVerifiers(theCase);
    checkNoInterimStands(around);
  },
  DISMISS: (_, around) => checkNoInterimStands(around),
  VERIFY: checkVerifierNeeded,
  ASK_RECUSAL: checkKnown,
  REQUEST_HEARING: checkHearingOpen,
  DISCUSS: checkDiscussable,
  DECIDE: (theCase) => {
    checkRecusalDecided(theCase);
    checkTwoVerifiers(theCase);
    checkLegalCheckCounts(theCase);
  },
  RECORD_HEARING: checkNotified,
  APPLY_ENFORCEMENT: (_, around) => checkEnforceable(around),
  CLOSE: checkClosable,
  AMEND_NOTICE: checkAmendable,
  WITHDRAW_NOTICE: checkWithdrawable,
  DECIDE_PENALTY: (theCase, { now }) => {
    checkFine(theCase);
    checkPenaltyGates(theCase, now);
    checkRecusalDecided(theCase);
    checkFineDiscussed(theCase);
  },
  ASK_RECONSIDERATION: (theCase, around) => checkReconsideration(theCase, around),
};

const at = ({ person, file, around }: At<CaseTerms>) => ({ theCase: file, orders: around.orders, person, now: around.now });

/**
 * A decision that is corrected before its execution is removed, with its public notice; its number stays used. Afterwards it stands until
 * its order is lifted, and its notice has to follow (行政处罚法 §48).
 */
const takenBack = ({ state, publicNotice }: Case): Partial<Case> =>
  hasReached(state, 'EXECUTING')
    ? { publicNotice: publicNotice && { ...publicNotice, outdated: true } }
    : { decision: null, decisionServedAt: null, publicNotice: null };

/** A case that ends without a decision cancels its open fine on record, because no decision on the fine is possible any more. */
const endedFine = ({ penaltyTrack }: Case): Partial<Case> => (penaltyTrack === 'open' ? { penaltyTrack: 'cancelled' } : {});

/** What the draft of the step reaches. Refuses as `checkReach`: the decision is on what its notice named. */
const reachDecided = ({ file, step }: At<CaseTerms>, orderId: string, { counted }: StepAsked): readonly Reached[] => {
  const reach = counted?.orderId === orderId ? counted.reach : [];
  if (step === 'DECIDE') checkReach(file, orderId, reach);
  return reach;
};

/** The procedure "case" for libs/procedure. */
export const CASE: Procedure<CaseTerms> = {
  wording: WORDING,
  steps: STEPS,
  tracks: TRACKS,
  takers: TAKERS,
  personOf: ({ officerId }) => officerId,
  isSuspended: ({ suspended }) => suspended,
  checks: [
    ({ file, step, actor, person }) => checkChain(file, step, { actor, person }),
    ({ file, step, around }) => checkWaits(file, step, around),
    ({ file, step, around }) => NEEDS[step]?.(file, around),
    checkRequestInTime,
    checkRecusal,
    (one) => checkHasDraft(one.step, at(one)),
  ],
  particulars: PARTICULARS,
  attached: { ...ATTACHED, DISCUSS: (_, attachmentIds) => checkRecord(attachmentIds) },
  alsoNeeds: ({ step }) => [
    ...(isAboutDraft(step) ? ['DRAFT'] : []),
    ...(isPublishing(step) ? ['NOTICE'] : []),
    ...(step === 'OPEN_PENALTY' ? ['ACT_END'] : []),
    ...chainNeeds(step),
  ],
  entryOf: (one, asked) => {
    const orderId = one.step === 'SERVE_NOTICE' ? draftOfNotice(one.file) : draftOf(one.step, asked.orderId, at(one));
    const stated = statedBy(particularsOf(CASE, one), asked.particulars);
    return { particulars: { ...stated, reach: reachDecided(one, orderId, asked) }, orderId, ...chainEntry(one.file, asked, one.around) };
  },
  entryDefaults: EMPTY_COLUMNS,
  decisions: {
    TRIAGE: handedOver,
    NAME_OFFICERS: handedOver,
    TAKE_OVER: handedOver,
    DESIGNATE: handedOver,
    SERVE_NOTICE: (_, { service }, around) => (service ? { noticeServedAt: servedFrom(service, around) } : {}),
    SERVE_DECISION: (_, { service }, around) => (service ? { decisionServedAt: servedFrom(service, around) } : {}),
    // A waiver of the hearing alone leaves the right to reply.
    WAIVE_REPLY: ({ state }, { particulars }) => (particulars.waived.includes('REPLY') ? {} : { state }),
    CORRECT: takenBack,
    WITHDRAW_NOTICE: () => ({ publicNotice: null }),
    OPEN_PENALTY: (_, { actEnd }, around) => ({ actEnd: actEndOf(actEnd, around) }),
    DISMISS: endedFine,
    FIND_UNFOUNDED: endedFine,
  },
};

const person = (actor: Actor) => ({ actor, person: CASE.personOf(actor) });

/** The steps that the person may take now; the required text is checked when the step is taken. */
export const allowedSteps = (theCase: Case, actor: Actor, around: Surroundings): CaseStep[] =>
  allowedIn(CASE, { file: theCase, around, ...person(actor) });

/** The allowed steps with titles and needs, and the obstacles of the near steps. */
export const readSteps = (theCase: Case, actor: Actor, around: Surroundings): StepsRead<CaseStep> =>
  readStepsOf(CASE, { file: theCase, around, ...person(actor) });

/** The people who must act next, by the tables; a task reads only the record. */
export const tasksOf = (theCase: Case, moment: Moment): WaitingTask[] =>
  tasksIn(CASE, theCase, { orders: [], leftToDo: [], limits: [], attachments: [], recused: [], ...moment });

/**
 * The case after the step. The stage `issue` adds the documents of the step later. Refuses `case.role_forbidden`,
 * `case.out_of_territory`, `case.suspended`, `case.illegal_move`, `case.same_person`, `case.too_early`, `case.too_late`,
 * `case.two_verifiers`, `case.not_finished`, `case.text_missing`, `case.service_missing`, `case.evidence_missing`,
 * `case.attachment_missing`, `case.asked_before`, `case.transfer_first`, `case.gate_closed`, and as `draftOf`, `checkChain`,
 * `chainEntry`, and `checkDelivery` of libs/procedure.
 */
export const decideStep = (theCase: Case, asked: StepAsked, around: Surroundings): Case => decideIn(CASE, theCase, asked, around);

/** A step that no person takes: an answer of another body, or a completed ledger. A late or repeated fact changes nothing. */
export const decideFact = (theCase: Case, step: CaseStep, text: string, now: Date): Case =>
  decideFactIn(CASE, theCase, { step, text, now });

/** The case after a lifting of its decision (解除): a whole lifting withdraws the public notice, a lifting of a part makes it wrong. */
export const decideNoticeLifted = (
  theCase: Case,
  whole: boolean,
  { reason, now }: { readonly reason: string; readonly now: Date },
): Case => {
  const { publicNotice } = theCase;
  if (!publicNotice) return theCase;
  if (!whole) return { ...theCase, publicNotice: { ...publicNotice, outdated: true } };
  return { ...decideFact(theCase, 'WITHDRAW_NOTICE', reason, now), publicNotice: null };
};

/** The main line goes to the re-check when every signed final order of the case is carried out or lifted. */
export const decideRecheck = (theCase: Case, orders: readonly OrderOfCase[], now: Date): Case => {
  const finals = orders.filter((order) => order.kind === 'final' && isSigned(order));
  return finals.length > 0 && finals.every(isOver) ? decideFact(theCase, 'START_RECHECK', '', now) : theCase;
};
