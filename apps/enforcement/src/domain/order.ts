// The life of an order, as a table, and what an order is. Who may move it along is in gates.ts (people) and execution.ts (the
// driver and the services' reports): each decision takes what is and what is asked, and returns what shall be and what
// happened. Nothing in this room waits, asks a neighbour or reads a clock.
import { actionsFrom, advance, type Lifecycle } from '@hengji/domain-kit';
import type { OrderKind } from './cases/case';
import { isTransfer, type Measure } from './cascade';
import type { Concern } from './competence';
import type { Fence } from './fence';
import { canRetry, isDrifted, type Row } from './ledger';
import type { Seal } from './proof';
import type { CrossCheck } from './residual/cross-checks';
import type { Scope } from './scope';

export const ORDER_STATES = ['DRAFT', 'PREVIEWED', 'SIGNED', 'EXECUTING', 'COMPLETED', 'LIFTING', 'LIFTED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** `issue`, `complete`, `completeLifting`, `reopen` and `reopenPart` are the driver's and the sweep's; the others are people's. */
export type OrderAction =
  | 'preview'
  | 'sign'
  | 'issue'
  | 'retry'
  | 'confirmDrift'
  | 'complete'
  | 'lift'
  | 'liftPart'
  | 'completeLifting'
  | 'suspend'
  | 'resume'
  | 'sweep'
  | 'reopen'
  | 'reopenPart';

export const ORDER_LIFECYCLE = {
  DRAFT: { preview: 'PREVIEWED' },
  PREVIEWED: { preview: 'PREVIEWED', sign: 'SIGNED' },
  SIGNED: { issue: 'EXECUTING', suspend: 'SIGNED', resume: 'SIGNED' },
  // Lifted from here only when it was carried out once (`isLiftable`): a sweep has reopened it.
  EXECUTING: {
    retry: 'EXECUTING',
    confirmDrift: 'EXECUTING',
    complete: 'COMPLETED',
    lift: 'LIFTING',
    liftPart: 'EXECUTING',
    suspend: 'EXECUTING',
    resume: 'EXECUTING',
  },
  // A part that is lifted leaves the order what it is: the rest stays in force.
  COMPLETED: {
    lift: 'LIFTING',
    liftPart: 'COMPLETED',
    retry: 'COMPLETED',
    suspend: 'COMPLETED',
    resume: 'COMPLETED',
    sweep: 'COMPLETED',
    reopen: 'EXECUTING',
    reopenPart: 'COMPLETED',
  },
  LIFTING: { retry: 'LIFTING', completeLifting: 'LIFTED' },
  LIFTED: { sweep: 'LIFTED', reopen: 'LIFTING' },
} as const satisfies Lifecycle<OrderState, OrderAction>;

export const VIOLATIONS = [
  'STANDARD_NOT_FOLLOWED',
  'LAX_ELIGIBILITY_CHECK',
  'FORGED_ELIGIBILITY',
  'FORGED_PAPERS',
  'FABRICATED_MATERIALS',
  'CERTIFICATES_WITHOUT_EXAM',
  'CERTIFICATES_TRADED',
] as const;
export type Violation = (typeof VIOLATIONS)[number];

/** A decision document with its place in the total order of the institution's orders. */
export interface Signature {
  readonly by: string;
  readonly at: Date;
  readonly documentNo: string;
  readonly epoch: bigint;
}

export const LIFT_GROUNDS = ['RECONSIDERATION', 'COURT', 'SELF_CORRECTION', 'CONDITION_MET', 'SUPERSEDED'] as const;
export type LiftGround = (typeof LIFT_GROUNDS)[number];

/** A decision that takes the order back, whole or in part; its undo rows carry its number. See liftings.ts. */
export interface Lifting extends Signature {
  /** From 1, in the order in which they were decided. */
  readonly number: number;
  readonly ground: LiftGround;
  readonly reason: string;
  /** What is lifted: within the order's scope, and some of its measures. */
  readonly scope: Scope;
  readonly measures: readonly Measure[];
  /** True if nothing of the order is in force afterwards. */
  readonly whole: boolean;
  readonly completedAt: Date | null;
}

/** 停止执行, by a court or the body that reconsiders. */
export interface Suspension {
  readonly at: Date;
  readonly reason: string;
}

/** The last count of what is still not as it should be, over all rows; null before the first. */
export interface Sweep {
  readonly total: bigint | null;
  readonly tries: number;
  /** When to count (again); null when nothing is to be counted. */
  readonly nextAt: Date | null;
}

export interface Order {
  readonly id: string;
  readonly state: OrderState;
  readonly scope: Scope;
  readonly measures: readonly Measure[];
  readonly grounds: readonly Violation[];
  readonly reason: string;
  /** The case that it belongs to; empty in orders from before cases were kept. */
  readonly caseId: string;
  /** A stop (M1) ahead of the decision, with the reason why it cannot wait and when it ends. */
  readonly interim: boolean;
  readonly urgency: string;
  readonly endCondition: string;
  /** YYYY-MM-DD, or empty without M6. */
  readonly rectifyBy: string;
  readonly institutionName: string;
  /** Competent authority, computed from the filing. */
  readonly authority: string;
  readonly draftedBy: string;
  readonly draftedAt: Date;
  readonly previewedAt: Date | null;
  readonly signature: Signature | null;
  /** When the last fence was in. */
  readonly fencedAt: Date | null;
  readonly issuedAt: Date | null;
  readonly completedAt: Date | null;
  /** In the order of their numbers; at most one is not completed. */
  readonly liftings: readonly Lifting[];
  readonly suspension: Suspension | null;
  /** The order that this one replaces once it is carried out, and the one that replaced it; empty without. */
  readonly supersedes: string;
  readonly supersededBy: string;
  /** Enforcement's signatures over what was ordered and what was lifted, oldest first. */
  readonly seals: readonly Seal[];
  readonly sweep: Sweep;
  /** What the checks between services found when they were last made. */
  readonly crossChecks: readonly CrossCheck[];
  /** When the closed order was last swept, and when a sweep last opened it again. */
  readonly sweptAt: Date | null;
  readonly reopenedAt: Date | null;
  readonly rows: readonly Row[];
  readonly fences: readonly Fence[];
}

/** What happened; each becomes the message of the same name on `enforcement.v1`. */
export type OrderEvent =
  /** `again`: told once more to who may not have heard it; nothing follows from it here. */
  | { readonly kind: 'orderIssued'; readonly again?: boolean }
  /** `reconfirmed`: bound anew to records that had moved. */
  | { readonly kind: 'rowReleased'; readonly row: number; readonly reconfirmed?: boolean }
  | { readonly kind: 'orderLifted'; readonly lifting: number; readonly again?: boolean }
  /** `lifting`: which one was completed; 0 = the order itself. */
  | { readonly kind: 'orderCompleted'; readonly lifting: number }
  | { readonly kind: 'orderReopened'; readonly rows: readonly number[] }
  | { readonly kind: 'orderSuspended' }
  | { readonly kind: 'orderResumed' }
  | { readonly kind: 'rowOverdue'; readonly row: number };

export interface Decision {
  readonly next: Order;
  readonly events: readonly OrderEvent[];
}

export const NO_SWEEP: Sweep = { total: null, tries: 0, nextAt: null };

/** A decision of which nobody needs to hear. */
export const quietly = (next: Order): Decision => ({ next, events: [] });

/** Several decisions in turn, as one. */
export const inTurn = <T>(order: Order, asked: readonly T[], decide: (order: Order, one: T) => Decision): Decision =>
  asked.reduce<Decision>((so, one) => {
    const { next, events } = decide(so.next, one);
    return { next, events: [...so.events, ...events] };
  }, quietly(order));

/** The lifting that is being carried out, if there is one. */
export const openLifting = (order: Order): Lifting | null => order.liftings.find((lifting) => lifting.completedAt === null) ?? null;

/** Carried out once and not taken back: completed, or open again since a sweep found records that had strayed. */
export const isCarriedOut = (order: Order): boolean =>
  order.state === 'COMPLETED' || (order.state === 'EXECUTING' && order.completedAt !== null);

/** Whether it can be taken back now: carried out, and no row of its own at work, which would claim records behind the back of its undoing. */
export const isLiftable = (order: Order): boolean =>
  isCarriedOut(order) && order.rows.every((row) => row.lifting !== 0 || row.state === 'DONE' || row.state === 'REFUSED');

/**
 * The rows that a count asks for: those in force; and of an order that is closed those of its completed liftings too, because what
 * was given back must stay so, as what was taken must.
 */
export const rowsToCount = (order: Order): Row[] => {
  if (openLifting(order) !== null) return rowsInForce(order);
  if (order.state === 'COMPLETED') return [...order.rows];
  return order.state === 'LIFTED' ? order.rows.filter((row) => row.lifting > 0) : rowsInForce(order);
};

/** The rows that the order now wants done: those of the lifting at work, or of the last one when all is lifted; else its effects. */
export const rowsInForce = (order: Order): Row[] => {
  const lifting = openLifting(order) ?? (order.state === 'LIFTED' ? order.liftings.at(-1) : null);
  return order.rows.filter((row) => row.lifting === (lifting?.number ?? 0));
};

/** The rows that people may ask again: those in force, and any other whose receipt is in doubt, as it is certified with them. */
export const rowsToRetry = (order: Order): Row[] => {
  const inForce = rowsInForce(order);
  return order.rows.filter((row) => inForce.includes(row) || row.dispute !== null);
};

/**
 * The rows that must hold before the order, or a lifting of it, is completed: all, but for a row of what is not wanted any more that was
 * refused when a sweep had it worked once more. It stays red, and no receipt of it will come.
 */
export const rowsToProve = (order: Order): Row[] => {
  const inForce = rowsInForce(order);
  return order.rows.filter((row) => row.state !== 'REFUSED' || inForce.includes(row));
};

/** What the order is doing since it was last completed and certified; empty while it stands as it was certified. */
export const laterState = (order: Order): 'EXECUTING' | 'LIFTING' | '' => {
  if (openLifting(order)) return 'LIFTING';
  return order.state === 'COMPLETED' || order.state === 'LIFTED' ? '' : 'EXECUTING';
};

/** The decision that asked for the row: the order's signature, or the lifting's. */
export const decisionOf = (order: Order, row: Row): Signature | null =>
  row.lifting === 0 ? order.signature : (order.liftings.find(({ number }) => number === row.lifting) ?? null);

/** True while the order's own rows stand still (停止执行); what takes an order back goes on. */
export const isStayed = (order: Order): boolean => order.suspension !== null && openLifting(order) === null;

/** The state that the action leads to. Refuses `order.illegal_move`. */
export const move = (order: Order, action: OrderAction): OrderState =>
  advance<OrderState, OrderAction>('order', ORDER_LIFECYCLE, order.state, action);

/** Which way the order takes to its signature (rules §7.9): see the gates of each kind in cases/gates.ts. */
export const kindOf = ({ interim, measures }: Pick<Order, 'interim' | 'measures'>): OrderKind => {
  if (interim) return 'interim';
  return measures.some((measure) => measure.startsWith('TRANSFER_')) ? 'transfer' : 'final';
};

/** What decides who may act on the order and see it. */
export const concernOf = (order: Order): Concern => ({
  authority: order.authority,
  institution: order.scope.institution,
  // A suspicion that is handed over is not shown to whom it is about.
  issued: order.issuedAt !== null && !isTransfer(order.measures),
});

/** What people may do now: the cells of the table, `retry` only while a row can be asked again. */
export const allowedActions = (order: Order): OrderAction[] => {
  const isRefused = rowsToRetry(order).some(canRetry);
  const people: Record<OrderAction, boolean> = {
    preview: true,
    sign: true,
    lift: isLiftable(order) && openLifting(order) === null,
    liftPart: isLiftable(order) && openLifting(order) === null,
    retry: isRefused,
    confirmDrift: rowsInForce(order).some(isDrifted),
    sweep: openLifting(order) === null && order.suspension === null,
    reopen: false,
    reopenPart: false,
    suspend: order.suspension === null,
    resume: order.suspension !== null,
    issue: false,
    complete: false,
    completeLifting: false,
  };
  return actionsFrom<OrderState, OrderAction>(ORDER_LIFECYCLE, order.state).filter((action) => people[action]);
};
