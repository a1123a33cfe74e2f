// What proving needs of the world: checks of what the services signed, enforcement's own signatures, certificates that stay.
import type { Service } from '../../domain/cascade';
import type { Fence } from '../../domain/fence';
import type { Report, Row } from '../../domain/ledger';
import type { Order } from '../../domain/order';
import type { Attestation } from '../../domain/proof';
import type { Altered } from '../../domain/residual/altered';

export interface Receipts<Tx> {
  /** Passes whatever is no receipt. Refuses `receipt.*` for one that the row's own service has not signed for this very row. */
  check(order: Order, report: Report, now: Date): void;
  /**
   * The same of a row that is done, as it is stored: its receipt, its counts, and that the row is the one that enforcement itself has
   * sealed. Refuses also `receipt.missing`, `receipt.not_sealed` and the refusals of `checkCounts`.
   */
  checkStored(order: Order, row: Row, now: Date): void;
  /** Keeps an accepted receipt for ever; the ledger shows only the last of a row. */
  keep(tx: Tx, accepted: { eventId: string; order: Order; report: Report; receivedAt: Date }): Promise<void>;
}

/** What the services signed when they counted, by the decision whose rows were counted: 0 is the order, else the number of a lifting. */
export type Attested = ReadonlyMap<number, readonly Attestation[]>;

/** What the services sign beside receipts. Millions of records make hundreds of these: they are kept beside the order, not in it. */
export interface Attestations<Tx> {
  /** Refuses `fence.*` unless the service has signed just this fence of just this order. */
  checkFence(order: Order, fence: Pick<Fence, 'service' | 'placedAt' | 'attestation'>, now: Date): void;
  /**
   * Refuses `count.*` unless the service that was asked has signed it: within the order's time, and no earlier than its own receipts
   * of the rows that it counted.
   */
  check(order: Order, attestation: Attestation | null, now: Date): void;
  /**
   * The same of all that was counted of one decision, and that each of its rows was counted once and is zero. What was counted of
   * a decision that is over need only hold as it did then.
   */
  checkCounted(order: Order, lifting: number, counted: readonly Attestation[], now: Date): void;
  /** Keeps what was counted last of the decision. */
  keep(tx: Tx, orderId: string, lifting: number, counted: readonly Attestation[]): Promise<void>;
  /** Keeps what was counted of decisions of which nothing is kept. */
  keepMissing(tx: Tx, orderId: string, counted: Attested): Promise<void>;
  /** What is kept of the order. */
  of(tx: Tx, orderId: string): Promise<Attested>;
}

/** What was found when the bytes of a case's attachments were read. */
export interface ReadContents {
  /** Those that no longer have the hash that is filed of them, in words. */
  readonly altered: readonly string[];
  /** The store did not answer: there may be more. */
  readonly unread: boolean;
}

export interface Contents {
  /** Reads them, up to 256 MB, from another system: never in a transaction. */
  read(order: Order, now: Date): Promise<ReadContents>;
}

/** What is stored of an order, against what was signed of it. */
export interface Evidence<Tx> {
  /**
   * What is altered or gone: of the decisions, the ledger, the receipts, the certificates and what is filed. `closed`: nothing of it may
   * have moved since the last certificate. `completing`: rows and counts have, and are looked at before (`Receipts.checkStored`).
   * `contents`: what was found in the bytes of its attachments (`Contents.read`).
   */
  compare(
    tx: Tx,
    order: Order,
    at: { readonly now: Date; readonly which: 'closed' | 'completing'; readonly contents: ReadContents },
  ): Promise<Altered[]>;
}

/** A completion certificate (执行完成证明): `json` is what was signed, in canonical form. */
export interface Certificate {
  readonly orderId: string;
  readonly version: number;
  readonly json: string;
  /** Of `json`, hex. */
  readonly sha256: string;
}

export interface Certificates<Tx> {
  /** Signs what the order has come to, as the next version. All of it in `tx`. */
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
  /** The audit path of a record in the row's receipt, by its service. Refuses `record.not_in_receipt`. */
  find(service: Service, asked: { orderId: string; row: number; recordId: string }): Promise<Inclusion>;
}
