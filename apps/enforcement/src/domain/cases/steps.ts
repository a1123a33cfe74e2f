// The steps of a case, one row each. A row names who takes the step, its part of the three separate parts, and the required
// text. It names the documents that the step issues and serves, and when the step is a task (待办). It also names the limits of
// the registry (rules §7.10) that the step starts and meets. The next state is in lifecycle.ts. Basis: 行政处罚法 §42–61
// applied to handling decisions, 国务院令310号, rules §7.5, §7.6, §7.9.
import { limitsOf as limitsOfStep, type StepLimits, type StepRule } from '@hengji/procedure/tables';
import { PROVINCE } from '@hengji/province';
import type { Case, CaseStep } from './case';
import { isAsked } from './chain/jurisdiction';
import { isReviewed, isUnreviewed } from './chain/review';
import type { CaseTerms } from './terms';
import { EVIDENCE_OF_LAW } from '../documents/attachment';
import { givesUp } from './particulars/paper';
import { isRecusalAsked } from './particulars/recusal';
import { TRACKS } from './tracks/tracks';
import {
  isFineUnpaid,
  isFineUnserved,
  hasNoOfficers,
  isHearingNotified,
  isNoticeIssued,
  isNoticeWrong,
  isReplyOver,
  isReportedByOne,
  isVerified,
  mayAskAgain,
  mayReply,
  needsVerifier,
  onlyProcuratorate,
} from './waiting';

interface CaseStepRule extends StepRule<CaseTerms> {
  /** The step closes the package of a transfer: the contents are checked at this step. */
  readonly packs?: true;
}

const OFFICER = { track: 'main', by: 'officer', needsText: true, whileSuspended: false, shownToParty: false } as const;
/** The institution may make its statements at any time: a suspension by the authority does not use up its days. */
const PARTY = { track: 'main', by: 'institution', needsText: true, whileSuspended: true, shownToParty: true } as const;
const FACT = { track: 'main', by: 'system', needsText: false, whileSuspended: true, shownToParty: true } as const;
/** The institution takes it in its own account, or an officer enters its paper. */
const STATEMENT = { ...PARTY, enteredBy: 'officer' } as const;
/** A request for recusal does not stop the case (行政处罚法 §43); it is decided before the decision. */
const RECUSAL = { ...OFFICER, track: 'recusal' } as const;
const PENALTY = { ...OFFICER, track: 'penalty', shownToParty: true } as const;
/** The suspension waits for the criminal result, so the steps towards that result are allowed during it. */
const TRANSFER = { ...OFFICER, track: 'transfer', whileSuspended: true } as const;
const POLICE = { ...TRANSFER, by: 'system', needsText: false } as const;
/** Who handles the case, and its officers: beside the main line, also while it is suspended. */
const HANDLING = { ...OFFICER, track: 'handling', whileSuspended: true } as const;
const PROVINCE_STEP = { ...HANDLING, by: 'province' } as const;
const WITHDRAW = ['D-PEN-WITHDRAW-PUB'] as const;
const SHOWN = ['D-DECISION-PUBLIC'] as const;
/** A public notice (公示) with its document; the period of its publicity begins. */
const NOTICE = { needsText: false, issues: 'PUBLICITY', starts: SHOWN, meets: WITHDRAW, shownToParty: true } as const;
const REMEDIES = ['D-RECON', 'D-LITIG'] as const;
/** Limits that end without a decision; the limits of a running transfer continue. */
const ENDING = ['D-CASE-REPLY', 'D-PEN-HEARING-ASK', 'D-PEN-DECIDE', 'D-PEN-WITHDRAW-PUB'] as const;

