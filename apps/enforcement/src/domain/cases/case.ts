// What a case (案件) is: the file in which one suspicion leads to a decision or to another end. Its record is append-only. Who
// verified, checked and decided is read from the record and not stored a second time, because two copies could differ. The
// transitions are in lifecycle.ts and steps.ts; the conditions of a signature are in gates.ts.
import type { Entry } from '@hengji/procedure/tables';
import type { Measure } from '../cascade';
import type { OrderState, Violation } from '../order';
import type { Particulars } from './particulars/particulars';
import type { ActEnd } from './tracks/act-end';

/** Rules §7.9, in the order of the main line; the last two are other ends. */
export const CASE_STATES = [
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
  'DISMISSED',
  'UNFOUNDED',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const CASE_STEPS = [
  'OPEN',
  'TRIAGE',
  'DISMISS',
  'VERIFY',
  'FIND_FOUNDED',
  'FIND_UNFOUNDED',
  'SERVE_NOTICE',
  'REPLY',
  'WAIVE_REPLY',
  'REQUEST_HEARING',
  'RECORD_HEARING',
  'CLOSE_REPLY',
  'PROPOSE',
  'LEGAL_CHECK',
  'RETURN_PROPOSAL',
  'DECIDE',
  'SERVE_DECISION',
  'PUBLISH',
  'EXECUTE',
  'START_RECHECK',
  'CLOSE',
  'SUSPEND',
  'RESUME',
  'OPEN_PENALTY',
  'DECIDE_PENALTY',
  'REPORT_CRIME',
  'APPROVE_TRANSFER',
  'REFUSE_TRANSFER',
  'CORRECT',
  'TRANSFER_RECEIVED',
  'TRANSFER_ACCEPTED',
  'TRANSFER_REFUSED',
  'ASK_RECONSIDERATION',
  'ASK_PROCURATORATE',
  'HAND_OVER_EXHIBITS',
  'TRANSFER_WITHDRAWN',
  'NOTIFY_HEARING',
  'APPLY_ENFORCEMENT',
  'ISSUE_NOTICE',
  'DISCUSS',
  'DECLARE_INTEREST',
  'ASK_RECUSAL',
  'GRANT_RECUSAL',
  'REFUSE_RECUSAL',
  'AMEND_NOTICE',
  'WITHDRAW_NOTICE',
  'REGISTER_EVIDENCE',
  'SETTLE_EVIDENCE',
  'SERVE_PENALTY',
  'RECORD_PAYMENT',
  'TAKE_OVER',
  'ASK_TAKE_OVER',
  'DESIGNATE',
  'NAME_OFFICERS',
  'REVIEW',
  'RETURN_REVIEW',
  'RETURN_DECISION',
] as const;
export type CaseStep = (typeof CASE_STEPS)[number];

/** Sources of a lead (线索来源, N3.6d). */
export const LEAD_SOURCES = ['SCREENING', 'RANDOM_INSPECTION', 'COMPLAINT', 'MEDIA', 'AUDIT', 'ALERT_NOTICE', 'AGENCY'] as const;
export type LeadSource = (typeof LEAD_SOURCES)[number];

export const DOCUMENT_KINDS = [
  'NOTICE',
  'DECISION',
  'RECTIFICATION',
  'TRANSFER',
  'RECOVERY',
  'DEMAND',
  'SERVICE_RECEIPT',
  'LIFTING',
  'PUBLICITY',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const PENALTY_TRACK = ['none', 'open', 'decided', 'cancelled'] as const;
export type PenaltyTrack = (typeof PENALTY_TRACK)[number];

/** 国务院令310号, rules §7.6. */
export const TRANSFER_TRACK = [
  'none',
  'reported',
  'approved',
  'refused',
  'sent',
  'received',
  'accepted',
  'rejected',
  'reconsidering',
  'procuratorate',
  'handed_over',
  'withdrawn',
] as const;
export type TransferTrack = (typeof TRANSFER_TRACK)[number];

/** An officer of a case (承办人). */
export interface CaseOfficer {
  readonly id: string;
  readonly name: string;
}

/** One step that was taken; never changed. `by` is an officer, a person of the institution, or SYSTEM. */
export interface CaseEntry extends Entry<CaseStep> {
  /** The draft of the step, or the signed order; empty where the step has none. */
  readonly orderId: string;
  /** Nothing in entries of an older version. */
  readonly particulars: Particulars;
  /** The number of the document on which the step rests (提级、指定管辖); empty where the step has none. */
  readonly documentNo: string;
  /** The authority that the step gave the case to; empty where the step has none. */
  readonly counterpart: string;
  /** The officers that the step named, the main one first. */
  readonly officers: readonly CaseOfficer[];
}

/** The decision (处理决定) of the case: its document number, and the one draft that was decided. */
export interface CaseDecision {
  readonly number: string;
  readonly orderId: string;
}

/** The public notice (公示) of the decision that stands now. */
export interface StandingNotice {
  readonly number: string;
  /** The decision was changed since: the notice must be withdrawn or amended (行政处罚法 §48). */
  readonly outdated: boolean;
}

export interface Case {
  readonly id: string;
  /** e.g. 辽人社鉴案〔2026〕12号; in the series of the authority that handles the case. */
  readonly number: string;
  /** The number that the case was opened under, after another authority took it over; else empty. */
  readonly formerNumber: string;
  readonly institution: string;
  readonly institutionName: string;
  /** The authority that handles the case: that of the filing, or that which took it over (提级) or was designated (指定管辖). */
  readonly authority: string;
  /** The authority with which the institution is filed. */
  readonly filedWith: string;
  /** 承办人, the main one (主办) first; empty before they are named. */
  readonly officers: readonly CaseOfficer[];
  /** Departments that decide together (会同). */
  readonly jointlyWith: readonly string[];
  readonly state: CaseState;
  readonly suspended: boolean;
  readonly penaltyTrack: PenaltyTrack;
  readonly transferTrack: TransferTrack;
  readonly source: LeadSource;
  readonly grounds: readonly Violation[];
  readonly summary: string;
  readonly openedBy: string;
  readonly openedAt: Date;
  /** When the notice counts as served; a public notice (公告) counts as served thirty days after it. */
  readonly noticeServedAt: Date | null;
  /** Set by DECIDE, removed by CORRECT before the execution. */
  readonly decision: CaseDecision | null;
  /** When the decision counts as served, by the same rule as the notice. */
  readonly decisionServedAt: Date | null;
  /** Null before the publication and after a withdrawal. */
  readonly publicNotice: StandingNotice | null;
  /** Set by OPEN_PENALTY. */
  readonly actEnd: ActEnd | null;
  /** Oldest first. */
  readonly entries: readonly CaseEntry[];
}

/**
 * The kinds of orders: `final` rests on the decision of the case; `interim` is M1 before the decision, because it cannot wait;
 * `transfer` is M8/M9 on the approval of the transfer (310号令).
 */
export const ORDER_KINDS = ['final', 'interim', 'transfer'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** The fields of an order that its case reads. */
export interface OrderOfCase {
  readonly id: string;
  readonly kind: OrderKind;
  readonly state: OrderState;
  /** For an interim stop: why it cannot wait, and when it ends. */
  readonly urgency: string;
  readonly endCondition: string;
  readonly measures: readonly Measure[];
  /** The name of the draft; may be empty. */
  readonly title: string;
  readonly draftedBy: string;
  readonly editedBy: readonly string[];
  /** The draft that this draft replaced after an edit; empty if there is none. */
  readonly replacesDraft: string;
  /** YYYY-MM-DD, or empty without M6. */
  readonly rectifyBy: string;
}
