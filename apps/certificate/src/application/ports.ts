// The interfaces that the use cases need; the adapters implement them. `Tx` is the open transaction. The adapter that calls the use case
// opens it, and no remote call is made inside it.
import type { Body } from '@hengji/contracts';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import type { NamedPerson } from '@hengji/province';
import type { Certificate } from '../domain/certificate';
import type { Series } from '../domain/series';

/** A certificate with its holder sealed: the stored row. */
export interface SealedCertificate {
  readonly certificate: Certificate;
  readonly sealedHolder: string;
}

export interface CertificateStore<Tx> {
  /** Adds the certificates whose number and result are new; returns the added numbers. One statement for the set. */
  add(tx: Tx, rows: readonly SealedCertificate[]): Promise<Set<string>>;
  /** The existing certificates, with their sealed holders. */
  find(tx: Tx, numbers: readonly string[]): Promise<SealedCertificate[]>;
  /** The results that already have a certificate. */
  findIssued(tx: Tx, resultIds: readonly string[]): Promise<Set<string>>;
}

export interface NumberCounters<Tx> {
  /** Last sequence drawn, 0 before the first. Locks the series until `tx` ends. */
  lock(tx: Tx, series: Series): Promise<number>;
  save(tx: Tx, series: Series, last: number): Promise<void>;
  /** Raises each series at least to the given sequence. One statement for the set. */
  raise(tx: Tx, reached: readonly (Series & { readonly sequence: number })[]): Promise<void>;
}

/** The attributes of a record that the scope of an order can name. */
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
  /** Refuses `order.held` while an order's fence or hold covers one of the records; no fence can be placed before the commit. */
  readonly checkGuard: (tx: Tx, institution: string, records: readonly GuardedRecord[], askedAt?: Date) => Promise<void>;
  readonly publish: (tx: Tx, institution: string, body: Body<CertificateEvent>) => Promise<void>;
  /** Seals ID number and name as one text, and opens it again. */
  readonly seal: (holder: NamedPerson) => string;
  readonly open: (sealed: string) => NamedPerson;
  readonly pseudonym: (idNumber: string) => string;
  /** See `Issuing`. */
  readonly publicityWorkingDays: number;
  readonly now: () => Date;
}