export const STEPS = {
  OPEN: { ...OFFICER, title: '登记线索', by: 'territory' },
  TRIAGE: { ...OFFICER, title: '分办', task: true, needsText: false },
  DISMISS: { ...OFFICER, title: '不予处理', cancels: ENDING },
  VERIFY: {
    ...OFFICER,
    title: '核查',
    task: { when: needsVerifier },
    part: 'verifier',
    evidence: EVIDENCE_OF_LAW,
    particulars: ['CREDENTIAL', 'NO_INTEREST'],
  },
  // The finding states the facts; ten characters are the least that can name one (平台规则).
  FIND_FOUNDED: {
    ...OFFICER,
    title: '认定属实',
    task: { title: '认定是否属实', when: isVerified },
    part: 'verifier',
    leastText: 10,
  },
  FIND_UNFOUNDED: { ...OFFICER, title: '认定不实', part: 'verifier', cancels: ENDING },
  ISSUE_NOTICE: {
    ...OFFICER,
    title: '制作告知书',
    task: { when: (theCase) => theCase.state === 'FOUNDED' && !isNoticeIssued(theCase) },
    issues: 'NOTICE',
  },
  // The notice exists before it is served: its service is proved by the receipt that bears its number.
  SERVE_NOTICE: {
    ...OFFICER,
    title: '送达告知书',
    task: { when: isNoticeIssued },
    needsText: false,
    serves: 'NOTICE',
    starts: ['D-CASE-REPLY', 'D-PEN-HEARING-ASK'],
    shownToParty: true,
  },
  REPLY: { ...STATEMENT, title: '陈述申辩', task: { when: mayReply }, meets: ['D-CASE-REPLY'] },
  WAIVE_REPLY: {
    ...STATEMENT,
    title: '放弃陈述申辩',
    needsText: false,
    particulars: ['WAIVED'],
    // Of the rights that it gives up: `limitsOf`.
    meets: ['D-CASE-REPLY', 'D-PEN-HEARING-ASK'],
  },
  REQUEST_HEARING: { ...STATEMENT, title: '申请听证', meets: ['D-PEN-HEARING-ASK'] },
  NOTIFY_HEARING: { ...OFFICER, title: '通知听证', task: { when: (theCase) => !isHearingNotified(theCase) }, shownToParty: true },
  RECORD_HEARING: { ...OFFICER, title: '听证笔录', task: { when: isHearingNotified }, shownToParty: true },
  CLOSE_REPLY: { ...OFFICER, title: '答辩期满', task: { when: isReplyOver }, needsText: false, shownToParty: true },
  PROPOSE: { ...OFFICER, title: '提出处理建议', task: true },
  REVIEW: { ...OFFICER, title: '部门审核通过', task: { title: '部门负责人审核', when: isUnreviewed }, part: 'reviewer' },
  RETURN_REVIEW: { ...OFFICER, title: '部门审核退回', part: 'reviewer' },
  LEGAL_CHECK: {
    ...OFFICER,
    title: '法制审核通过',
    task: { when: isReviewed },
    part: 'legalChecker',
    particulars: ['LEGAL_FINDINGS', 'NO_INTEREST'],
  },
  RETURN_PROPOSAL: { ...OFFICER, title: '法制审核退回', part: 'legalChecker', particulars: ['LEGAL_FINDINGS'] },
  DISCUSS: { ...OFFICER, title: '集体讨论', needsText: false, particulars: ['DISCUSSION'] },
  DECIDE: {
    ...OFFICER,
    title: '作出处理决定',
    task: true,
    part: 'decider',
    issues: 'DECISION',
    particulars: ['NO_INTEREST'],
    starts: ['D-PEN-SERVE'],
    shownToParty: true,
  },
  RETURN_DECISION: { ...OFFICER, title: '负责人退回', part: 'decider' },
  SERVE_DECISION: {
    ...OFFICER,
    title: '送达决定书',
    task: true,
    needsText: false,
    serves: 'DECISION',
    starts: ['D-RECON', 'D-LITIG'],
    meets: ['D-PEN-SERVE'],
    shownToParty: true,
  },
  PUBLISH: { ...OFFICER, ...NOTICE, title: '公开', task: true },
  AMEND_NOTICE: { ...OFFICER, ...NOTICE, title: '更正公示', task: { title: '撤回或者更正公示', when: isNoticeWrong } },
  WITHDRAW_NOTICE: { ...OFFICER, title: '撤回公示', meets: WITHDRAW, cancels: SHOWN, shownToParty: true },
  EXECUTE: { ...FACT, title: '交付执行', task: { by: 'officer', title: '签发处理决定' }, part: 'decider', whileSuspended: false },
  START_RECHECK: { ...FACT, title: '转入复查' },
  CLOSE: { ...OFFICER, title: '结案', task: true, shownToParty: true },
  SUSPEND: { ...OFFICER, title: '中止', track: 'suspension', shownToParty: true },
  RESUME: { ...OFFICER, title: '恢复', task: true, track: 'suspension', whileSuspended: true, shownToParty: true },
  DECLARE_INTEREST: { ...RECUSAL, title: '自行回避' },
  ASK_RECUSAL: { ...PARTY, track: 'recusal', title: '申请回避', particulars: ['OFFICER_NAME'] },
  GRANT_RECUSAL: {
    ...RECUSAL,
    title: '决定回避',
    task: { title: '决定是否回避', when: isRecusalAsked },
    particulars: ['OFFICER'],
    shownToParty: true,
  },
  REFUSE_RECUSAL: { ...RECUSAL, title: '驳回回避申请', particulars: ['OFFICER'], shownToParty: true },
  OPEN_PENALTY: { ...PENALTY, title: '行政处罚立案', starts: ['D-PEN-DECIDE'] },
  DECIDE_PENALTY: { ...PENALTY, title: '行政处罚决定', task: true, part: 'decider', meets: ['D-PEN-DECIDE'] },
  SERVE_PENALTY: { ...PENALTY, title: '送达行政处罚决定书', task: { when: isFineUnserved }, starts: ['D-PEN-PAY'] },
  RECORD_PAYMENT: { ...PENALTY, title: '登记罚款缴纳', task: { when: isFineUnpaid }, whileSuspended: true, meets: ['D-PEN-PAY'] },
  REGISTER_EVIDENCE: { ...OFFICER, title: '先行登记保存证据', track: 'evidence', starts: ['D-PEN-EVIDENCE'], shownToParty: true },
  SETTLE_EVIDENCE: {
    ...OFFICER,
    title: '对登记保存的证据作出处理',
    track: 'evidence',
    task: true,
    whileSuspended: true,
    meets: ['D-PEN-EVIDENCE'],
    shownToParty: true,
  },
  REPORT_CRIME: {
    ...TRANSFER,
    title: '涉嫌犯罪书面报告',
    task: { title: '第二名执法人员书面报告涉嫌犯罪', when: isReportedByOne },
    part: 'verifier',
    starts: ['D-TRANSFER-APPROVE'],
  },
  APPROVE_TRANSFER: {
    ...TRANSFER,
    title: '批准移送',
    task: true,
    part: 'decider',
    issues: 'TRANSFER',
    packs: true,
    starts: ['D-TRANSFER-SEND'],
    meets: ['D-TRANSFER-APPROVE'],
  },
  REFUSE_TRANSFER: { ...TRANSFER, title: '不批准移送', part: 'decider', meets: ['D-TRANSFER-APPROVE'], cancels: ['D-TRANSFER-SEND'] },
  CORRECT: {
    ...OFFICER,
    title: '自行纠正',
    // 行政处罚法 §48: a published decision is withdrawn within three working days.
    startsFrom: { PUBLISHED: WITHDRAW, EXECUTING: WITHDRAW, RECHECK: WITHDRAW, CLOSED: WITHDRAW },
    cancelsFrom: { DECIDED: ['D-PEN-SERVE'], SERVED: REMEDIES, PUBLISHED: [...REMEDIES, ...SHOWN] },
    shownToParty: true,
  },
  APPLY_ENFORCEMENT: { ...OFFICER, title: '申请法院强制执行', meets: ['D-ENFORCE-APPLY'], shownToParty: true },
  TRANSFER_RECEIVED: { ...POLICE, title: '移送签收', starts: ['D-TRANSFER-DECIDE'], meets: ['D-TRANSFER-RECEIPT-FWD'] },
  TRANSFER_ACCEPTED: {
    ...POLICE,
    title: '公安立案',
    starts: ['D-TRANSFER-EXHIBIT'],
    meets: ['D-TRANSFER-DECIDE', 'D-TRANSFER-RECON-DECIDE'],
  },
  TRANSFER_REFUSED: {
    ...POLICE,
    title: '公安不予立案',
    startsFrom: { received: ['D-TRANSFER-RECONSIDER'], reconsidering: ['D-TRANSFER-PROSEC'] },
    meets: ['D-TRANSFER-DECIDE', 'D-TRANSFER-RECON-DECIDE'],
  },
  ASK_RECONSIDERATION: {
    ...TRANSFER,
    title: '提请公安复议',
    task: { title: '提请公安复议，或者建议检察院立案监督', when: mayAskAgain },
    starts: ['D-TRANSFER-RECON-DECIDE'],
    meets: ['D-TRANSFER-RECONSIDER'],
  },
  ASK_PROCURATORATE: {
    ...TRANSFER,
    title: '建议检察院立案监督',
    task: { when: onlyProcuratorate },
    meets: ['D-TRANSFER-RECONSIDER', 'D-TRANSFER-PROSEC'],
  },
  HAND_OVER_EXHIBITS: { ...TRANSFER, title: '移交涉案物品', task: true, meets: ['D-TRANSFER-EXHIBIT'] },
  TRANSFER_WITHDRAWN: {
    ...POLICE,
    title: '撤回移送',
    cancels: [
      'D-TRANSFER-RECEIPT-FWD',
      'D-TRANSFER-DECIDE',
      'D-TRANSFER-RECONSIDER',
      'D-TRANSFER-RECON-DECIDE',
      'D-TRANSFER-PROSEC',
      'D-TRANSFER-EXHIBIT',
    ],
  },
  TAKE_OVER: {
    ...PROVINCE_STEP,
    title: '提级办理',
    task: { by: 'officer', authority: PROVINCE, title: '答复提请提级：提级办理，或者指定管辖', when: isAsked },
  },
  ASK_TAKE_OVER: { ...HANDLING, title: '提请提级' },
  DESIGNATE: { ...PROVINCE_STEP, title: '指定管辖（交办）' },
  NAME_OFFICERS: { ...HANDLING, title: '确定（变更）承办人', task: { title: '确定承办人', when: hasNoOfficers } },
} as const satisfies Record<CaseStep, CaseStepRule>;

