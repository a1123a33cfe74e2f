// How a service takes part in an enforcement order: the words that its compose.ts, its effects and its stores share.
// An effect is what one row of the order's ledger asks of the service; it works in chunks, so that a million records
// can be cut anywhere and resumed. What the law calls suspension is never stored: it is a hold that stands.
import type { Body, Envelope, PARTICIPANTS, Topic } from '@hengji/contracts';
import type { EnforcementServiceClient } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { PackageItem, Scope } from '@hengji/contracts/enforcement/v1/order';
import type { ParticipantServiceDefinition, ParticipantServiceImplementation } from '@hengji/contracts/enforcement/v1/participant_service';
import type { CallerContext, CallerTable, Log, Part, Signer } from '@hengji/host';
import type { SealConfig, SealReader, SqlDb, SqlTx, TopicSubscription } from '@hengji/messaging';
import type { Sql } from 'sql-template-tag';
import type { AffectedSpec, ContradictionSpec } from './answers/cross-checks';
import type { ClaimedIn } from './effects/demand';

/** Services that an order reaches; also the `$case` of a row's effect. */
export type ParticipantName = (typeof PARTICIPANTS)[number];

/** The order as one row sees it. For undo rows `documentNo`, `epoch` and `signedAt` are those of the lifting. */
export interface OrderContext {
  readonly orderId: string;
  readonly documentNo: string;
  readonly epoch: bigint;
  readonly scope: Scope;
  readonly signedAt: Date;
  /** YYYY-MM-DD, or empty without M6. */
  readonly rectifyBy: string;
  /** What a transfer order hands over (M8, M9); empty for every other order, and for undo rows. */
  readonly package: readonly PackageItem[];
  readonly row: number;
  /** The most records that an apply row may touch. */
  readonly signedCount: bigint;
  /** scope.institution. */
  readonly institution: string;
  readonly now: Date;
  readonly undo: boolean;
  /** The row was started before (it was refused, or its order reopened): what was lifted of it since stays as it is. */
  readonly again?: boolean;
  /** Where the order demands only what it claimed: nothing is kept there from being made. */
  readonly claimedIn?: ClaimedIn;
  /** Undo rows: what is lifted is narrower than what the row worked on; nothing outside `scope` is touched. */
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
  /** Records concerned, where that is not the number of leaves (holds). */
  readonly matched?: bigint;
  /** Money of the changed records, in fen. */
  readonly fen?: bigint;
  /** Undo: records that somebody changed meanwhile, left as they are. */
  readonly left?: number;
  /** A row that was worked again has made its one record anew, for it was gone: its evidence is that of the new one. */
  readonly renewed?: boolean;
  /** Cursor of the next chunk; null = done. */
  readonly next: string | null;
}

/** The exact records that a row may touch: how many, and the root over their ids in id order (`bindTargets`). */
export interface Target {
  readonly count: bigint;
  readonly root: Uint8Array;
}

/** What a row would touch as of now. `sample`: up to ten ids. */
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
  /** Parts of the scope that were lifted since for this row. */
  readonly without?: readonly Scope[];
  /** As in OrderContext. */
  readonly claimedIn?: ClaimedIn;
  /** A court stays the order: its hold may be paused. */
  readonly suspended?: boolean;
}

/** One effect of one service. Every method works in the `tx` given and must be harmless the second time. */
export interface Effect<Tx extends SqlTx> {
  /** True for effects that change no records themselves (holds): the signed count does not bind them. */
  readonly boundless?: boolean;
  /** `again`: the order that would touch it once more, and where it demands only what it has claimed. */
  preview(tx: Tx, scope: Scope, again?: Pick<OrderContext, 'orderId' | 'claimedIn'>): Promise<EffectPreview>;
  /** What the signature binds, of `preview` the part that is compared before the first record is changed; `preview` by default. */
  target?(tx: Tx, order: OrderContext): Promise<Target>;
  /** Works the next `limit` records after `cursor` ('' = from the start). A Refusal thrown here refuses the row. */
  apply(tx: Tx, order: OrderContext, cursor: string, limit: number): Promise<Chunk>;
  /** Takes back what this order did, record by record, unless another order still demands it. */
  undo(tx: Tx, order: OrderContext, cursor: string, limit: number): Promise<Chunk>;
  /** Counts by another way than apply: a plain count over the service's own tables. */
  residual(tx: Tx, order: ResidualOrder): Promise<Residual>;
  /**
   * SQL: id, before and after of each leaf of the order's apply row's (or undo row's) receipt, for proofs that a record is in it;
   * undefined where they are not kept.
   */
  leaves?(orderId: string, undo: boolean): Sql | undefined;
  /** What is kept of each record of a row, and how a count compares it (evidence/). */
  readonly evidence?: EvidenceSpec<Tx>;
  /** For effects that end outside (exchange): the receipt goes out only when true; asked again by `settle`. */
  settled?(tx: Tx, order: OrderContext): Promise<boolean>;
}

