// What the case's use cases need of the world. A step is one transaction: the record, the documents that it issues, the limits
// that it starts and meets, and the event about it commit together or not at all.
import type { Documents } from '@hengji/procedure';
import type { Case, OrderOfCase } from '../../domain/cases/case';
import type { CaseTerms } from '../../domain/cases/terms';
import type { PackageRefs } from '../../domain/cases/tracks/transfer-track';
import type { Listed, ListedPage } from '../ports';

/** What the steps of a case make and serve. */
export type CaseDocuments<Tx> = Documents<Tx, CaseTerms>;

/** What must be over before a case may be closed: rectifications re-checked, follow-ups of a removal done. */
export interface Aftermath<Tx> {
  /** What is still open, each as a Chinese sentence for the officer; empty when nothing is. */
  open(tx: Tx, caseId: string): Promise<readonly string[]>;
}

export interface Cases<Tx> {
  /** Writes a new case and publishes its opening. */
  insert(tx: Tx, opened: Case): Promise<void>;
  /** Takes the institution's turn, then the case: nobody else moves it until `tx` ends. Refuses `case.unknown`. */
  lock(tx: Tx, id: string): Promise<{ readonly theCase: Case; readonly orders: readonly OrderOfCase[] }>;
  /** Writes what moved and the entries that are new. */
  save(tx: Tx, before: Case, next: Case): Promise<void>;
  /** Publishes CaseAdvanced for each entry that is new. */
  publish(tx: Tx, before: Pick<Case, 'entries'>, next: Case): Promise<void>;
  /** Locks, decides, saves and publishes. A decision that returns the same case writes nothing. Refuses `case.unknown`. */
  update(tx: Tx, id: string, decide: (theCase: Case, orders: readonly OrderOfCase[]) => Case | Promise<Case>): Promise<Case>;
  /** Refuses `case.unknown`. */
  get(id: string): Promise<Case>;
  /** The orders of the case, oldest first. */
  ordersOf(id: string): Promise<readonly OrderOfCase[]>;
  /** A page, newest first unless the query sorts it, without entries. Refuses as `readList` of libs/host. */
  list(asked: Listed): Promise<{ readonly cases: Case[] } & ListedPage>;
}

/** Refuses `attachment.unknown` unless each is of the case, and of this institution's own where one is named. */
export type CheckAttachments<Tx> = (tx: Tx, caseId: string, ids: readonly string[], institution?: string) => Promise<void>;

/** What a transfer order hands over. */
export interface Packages<Tx> {
  /** Refuses as `close`, writing nothing: what is approved can be sent. */
  check(tx: Tx, asked: PackageRefs & { readonly caseId: string }): Promise<void>;
  /**
   * Closes the package with the hashes that its parts have now: it never changes afterwards. Refuses
   * `transfer.package_incomplete` and `transfer.package_too_large`.
   */
  close(tx: Tx, asked: PackageRefs & { readonly orderId: string; readonly caseId: string }): Promise<void>;
}
