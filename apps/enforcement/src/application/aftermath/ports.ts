// Stores of the work that a completed order leaves: rectifications and follow-ups; and how this work reads orders and cases.
import type { FollowUp } from '../../domain/aftermath/follow-up';
import type { Rectification } from '../../domain/aftermath/rectification';
import type { Measure } from '../../domain/cascade';
import type { LiftGround, Order } from '../../domain/order';
import type { Case } from '../../domain/cases/case';

export interface Rectifications<Tx> {
  insert(tx: Tx, opened: Rectification): Promise<void>;
  /** Takes the institution's lock first. Refuses `rectification.unknown`. */
  lock(tx: Tx, orderId: string): Promise<Rectification>;
  /** Null when the order demands none. */
  find(tx: Tx, orderId: string): Promise<Rectification | null>;
  /** Writes the state and the new evidence and checks. */
  save(tx: Tx, before: Rectification, next: Rectification): Promise<void>;
  ofCase(tx: Tx, caseId: string): Promise<Rectification[]>;
}

export interface FollowUps<Tx> {
  insert(tx: Tx, opened: readonly FollowUp[]): Promise<void>;
  /** Takes the institution's lock first. Refuses `follow_up.unknown`. */
  lock(tx: Tx, orderId: string, kind: string): Promise<FollowUp>;
  save(tx: Tx, one: FollowUp): Promise<void>;
  /** Cancels the open follow-ups of the order. */
  cancel(tx: Tx, orderId: string): Promise<void>;
  ofCase(tx: Tx, caseId: string): Promise<FollowUp[]>;
}

/** The order as stored in this transaction. Refuses `order.unknown`. */
export type FindOrder<Tx> = (tx: Tx, orderId: string) => Promise<Order>;

/** The case with its record, as stored in this transaction. Refuses `case.unknown`. */
export type FindCase<Tx> = (tx: Tx, caseId: string) => Promise<Case>;

/** Updates the tasks (待办) of the order after a change of related data in this transaction. Refuses `order.unknown`. */
export type LookAtOrder<Tx> = (tx: Tx, orderId: string) => Promise<void>;

/** The measures that a lifting takes back, and its ground. */
export interface LiftingAtGate {
  readonly ground: LiftGround;
  readonly measures: readonly Measure[];
}

/** Refuses `order.rectification_open`. */
export type CheckLifting<Tx> = (tx: Tx, order: Order, lifting: LiftingAtGate) => Promise<void>;
