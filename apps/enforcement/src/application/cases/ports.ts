// The ports of the case's use cases. A step is one transaction: the record, the documents, the limits that the step starts and
// meets, and its event commit together or not at all.
import type { Documents } from '@hengji/procedure';
import type { AttachmentOfFile } from '@hengji/procedure/tables';
import type { Case, CaseOfficer, OrderOfCase } from '../../domain/cases/case';
import type { CaseTerms } from '../../domain/cases/terms';
import type { PackageRefs } from '../../domain/cases/tracks/transfer-track';
import type { Listed, ListedPage } from '../ports';

/** The documents that the steps of a case make and serve. */
export type CaseDocuments<Tx> = Documents<Tx, CaseTerms>;

/** The work that must be done before a case may be closed: rectifications re-checked, follow-ups of a removal done. */
export interface Aftermath<Tx> {
  /** The open work, each item a Chinese sentence for the officer; empty when nothing is open. */
  open(tx: Tx, caseId: string): Promise<readonly string[]>;
}

export interface Cases<Tx> {
  /** Writes a new case and publishes its opening. */
  insert(tx: Tx, opened: Case): Promise<void>;
  /** Takes the institution's lock, then locks the case: no other writer changes the case until `tx` ends. Refuses `case.unknown`. */
  lock(tx: Tx, id: string): Promise<{ readonly theCase: Case; readonly orders: readonly OrderOfCase[] }>;
  /** Writes the changed fields and the new entries. */
  save(tx: Tx, before: Case, next: Case): Promise<void>;
  /** Publishes CaseAdvanced for each new entry. */
  publish(tx: Tx, before: Pick<Case, 'entries'>, next: Case): Promise<void>;
  /** Locks, decides, saves and publishes. A decision that returns the same case writes nothing. Refuses `case.unknown`. */
  update(tx: Tx, id: string, decide: (theCase: Case, orders: readonly OrderOfCase[]) => Case | Promise<Case>): Promise<Case>;
  /** People who are recused in a case of the institution. */
  recusedAt(tx: Tx, institution: string): Promise<readonly string[]>;
  /** Refuses `case.unknown`. */
  get(id: string): Promise<Case>;
  /** The orders of the case, oldest first. */
  ordersOf(id: string): Promise<readonly OrderOfCase[]>;
  /** A page, newest first unless the query sorts it, without entries. Refuses as `readList` of libs/host. */
  list(asked: Listed): Promise<{ readonly cases: Case[] } & ListedPage>;
}

/**
 * Refuses `attachment.unknown` unless each attachment is of the case and, if an institution is given, was submitted by that
 * institution.
 */
export type CheckAttachments<Tx> = (tx: Tx, caseId: string, ids: readonly string[], institution?: string) => Promise<void>;

/** The attachments of the case, for steps that ask for their kind. */
export type AttachmentsOf<Tx> = (tx: Tx, caseId: string) => Promise<readonly AttachmentOfFile[]>;

interface Ordered {
  readonly reason: string;
  readonly documentNo: string;
  readonly now: Date;
}

/** What follows a case that another authority or other officers get, all in `tx`. */
export interface HandingOver<Tx> {
  /** The officers who can be named. */
  officers(tx: Tx, authority: string): Promise<readonly CaseOfficer[]>;
  /** Orders and limits follow the case; the authority that loses it is told. */
  toAuthority(tx: Tx, before: Case, after: Case, ordered: Ordered): Promise<void>;
  /** The tasks of officers who are no longer named go to the main officer. */
  toOfficers(tx: Tx, before: Case, after: Case, by: string): Promise<void>;
}

/** The package of a transfer order. */
export interface Packages<Tx> {
  /** Refuses as `close`, writing nothing, so that an approved transfer can be sent. */
  check(tx: Tx, asked: PackageRefs & { readonly caseId: string }): Promise<void>;
  /**
   * Closes the package with the current hashes of its parts; the package never changes afterwards. Refuses
   * `transfer.package_incomplete` and `transfer.package_too_large`.
   */
  close(tx: Tx, asked: PackageRefs & { readonly orderId: string; readonly caseId: string }): Promise<void>;
}
