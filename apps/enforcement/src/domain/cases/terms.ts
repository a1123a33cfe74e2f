// The words of the procedure "case" (案件) for libs/procedure: its steps, parts, tracks, who takes a step, and what a decision on
// one looks at. The tables that are written in these words are steps.ts, lifecycle.ts, people.ts and take-step.ts.
import type { Asked, Terms } from '@hengji/procedure/tables';
import type { Actor } from '../competence';
import type { LimitCalendar } from '../deadlines/deadline';
import type { Lifting, Order } from '../order';
import type { Case, CaseStep, DocumentKind, OrderOfCase } from './case';

/** Three parts that are held by different people in one case (rules §7.9). */
export type Part = 'verifier' | 'legalChecker' | 'decider';

export interface StepAsked extends Asked {
  readonly actor: Actor;
  readonly step: CaseStep;
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
  /** By which days are counted. */
  readonly calendar: LimitCalendar;
}

/** What the documents of a case say beside its record. */
export interface CaseFacts {
  readonly order: Order | null;
  /** The lifting that a 解除决定书 is about. */
  readonly lifting: Lifting | null;
}

export interface CaseTerms extends Terms {
  readonly file: Case;
  readonly step: CaseStep;
  readonly by: 'officer' | 'institution';
  readonly part: Part;
  readonly track: 'main' | 'penalty' | 'transfer' | 'suspension';
  readonly document: DocumentKind;
  readonly facts: CaseFacts;
  readonly actor: Actor;
  readonly asked: StepAsked;
  readonly around: Surroundings;
}
