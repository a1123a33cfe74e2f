// Taking a step: may this person take it now, and what is the case afterwards. Every refusal names what stands in the way, and
// the steps that a file offers (`allowedSteps`) come from the very same checks.
import { advance, Refusal } from '@hengji/domain-kit';
import { isCompetent, type Actor } from '../competence';
import {
  CASE_STEPS,
  SYSTEM,
  type Case,
  type CaseState,
  type CaseStep,
  type OrderOfCase,
  type PenaltyTrack,
  type Service,
  type TransferTrack,
} from './case';
import { CASE_LIFECYCLE, hasReached, PENALTY_LIFECYCLE, TRANSFER_LIFECYCLE } from './lifecycle';
import { checkSeparate, verifiersOf } from './people';
import { checkHasDraft, draftOf, isSigned } from './drafts';
import { hasEnded, wasFounded, withEntry } from './record';
import { ruleOf } from './steps';
import { checkPenaltyGates } from './tracks/penalty';
import { ATTACHED, checkFine, checkReconsideration, thisTransfer } from './tracks/transfer-track';
import { checkHearingInTime, checkWaits, servedFrom } from './party/waits';

export const LONGEST_TEXT = 5_000;

export interface StepAsked {
  readonly actor: Actor;
  readonly byName: string;
  readonly step: CaseStep;
  readonly text: string;
  readonly attachmentIds: readonly string[];
  /** With the steps that serve a document. */
  readonly service: Service | null;
  /** The draft that the step is about (drafts.ts); empty where there is one only, or none. */
  readonly orderId: string;
}

/** What the case is beside its own record: its orders, and what their execution left to do (整改、善后). */
export interface Surroundings {
  readonly orders: readonly OrderOfCase[];
  readonly leftToDo: readonly string[];
  /** The limits of the case, for the step that is about one. */
  readonly limits: readonly { readonly code: string; readonly state: string }[];
  readonly now: Date;
}

/** Refuses `case.role_forbidden` and `case.out_of_territory`. */
export const checkTaker = (theCase: Pick<Case, 'authority' | 'institution'>, step: CaseStep, actor: Actor): void => {
  const { by, title } = ruleOf(step);
  const isOfficer = actor.role === 'PROVINCE_OFFICER' || actor.role === 'CITY_OFFICER';
  if (by === 'system' || (by === 'officer' && !isOfficer) || (by === 'institution' && actor.role !== 'INSTITUTION')) {
    const who = { officer: '主管部门经办人员', institution: '当事机构', system: '系统' }[by];
    throw new Refusal('forbidden', 'case.role_forbidden', `“${title}”只能由${who}办理`, { field: 'actor.role', rule: 'rules §7.9' });
  }
  const isOwn = by === 'officer' ? isCompetent(actor, theCase.authority) : actor.institution === theCase.institution;
  if (!isOwn) {
    throw new Refusal('forbidden', 'case.out_of_territory', '该案由其他主管部门管辖或不涉及您所在机构，您无权办理', {
      field: 'actor.authority',
      rule: 'rules §7.9',
    });
  }
};

const illegal = (message: string): Refusal =>
  new Refusal('illegalMove', 'case.illegal_move', message, { field: 'step', rule: 'rules §7.9' });

/** Two different officers (执法人员不得少于两人) before anything is found. */
const checkTwoVerifiers = (theCase: Case): void => {
  const count = verifiersOf(theCase).length;
  if (count < 2)
    throw new Refusal('illegalMove', 'case.two_verifiers', `核查须由两名以上执法人员进行，现有${count}名的核查记录`, {
      field: 'step',
      rule: '行政处罚法第四十二条',
    });
};

const isOver = ({ state }: OrderOfCase): boolean => state === 'COMPLETED' || state === 'LIFTED';

const notFinished = (message: string): Refusal =>
  new Refusal('illegalMove', 'case.not_finished', message, { field: 'step', rule: 'rules §7.9' });

/** A case that ends leaves no interim stop behind: it is lifted first. */
const checkNoInterimStands = ({ orders }: Surroundings): void => {
  const stands = orders.some((order) => order.kind === 'interim' && isSigned(order) && order.state !== 'LIFTED');
  if (stands) throw notFinished('先行停止仍然有效，应先解除');
};

const checkClosable = ({ penaltyTrack }: Case, around: Surroundings): void => {
  if (penaltyTrack === 'open') throw notFinished('行政处罚已立案，尚未作出决定');
  if (around.orders.some((order) => isSigned(order) && !isOver(order))) throw notFinished('处理决定尚未执行完毕');
  checkNoInterimStands(around);
  if (around.leftToDo.length > 0) throw notFinished(around.leftToDo.join('；'));
};

