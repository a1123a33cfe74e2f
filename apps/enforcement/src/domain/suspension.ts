// 停止执行: a court, or the body that reconsiders, stops the execution of an order, and may let it go on. What a suspension
// does depends on how far the order has come; it never takes anything back (that is what a lifting is for), and it never
// stops a lifting, which is in the institution's favour. Basis: 行政诉讼法第五十六条, 行政复议法第四十二条.
import { Refusal } from '@hengji/domain-kit';
import { checkCompetence, type Actor } from './competence';
import { isFenced } from './fence';
import { issueOrSweep } from './execution';
import { LONGEST_REASON } from './gates';
import { move, openLifting, rowsInForce, type Decision, type Order, type OrderState } from './order';

/** What stands still while the order is suspended in this state; null = it cannot be suspended. */
export interface SuspensionRule {
  /** The order's hold: kept, so that the scope does not grow while its rows are half done; or paused, when it is all that still acts. */
  readonly hold: 'kept' | 'paused';
  /** Its rows: not asked; stopped after the chunk that they are in; or done already, and left so. */
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

/** Stops it. Refuses `order.illegal_move` (also when it is suspended already), `order.no_reason`, another's territory. */
export const decideSuspend = (order: Order, { actor, reason, now }: SuspendAsked): Decision => {
  checkCompetence(actor, order.authority);
  const state = move(order, 'suspend');
  if (order.suspension) illegal('处理决定已经停止执行');
  checkReason(reason);
  // What was to be counted is counted after the resumption; a lifting's count goes on.
  const sweep = openLifting(order) ? order.sweep : { ...order.sweep, nextAt: null };
  return { next: { ...order, state, suspension: { at: now, reason }, sweep }, events: [{ kind: 'orderSuspended' }] };
};

/** The order with the limits of the rows at work put off by the time they stood still. */
const putOff = (order: Order, since: Date, now: Date): Order => {
  const inForce = rowsInForce(order);
  const rows = order.rows.map((row) => {
    if (row.state !== 'ASKED' || row.dueAt === null || !inForce.includes(row)) return row;
    // Not less than nothing: the clock that stopped it may have been ahead.
    const still = Math.max(0, now.getTime() - Math.max(since.getTime(), row.askedAt?.getTime() ?? 0));
    return { ...row, dueAt: new Date(row.dueAt.getTime() + still) };
  });
  return { ...order, rows };
};

/** What became of a closed order is not counted before its services can have heard that its hold stands again. */
const HEARD_WITHIN_MS = 60_000;

const countLater = (order: Order, now: Date): Order =>
  order.state === 'COMPLETED' && !openLifting(order)
    ? { ...order, sweep: { ...order.sweep, nextAt: new Date(now.getTime() + HEARD_WITHIN_MS) } }
    : order;

/** Lets it go on where it stopped. Refuses `order.illegal_move` when it is not suspended. */
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
