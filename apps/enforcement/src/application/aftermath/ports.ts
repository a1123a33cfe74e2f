// What an order leaves behind once it is carried out: rectifications, follow-ups; and how orders and cases are read.
import type { FollowUp } from '../../domain/aftermath/follow-up';
import type { Rectification } from '../../domain/aftermath/rectification';
import type { Measure } from '../../domain/cascade';
import type { LiftGround, Order } from '../../domain/order';
import type { Case } from '../../domain/cases/case';

export interface Rectifications<Tx> {
  insert(tx: Tx, opened: Rectification): Promise<void>;
  /** Takes the institution's turn first. Refuses `rectification.unknown`. */
  lock(tx: Tx, orderId: string): Promise<Rectification>;
  /** Null when the order demands none. */
  find(tx: Tx, orderId: string): Promise<Rectification | null>;
  /** Writes the state and what was added to evidence and checks. */
  save(tx: Tx, before: Rectification, next: Rectification): Promise<void>;
  ofCase(tx: Tx, caseId: string): Promise<Rectification[]>;
}

export interface FollowUps<Tx> {
  insert(tx: Tx, opened: readonly FollowUp[]): Promise<void>;
  /** Takes the institution's turn first. Refuses `follow_up.unknown`. */
  lock(tx: Tx, orderId: string, kind: string): Promise<FollowUp>;
  save(tx: Tx, one: FollowUp): Promise<void>;
  /** Those of the order that are open. */
  cancel(tx: Tx, orderId: string): Promise<void>;
  ofCase(tx: Tx, caseId: string): Promise<FollowUp[]>;
}

/** The order as it is in this transaction. Refuses `order.unknown`. */
export type FindOrder<Tx> = (tx: Tx, orderId: string) => Promise<Order>;

/** The case with its record, as it is in this transaction. Refuses `case.unknown`. */
export type FindCase<Tx> = (tx: Tx, caseId: string) => Promise<Case>;

/** Keeps the tasks (待办) of the order, beside which something has moved in this transaction. Refuses `order.unknown`. */
export type LookAtOrder<Tx> = (tx: Tx, orderId: string) => Promise<void>;

/** What a lifting takes back, and on what ground. */
export interface LiftingAtGate {
  readonly ground: LiftGround;
  readonly measures: readonly Measure[];
}

/** Refuses `order.rectification_open`. */
export type CheckLifting<Tx> = (tx: Tx, order: Order, lifting: LiftingAtGate) => Promise<void>;