/** Rules §7.10: the time for remedies is over, and the ten days of the 催告书 too (行政强制法 §53, §54). */
const checkEnforceable = ({ limits }: Surroundings): void => {
  const hasState = (code: string, ...states: readonly string[]): boolean =>
    limits.some((limit) => limit.code === code && states.includes(limit.state));
  if (!hasState('D-ENFORCE-APPLY', 'RUNNING', 'NEARING', 'PASSED')) throw illegal('复议、诉讼期限尚未届满，或者已无可申请强制执行的事项');
  if (!hasState('D-ENFORCE-DEMAND', 'PASSED')) throw illegal('催告书送达满十日后方可申请强制执行');
};

const checkNotified = ({ entries }: Case): void => {
  const asked = entries.findLastIndex(({ step }) => step === 'REQUEST_HEARING');
  if (entries.findLastIndex(({ step }) => step === 'NOTIFY_HEARING') < asked) throw illegal('应先通知当事人举行听证的时间、地点');
};

/** What a step needs beside its cell in the life cycle. */
const NEEDS: Partial<Record<CaseStep, (theCase: Case, around: Surroundings) => void>> = {
  FIND_FOUNDED: checkTwoVerifiers,
  FIND_UNFOUNDED: (theCase, around) => {
    checkTwoVerifiers(theCase);
    checkNoInterimStands(around);
  },
  DISMISS: (_, around) => checkNoInterimStands(around),
  REQUEST_HEARING: (theCase, { now }) => checkHearingInTime(theCase, now),
  RECORD_HEARING: checkNotified,
  APPLY_ENFORCEMENT: (_, around) => checkEnforceable(around),
  CLOSE: checkClosable,
  DECIDE_PENALTY: (theCase, { now }) => {
    checkFine(theCase);
    checkPenaltyGates(theCase, now);
  },
  ASK_RECONSIDERATION: (theCase, { now }) => checkReconsideration(theCase, now),
};

const reporters = (theCase: Case): Set<string> =>
  new Set(thisTransfer(theCase).flatMap(({ step, by }) => (step === 'REPORT_CRIME' ? [by] : [])));

/** 310号令 §5: a report by two officers; the first one alone is on record and moves nothing. */
const isSecondReport = (theCase: Case, step: CaseStep, person: string): boolean =>
  step !== 'REPORT_CRIME' || [...reporters(theCase)].some((other) => other !== person);

/** What the step moves, and only that. */
export type Moved = Partial<Pick<Case, 'state' | 'suspended' | 'penaltyTrack' | 'transferTrack'>>;

/** Where the step leads on its track. Refuses `case.illegal_move`, `case.suspended`. */
export const moveOf = (theCase: Case, step: CaseStep, person: string): Moved => {
  const { track, by, whileSuspended } = ruleOf(step);
  if (theCase.suspended && !whileSuspended)
    throw new Refusal('illegalMove', 'case.suspended', '本案因等待刑事案件结果中止，恢复前不能办理', { field: 'step', rule: 'rules §7.9' });
  if (track === 'main') return { state: advance<CaseState, CaseStep>('case', CASE_LIFECYCLE, theCase.state, step) };
  if (track === 'suspension') {
    if (step === 'RESUME' && !theCase.suspended) throw illegal('本案没有中止');
    if (hasEnded(theCase.state)) throw illegal('本案已经办结');
    return { suspended: step === 'SUSPEND' };
  }
  // Both tracks leave the main line where something was found, and go on to their own end whatever becomes of it.
  const begins = step === 'OPEN_PENALTY' || step === 'REPORT_CRIME';
  const mayGoOn = begins ? hasReached(theCase.state, 'FOUNDED') : wasFounded(theCase);
  if (by !== 'system' && !mayGoOn) throw illegal('查证属实后方可办理');
  if (track === 'penalty') return { penaltyTrack: advance<PenaltyTrack, CaseStep>('case', PENALTY_LIFECYCLE, theCase.penaltyTrack, step) };
  const transferTrack = advance<TransferTrack, CaseStep>('case', TRANSFER_LIFECYCLE, theCase.transferTrack, step);
  return isSecondReport(theCase, step, person) ? { transferTrack } : {};
};