export interface EvidenceSpec<Tx extends SqlTx> {
  /**
   * SQL: `id` and `line` of what was kept of each record of the order; sealed when the row is done, and the same ever
   * after. Where a row has a few records only, the line is a JSON object whose members are named like columns. Undefined where nothing is kept.
   */
  lines(orderId: string, undo: boolean, row: number): Sql | undefined;
  /**
   * Where rows are many: SQL, FROM and WHERE of what is kept of the order (alias c) and the one record under each (alias t, all null
   * where it is gone), so that what nobody has written to since need not be hashed again.
   */
  readonly written?: (orderId: string) => Sql;
  /** Records that are no longer as they were kept, each with what is different. `untouched`: SQL over both, true where nobody has written to what is kept (alias c) nor to its record (alias t) since. */
  altered?(tx: Tx, order: AlteredOrder, untouched: Sql): Promise<Residual>;
  /** The same of the records that an undo row gave back. */
  restored?(tx: Tx, order: AlteredOrder): Promise<Residual>;
  /** True if anything is kept here of the order that only a sealed row can have left. */
  isKept?(tx: Tx, orderId: string): Promise<boolean>;
}

/** The order's row as it was announced. */
export interface AlteredOrder extends Pick<OrderContext, 'orderId' | 'now'> {
  readonly announced: OrderContext;
}

/** The narrowing does not concern this table: a scope narrowed by it is taken as if it were not. */
export const NOT_NARROWED = '*';

/**
 * Columns (without alias) by which a scope finds the records of a table. A column left out means that the records do
 * not have it: a scope narrowed by it reaches none of them. `NOT_NARROWED` ignores that narrowing instead.
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

/** The columns as they are called in every service; a service overrides what differs. */
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

/** What a writer is about to make, as a hold's scope sees it. A missing attribute is not covered by a scope narrowed by it. */
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

/** A hold that stands now. */
export interface Hold {
  readonly orderId: string;
  readonly epoch: bigint;
  readonly scope: Scope;
  /** True if it stays after the order is executed (M1). */
  readonly standing: boolean;
  readonly placedAt: Date;
  /** Parts of the scope that were lifted. */
  readonly except: readonly Scope[];
}

export type ColumnValue = string | number | bigint | boolean | Date | null;

/**
 * "Set the state of every record in scope to `to`", by set, with claims so that overlapping orders and lifting restore
 * exactly what was. The target set is every record in scope that is `eligible` or already in the state `to`.
 */
export interface StateEffectSpec<E extends Envelope> {
  /** The enum word; names the claims, so it must be the same for ever. */
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
   * Columns of the record that the law rests on: kept with the claim, and compared at each count. Neither the state, nor what `set`
   * writes, nor times. For ever, in this order.
   */
  readonly facts: readonly string[];
  /** No lawful life of the record changes its facts, so that they are compared after a lifting too. */
  readonly fixed?: boolean;
  /** Columns written together with the state; they become the next order's when this one is lifted. */
  readonly set?: (order: OrderContext) => Readonly<Record<string, ColumnValue>>;
  /** Columns nulled when the last order is lifted. */
  readonly unset: readonly string[];
  readonly topic: Topic<E>;
  /** Event for records that a chunk changed, at most 1,000; `fen` is their money. */
  readonly applied: (order: OrderContext, ids: readonly string[], fen: bigint) => Body<E>;
  /** Event for records that a chunk restored, at most 1,000; `states` are what they are since, in the order of the ids. */
  readonly undone: (order: OrderContext, ids: readonly string[], fen: bigint, states: readonly string[]) => Body<E>;
  /** Event for records that another order keeps in the state; `columns` are that order's. Without it nobody is told whose they are. */
  readonly inherited?: (columns: Readonly<Record<string, ColumnValue>>, ids: readonly string[]) => Body<E>;
}

/** M1: the order's standing hold on its scope. The table only tells how many records it concerns. */
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
  /** Event once the hold is confirmed; `count` records are concerned. */
  readonly held: (order: OrderContext, count: bigint) => Body<E>;
  readonly released: (order: OrderContext) => Body<E>;
}

/** A service's part in the checks between services, by the words of enforcement's table (domain/residual/cross-checks.ts there). */
export interface CrossChecks {
  readonly affected?: Readonly<Record<string, AffectedSpec>>;
  readonly contradictions?: Readonly<Record<string, ContradictionSpec>>;
}

export interface ParticipationOptions<Tx extends SqlTx> {
  readonly service: ParticipantName;
  readonly db: SqlDb<Tx>;
  /** By enum word; a `satisfies Record<ExamEffectWord, Effect<Tx>>` table in the service's effects.ts. */
  readonly effects: Readonly<Record<string, Effect<Tx>>>;
  readonly crossChecks?: CrossChecks;
  readonly enforcement: Pick<EnforcementServiceClient, 'listFences'>;
  readonly log: Log;
  readonly now: () => Date;
  /** Receipts are signed with the service's own key, orders are checked against enforcement's. */
  readonly config: Readonly<SealConfig & { SIGNING_KEY_FILE: string; ACCEPT_UNSEALED_ORDERS: boolean }>;
  /** Records of one transaction; at most (and by default) 5,000. Smaller in tests. */
  readonly chunkSize?: number;
}

export interface Participation<Tx extends SqlTx> {
  /** The service's own key: it signs receipts, and seals what the relay sends. */
  readonly signer: Signer;
  /** How the service reads what others publish. */
  readonly seals: SealReader;
  readonly server: ParticipantServiceImplementation<CallerContext>;
  readonly callers: CallerTable<ParticipantServiceDefinition['methods']>;
  readonly subscription: TopicSubscription<Tx>;
  /** Fence catch-up, then the task runner; to be started before the gRPC server. */
  readonly parts: Part[];
  /** Asks `settled` again for the order's rows; call it in the transaction of each acknowledgement, before `publish`. */
  settle(tx: Tx, orderId: string): Promise<void>;
}
