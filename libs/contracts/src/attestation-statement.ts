// What a service signs about an order in addition to its receipts. It signs that it took the fence, what it counted at the end, and what it
// compared with another service. The statements are defined once, because signer and checker must write the same bytes. Statements contain
// scopes and lists of ids only as SHA-256 (of the canonical form, RFC 8785, and of the ids joined by LF). A page of ids is long, and the
// decision contains the scope.
import type { RowAsk, Scope } from './generated/hengji/enforcement/v1/order';

export const ATTESTATIONS = {
  fence: 'hengji.fence.v1',
  residual: 'hengji.residual.v1',
  affected: 'hengji.affected.v1',
  contradictions: 'hengji.contradictions.v1',
} as const;

/** A scope as both sides have it: from the message, or from the ledger. */
export interface ScopeContent {
  readonly institution: string;
  readonly plans: readonly string[];
  readonly sessions: readonly string[];
  readonly occupationLevels: readonly { readonly occupation: string; readonly level: string }[];
  readonly persons: readonly string[];
  readonly certificates: readonly string[];
  readonly from: string;
  readonly until: string;
}

/**
 * A scope (处理范围) in the form of every statement, with its entries in the order of the decision. A member that is added to the scope must be
 * added here.
 */
export const scopeStatement = (scope: ScopeContent) =>
  ({
    institution: scope.institution,
    plans: [...scope.plans],
    sessions: [...scope.sessions],
    occupationLevels: scope.occupationLevels.map(({ occupation, level }) => ({ occupation, level })),
    persons: [...scope.persons],
    certificates: [...scope.certificates],
    from: scope.from,
    until: scope.until,
  }) satisfies Record<keyof Scope, unknown>;

/** The service that signs, and the order. */
interface SaidBy {
  readonly orderId: string;
  readonly service: string;
}

export interface FenceContent extends SaidBy {
  readonly epoch: bigint;
  /** SHA-256 of the scope's statement, hex; the same wherever a statement here names a scope. */
  readonly scope: string;
  readonly standing: boolean;
  readonly placedAt: Date;
  readonly signedAt: Date;
}

/** That the service has held the order's scope since `placedAt` (围栏). */
export const fenceStatement = ({ orderId, service, epoch, scope, standing, placedAt, signedAt }: FenceContent) => ({
  type: ATTESTATIONS.fence,
  orderId,
  service,
  epoch: String(epoch),
  scope,
  standing,
  placedAt: placedAt.toISOString(),
  signedAt: signedAt.toISOString(),
});

/** A part of the order's scope that was lifted, and the rows that were taken back in it. */
export interface LiftedContent {
  readonly scope: string;
  readonly rows: readonly number[];
}

export interface ResidualContent extends SaidBy {
  readonly scope: string;
  /** In the order of the question; `effect` is the effect's enum value. */
  readonly rows: readonly (Pick<RowAsk, 'row' | 'undo' | 'undoesRow'> & { readonly effect: string; readonly count: bigint })[];
  readonly lifted: readonly LiftedContent[];
  readonly suspended: boolean;
  readonly countedAt: Date;
}

/** How many records of each row were not in the demanded state (残留清点), and exactly what was asked. */
export const residualStatement = ({ orderId, service, scope, rows, lifted, suspended, countedAt }: ResidualContent) => ({
  type: ATTESTATIONS.residual,
  orderId,
  service,
  scope,
  rows: rows.map(({ row, effect, undo, undoesRow, count }) => ({
    row: String(row),
    effect,
    undo,
    undoesRow: String(undoesRow),
    count: String(count),
  })),
  lifted: lifted.map((part) => ({ scope: part.scope, rows: part.rows.map(String) })),
  suspended,
  countedAt: countedAt.toISOString(),
});

/** The ids that were listed or asked about: their number, and the SHA-256 over them, joined by LF in UTF-8. */
interface IdsContent {
  readonly count: number;
  readonly sha256: string;
}

export interface AffectedContent extends SaidBy, IdsContent {
  readonly row: number;
  /** The checks for which the service lists exactly these ids, sorted. */
  readonly checks: readonly string[];
  readonly without: readonly string[];
  readonly after: string;
  readonly next: string;
  readonly listedAt: Date;
}

/**
 * One page of the records that a row has moved (受影响清单). It follows the page whose `next` is its `after`; '' marks the first and the last
 * page.
 */
export const affectedStatement = ({ orderId, service, row, listedAt, ...page }: AffectedContent) => ({
  type: ATTESTATIONS.affected,
  orderId,
  service,
  row: String(row),
  checks: [...page.checks],
  without: [...page.without],
  after: page.after,
  next: page.next,
  count: String(page.count),
  sha256: page.sha256,
  listedAt: listedAt.toISOString(),
});

export interface ContradictionsContent extends SaidBy, IdsContent {
  readonly check: string;
  readonly contradictions: bigint;
  readonly answeredAt: Date;
}

/** What contradicts a page of ids in this service (跨服务核对); the service has no other data about the page than the question. */
export const contradictionsStatement = ({ orderId, service, check, count, sha256, ...answer }: ContradictionsContent) => ({
  type: ATTESTATIONS.contradictions,
  orderId,
  service,
  check,
  count: String(count),
  sha256,
  contradictions: String(answer.contradictions),
  answeredAt: answer.answeredAt.toISOString(),
});
