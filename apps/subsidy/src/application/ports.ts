// What the use cases need from outside, and nothing of how it is done. `Tx` is the open transaction; the edge opens it,
// and nothing remote is called inside it.
import type { Body } from '@hengji/contracts';
import type { SubsidyEvent } from '@hengji/contracts/subsidy/v1/subsidy_events';
import type { Payment } from '../domain/payment';

export interface PaymentStore<Tx> {
  /** Adds those whose id, and whose certificate with this fund, are not taken; returns the ids added. By set. */
  add(tx: Tx, payments: readonly Payment[]): Promise<Set<string>>;
  /** Positions of the payments that are not stored exactly so, in order. */
  differing(tx: Tx, payments: readonly Payment[]): Promise<number[]>;
}

/** What of a payment the scope of an order can name. */
export interface GuardedRecord {
  readonly planId: string;
  readonly sessionId: string;
  readonly occupation: string;
  readonly level: string;
  readonly person: string;
  readonly certificateNumber: string;
  readonly examDate: string;
}

export interface Ports<Tx> {
  readonly payments: PaymentStore<Tx>;
  /** Refuses `order.held` while an order's fence or hold covers one of the records; no fence can come before commit. */
  readonly checkGuard: (tx: Tx, institution: string, records: readonly GuardedRecord[], askedAt?: Date) => Promise<void>;
  readonly publish: (tx: Tx, institution: string, body: Body<SubsidyEvent>) => Promise<void>;
  readonly now: () => Date;
}
