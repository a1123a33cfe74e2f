// The lifecycle of an order, as a table, and the type of an order. The decisions are in gates.ts (people) and execution.ts (the
// driver and the services' reports). Each decision takes the current order and a request, and returns the next order and its
// events. No function of this folder waits, calls a service or reads a clock.
import { actionsFrom, advance, type Lifecycle } from '@hengji/domain-kit';
import type { OrderKind } from './cases/case';
import { isTransfer, type Measure } from './cascade';
import type { Concern } from './competence';
import type { Discarded } from './drafts/draft';
import type { Fence } from './fence';
import { canRetry, isDrifted, type Row } from './ledger';
import type { Seal } from './proof';
import type { CrossCheck } from './residual/cross-checks';
import type { Scope } from './scope';

export const ORDER_STATES = ['DRAFT', 'PREVIEWED', 'SIGNED', 'EXECUTING', 'COMPLETED', 'LIFTING', 'LIFTED', 'DISCARDED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** The driver and the sweep take `issue`, `complete`, `completeLifting`, `reopen` and `reopenPart`; people take the other actions. */
export type OrderAction =
  | 'edit'
  | 'discard'
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
  DRAFT: { preview: 'PREVIEWED', edit: 'DRAFT', discard: 'DISCARDED' },
  PREVIEWED: { preview: 'PREVIEWED', sign: 'SIGNED', edit: 'DRAFT', discard: 'DISCARDED' },
  SIGNED: { issue: 'EXECUTING', suspend: 'SIGNED', resume: 'SIGNED' },
  // An order in EXECUTING can be lifted only if it was carried out once and reopened by a sweep (`isLiftable`).
  EXECUTING: {
    retry: 'EXECUTING',
    confirmDrift: 'EXECUTING',
    complete: 'COMPLETED',
    lift: 'LIFTING',
    liftPart: 'EXECUTING',
    suspend: 'EXECUTING',
    resume: 'EXECUTING',
  },
  // A lifting of a part does not change the state: the rest stays in force.
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
  DISCARDED: {},
} as const satisfies Lifecycle<OrderState, OrderAction>;

