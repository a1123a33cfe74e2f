// How a service takes part in an enforcement order: the types that its compose.ts, its effects and its stores share. An effect is what one
// row of the order's ledger asks of the service. It works in chunks, so that a million records can be interrupted anywhere and resumed. The
// legal term suspension is never stored as a state: it is a hold in force.
import type { Body, Envelope, PARTICIPANTS, Topic } from '@hengji/contracts';
import type { EnforcementServiceClient } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { PackageItem, Scope } from '@hengji/contracts/enforcement/v1/order';
import type { ParticipantServiceDefinition, ParticipantServiceImplementation } from '@hengji/contracts/enforcement/v1/participant_service';
import type { CallerContext, CallerTable, Log, Part, Signer } from '@hengji/host';
import type { SealConfig, SealReader, SqlDb, SqlTx, TopicSubscription } from '@hengji/messaging';
import type { Sql } from 'sql-template-tag';
import type { AffectedSpec, ContradictionSpec } from './answers/cross-checks';
import type { ClaimedIn } from './effects/demand';

/** Services that an order can reach; also the `$case` of a row's effect. */
export type ParticipantName = (typeof PARTICIPANTS)[number];

/** The order as one row receives it. For undo rows `documentNo`, `epoch` and `signedAt` are those of the lifting. */
export interface OrderContext {
  readonly orderId: string;
  readonly documentNo: string;
  readonly epoch: bigint;
  readonly scope: Scope;
  readonly signedAt: Date;
  /** YYYY-MM-DD, or empty without M6. */
  readonly rectifyBy: string;
  /** What a transfer order transfers (M8, M9); empty for every other order, and for undo rows. */
  readonly package: readonly PackageItem[];
  readonly row: number;
  /** The maximum number of records that an apply row may change. */
  readonly signedCount: bigint;
  /** scope.institution. */
  readonly institution: string;
  readonly now: Date;
  readonly undo: boolean;
  /** The row was started before (it was refused, or its order was reopened): what has been lifted of it since stays lifted. */
  readonly again?: boolean;
  /** Where the order demands only what it has claimed: new records are not blocked there. */
  readonly claimedIn?: ClaimedIn;
  /** Undo rows: the lifting is narrower than what the row changed; nothing outside `scope` is changed. */
  readonly narrowed?: boolean;
}

/** One record in the receipt's Merkle tree: utf8(id TAB before TAB after). */
export interface Leaf {
  readonly id: string;
  readonly before: string;
  readonly after: string;
}

/** What one transaction of a row found and did. */
export interface Chunk {
  readonly leaves: readonly Leaf[];
  readonly changed: number;
  readonly already: number;
  /** Number of records concerned, if it differs from the number of leaves (holds). */
  readonly matched?: bigint;
  /** Money of the changed records, in fen. */
  readonly fen?: bigint;
  /** Undo: number of records that somebody had changed and that are left unchanged. */
  readonly left?: number;
  /** A row that ran again has recreated its one missing record: its evidence is that of the new record. */
  readonly renewed?: boolean;
  /** Cursor of the next chunk; null = done. */
  readonly next: string | null;
}

/** The exact records that a row may change: their number, and the root over their ids in id order (`bindTargets`). */
export interface Target {
  readonly count: bigint;
  readonly root: Uint8Array;
}

/** What a row would change if it ran now. `sample`: up to ten ids. */
export interface EffectPreview extends Target {
  readonly fen: bigint;
  readonly people: bigint;
  readonly sample: string[];
}

export interface Residual {
  readonly count: bigint;
  readonly sample: string[];
}

export interface ResidualOrder {
  readonly orderId: string;
  readonly row?: number;
  readonly scope: Scope;
  readonly undo: boolean;
  /** Undo rows: as in OrderContext. */
  readonly narrowed?: boolean;
  /** Parts of the scope that have been lifted for this row. */
  readonly without?: readonly Scope[];
  /** As in OrderContext. */
  readonly claimedIn?: ClaimedIn;
  /** A court suspends the order: its hold may be paused. */
  readonly suspended?: boolean;
}