/** Everything but the content: person, place in the life cycle, limits, what must be there first. Refuses as named above. */
const checkMay = (theCase: Case, step: CaseStep, actor: Actor, around: Surroundings): Moved => {
  checkTaker(theCase, step, actor);
  const moved = moveOf(theCase, step, actor.officerId);
  checkSeparate(theCase, step, actor.officerId);
  checkWaits(theCase, step, around.now);
  NEEDS[step]?.(theCase, around);
  checkHasDraft(step, { theCase, orders: around.orders, person: actor.officerId, now: around.now });
  return moved;
};

/** Steps that the person may take now; what a step must say is seen when it is taken. */
export const allowedSteps = (theCase: Case, actor: Actor, around: Surroundings): CaseStep[] =>
  CASE_STEPS.filter((step) => {
    try {
      checkMay(theCase, step, actor, around);
      return true;
    } catch (refusal) {
      if (refusal instanceof Refusal) return false;
      throw refusal;
    }
  });

const checkContent = ({ step, text, service }: StepAsked): void => {
  const { needsText, serves, title } = ruleOf(step);
  const isMissing = needsText && text.trim() === '';
  if (isMissing || text.length > LONGEST_TEXT) {
    throw new Refusal('invalid', 'case.text_missing', `“${title}”应写明内容，不超过${LONGEST_TEXT}字`, {
      field: 'text',
      rule: '行政处罚法第四十七条',
    });
  }
  if (serves && (!service || service.receiver.trim() === '')) {
    throw new Refusal('invalid', 'case.service_missing', `“${title}”应写明送达方式和受送达人`, {
      field: service ? 'receiver' : 'mode',
      rule: '行政处罚法第六十一条',
    });
  }
};

const servedBy = (asked: StepAsked, now: Date): Partial<Case> => {
  if (!asked.service) return {};
  const at = servedFrom(asked.service.mode, now);
  if (asked.step === 'SERVE_NOTICE') return { noticeServedAt: at };
  return asked.step === 'SERVE_DECISION' ? { decisionServedAt: at } : {};
};

/** A decision that is taken back before it is carried out is no decision any more; its number stays used. */
const takenBack = ({ state }: Case, step: CaseStep): Partial<Case> =>
  step === 'CORRECT' && !hasReached(state, 'EXECUTING') ? { decision: null, decisionServedAt: null } : {};

/** A case that ends without a decision ends its fine with it, and says so: nothing could decide it any more. */
const endedFine = ({ state, penaltyTrack }: Case): Partial<Case> =>
  (state === 'DISMISSED' || state === 'UNFOUNDED') && penaltyTrack === 'open' ? { penaltyTrack: 'cancelled' } : {};

/**
 * The case after the step. Documents that the step issues are not in it yet: the application adds them (`withDocuments`).
 * Refuses `case.role_forbidden`, `case.out_of_territory`, `case.suspended`, `case.illegal_move`, `case.same_person`,
 * `case.too_early`, `case.too_late`, `case.two_verifiers`, `case.not_finished`, `case.text_missing`, `case.service_missing`,
 * `case.attachment_missing`, `case.asked_before`, `case.transfer_first`, `case.gate_closed`, and as `draftOf`.
 */
export const decideStep = (theCase: Case, asked: StepAsked, around: Surroundings): Case => {
  const moved = checkMay(theCase, asked.step, asked.actor, around);
  checkContent(asked);
  const { step, text, attachmentIds, byName, actor } = asked;
  ATTACHED[step]?.(theCase, attachmentIds);
  const orderId = draftOf(step, asked.orderId, { theCase, orders: around.orders, person: actor.officerId, now: around.now });
  const entry = { step, by: actor.officerId, byName, at: around.now, text, attachmentIds, orderId };
  const next = { ...withEntry(theCase, entry), ...moved, ...servedBy(asked, around.now), ...takenBack(theCase, step) };
  return { ...next, ...endedFine(next) };
};

/** A step that no person takes: another body's answer, a ledger that is done. What comes late or twice changes nothing. */
export const decideFact = (theCase: Case, step: CaseStep, text: string, now: Date): Case => {
  try {
    const moved = moveOf(theCase, step, SYSTEM);
    return { ...withEntry(theCase, { step, by: SYSTEM, byName: '', at: now, text, attachmentIds: [] }), ...moved };
  } catch (refusal) {
    if (refusal instanceof Refusal) return theCase;
    throw refusal;
  }
};

/** The main line goes to the re-check when every signed final order of the case is carried out or lifted. */
export const decideRecheck = (theCase: Case, orders: readonly OrderOfCase[], now: Date): Case => {
  const finals = orders.filter((order) => order.kind === 'final' && isSigned(order));
  return finals.length > 0 && finals.every(isOver) ? decideFact(theCase, 'START_RECHECK', '', now) : theCase;
};
