// What the use cases need of the world, in their own words. `Tx` is an open transaction; only the store knows what is in it.
// Neighbours are never asked inside one: a question that hangs must not hold a lock.
import type { InstitutionPlace, ListQuery, ListTotal } from '@hengji/contracts/meta/v1/list';
import type { Doing, DoingOnce } from '@hengji/procedure';
import type { Service } from '../domain/cascade';
import type { Filing, Visible } from '../domain/competence';
import type { Counter } from '@hengji/procedure/tables';
import type { Series } from '../domain/document-number';
import type { Previews, Residuals, Row } from '../domain/ledger';
import type { Decision, Order } from '../domain/order';
import type { Attestation } from '../domain/proof';
import type { CheckWord } from '../domain/residual/cross-checks';
import type { Scope } from '../domain/scope';

/** A list's query, and what of it the person may see. */
export interface Listed {
  readonly visible: Visible;
  readonly query: ListQuery;
}

/** What goes with a page: the cursor of the next one, the total with the first, and where its institutions are. */
export interface ListedPage {
  readonly next: string;
  readonly total: ListTotal | undefined;
  readonly institutions: InstitutionPlace[];
}

export interface Orders<Tx> {
  /** Writes a new draft. */
  insert(tx: Tx, order: Order): Promise<void>;
  /** Locks the orders of its institution, decides, writes what moved and publishes what happened: all in `tx`. A decision that changes nothing writes nothing. Refuses `order.unknown`. */
  update(tx: Tx, id: string, decide: (order: Order) => Decision | Promise<Decision>): Promise<Order>;
  /** Refuses `order.unknown`. */
  get(id: string): Promise<Order>;
  /** The order and how often it has changed. Refuses `order.unknown`. */
  getVersion(id: string): Promise<{ readonly order: Order; readonly version: number }>;
  /** A page, newest first unless the query sorts it, without rows and fences. Refuses as `readList` of libs/host. */
  list(asked: Listed): Promise<{ readonly orders: Order[] } & ListedPage>;
  /** Document numbers by ids; an id that is none, or an order without a number yet, is left out. */
  numbersOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Orders that the driver has something to do for. */
  findDue(now: Date, patienceMs: number): Promise<string[]>;
  /** Orders with a row that was asked before then and has not answered. */
  findSilent(askedBefore: Date): Promise<string[]>;
  /** Orders with a row that is past its limit and not yet marked. */
  findOverdue(now: Date): Promise<string[]>;
  /** Closed orders that were not swept since, nor are to be left in peace until later; the one swept longest ago first. */
  findSweepable(since: Date, now: Date, limit: number): Promise<string[]>;
  /** Orders whose hold stands or will: signed and not over, and those of M1 until they are lifted. In epoch order per institution. */
  listFenced(): Promise<Order[]>;
}

export interface Numbers<Tx> {
  /** Draws the next document number; a transaction that rolls back leaves no gap. */
  documentNumber(tx: Tx, counter: Counter<Series>): Promise<string>;
  /** Draws the next place in the total order of the institution's orders. */
  epoch(tx: Tx, institution: string): Promise<bigint>;
}

/** A request of a caller, with who asks what: the same id again answers the same and writes nothing, no act either. */
export type Request = DoingOnce;

export interface Transactions<Tx> {
  run<R>(work: (tx: Tx) => Promise<R>): Promise<R>;
  /** Runs the work for somebody who asks without a request id, and writes the act on the record whose id it returns. */
  recorded(asked: Doing, work: (tx: Tx) => Promise<string>): Promise<string>;
  /** Runs the work once per request, writes the act, and remembers the id of the record that it returns. */
  once(request: Request, work: (tx: Tx) => Promise<string>): Promise<string>;
  /** What was remembered of just this request, if anything. */
  findKept(request: Request): Promise<string | undefined>;
}

/** A record that a lifting would have restored to `wouldBe`, had somebody not made it what it `is`. */
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
  /** False, and nothing kept, when there is a decision already. */
  keep(tx: Tx, key: { orderId: string; row: number; recordId: string }, decision: LeftDecision): Promise<boolean>;
  /** By `row/recordId`. */
  of(orderId: string, records: readonly { row: number; recordId: string }[]): Promise<Map<string, LeftDecision>>;
}

/** An answer with what its service signed of it, question and answer as one statement; nothing is checked of it yet. */
export type Attesting<Answer> = Answer & { readonly attestation: Attestation | null };

/**
 * Ids that go from one service to another as they are, joined by LF in UTF-8: for which of the checks, and the SHA-256 (hex) over them
 * that the first has signed.
 */
export interface AffectedPage {
  readonly checks: readonly string[];
  readonly joinedIds: Buffer;
  readonly count: number;
  readonly next: string;
  readonly sha256: string;
}

/** The services that an order reaches, by gRPC. Each call has a deadline; refuses `service.unavailable` and the like. */
export interface Participants {
  preview(service: Service, order: Order, rows: readonly Row[]): Promise<Previews>;
  /** When the service committed the fence, by its clock. */
  fence(service: Service, order: Order): Promise<Attesting<{ readonly placedAt: Date }>>;
  countResidual(service: Service, order: Order, rows: readonly Row[]): Promise<Attesting<{ readonly residuals: Residuals }>>;
  /** A page of what the row has moved, by the ids that link it to the other service of the check (domain/residual/cross-checks.ts). */
  listAffected(
    service: Service,
    asked: { orderId: string; row: number; check: CheckWord; without: readonly Scope[]; after: string; limit: number },
  ): Promise<Attesting<AffectedPage>>;
  /** What contradicts the ids of the page there. */
  findContradictions(
    service: Service,
    asked: { orderId: string; check: CheckWord; page: AffectedPage },
  ): Promise<Attesting<{ readonly contradictions: bigint; readonly sample: readonly string[] }>>;
  /** Records that an undo row left, in id order after `after`. */
  listLeft(service: Service, asked: { orderId: string; row: number; after: string; limit: number }): Promise<LeftRecord[]>;
}

/** The filing as approval has it. Refuses `institution.unknown`. */
export interface Filings {
  get(institution: string): Promise<Filing>;
}

/** Asks the driver to look at an order now; resolves when it has done what could be done at once. */
export interface Driver {
  drive(orderId: string): Promise<void>;
}

/** Tells of changes of orders, whoever made them. */
export interface Changes {
  /** Calls back after each change of the order that commits (and now and then without one), until the returned function is called. */
  on(orderId: string, callback: () => void): () => void;
}