/** One effect of one service. Every method works in the given `tx` and must be harmless when repeated. */
export interface Effect<Tx extends SqlTx> {
  /** True for effects that change no records themselves (holds): the signed count does not bind them. */
  readonly boundless?: boolean;
  /** `again`: the order that would change the scope once more, and where that order demands only what it has claimed. */
  preview(tx: Tx, scope: Scope, again?: Pick<OrderContext, 'orderId' | 'claimedIn'>): Promise<EffectPreview>;
  /** What the signature binds: the part of `preview` that is compared before the first record is changed; `preview` by default. */
  target?(tx: Tx, order: OrderContext): Promise<Target>;
  /** Processes the next `limit` records after `cursor` ('' = from the start). A Refusal thrown here refuses the row. */
  apply(tx: Tx, order: OrderContext, cursor: string, limit: number): Promise<Chunk>;
  /** Takes back what this order did, record by record, unless another order still demands it. */
  undo(tx: Tx, order: OrderContext, cursor: string, limit: number): Promise<Chunk>;
  /** Counts by a method that `apply` does not use: a plain count over the service's own tables. */
  residual(tx: Tx, order: ResidualOrder): Promise<Residual>;
  /** SQL: id, before and after of each leaf in the receipt of the order's apply (or undo) row, for proofs. Undefined if not stored. */
  leaves?(orderId: string, undo: boolean): Sql | undefined;
  /** What is stored for each record of a row, and how a count compares it (evidence/). */
  readonly evidence?: EvidenceSpec<Tx>;
  /** For effects that end outside (exchange): the receipt is published only when this returns true; `settle` calls it again. */
  settled?(tx: Tx, order: OrderContext): Promise<boolean>;
}

export interface EvidenceSpec<Tx extends SqlTx> {
  /**
   * SQL: `id` and `line` of the evidence stored for each record of the order. The lines are sealed when the row is done and never change.
   * For a row with few records, the line is a JSON object whose members are named like columns. Undefined if no evidence is stored.
   */
  lines(orderId: string, undo: boolean, row: number): Sql | undefined;
  /**
   * For rows with many records. SQL, FROM and WHERE of the order's stored evidence (alias c) and the one record of each (alias t, all null
   * if the record is missing). With it, rows that nobody has written to since need not be hashed again.
   */
  readonly written?: (orderId: string) => Sql;
  /**
   * Records that differ from their evidence, with the difference. `untouched`: SQL, true if nobody has written to c or its record t since.
   */
  altered?(tx: Tx, order: AlteredOrder, untouched: Sql): Promise<Residual>;
  /** The same for the records that an undo row restored. */
  restored?(tx: Tx, order: AlteredOrder): Promise<Residual>;
  /** True if evidence of the order is stored here that only a sealed row can have written. */
  isKept?(tx: Tx, orderId: string): Promise<boolean>;
}

/** The order's row as it was announced. */
export interface AlteredOrder extends Pick<OrderContext, 'orderId' | 'now'> {
  readonly announced: OrderContext;
}

/** The narrowing does not apply to this table: the table's records match as if the scope were not narrowed by it. */
export const NOT_NARROWED = '*';

/**
 * Columns (without alias) by which a scope finds the records of a table. An omitted column means that the records lack the attribute: a
 * scope narrowed by it matches none of them. `NOT_NARROWED` ignores that narrowing instead.
 */
export interface ScopeColumns {
  readonly institution: string;
  readonly plan?: string;
  readonly session?: string;
  readonly occupation?: string;
  readonly level?: string;
  readonly person?: string;
  readonly certificate?: string;
  readonly examDate?: string;
}

/** The column names that all services use; a service overrides the names that differ. */
export const SCOPE_COLUMNS = {
  institution: 'institution',
  plan: 'plan_id',
  session: 'session_id',
  occupation: 'occupation',
  level: 'level',
  person: 'person',
  certificate: 'certificate_number',
  examDate: 'exam_date',
} as const satisfies ScopeColumns;

/**
 * What a writer is about to make, in the terms of a hold's scope. A scope narrowed by an attribute does not cover a record without that
 * attribute.
 */
export interface ScopeRecord {
  readonly planId?: string | null | undefined;
  readonly sessionId?: string | null | undefined;
  readonly occupation?: string | null | undefined;
  readonly level?: string | null | undefined;
  readonly person?: string | null | undefined;
  readonly certificateNumber?: string | null | undefined;
  /** YYYY-MM-DD. */
  readonly examDate?: string | null | undefined;
}

/** A hold in force. */
export interface Hold {
  readonly orderId: string;
  readonly epoch: bigint;
  readonly scope: Scope;
  /** True if the hold stays after the order is completed (M1). */
  readonly standing: boolean;
  readonly placedAt: Date;
  /** Parts of the scope that were lifted. */
  readonly except: readonly Scope[];
}

export type ColumnValue = string | number | bigint | boolean | Date | null;

/**
 * "Set the state of every record in scope to `to`", as a set operation. Claims make overlapping orders and liftings restore exactly the
 * earlier state. The target set is every record in scope that is `eligible` or already in the state `to`.
 */
