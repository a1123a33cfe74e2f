// The types of the procedure "case" (案件) for libs/procedure: its steps, parts, tracks, who takes a step, and the input of a
// decision on a step. The tables with these types are steps.ts, lifecycle.ts, people.ts and take-step.ts.
import type { Amount, Asked, AttachmentOfFile, Terms } from '@hengji/procedure/tables';
import type { Actor } from '../competence';
import type { LimitCalendar } from '../deadlines/deadline';
import type { Lifting, Order } from '../order';
import type { NoticeAsked, NoticeContent } from '../publicity/notice';
import type { Case, CaseOfficer, CaseStep, DocumentKind, OrderOfCase } from './case';
import type { Particular, Particulars, Reached } from './particulars/particulars';
import type { ActEnd } from './tracks/act-end';

/** The parts that different people hold in one case (rules §7.9): who verified, who reviewed for the department, who checked, who decided. */
export type Part = 'verifier' | 'reviewer' | 'legalChecker' | 'decider';

export interface StepAsked extends Asked {
  readonly actor: Actor;
  readonly step: CaseStep;
  /** The draft of the step (drafts.ts); empty if there is only one draft, or none. */
  readonly orderId: string;
  /** The number of the document on which the step rests (chain/jurisdiction.ts). */
  readonly documentNo: string;
  /** The authority that gets the case. */
  readonly counterpart: string;
  /** The officers that the step names (chain/officers.ts), the main one first. */
  readonly officerIds: readonly string[];
  /** With a step that publishes: what the officer decided about the notice, and its list as read before the step. */
  readonly notice?: NoticeAsked;
  readonly particulars: Particulars;
  /** With ISSUE_NOTICE and DECIDE: what their draft reaches, as read before the step. */
  readonly counted?: Counted;
  /** With OPEN_PENALTY; null for the others. */
  readonly actEnd: ActEnd | null;
}

/** A certificate and its holder, whole: for the copy of the institution. */
export interface ListedHolder {
  readonly certificateNumber: string;
  readonly name: string;
}

/** What a draft reaches, as the services answered. */
export interface Counted {
  readonly orderId: string;
  /** The version of the draft that was counted. */
  readonly revision: number;
  readonly reach: readonly Reached[];
  readonly holders: readonly ListedHolder[];
}

/** The data of a case beside its record: its orders, and the work that their execution left (整改、善后). */
export interface Surroundings {
  readonly orders: readonly OrderOfCase[];
  readonly leftToDo: readonly string[];
  /** The limits of the case, for the step that reads one. */
  readonly limits: readonly { readonly code: string; readonly state: string }[];
  readonly attachments: readonly AttachmentOfFile[];
  /** People who are recused in a case of the institution (particulars/recusal.ts). */
  readonly recused: readonly string[];
  readonly now: Date;
  /** The officers of the case's authority, for the step that names some. */
  readonly known?: readonly CaseOfficer[];
  /** The calendar that counts the days. */
  readonly calendar: LimitCalendar;
}

/** The data in the documents of a case beside its record. */
export interface CaseFacts {
  readonly order: Order | null;
  /** With a notice or a decision that a step makes; null for the others. */
  readonly counted: Pick<Counted, 'reach' | 'holders'> | null;
  /** The lifting of a 解除决定书. */
  readonly lifting: Lifting | null;
  /** The public notice of a 处理决定公示. */
  readonly notice: NoticeContent | null;
  /** For a 催告书: a reconsideration or a suit against the order has its result, and the order is still in force. */
  readonly isUpheld: boolean;
  /** The amounts of the limits that documents name, as in force on the day of the document. */
  readonly limits: Readonly<Record<NamedLimit, Amount>>;
}

/** The limits whose amounts documents name. */
export const NAMED_LIMITS = ['D-CASE-REPLY', 'D-PEN-HEARING-ASK', 'D-ENFORCE-DEMAND', 'D-RECON', 'D-LITIG'] as const;
export type NamedLimit = (typeof NAMED_LIMITS)[number];

export interface CaseTerms extends Terms {
  readonly file: Case;
  readonly step: CaseStep;
  /** `territory`: of the authority or above it, for a lead; `province`: the authority above. */
  readonly by: 'officer' | 'institution' | 'territory' | 'province';
  readonly part: Part;
  readonly track: 'main' | 'penalty' | 'transfer' | 'suspension' | 'recusal' | 'evidence' | 'handling';
  readonly document: DocumentKind;
  readonly particular: Particular;
  readonly facts: CaseFacts;
  readonly actor: Actor;
  readonly asked: StepAsked;
  readonly around: Surroundings;
}
