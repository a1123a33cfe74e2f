// The lifecycle of a case as tables, rules §7.9: the main line and two independent tracks (penalty, transfer). An absent cell
// is a refusal. A step that leads to the same state adds an entry to the record and changes no state.
import type { Lifecycle } from '@hengji/domain-kit';
import type { CaseState, CaseStep, PenaltyTrack, TransferTrack } from './case';

/** A hearing can be requested until the decision. After the record of the hearing, the proposal must be made again. */
const HEARING_MAY_BE_ASKED = { REQUEST_HEARING: 'HEARING' } as const;

const RETURNS = { RETURN_REVIEW: 'HEARD', RETURN_PROPOSAL: 'HEARD' } as const;

/**
 * Correction of a decision (自行纠正) before its execution returns to the state before the proposal. After the execution its
 * order is lifted.
 */
const TAKEN_BACK = { CORRECT: 'HEARD' } as const;

/** The public notice is amended and withdrawn beside the main line, as long as its decision stands. */
const noticeIn = <S extends CaseState>(state: S) => ({ AMEND_NOTICE: state, WITHDRAW_NOTICE: state }) as const;

/** A verification is repeated where a verifier was recused; take-step.ts refuses it otherwise after the finding. */
export const CASE_LIFECYCLE = {
  LEAD: { TRIAGE: 'TRIAGED', DISMISS: 'DISMISSED' },
  TRIAGED: { VERIFY: 'VERIFYING', DISMISS: 'DISMISSED' },
  VERIFYING: { VERIFY: 'VERIFYING', FIND_FOUNDED: 'FOUNDED', FIND_UNFOUNDED: 'UNFOUNDED' },
  FOUNDED: { VERIFY: 'FOUNDED', ISSUE_NOTICE: 'FOUNDED', SERVE_NOTICE: 'NOTICE_SERVED' },
  // Measures beyond the notice need a new notice and a new reply period (行政处罚法 §44, §45).
  NOTICE_SERVED: {
    VERIFY: 'NOTICE_SERVED',
    ISSUE_NOTICE: 'NOTICE_SERVED',
    SERVE_NOTICE: 'NOTICE_SERVED',
    REPLY: 'HEARD',
    WAIVE_REPLY: 'HEARD',
    CLOSE_REPLY: 'HEARD',
    ...HEARING_MAY_BE_ASKED,
  },
  HEARING: { VERIFY: 'HEARING', NOTIFY_HEARING: 'HEARING', RECORD_HEARING: 'HEARD' },
  // A reply that clears the institution ends the case.
  HEARD: {
    PROPOSE: 'PROPOSED',
    VERIFY: 'HEARD',
    ISSUE_NOTICE: 'HEARD',
    SERVE_NOTICE: 'NOTICE_SERVED',
    FIND_UNFOUNDED: 'UNFOUNDED',
    DISMISS: 'DISMISSED',
    ...HEARING_MAY_BE_ASKED,
  },
  // The review of the department comes before the legal check (chain/review.ts); each stage may return the proposal.
  PROPOSED: {
    VERIFY: 'PROPOSED',
    REVIEW: 'PROPOSED',
    DISCUSS: 'PROPOSED',
    LEGAL_CHECK: 'LEGAL_CHECKED',
    ...RETURNS,
    ...HEARING_MAY_BE_ASKED,
  },
  LEGAL_CHECKED: {
    VERIFY: 'LEGAL_CHECKED',
    DISCUSS: 'LEGAL_CHECKED',
    DECIDE: 'DECIDED',
    RETURN_PROPOSAL: 'HEARD',
    RETURN_DECISION: 'HEARD',
    ...HEARING_MAY_BE_ASKED,
  },
  // A fine may still be discussed.
  DECIDED: { DISCUSS: 'DECIDED', SERVE_DECISION: 'SERVED', ...TAKEN_BACK },
  SERVED: { DISCUSS: 'SERVED', PUBLISH: 'PUBLISHED', ...TAKEN_BACK },
  PUBLISHED: { DISCUSS: 'PUBLISHED', EXECUTE: 'EXECUTING', ...TAKEN_BACK, ...noticeIn('PUBLISHED') },
  EXECUTING: {
    DISCUSS: 'EXECUTING',
    START_RECHECK: 'RECHECK',
    CORRECT: 'EXECUTING',
    APPLY_ENFORCEMENT: 'EXECUTING',
    ...noticeIn('EXECUTING'),
  },
  RECHECK: { DISCUSS: 'RECHECK', CLOSE: 'CLOSED', CORRECT: 'RECHECK', APPLY_ENFORCEMENT: 'RECHECK', ...noticeIn('RECHECK') },
  // The time to sue, and then to apply to the court, continues after the case is closed.
  CLOSED: { CORRECT: 'RECHECK', APPLY_ENFORCEMENT: 'CLOSED', ...noticeIn('CLOSED') },
  DISMISSED: {},
  UNFOUNDED: {},
} as const satisfies Lifecycle<CaseState, CaseStep>;

