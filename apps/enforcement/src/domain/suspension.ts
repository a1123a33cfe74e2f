// 停止执行: a court or the reconsideration body suspends the execution of an order, and may let it resume. The effect of a
// suspension depends on the state of the order. A suspension takes nothing back (a lifting does), and never stops a lifting,
// which favours the institution. Basis: 行政诉讼法第五十六条, 行政复议法第四十二条.
import { Refusal } from '@hengji/domain-kit';
import { checkCompetence, type Actor } from './competence';
import { isFenced } from './fence';
import { issueOrSweep } from './execution';
import { LONGEST_REASON } from './gates';
import { move, openLifting, rowsInForce, type Decision, type Order, type OrderState } from './order';

/** What a suspension stops in this state; null = the order cannot be suspended. */
export interface SuspensionRule {
  /**
   * The order's hold: kept, so that the scope does not grow while rows are half done; or paused, when only the hold still has
   * an effect.
   */
  readonly hold: 'kept' | 'paused';
  /** The rows: not asked; stopped after the current chunk; or already done and left so. */
  readonly rows: 'not asked' | 'stopped' | 'left as done';
}

export const SUSPENSION_RULES = {
  DRAFT: null,
  PREVIEWED: null,
  SIGNED: { hold: 'kept', rows: 'not asked' },
  EXECUTING: { hold: 'kept', rows: 'stopped' },
  COMPLETED: { hold: 'paused', rows: 'left as done' },
  LIFTING: null,
  LIFTED: null,
  DISCARDED: null,
} as const satisfies Record<OrderState, SuspensionRule | null>;

export interface SuspendAsked {
  readonly actor: Actor;
  readonly reason: string;
  readonly now: Date;
}

const checkReason = (reason: string): void => {
  if (reason.trim() !== '' && reason.length <= LONGEST_REASON) return;
  throw new Refusal('invalid', 'order.no_reason', `应写明裁定或决定的文号和内容，不超过${LONGEST_REASON}字`, {
    field: 'reason',
    rule: '行政诉讼法第五十六条',
  });
};

const illegal = (message: string): never => {
  throw new Refusal('illegalMove', 'order.illegal_move', message, { field: 'order_id', rule: '行政诉讼法第五十六条' });
};

/** Suspends the order. Refuses `order.illegal_move` (also if already suspended), `order.no_reason`, an officer of another territory. */
export const decideSuspend = (order: Order, { actor, reason, now }: SuspendAsked): Decision => {
  checkCompetence(actor, order.authority);
  const state = move(order, 'suspend');
  if (order.suspension) illegal('处理决定已经停止执行');
  checkReason(reason);
  // A due count of the order is dropped until the resumption; the count of a lifting continues.
  const sweep = openLifting(order) ? order.sweep : { ...order.sweep, nextAt: null };
  return { next: { ...order, state, suspension: { at: now, reason }, sweep }, events: [{ kind: 'orderSuspended' }] };
};

/** Extends the limits of the asked rows by the time of the suspension. */
const putOff = (order: Order, since: Date, now: Date): Order => {
  const inForce = rowsInForce(order);
  const rows = order.rows.map((row) => {
    if (row.state !== 'ASKED' || row.dueAt === null || !inForce.includes(row)) return row;
    // Not negative: the clock that set the suspension may have been ahead.
    const still = Math.max(0, now.getTime() - Math.max(since.getTime(), row.askedAt?.getTime() ?? 0));
    return { ...row, dueAt: new Date(row.dueAt.getTime() + still) };
  });
  return { ...order, rows };
};

/** Wait before a count of a closed order after its resumption, so that its services can consume the message and hold the scope again. */
const HEARD_WITHIN_MS = 60_000;

const countLater = (order: Order, now: Date): Order =>
  order.state === 'COMPLETED' && !openLifting(order)
    ? { ...order, sweep: { ...order.sweep, nextAt: new Date(now.getTime() + HEARD_WITHIN_MS) } }
    : order;

/** Resumes the order where it stopped. Refuses `order.illegal_move` if the order is not suspended. */
export const decideResume = (order: Order, { actor, reason, now }: SuspendAsked): Decision => {
  checkCompetence(actor, order.authority);
  const state = move(order, 'resume');
  const { suspension } = order;
  if (!suspension) return illegal('处理决定未停止执行');
  checkReason(reason);
  const atWork = openLifting(order) ? order : putOff(order, suspension.at, now);
  const { next, events } = issueOrSweep({ ...atWork, state, suspension: null }, isFenced(order.fences), now);
  return { next: countLater(next, now), events: [...events, { kind: 'orderResumed' }] };
};
