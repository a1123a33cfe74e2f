// The ports of the public notices (公示) of decisions.
import type { ListedHolder } from '../../domain/cases/terms';
import type { NoticeEntry, PublicNotice } from '../../domain/publicity/notice';
import type { Scope } from '../../domain/scope';

/** The certificates that a decision voids, with their masked holders, from certificate. */
export interface Holders {
  /** Holders with whole names, for the institution's own copy. Refuses `service.unavailable`. */
  whole(scope: Scope): Promise<readonly ListedHolder[]>;
  /** In the order of their numbers. Refuses `publicity.list_too_long`, `service.unavailable`. */
  list(scope: Scope, without: readonly Scope[]): Promise<readonly NoticeEntry[]>;
}

export interface Withdrawal {
  readonly at: Date;
  /** Public. */
  readonly reason: string;
  /** Number of the notice that replaces it; empty if none does. */
  readonly replacedBy: string;
}

export interface Notices<Tx> {
  /** Writes the notice and its list, still without its document. */
  insert(tx: Tx, notice: PublicNotice, entries: readonly NoticeEntry[]): Promise<void>;
  /** The notice of the case that waits for its document, with its list. */
  getWaiting(tx: Tx, caseId: string): Promise<{ readonly notice: PublicNotice; readonly entries: readonly NoticeEntry[] }>;
  /** Adds number and document, and publishes the notice with its list to all services. */
  publish(tx: Tx, notice: PublicNotice, document: { readonly id: string; readonly number: string }): Promise<void>;
  /** Withdraws the notice of this number and publishes that; a notice that is withdrawn already stays as it is. */
  withdraw(tx: Tx, caseId: string, number: string, withdrawal: Withdrawal): Promise<void>;
  /** Oldest first. */
  ofCase(tx: Tx, caseId: string): Promise<readonly PublicNotice[]>;
}

/** The receivers of the case's documents, and the witnesses of their service. */
export type ReceiversOf<Tx> = (tx: Tx, caseId: string) => Promise<readonly string[]>;