export interface StateEffectSpec<E extends Envelope> {
  /** The enum value; it is stored in the claims, so it must never change. */
  readonly effect: string;
  /** Table, with schema if it is not on the search path. */
  readonly table: string;
  /** Column of the id (text), unique in the table and indexed with the institution. */
  readonly id: string;
  /** Column of the state (text). */
  readonly state: string;
  readonly to: string;
  /** SQL over alias t: which states may be moved; all by default. */
  readonly eligible?: Sql;
  readonly scope: ScopeColumns;
  /** SQL over alias t: money of one record in fen. */
  readonly fen?: Sql;
  /** SQL over alias t: the person concerned. */
  readonly person?: Sql;
  /**
   * Columns that the law relies on: stored with the claim, compared at each count. Not the state, `set` columns or times. Never changed.
   */
  readonly facts: readonly string[];
  /** No lawful process changes the record's facts, so that they are compared after a lifting too. */
  readonly fixed?: boolean;
  /** Columns written together with the state; the next order inherits them when this order is lifted. */
  readonly set?: (order: OrderContext) => Readonly<Record<string, ColumnValue>>;
  /** Columns set to null when the last order is lifted. */
  readonly unset: readonly string[];
  readonly topic: Topic<E>;
  /** Event for records that a chunk changed, at most 1,000; `fen` is their money. */
  readonly applied: (order: OrderContext, ids: readonly string[], fen: bigint) => Body<E>;
  /** Event for records that a chunk restored, at most 1,000; `states` are their restored states, in the order of the ids. */
  readonly undone: (order: OrderContext, ids: readonly string[], fen: bigint, states: readonly string[]) => Body<E>;
  /** Event for records that another order keeps in the state, with that order's columns. Without it no event names the new order. */
  readonly inherited?: (columns: Readonly<Record<string, ColumnValue>>, ids: readonly string[]) => Body<E>;
}

/** M1: the order's standing hold on its scope. The table only serves to count the records concerned. */
export interface HoldEffectSpec<E extends Envelope> {
  readonly effect: string;
  readonly table: string;
  readonly id: string;
  /** SQL over alias t: which records the hold concerns; all by default. */
  readonly eligible?: Sql;
  readonly scope: ScopeColumns;
  /** SQL over alias t: money of one record in fen. */
  readonly fen?: Sql;
  /** SQL over alias t: the person concerned. */
  readonly person?: Sql;
  readonly topic: Topic<E>;
  /** Event after the hold is confirmed; `count` records are concerned. */
  readonly held: (order: OrderContext, count: bigint) => Body<E>;
  readonly released: (order: OrderContext) => Body<E>;
}

/** A service's part in the cross-checks, by the names in enforcement's table (apps/enforcement, domain/residual/cross-checks.ts). */
export interface CrossChecks {
  readonly affected?: Readonly<Record<string, AffectedSpec>>;
  readonly contradictions?: Readonly<Record<string, ContradictionSpec>>;
}

export interface ParticipationOptions<Tx extends SqlTx> {
  readonly service: ParticipantName;
  readonly db: SqlDb<Tx>;
  /** By enum value; a `satisfies Record<ExamEffectWord, Effect<Tx>>` table in the service's effects.ts. */
  readonly effects: Readonly<Record<string, Effect<Tx>>>;
  readonly crossChecks?: CrossChecks;
  readonly enforcement: Pick<EnforcementServiceClient, 'listFences'>;
  readonly log: Log;
  readonly now: () => Date;
  /** The service's own key signs receipts; enforcement's key verifies orders. */
  readonly config: Readonly<SealConfig & { SIGNING_KEY_FILE: string; ACCEPT_UNSEALED_ORDERS: boolean }>;
  /** Number of records in one transaction; at most (and by default) 5,000. Smaller in tests. */
  readonly chunkSize?: number;
}

export interface Participation<Tx extends SqlTx> {
  /** The service's own key: it signs receipts, and seals the messages of the relay. */
  readonly signer: Signer;
  /** How the service verifies messages of other services. */
  readonly seals: SealReader;
  readonly server: ParticipantServiceImplementation<CallerContext>;
  readonly callers: CallerTable<ParticipantServiceDefinition['methods']>;
  readonly subscription: TopicSubscription<Tx>;
  /** Fence catch-up, then the task runner; to be started before the gRPC server. */
  readonly parts: Part[];
  /** Calls `settled` again for the order's rows; call it in the transaction of each acknowledgement, before `publish`. */
  settle(tx: Tx, orderId: string): Promise<void>;
}