export const PENALTY_LIFECYCLE = {
  none: { OPEN_PENALTY: 'open' },
  open: { DECIDE_PENALTY: 'decided' },
  // Served once, then paid once (waiting.ts).
  decided: { SERVE_PENALTY: 'decided', RECORD_PAYMENT: 'decided' },
  cancelled: {},
} as const satisfies Lifecycle<PenaltyTrack, CaseStep>;

/** Whether the institution has asked for a recusal; read from the record. */
export const RECUSAL_LIFECYCLE = {
  none: { DECLARE_INTEREST: 'none', ASK_RECUSAL: 'asked', GRANT_RECUSAL: 'none' },
  asked: { DECLARE_INTEREST: 'asked', ASK_RECUSAL: 'asked', GRANT_RECUSAL: 'none', REFUSE_RECUSAL: 'none' },
} as const satisfies Lifecycle<'none' | 'asked', CaseStep>;

/** The transfer order was lifted: no answer is expected any more. */
const WITHDRAWN = { TRANSFER_WITHDRAWN: 'withdrawn' } as const;

/** 国务院令310号. `sent` is set by the signature of the transfer order; exchange reports the answers of 公安. */
export const TRANSFER_LIFECYCLE = {
  none: { REPORT_CRIME: 'reported' },
  reported: { APPROVE_TRANSFER: 'approved', REFUSE_TRANSFER: 'refused' },
  // The head may still refuse until the order is signed.
  approved: { EXECUTE: 'sent', REFUSE_TRANSFER: 'refused' },
  refused: { REPORT_CRIME: 'reported' },
  sent: { TRANSFER_RECEIVED: 'received', ...WITHDRAWN },
  received: { TRANSFER_ACCEPTED: 'accepted', TRANSFER_REFUSED: 'rejected', ...WITHDRAWN },
  accepted: { HAND_OVER_EXHIBITS: 'handed_over', ...WITHDRAWN },
  rejected: { ASK_RECONSIDERATION: 'reconsidering', ASK_PROCURATORATE: 'procuratorate', ...WITHDRAWN },
  reconsidering: { TRANSFER_ACCEPTED: 'accepted', TRANSFER_REFUSED: 'rejected', ASK_PROCURATORATE: 'procuratorate', ...WITHDRAWN },
  // The case records decisions of the police in this state; only a filed case changes the state.
  procuratorate: { TRANSFER_ACCEPTED: 'accepted', TRANSFER_REFUSED: 'procuratorate', ...WITHDRAWN },
  handed_over: {},
  withdrawn: { REPORT_CRIME: 'reported' },
} as const satisfies Lifecycle<TransferTrack, CaseStep>;

/** Ends of the main line. The only step out of CLOSED is a correction. */
export const ENDED = ['CLOSED', 'DISMISSED', 'UNFOUNDED'] as const satisfies readonly CaseState[];

/** The stages of the main line in sequence: a case in one stage has passed all earlier stages. */
const LINE = [
  'LEAD',
  'TRIAGED',
  'VERIFYING',
  'FOUNDED',
  'NOTICE_SERVED',
  'HEARING',
  'HEARD',
  'PROPOSED',
  'LEGAL_CHECKED',
  'DECIDED',
  'SERVED',
  'PUBLISHED',
  'EXECUTING',
  'RECHECK',
  'CLOSED',
] as const satisfies readonly CaseState[];

/** Whether a case in this state has reached the stage; an end outside the line has reached none. */
export const hasReached = (state: CaseState, stage: (typeof LINE)[number]): boolean =>
  LINE.findIndex((one) => one === state) >= LINE.indexOf(stage);
