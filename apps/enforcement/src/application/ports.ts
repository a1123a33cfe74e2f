// The ports of the use cases. `Tx` is an open transaction; only the store reads its contents. No other service is called inside
// a transaction: a call that hangs must not hold a lock.
import type { InstitutionPlace, ListQuery, ListTotal } from '@hengji/contracts/meta/v1/list';
import type { Doing, DoingOnce } from '@hengji/procedure';
import type { Service } from '../domain/cascade';
import type { Actor, Filing, Visible } from '../domain/competence';
import type { Counter } from '@hengji/procedure/tables';
import type { Series } from '../domain/document-number';
import type { DraftContent } from '../domain/drafts/changes';
import type { FoundNumbers } from '../domain/drafts/numbers';
import type { Previews, Residuals, Row } from '../domain/ledger';
import type { Decision, Order } from '../domain/order';
import type { Attestation } from '../domain/proof';
import type { CheckWord } from '../domain/residual/cross-checks';
import type { Scope } from '../domain/scope';

/** The query of a list, and the rows that the person may read. */
export interface Listed {
  readonly visible: Visible;
  readonly query: ListQuery;
}

/** Data beside a page: the cursor of the next page, the total with the first page, and the places of its institutions. */
export interface ListedPage {
  readonly next: string;
  readonly total: ListTotal | undefined;
  readonly institutions: InstitutionPlace[];
}

export interface Orders<Tx> {
  /** Writes a new draft. */
  insert(tx: Tx, order: Order): Promise<void>;
  /**
   * Locks the orders of the institution, decides, writes the changes and publishes the events, all in `tx`. A decision without
   * changes writes nothing. Refuses `order.unknown`.
   */
  update(tx: Tx, id: string, decide: (order: Order) => Decision | Promise<Decision>): Promise<Order>;
  /** Refuses `order.unknown`. */
  get(id: string): Promise<Order>;
  /** The order and the number of its changes. Refuses `order.unknown`. */
  getVersion(id: string): Promise<{ readonly order: Order; readonly version: number }>;
  /** A page, newest first unless the query sorts it, without rows and fences. Refuses as `readList` of libs/host. */
  list(asked: Listed): Promise<{ readonly orders: Order[] } & ListedPage>;
  /** Document numbers by order id; unknown ids, and orders without a number yet, are left out. */
  numbersOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Orders with a due step of the driver. */
  findDue(now: Date, patienceMs: number): Promise<string[]>;
  /** Orders with a row that was asked before then and has no answer. */
  findSilent(askedBefore: Date): Promise<string[]>;
  /** Orders with a row that is past its limit and not yet marked. */
  findOverdue(now: Date): Promise<string[]>;
  /** Closed orders not swept since then and not paused until later; the order with the oldest sweep first. */
  findSweepable(since: Date, now: Date, limit: number): Promise<string[]>;
  /**
   * Orders whose hold is in force or will be: signed and not yet over, and those with M1 until they are lifted. In epoch order
   * per institution.
   */
  listFenced(): Promise<Order[]>;
}

export interface Numbers<Tx> {
  /** Draws the next document number; a transaction that rolls back leaves no gap. */
  documentNumber(tx: Tx, counter: Counter<Series>): Promise<string>;
  /** Draws the next place in the total order of the institution's orders. */
  epoch(tx: Tx, institution: string): Promise<bigint>;
}

/** A caller's request with its caller and act: a repeated id returns the same answer and writes nothing, no act either. */
export type Request = DoingOnce;

export interface Transactions<Tx> {
  run<R>(work: (tx: Tx) => Promise<R>): Promise<R>;
  /** Runs the work of a call without a request id, and writes the act on the record whose id the work returns. */
  recorded(asked: Doing, work: (tx: Tx) => Promise<string>): Promise<string>;
  /** Runs the work once per request, writes the act, and stores the id of the record that the work returns. */
  once(request: Request, work: (tx: Tx) => Promise<string>): Promise<string>;
  /** The stored answer to exactly this request, if any. */
  findKept(request: Request): Promise<string | undefined>;
}

/** A record that a lifting would have restored to `wouldBe`, but another writer had changed to `is`. */
export interface LeftRecord {
  readonly recordId: string;
  readonly wouldBe: string;
  readonly is: string;
}

export interface LeftDecision {
  readonly decision: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

export interface LeftDecisions<Tx> {
  /** False, and nothing stored, if there is already a decision. */
  keep(tx: Tx, key: { orderId: string; row: number; recordId: string }, decision: LeftDecision): Promise<boolean>;
  /** By `row/recordId`. */
  of(orderId: string, records: readonly { row: number; recordId: string }[]): Promise<Map<string, LeftDecision>>;
}

/** An answer with the service's signed statement of question and answer; the statement is not checked yet. */
export type Attesting<Answer> = Answer & { readonly attestation: Attestation | null };

/**
 * Ids in the form in which one service sends them to another: joined by LF in UTF-8. With the checks that the ids are for, and
 * the SHA-256 (hex) over them that the first service signed.
 */
export interface AffectedPage {
  readonly checks: readonly string[];
  readonly joinedIds: Buffer;
  readonly count: number;
  readonly next: string;
  readonly sha256: string;
}

/** The services of an order's rows, by gRPC. Each call has a deadline; refuses `service.unavailable` and similar. */
export interface Participants {
  preview(service: Service, order: Order, rows: readonly Row[]): Promise<Previews>;
  /** When the service committed the fence, by the service's clock. */
  fence(service: Service, order: Order): Promise<Attesting<{ readonly placedAt: Date }>>;
  countResidual(service: Service, order: Order, rows: readonly Row[]): Promise<Attesting<{ readonly residuals: Residuals }>>;
  /**
   * A page of the records that the row changed, by the ids that link them to the other service of the check
   * (domain/residual/cross-checks.ts).
   */
  listAffected(
    service: Service,
    asked: { orderId: string; row: number; check: CheckWord; without: readonly Scope[]; after: string; limit: number },
  ): Promise<Attesting<AffectedPage>>;
  /** The records of the service that contradict the ids of the page. */
  findContradictions(
    service: Service,
    asked: { orderId: string; check: CheckWord; page: AffectedPage },
  ): Promise<Attesting<{ readonly contradictions: bigint; readonly sample: readonly string[] }>>;
  /** Records that an undo row left as they were, in id order after `after`. */
  listLeft(service: Service, asked: { orderId: string; row: number; after: string; limit: number }): Promise<LeftRecord[]>;
}

/** The filing from approval. Refuses `institution.unknown`. */
export interface Filings {
  get(institution: string): Promise<Filing>;
}

/** The certificates of certificate. Refuses `order.numbers_unchecked` while the service does not answer. */
export interface CertificateNumbers {
  /** Those of the numbers that exist; at most 10,000 are asked. */
  find(numbers: readonly string[]): Promise<FoundNumbers>;
}

/** One version of a draft's content. */
export interface DraftVersion {
  readonly revision: number;
  readonly editedBy: string;
  readonly editedAt: Date;
  readonly content: DraftContent;
}

export interface DraftVersions {
  /** Oldest first. */
  of(orderId: string): Promise<readonly DraftVersion[]>;
}

/** Names of institutions by code: those that the person may see. */
export type InstitutionNames = (actor: Actor, codes: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Runs the driver on an order now; resolves when the possible steps are done. */
export interface Driver {
  drive(orderId: string): Promise<void>;
}

/** Notifies of changes of orders by any writer. */
export interface Changes {
  /** Calls back after each committed change of the order (and at times without one), until the returned function is called. */
  on(orderId: string, callback: () => void): () => void;
}
