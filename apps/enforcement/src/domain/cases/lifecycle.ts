// The life of a case as tables, rules §7.9: the main line and the two tracks beside it (penalty, transfer), which run on their
// own. An absent cell is a refusal. A step that leads to the same state adds to the record and moves nothing.
import type { Lifecycle } from '@hengji/domain-kit';
import type { CaseState, CaseStep, PenaltyTrack, TransferTrack } from './case';

/** A hearing can be asked for until the decision; what was proposed before it is proposed anew, by the record of the hearing. */
const HEARING_MAY_BE_ASKED = { REQUEST_HEARING: 'HEARING' } as const;

/** Taking a decision back (自行纠正) before its execution leads back to before the proposal; afterwards its order is lifted. */
const TAKEN_BACK = { CORRECT: 'HEARD' } as const;

export const CASE_LIFECYCLE = {
  LEAD: { TRIAGE: 'TRIAGED', DISMISS: 'DISMISSED' },
  TRIAGED: { VERIFY: 'VERIFYING', DISMISS: 'DISMISSED' },
  VERIFYING: { VERIFY: 'VERIFYING', FIND_FOUNDED: 'FOUNDED', FIND_UNFOUNDED: 'UNFOUNDED' },
  FOUNDED: { SERVE_NOTICE: 'NOTICE_SERVED' },
  // Who means to go beyond what was notified notifies anew, and hears anew (行政处罚法 §44, §45).
  NOTICE_SERVED: { SERVE_NOTICE: 'NOTICE_SERVED', REPLY: 'HEARD', WAIVE_REPLY: 'HEARD', CLOSE_REPLY: 'HEARD', ...HEARING_MAY_BE_ASKED },
  HEARING: { NOTIFY_HEARING: 'HEARING', RECORD_HEARING: 'HEARD' },
  // Whoever was heard may have been right: a reply that clears the institution ends the case.
  HEARD: { PROPOSE: 'PROPOSED', SERVE_NOTICE: 'NOTICE_SERVED', FIND_UNFOUNDED: 'UNFOUNDED', DISMISS: 'DISMISSED', ...HEARING_MAY_BE_ASKED },
  PROPOSED: { LEGAL_CHECK: 'LEGAL_CHECKED', RETURN_PROPOSAL: 'HEARD', ...HEARING_MAY_BE_ASKED },
  LEGAL_CHECKED: { DECIDE: 'DECIDED', RETURN_PROPOSAL: 'HEARD', ...HEARING_MAY_BE_ASKED },
  DECIDED: { SERVE_DECISION: 'SERVED', ...TAKEN_BACK },
  SERVED: { PUBLISH: 'PUBLISHED', ...TAKEN_BACK },
  PUBLISHED: { EXECUTE: 'EXECUTING', ...TAKEN_BACK },
  EXECUTING: { START_RECHECK: 'RECHECK', CORRECT: 'EXECUTING', APPLY_ENFORCEMENT: 'EXECUTING' },
  RECHECK: { CLOSE: 'CLOSED', CORRECT: 'RECHECK', APPLY_ENFORCEMENT: 'RECHECK' },
  // The time to sue, and then to apply to the court, outlives the case.
  CLOSED: { CORRECT: 'RECHECK', APPLY_ENFORCEMENT: 'CLOSED' },
  DISMISSED: {},
  UNFOUNDED: {},
} as const satisfies Lifecycle<CaseState, CaseStep>;

export const PENALTY_LIFECYCLE = {
  none: { OPEN_PENALTY: 'open' },
  open: { DECIDE_PENALTY: 'decided' },
  decided: {},
  cancelled: {},
} as const satisfies Lifecycle<PenaltyTrack, CaseStep>;

/** The transfer order was lifted: nobody waits for an answer any more. */
const WITHDRAWN = { TRANSFER_WITHDRAWN: 'withdrawn' } as const;

/** 国务院令310号. `sent` is the signature of the transfer order; what 公安 answers comes from exchange. */
export const TRANSFER_LIFECYCLE = {
  none: { REPORT_CRIME: 'reported' },
  reported: { APPROVE_TRANSFER: 'approved', REFUSE_TRANSFER: 'refused' },
  // The head may think again until the order is signed.
  approved: { EXECUTE: 'sent', REFUSE_TRANSFER: 'refused' },
  refused: { REPORT_CRIME: 'reported' },
  sent: { TRANSFER_RECEIVED: 'received', ...WITHDRAWN },
  received: { TRANSFER_ACCEPTED: 'accepted', TRANSFER_REFUSED: 'rejected', ...WITHDRAWN },
  accepted: { HAND_OVER_EXHIBITS: 'handed_over', ...WITHDRAWN },
  rejected: { ASK_RECONSIDERATION: 'reconsidering', ASK_PROCURATORATE: 'procuratorate', ...WITHDRAWN },
  reconsidering: { TRANSFER_ACCEPTED: 'accepted', TRANSFER_REFUSED: 'rejected', ASK_PROCURATORATE: 'procuratorate', ...WITHDRAWN },
  // What the police decide meanwhile is taken down; only a filed case moves on from here.
  procuratorate: { TRANSFER_ACCEPTED: 'accepted', TRANSFER_REFUSED: 'procuratorate', ...WITHDRAWN },
  handed_over: {},
  withdrawn: { REPORT_CRIME: 'reported' },
} as const satisfies Lifecycle<TransferTrack, CaseStep>;

/** Ends of the main line. A closed case can only be corrected. */
export const ENDED = ['CLOSED', 'DISMISSED', 'UNFOUNDED'] as const satisfies readonly CaseState[];

/** The stages of the main line in their order: a case that reached one has passed all before it. */
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

/** Whether a case in this state has come so far; the ends off the line have come nowhere. */
export const hasReached = (state: CaseState, stage: (typeof LINE)[number]): boolean =>
  LINE.findIndex((one) => one === state) >= LINE.indexOf(stage);
