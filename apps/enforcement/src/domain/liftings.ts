// Liftings (解除决定): which part of an order is taken back, by whom and why. An order has a list of liftings; each lifting is
// a decision with its own number and epoch. A lifting must lie within the part of the order that is still in force. A measure
// cannot be lifted while a dependent measure stays in force (rules §7.9). Only this file computes the rows of a lifting.
import { Refusal } from '@hengji/domain-kit';
import type { Measure } from './cascade';
import { checkCompetence, type Actor } from './competence';
import { draftersOf } from './drafts/draft';
import { LONGEST_REASON } from './gates';
import { askFirst, openUndoRows } from './ledger';
import { isCarriedOut, isLiftable, move, NO_SWEEP, openLifting, type Decision, type LiftGround, type Lifting, type Order } from './order';
import { checkScope, isSameScope, LISTS, MEASURE_NAMES, type Scope } from './scope';

/** The dependents of a measure: the measure cannot be lifted where one of its dependents stays in force. */
export const LIFT_NEEDS = {
  CANCEL_RESULTS: ['VOID_CERTIFICATES'],
  VOID_CERTIFICATES: ['WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'],
} as const satisfies Partial<Record<Measure, readonly Measure[]>>;

/** Measures about the whole institution. A lifting narrowed by one of these fields cannot include the measure. */
const STAYS_WHEN_NARROWED_BY: Partial<Record<Measure, readonly (keyof Scope)[]>> = {
  STOP_EVALUATION: ['persons', 'certificates'],
  RECTIFY: [...LISTS, 'from', 'until'],
  REMOVE_FROM_DIRECTORY: [...LISTS, 'from', 'until'],
  TRANSFER_TO_DISCIPLINE: [...LISTS, 'from', 'until'],
  TRANSFER_TO_POLICE: [...LISTS, 'from', 'until'],
} as Partial<Record<string, readonly (keyof Scope)[]>>;

export interface LiftAsked {
  readonly actor: Actor;
  readonly ground: LiftGround;
  readonly reason: string;
  /** An empty list means the order's own list; null = the whole scope of the order. */
  readonly scope: Scope | null;
  /** Empty = all measures of the order that are in force in the scope and can be lifted for that scope. */
  readonly measures: readonly Measure[];
}

/** What a lifting takes back. */
export type Part = Pick<Lifting, 'scope' | 'measures' | 'whole'>;

const listName = (field: keyof Scope): string => (field === 'occupationLevels' ? 'occupation_levels' : field);

const outside = (field: string): never => {
  throw new Refusal('invalid', 'order.lift_outside', '解除范围应在原处理决定的范围之内', { field: `scope.${field}`, rule: 'rules §7.9' });
};

/** Narrows the order's scope as asked. Refuses `order.lift_outside`, naming the entry that the order does not include. */
export const narrow = (outer: Scope, asked: Scope): Scope => {
  checkScope(asked);
  if (asked.institution !== outer.institution) outside('institution');
  const list = <T>(field: keyof Scope, whole: readonly T[], part: readonly T[]): readonly T[] => {
    const known = new Set(whole.map((entry) => JSON.stringify(entry)));
    const stray = part.findIndex((entry) => known.size > 0 && !known.has(JSON.stringify(entry)));
    if (stray >= 0) outside(`${listName(field)}[${stray}]`);
    if (part.length === 0 || whole.length === 0) return part.length === 0 ? whole : part;
    // Keeps the sequence of the order's entries: a list of all entries in any sequence is the whole list.
    const named = new Set(part.map((entry) => JSON.stringify(entry)));
    return whole.filter((entry) => named.has(JSON.stringify(entry)));
  };
  if (asked.from !== '' && asked.from < outer.from) outside('from');
  if (asked.until !== '' && outer.until !== '' && asked.until > outer.until) outside('until');
  const interval = { from: asked.from || outer.from, until: asked.until || outer.until };
  if (interval.from !== '' && interval.until !== '' && interval.from > interval.until) outside(asked.from !== '' ? 'from' : 'until');
  return {
    institution: outer.institution,
    plans: list('plans', outer.plans, asked.plans),
    sessions: list('sessions', outer.sessions, asked.sessions),
    occupationLevels: list('occupationLevels', outer.occupationLevels, asked.occupationLevels.map(plainLevel)),
    persons: list('persons', outer.persons, asked.persons),
    certificates: list('certificates', outer.certificates, asked.certificates),
    ...interval,
  };
};

