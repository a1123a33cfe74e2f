// What the use cases need from outside, and nothing of how it is done. `Tx` is the open transaction; the edge opens it,
// and nothing remote is called inside it.
import type { Body } from '@hengji/contracts';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import type { NamedPerson } from '@hengji/province';
import type { Certificate } from '../domain/certificate';
import type { Series } from '../domain/series';

/** A certificate with its holder sealed: the row as it is stored. */
export interface SealedCertificate {
  readonly certificate: Certificate;
  readonly sealedHolder: string;
}

export interface CertificateStore<Tx> {
  /** Adds those whose number and result are not taken; returns the numbers added. By set. */
  add(tx: Tx, rows: readonly SealedCertificate[]): Promise<Set<string>>;
  /** Those that exist, with their sealed holders. */
  find(tx: Tx, numbers: readonly string[]): Promise<SealedCertificate[]>;
  /** Those of the results that have a certificate already. */
  findIssued(tx: Tx, resultIds: readonly string[]): Promise<Set<string>>;
}

export interface NumberCounters<Tx> {
  /** Last sequence drawn, 0 before the first. Locks the series until `tx` ends. */
  lock(tx: Tx, series: Series): Promise<number>;
  save(tx: Tx, series: Series, last: number): Promise<void>;
  /** Moves each series at least to the given sequence. By set. */
  raise(tx: Tx, reached: readonly (Series & { readonly sequence: number })[]): Promise<void>;
}

/** What of a record the scope of an order can name. */
export interface GuardedRecord {
  readonly planId: string;
  readonly sessionId: string;
  readonly occupation: string;
  readonly level: string;
  readonly person: string;
  readonly examDate: string;
  readonly certificateNumber?: string;
}

export interface Ports<Tx> {
  readonly certificates: CertificateStore<Tx>;
  readonly counters: NumberCounters<Tx>;
  /** Refuses `order.held` while an order's fence or hold covers one of the records; no fence can come before commit. */
  readonly checkGuard: (tx: Tx, institution: string, records: readonly GuardedRecord[], askedAt?: Date) => Promise<void>;
  readonly publish: (tx: Tx, institution: string, body: Body<CertificateEvent>) => Promise<void>;
  /** Seals ID number and name as one text, and takes it apart again. */
  readonly seal: (holder: NamedPerson) => string;
  readonly open: (sealed: string) => NamedPerson;
  readonly pseudonym: (idNumber: string) => string;
  /** See `Issuing`. */
  readonly publicityWorkingDays: number;
  readonly now: () => Date;
}