/** The row of the step as the rule type, so that absent fields can be read. */
export const ruleOf = (step: CaseStep): CaseStepRule => STEPS[step];

const TITLES: ReadonlyMap<string, string> = new Map(Object.entries(STEPS).map(([step, { title }]) => [step, title]));
/** The title of a step; undefined for an unknown word. */
export const titleOfStep = (step: string): string | undefined => TITLES.get(step);

const NONE: StepLimits = { starts: [], meets: [], cancels: [] };

/** The limits of the rights that the last entry gives up. */
const metBy = ({ entries }: Case): string[] => {
  const waiver = entries.at(-1);
  if (!waiver) return [];
  return [...(givesUp(waiver, 'REPLY') ? ['D-CASE-REPLY'] : []), ...(givesUp(waiver, 'HEARING') ? ['D-PEN-HEARING-ASK'] : [])];
};

/**
 * The limits that a step starts, meets and ends. A report by only one officer starts none, because the transfer needs two
 * reports. After the approval only a transfer to 公安 has limits (310号令); no other body is bound by them.
 */
export const limitsOf = (before: Case, after: Case, step: CaseStep, toPolice = true): StepLimits => {
  if (step === 'REPORT_CRIME' && before.transferTrack === after.transferTrack) return NONE;
  const all = limitsOfStep<CaseTerms>({ steps: STEPS, tracks: TRACKS }, before, step);
  const limits = step === 'WAIVE_REPLY' ? { ...all, meets: metBy(after) } : all;
  const binds = ruleOf(step).track !== 'transfer' || step === 'REPORT_CRIME' || toPolice;
  return binds ? limits : { ...limits, starts: [] };
};

/** The signature of a transfer order sends the transfer: 310号令 §5, §7. Other signatures change no limit. */
export const SENDING: StepLimits = { starts: ['D-TRANSFER-RECEIPT-FWD'], meets: ['D-TRANSFER-SEND'], cancels: [] };