const plainLevel = ({ occupation, level }: Scope['occupationLevels'][number]): Scope['occupationLevels'][number] => ({ occupation, level });

/** Whether `inner` lies in `outer`, decided from the two scopes alone. */
export const liesIn = (inner: Scope, outer: Scope): boolean => {
  try {
    return isSameScope(narrow(outer, inner), inner);
  } catch (refusal) {
    if (refusal instanceof Refusal) return false;
    throw refusal;
  }
};

/** Whether the measure is still in force in some part of the scope. */
export const isInForce = (order: Order, measure: Measure, scope: Scope): boolean =>
  order.measures.includes(measure) && !order.liftings.some((past) => past.measures.includes(measure) && liesIn(scope, past.scope));

const canBeNarrowed = (measure: Measure, scope: Scope, order: Order): boolean =>
  !(STAYS_WHEN_NARROWED_BY[measure] ?? []).some((field) => scope[field].length > 0 && scope[field].length !== order.scope[field].length);

const refuseMeasure = (reason: string, message: string, at: number): never => {
  throw new Refusal('invalid', reason, message, { field: `measures[${Math.max(0, at)}]`, rule: 'rules §7.9' });
};

const checkAsked = (order: Order, measures: readonly Measure[], scope: Scope): void =>
  measures.forEach((measure, i) => {
    const name = MEASURE_NAMES[measure];
    if (measures.indexOf(measure) !== i) refuseMeasure('order.measure_repeated', `处理措施“${name}”重复`, i);
    if (!order.measures.includes(measure)) refuseMeasure('order.lift_outside', `原处理决定没有“${name}”`, i);
    if (!isInForce(order, measure, scope)) refuseMeasure('order.lifted_already', `“${name}”在此范围内已经解除`, i);
    if (!canBeNarrowed(measure, scope, order)) refuseMeasure('order.lift_indivisible', `“${name}”不能只就这一范围解除`, i);
  });

const checkNeeds = (order: Order, { scope, measures }: Omit<Part, 'whole'>): void => {
  for (const [measure, dependents] of Object.entries(LIFT_NEEDS) as [keyof typeof LIFT_NEEDS, readonly Measure[]][]) {
    if (!measures.includes(measure)) continue;
    const standing = dependents.filter((dependent) => !measures.includes(dependent) && isInForce(order, dependent, scope));
    if (standing.length > 0) {
      const names = standing.map((dependent) => `“${MEASURE_NAMES[dependent]}”`).join('、');
      const message = `解除“${MEASURE_NAMES[measure]}”须同时解除${names}`;
      throw new Refusal('invalid', 'order.lift_needs', message, { field: `measures[${measures.indexOf(measure)}]`, rule: 'rules §7.9' });
    }
  }
};

/**
 * The exact part that the request takes back. Refuses `order.lift_outside`, `order.lifted_already`, `order.lift_indivisible`
 * and `order.lift_needs`, naming the dependent measures.
 */
export const partOf = (order: Order, asked: Pick<LiftAsked, 'scope' | 'measures'>): Part => {
  const scope = asked.scope === null ? order.scope : narrow(order.scope, asked.scope);
  checkAsked(order, asked.measures, scope);
  const free = order.measures.filter((measure) => isInForce(order, measure, scope) && canBeNarrowed(measure, scope, order));
  const measures = order.measures.filter((measure) => (asked.measures.length > 0 ? asked.measures : free).includes(measure));
  if (measures.length === 0) refuseMeasure('order.lifted_already', '此范围内没有仍然有效、可以解除的处理措施', 0);
  checkNeeds(order, { scope, measures });
  const rest = order.measures.filter((measure) => !measures.includes(measure));
  return { scope, measures, whole: isSameScope(scope, order.scope) && rest.every((measure) => !isInForce(order, measure, order.scope)) };
};

