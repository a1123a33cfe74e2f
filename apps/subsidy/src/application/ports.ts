// The interfaces that the use cases need; the adapters implement them. `Tx` is the open transaction. The adapter that calls the use case
// opens it, and no remote call is made inside it.
import type { Body } from '@hengji/contracts';
import type { SubsidyEvent } from '@hengji/contracts/subsidy/v1/subsidy_events';
import type { Payment } from '../domain/payment';

export interface PaymentStore<Tx> {
  /** Adds the payments whose id, and whose certificate with this fund, are new; returns the added ids. One statement for the set. */
  add(tx: Tx, payments: readonly Payment[]): Promise<Set<string>>;
  /** Positions of the payments that differ from their stored rows, in order. */
  differing(tx: Tx, payments: readonly Payment[]): Promise<number[]>;
}

/** The attributes of a payment that the scope of an order can name. */
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
  /** Refuses `order.held` while an order's fence or hold covers one of the records; no fence can be placed before the commit. */
  readonly checkGuard: (tx: Tx, institution: string, records: readonly GuardedRecord[], askedAt?: Date) => Promise<void>;
  readonly publish: (tx: Tx, institution: string, body: Body<SubsidyEvent>) => Promise<void>;
  readonly now: () => Date;
}
