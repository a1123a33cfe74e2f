// The ports of the proof: checks of the services' signatures, enforcement's own signatures, permanent certificates.
import type { Service } from '../../domain/cascade';
import type { Fence } from '../../domain/fence';
import type { Report, Row } from '../../domain/ledger';
import type { Order } from '../../domain/order';
import type { Attestation } from '../../domain/proof';
import type { Altered } from '../../domain/residual/altered';

export interface Receipts<Tx> {
  /**
   * Accepts any report that is not a receipt. Refuses `receipt.*` for a receipt that the row's own service has not signed for
   * exactly this row.
   */
  check(order: Order, report: Report, now: Date): void;
  /**
   * The same check of a done row as stored: its receipt, its counts, and that enforcement has sealed exactly this row. Refuses
   * also `receipt.missing`, `receipt.not_sealed`, and as `checkCounts`.
   */
  checkStored(order: Order, row: Row, now: Date): void;
  /** Stores an accepted receipt permanently; the ledger shows only the last receipt of a row. */
  keep(tx: Tx, accepted: { eventId: string; order: Order; report: Report; receivedAt: Date }): Promise<void>;
}

/** The services' signed counts, by decision: 0 is the order, else the number of a lifting. */
export type Attested = ReadonlyMap<number, readonly Attestation[]>;

/**
 * The services' signed statements beside receipts. Millions of records make hundreds of statements, so they are stored beside
 * the order, not in it.
 */
export interface Attestations<Tx> {
  /** Refuses `fence.*` unless the service has signed exactly this fence of exactly this order. */
  checkFence(order: Order, fence: Pick<Fence, 'service' | 'placedAt' | 'attestation'>, now: Date): void;
  /**
   * Refuses `count.*` unless the asked service has signed the count, within the order's time, and no earlier than its own
   * receipts of the counted rows.
   */
  check(order: Order, attestation: Attestation | null, now: Date): void;
  /**
   * The same check of all counts of one decision; each of its rows must be counted once, at zero. Counts of a decision that is
   * over need only have been valid at their time.
   */
  checkCounted(order: Order, lifting: number, counted: readonly Attestation[], now: Date): void;
  /** Stores the last counts of the decision. */
  keep(tx: Tx, orderId: string, lifting: number, counted: readonly Attestation[]): Promise<void>;
  /** Stores the counts of decisions without stored counts. */
  keepMissing(tx: Tx, orderId: string, counted: Attested): Promise<void>;
  /** The stored counts of the order. */
  of(tx: Tx, orderId: string): Promise<Attested>;
}

/** The result of reading the bytes of a case's attachments. */
export interface ReadContents {
  /** Chinese descriptions of the attachments whose bytes no longer have the filed hash. */
  readonly altered: readonly string[];
  /** The object store did not answer: there may be more altered attachments. */
  readonly unread: boolean;
}

export interface Contents {
  /** Reads the attachments, up to 256 MB, from the object store: never in a transaction. */
  read(order: Order, now: Date): Promise<ReadContents>;
}

/** Compares the stored data of an order with the signed data. */
export interface Evidence<Tx> {
  /**
   * Altered or missing data: decisions, ledger, receipts, certificates and filed records. `closed`: nothing may have changed
   * since the last certificate. `completing`: rows and counts have changed, and are checked before (`Receipts.checkStored`).
   * `contents`: the result of reading the attachments (`Contents.read`).
   */
  compare(
    tx: Tx,
    order: Order,
    at: { readonly now: Date; readonly which: 'closed' | 'completing'; readonly contents: ReadContents },
  ): Promise<Altered[]>;
}

/** A completion certificate (执行完成证明): `json` is the signed text, in canonical form. */
export interface Certificate {
  readonly orderId: string;
  readonly version: number;
  readonly json: string;
  /** Of `json`, hex. */
  readonly sha256: string;
}

export interface Certificates<Tx> {
  /** Signs the current result of the order as the next version. Runs entirely in `tx`. */
  issue(tx: Tx, order: Order, issuedAt: Date): Promise<void>;
  /** The last version; undefined before the first completion. */
  find(orderId: string): Promise<Certificate | undefined>;
}

export interface Inclusion {
  readonly before: string;
  readonly after: string;
  readonly index: bigint;
  readonly leaves: bigint;
  readonly path: readonly Uint8Array[];
}

export interface Inclusions {
  /** The audit path of a record in the row's receipt, from its service. Refuses `record.not_in_receipt`. */
  find(service: Service, asked: { orderId: string; row: number; recordId: string }): Promise<Inclusion>;
}