const checkReason = (reason: string): void => {
  if (reason.trim() !== '' && reason.length <= LONGEST_REASON) return;
  throw new Refusal('invalid', 'order.no_reason', `解除决定应写明理由，不超过${LONGEST_REASON}字`, { field: 'reason', rule: 'rules §7.9' });
};

/** Refuses `order.same_person`: the drafter of an order may not lift it. */
export const checkNotDrafter = (order: Order, actor: Actor): void => {
  if (!draftersOf(order).includes(actor.officerId)) return;
  throw new Refusal('forbidden', 'order.same_person', '起草人不能解除自己起草的处理决定', {
    field: 'actor.officer_id',
    rule: 'rules §7.9',
  });
};

/**
 * Refuses a person who may not lift the order (the drafter neither signs nor lifts). Refuses a lifting that cannot be made:
 * `order.ground_not_by_hand`, `order.illegal_move`, `order.lifting_open`, `order.no_reason`, and as `partOf`.
 */
export const checkLift = (order: Order, asked: LiftAsked): Part => {
  checkCompetence(asked.actor, order.authority);
  checkNotDrafter(order, asked.actor);
  // Chosen by a person, this ground would name a successor that does not exist.
  if (asked.ground === 'SUPERSEDED') {
    const message = '“被新决定取代”由新决定执行完毕时自动作出，不能手工选择';
    throw new Refusal('invalid', 'order.ground_not_by_hand', message, { field: 'ground', rule: 'rules §7.9' });
  }
  return checkLiftable(order, asked);
};

const checkLiftable = (order: Order, asked: Omit<LiftAsked, 'actor'>): Part => {
  move(order, 'lift');
  if (!isLiftable(order) && openLifting(order) === null) {
    const message = isCarriedOut(order) ? '处理决定正在重新执行，须待各行执行完毕' : '处理决定尚未执行完毕，不能解除';
    throw new Refusal('illegalMove', 'order.illegal_move', message, { field: 'order_id', rule: 'rules §7.9' });
  }
  if (openLifting(order))
    throw new Refusal('illegalMove', 'order.lifting_open', '前一解除决定尚未执行完毕', { field: 'order_id', rule: 'rules §7.9' });
  checkReason(asked.reason);
  return partOf(order, asked);
};

/** The deciding person, and the numbers drawn in the same transaction. */
export interface LiftNumbers {
  readonly by: string;
  readonly documentNo: string;
  readonly epoch: bigint;
  readonly now: Date;
}

/** Creates one undo row for each row that is taken back, and asks those that wait for no other. `checkLift` checks competence. */
export const decideLift = (order: Order, asked: Omit<LiftAsked, 'actor'>, { by, documentNo, epoch, now }: LiftNumbers): Decision => {
  const part = checkLiftable(order, asked);
  const number = order.liftings.length + 1;
  const { ground, reason } = asked;
  const lifting = { number, by, at: now, documentNo, epoch, ground, reason, ...part, completedAt: null };
  const rows = [...order.rows, ...askFirst(openUndoRows(order.rows, number, part.measures), now)];
  const state = move(order, part.whole ? 'lift' : 'liftPart');
  return {
    next: { ...order, state, liftings: [...order.liftings, lifting], rows, sweep: NO_SWEEP },
    events: [{ kind: 'orderLifted', lifting: number }],
  };
};

/** The lifted parts of the order, for a count of what remains: each scope, and the rows taken back within that scope. */
export const liftedParts = (order: Order): { readonly scope: Scope; readonly rows: readonly number[] }[] =>
  order.liftings.map(({ number, scope }) => ({
    scope,
    rows: order.rows.filter((row) => row.lifting === number).map((row) => row.undoesRow),
  }));
