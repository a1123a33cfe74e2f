// What a remedy (救济) is: one reconsideration (行政复议), suit (行政诉讼) or appeal (上诉) against one decision of a case. Each step
// has the day on which it happened, because the papers of another body often reach the file later. Rules §7.5, §7.9.
import type { Day } from '@hengji/domain-kit';
import type { Asked, Entry, Terms } from '@hengji/procedure/tables';
import type { Measure } from '../cascade';
import type { Actor } from '../competence';
import type { OrderState } from '../order';
import type { Scope } from '../scope';

export const REMEDY_KINDS = ['RECONSIDERATION', 'SUIT', 'APPEAL'] as const;
export type RemedyKind = (typeof REMEDY_KINDS)[number];

export const REMEDY_STATES = ['RECEIVED', 'ANSWERED', 'ENDED'] as const;
export type RemedyState = (typeof REMEDY_STATES)[number];

export const REMEDY_STEPS = ['RECEIVE', 'ANSWER', 'HEAR', 'STAY', 'END_STAY', 'RESULT', 'LIFTED', 'SETTLE'] as const;
export type RemedyStep = (typeof REMEDY_STEPS)[number];

/** What becomes of the decision of the case in the end. */
export const REMEDY_RESULTS = [
  'UPHELD',
  'REJECTED',
  'REVOKED',
  'PARTLY_REVOKED',
  'CHANGED',
  'DECLARED_UNLAWFUL',
  'REDO',
  'WITHDRAWN',
] as const;
export type RemedyResult = (typeof REMEDY_RESULTS)[number];

/** Who decided that the execution stops: the body of the remedy, or the authority itself. */
export const STAYED_BY = ['BODY', 'AUTHORITY'] as const;
export type StayedBy = (typeof STAYED_BY)[number];

export interface RemedyEntry extends Entry<RemedyStep> {
  /** When it happened; `at` is when it was entered. */
  readonly day: Day;
  /** 文号 of the body's document; empty where the step has none. */
  readonly documentNo: string;
}

export interface ResultOfRemedy {
  readonly word: RemedyResult;
  readonly on: Day;
  readonly documentNo: string;
  /** When the applicant received it: the time for the next instance begins then. */
  readonly servedOn: Day;
  readonly text: string;
  /** What a result about a part revokes; empty and null: everything. */
  readonly measures: readonly Measure[];
  readonly scope: Scope | null;
}

export interface Remedy {
  readonly id: string;
  readonly institution: string;
  readonly authority: string;
  readonly caseId: string;
  /** Empty: against the decision on the fine (行政处罚决定), which has no order. */
  readonly orderId: string;
  /** 文号 of the decision. */
  readonly against: string;
  readonly kind: RemedyKind;
  /** The remedy before it; empty without. */
  readonly follows: string;
  /** The remedy that follows it; empty without. */
  readonly followedBy: string;
  readonly applicant: string;
  readonly body: string;
  readonly bodyNo: string;
  readonly receivedOn: Day;
  readonly openedAt: Date;
  readonly state: RemedyState;
  readonly stayed: boolean;
  /** Whether this stay suspended the order: an order that was suspended before is not resumed with it. */
  readonly stayApplied: boolean;
  readonly result: ResultOfRemedy | null;
  /** What the result takes back was lifted, or settled in another way. */
  readonly settled: boolean;
  /** Oldest first. */
  readonly entries: readonly RemedyEntry[];
}

export interface RemedyAsked extends Asked {
  readonly actor: Actor;
  readonly step: RemedyStep;
  readonly day: string;
  readonly documentNo: string;
  readonly stayedBy: StayedBy | null;
  readonly result: RemedyResult | null;
  /** Empty: on the day of the result. */
  readonly servedOn: string;
  readonly measures: readonly Measure[];
  readonly scope: Scope | null;
}

/** The order that a remedy is about. */
export interface OrderOfRemedy {
  readonly state: OrderState;
  readonly measures: readonly Measure[];
  readonly scope: Scope;
}

interface Around {
  readonly now: Date;
  /** Null for the decision on a fine. */
  readonly order: OrderOfRemedy | null;
}

export interface RemedyTerms extends Terms {
  readonly file: Remedy;
  readonly step: RemedyStep;
  readonly by: 'officer';
  readonly part: 'none';
  readonly track: 'main' | 'stay' | 'lifting';
  readonly document: never;
  readonly facts: object;
  readonly actor: Actor;
  readonly asked: RemedyAsked;
  readonly around: Around;
}

export const KIND_TITLES = { RECONSIDERATION: '行政复议', SUIT: '行政诉讼', APPEAL: '行政诉讼上诉' } as const satisfies Record<
  RemedyKind,
  string
>;