/** V1..V7 (N3.5b), then S1..S5 of the screening, in the sequence of rules §7.1. */
export const VIOLATIONS = [
  ...(['STANDARD_NOT_FOLLOWED', 'LAX_ELIGIBILITY_CHECK', 'FORGED_ELIGIBILITY', 'FORGED_PAPERS', 'FABRICATED_MATERIALS'] as const),
  ...(['CERTIFICATES_WITHOUT_EXAM', 'CERTIFICATES_TRADED'] as const),
  ...(['FILING_CONDITIONS_NOT_MET', 'OUT_OF_SCOPE', 'BEYOND_EMPLOYER_SIZE', 'PERSONS_OUTSIDE_UNIT', 'REPORTED_ISSUES'] as const),
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

/** A decision that takes back the order, whole or in part; its undo rows hold its number. See liftings.ts. */
export interface Lifting extends Signature {
  /** From 1, in the sequence of the decisions. */
  readonly number: number;
  readonly ground: LiftGround;
  readonly reason: string;
  /** The lifted part: within the order's scope, and some of its measures. */
  readonly scope: Scope;
  readonly measures: readonly Measure[];
  /** True if nothing of the order is in force afterwards. */
  readonly whole: boolean;
  readonly completedAt: Date | null;
}

/** 停止执行, by a court or the reconsideration body. */
export interface Suspension {
  readonly at: Date;
  readonly reason: string;
}

/** The last total of records that are not in the demanded state, over all rows; null before the first count. */
export interface Sweep {
  readonly total: bigint | null;
  readonly tries: number;
  /** When to count next; null when no count is due. */
  readonly nextAt: Date | null;
}

export interface Order {
  readonly id: string;
  readonly state: OrderState;
  readonly scope: Scope;
  readonly measures: readonly Measure[];
  readonly grounds: readonly Violation[];
  readonly reason: string;
  /** The case of the order; empty in orders from before cases existed. */
  readonly caseId: string;
  /** A stop (M1) before the decision; `urgency` is why it cannot wait, `endCondition` when it ends. */
  readonly interim: boolean;
  readonly urgency: string;
  readonly endCondition: string;
  /** YYYY-MM-DD, or empty without M6. */
  readonly rectifyBy: string;
  readonly institutionName: string;
  /** The authority that handles the order now: that of the filing, or that which took the case over (提级). */
  readonly authority: string;
  readonly filedWith: string;
  readonly draftedBy: string;
  /** Name and version of the draft, its editors (the last one last), and what became of it: see drafts/draft.ts. */
  readonly title: string;
  readonly revision: number;
  readonly editedBy: readonly string[];
  readonly discarded: Discarded | null;
  readonly replacesDraft: string;
  readonly replacedByDraft: string;
  readonly draftedAt: Date;
  readonly previewedAt: Date | null;
  readonly signature: Signature | null;
  /** When the last fence was placed. */
  readonly fencedAt: Date | null;
  readonly issuedAt: Date | null;
  readonly completedAt: Date | null;
  /** In the sequence of their numbers; at most one is not completed. */
  readonly liftings: readonly Lifting[];
  readonly suspension: Suspension | null;
  /** The order that this order replaces once it is carried out, and the order that replaced it; empty if there is none. */
  readonly supersedes: string;
  readonly supersededBy: string;
  /** Enforcement's signatures over what was ordered and what was lifted, oldest first. */
  readonly seals: readonly Seal[];
  readonly sweep: Sweep;
  /** The results of the last cross-checks between services. */
  readonly crossChecks: readonly CrossCheck[];
  /** When the closed order was last swept, and when a sweep last reopened it. */
  readonly sweptAt: Date | null;
  readonly reopenedAt: Date | null;
  readonly rows: readonly Row[];
  readonly fences: readonly Fence[];
}

/** The events of a decision; each becomes the message of the same name on `enforcement.v1`. */
export type OrderEvent =
  /** `again`: published again in case the message was lost; changes nothing of the order. */
  | { readonly kind: 'orderIssued'; readonly again?: boolean }
  /** `reconfirmed`: the row is bound to a new set of records after a drift. */
  | { readonly kind: 'rowReleased'; readonly row: number; readonly reconfirmed?: boolean }
  | { readonly kind: 'orderLifted'; readonly lifting: number; readonly again?: boolean }
  /** `lifting`: the number of the completed lifting; 0 = the order itself. */
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

/** A decision without events. */
export const quietly = (next: Order): Decision => ({ next, events: [] });

/** Applies several decisions one after another, and returns them as one. */
export const inTurn = <T>(order: Order, asked: readonly T[], decide: (order: Order, one: T) => Decision): Decision =>
  asked.reduce<Decision>((so, one) => {
    const { next, events } = decide(so.next, one);
    return { next, events: [...so.events, ...events] };
  }, quietly(order));

/** The lifting that is being carried out, if any. */
export const openLifting = (order: Order): Lifting | null => order.liftings.find((lifting) => lifting.completedAt === null) ?? null;

/** Whether the order was carried out and not taken back: completed, or reopened by a sweep that found changed records. */
export const isCarriedOut = (order: Order): boolean =>
  order.state === 'COMPLETED' || (order.state === 'EXECUTING' && order.completedAt !== null);

/**
 * Whether the order can be lifted now: it is carried out, and none of its own rows is asked or waits. Such a row could claim
 * records while its undo row is carried out.
 */
export const isLiftable = (order: Order): boolean =>
  isCarriedOut(order) && order.rows.every((row) => row.lifting !== 0 || row.state === 'DONE' || row.state === 'REFUSED');

/**
 * The rows to count: those in force; for a closed order also the undo rows of its completed liftings. Restored records must
 * stay restored, as changed records must stay changed.
 */
export const rowsToCount = (order: Order): Row[] => {
  if (openLifting(order) !== null) return rowsInForce(order);
  if (order.state === 'COMPLETED') return [...order.rows];
  return order.state === 'LIFTED' ? order.rows.filter((row) => row.lifting > 0) : rowsInForce(order);
};

/**
 * The rows that the order currently demands: those of the open lifting, or of the last lifting when all is lifted; otherwise
 * its effects.
 */
export const rowsInForce = (order: Order): Row[] => {
  const lifting = openLifting(order) ?? (order.state === 'LIFTED' ? order.liftings.at(-1) : null);
  return order.rows.filter((row) => row.lifting === (lifting?.number ?? 0));
};

/** The rows that people may retry: those in force, and any other row with a disputed receipt, because the certificate includes that row. */
export const rowsToRetry = (order: Order): Row[] => {
  const inForce = rowsInForce(order);
  return order.rows.filter((row) => inForce.includes(row) || row.dispute !== null);
};

/**
 * The rows that must hold before the order, or one of its liftings, is completed. A row that is no longer in force and was
 * refused after a reopening is left out: that row stays REFUSED and gets no receipt.
 */
export const rowsToProve = (order: Order): Row[] => {
  const inForce = rowsInForce(order);
  return order.rows.filter((row) => row.state !== 'REFUSED' || inForce.includes(row));
};

/** The state of the order since its last certificate; empty while the order is as certified. */
export const laterState = (order: Order): 'EXECUTING' | 'LIFTING' | '' => {
  if (openLifting(order)) return 'LIFTING';
  return order.state === 'COMPLETED' || order.state === 'LIFTED' ? '' : 'EXECUTING';
};

/** The decision that asked for the row: the signature of the order, or the lifting. */
export const decisionOf = (order: Order, row: Row): Signature | null =>
  row.lifting === 0 ? order.signature : (order.liftings.find(({ number }) => number === row.lifting) ?? null);

/** True while the order's own rows are suspended (停止执行); a lifting continues. */
export const isStayed = (order: Order): boolean => order.suspension !== null && openLifting(order) === null;

/** The next state for the action. Refuses `order.illegal_move`. */
export const move = (order: Order, action: OrderAction): OrderState =>
  advance<OrderState, OrderAction>('order', ORDER_LIFECYCLE, order.state, action);

/** The kind of the order, which decides its gates before the signature (rules §7.9): see cases/gates.ts. */
export const kindOf = ({ interim, measures }: Pick<Order, 'interim' | 'measures'>): OrderKind => {
  if (interim) return 'interim';
  return measures.some((measure) => measure.startsWith('TRANSFER_')) ? 'transfer' : 'final';
};

/** The properties that decide who may act on the order and read it. */
export const concernOf = (order: Order): Concern => ({
  authority: order.authority,
  ...(order.filedWith === order.authority ? {} : { filedWith: order.filedWith }),
  institution: order.scope.institution,
  // A transfer is not shown to the institution under suspicion.
  issued: order.issuedAt !== null && !isTransfer(order.measures),
});

/** The actions of people in the current state; `retry` only while a row can be retried. */
export const allowedActions = (order: Order): OrderAction[] => {
  const isRefused = rowsToRetry(order).some(canRetry);
  const people: Record<OrderAction, boolean> = {
    edit: true,
    discard: true,
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
