// The tasks (待办) that an order has for people, one row each. The rows read the order, what its case allows, and the work that
// the order left. A row that applies is a task of the officers of the authority, or of the institution. The signature of a
// final order is the step EXECUTE of its case (cases/steps.ts), so it has no row here.
import type { WaitingTask } from '@hengji/procedure/tables';
import { FOLLOW_UPS, isOpenFollowUp, type FollowUp, type FollowUpKind } from '../aftermath/follow-up';
import type { Rectification } from '../aftermath/rectification';
import type { Case } from '../cases/case';
import { gatesOf } from '../cases/gates';
import { isUnsigned } from '../drafts/draft';
import { isDrifted, isUndo, type Row } from '../ledger';
import { isInForce } from '../liftings';
import { allowedActions, isStayed, kindOf, openLifting, rowsInForce, rowsToRetry, type Order } from '../order';
import { isReopened } from '../reading/situations';
import { atGate } from '../reading/view';

/** An order with the related data that the rows read. */
export interface OrderAround {
  readonly order: Order;
  /** The case of an order before its signature; else null. */
  readonly theCase: Case | null;
  /** Null if the order demands none. */
  readonly rectification: Rectification | null;
  /** The follow-ups of the order. */
  readonly followUps: readonly FollowUp[];
  /** The number of decided left records (遗留记录), by row. */
  readonly leftDecided: ReadonlyMap<number, number>;
  readonly now: Date;
}

interface OrderTask {
  readonly title: string;
  readonly by: 'officer' | 'institution';
  readonly when: (around: OrderAround) => boolean;
  /** Codes of the limits (期限) by which the task is due. */
  readonly limits?: readonly string[];
  /** The due time where no limit runs. */
  readonly dueAt?: (order: Order) => Date | undefined;
}

const isSignable = (kind: 'interim' | 'transfer', { order, theCase, now }: OrderAround): boolean =>
  isUnsigned(order) &&
  kindOf(order) === kind &&
  theCase !== null &&
  gatesOf(theCase, atGate(order), now).every(({ missing }) => missing === '');

/** No row is late while the order is suspended (停止执行). */
const lateRows = (order: Order): Row[] =>
  isStayed(order) ? [] : rowsInForce(order).filter(({ overdue, state }) => overdue && state === 'ASKED');

/** Refused, or with a disputed receipt. A drifted row is confirmed and not retried. */
const isFailed = (row: Row): boolean => (row.state === 'REFUSED' && !isDrifted(row)) || (row.dispute !== null && row.state !== 'WAITING');

const isAtWork = (order: Order): boolean => order.state === 'EXECUTING' || openLifting(order) !== null;

/** Whether the last count or cross-check found records that are not in the demanded state. */
const isNotAsDemanded = (order: Order): boolean =>
  !isStayed(order) &&
  isAtWork(order) &&
  (isReopened(order) ||
    rowsInForce(order).some(({ state, residual }) => state === 'DONE' && (residual?.count ?? 0n) > 0n) ||
    order.crossChecks.some(({ contradictions }) => contradictions > 0n));

const hasLeft = ({ order, leftDecided }: OrderAround): boolean =>
  order.rows.some((row) => isUndo(row) && row.state === 'DONE' && (row.receipt?.left ?? 0n) > BigInt(leftDecided.get(row.number) ?? 0));

const isRectified = ({ order, rectification }: OrderAround): boolean =>
  rectification?.state === 'PASSED' && allowedActions(order).includes('lift') && isInForce(order, 'STOP_EVALUATION', order.scope);

const followUp = (kind: FollowUpKind): OrderTask => ({
  title: `善后：${FOLLOW_UPS[kind].title}`,
  by: 'officer',
  when: ({ followUps }) => followUps.some((one) => one.kind === kind && isOpenFollowUp(one)),
  limits: [FOLLOW_UPS[kind].deadline],
});

export const ORDER_TASKS = {
  SIGN_INTERIM: { title: '签发先行停止', by: 'officer', when: (around) => isSignable('interim', around) },
  SIGN_TRANSFER: { title: '签发移送', by: 'officer', when: (around) => isSignable('transfer', around), limits: ['D-TRANSFER-SEND'] },
  CONFIRM_DRIFT: { title: '确认变化后的范围', by: 'officer', when: ({ order }) => allowedActions(order).includes('confirmDrift') },
  RETRY: {
    title: '处理被拒或者存疑的事项',
    by: 'officer',
    when: ({ order }) => allowedActions(order).includes('retry') && rowsToRetry(order).some(isFailed),
  },
  CHASE: {
    title: '催办超过期限仍未执行的事项',
    by: 'officer',
    when: ({ order }) => lateRows(order).length > 0,
    dueAt: (order) =>
      lateRows(order)
        .flatMap(({ dueAt }) => dueAt ?? [])
        .sort((a, b) => a.getTime() - b.getTime())[0],
  },
  EXAMINE_RESIDUAL: { title: '查明残留或者不一致的记录', by: 'officer', when: ({ order }) => isNotAsDemanded(order) },
  DECIDE_LEFT: { title: '处理遗留记录', by: 'officer', when: hasLeft },
  GIVE_EVIDENCE: {
    title: '提交整改材料',
    by: 'institution',
    when: ({ rectification }) => rectification?.state === 'OPEN' || rectification?.state === 'FAILED',
    limits: ['D-RECTIFY'],
  },
  CHECK_RECTIFICATION: {
    title: '复查整改',
    by: 'officer',
    when: ({ rectification }) => rectification?.state === 'EVIDENCE_GIVEN',
    limits: ['D-RECTIFY-CHECK'],
  },
  // The condition of the stop is met; the drafter of the order may not lift it.
  LIFT_STOP: { title: '整改复查合格，解除停止评价', by: 'officer', when: isRectified },
  FOLLOW_CANDIDATES: followUp('CANDIDATES_IN_PROGRESS'),
  FOLLOW_ARCHIVES: followUp('ARCHIVES_HANDED_OVER'),
  FOLLOW_FEES: followUp('FEES_SETTLED'),
  FOLLOW_REGISTERS: followUp('REGISTERS_CLOSED'),
} as const satisfies Record<string, OrderTask>;

/** The tasks of the order now; empty if no person has to act. */
export const tasksOfOrder = (around: OrderAround): WaitingTask[] =>
  Object.entries<OrderTask>(ORDER_TASKS).flatMap(([step, { title, by, when, limits = [], dueAt }]) => {
    if (!when(around)) return [];
    const due = dueAt?.(around.order);
    return [{ step, title, role: by, limits, ...(due === undefined ? {} : { dueAt: due }) }];
  });

/** Which related data (case, rectification, follow-ups, left records) the rows need for this order. */
export const looksAt = (order: Order) => ({
  theCase: isUnsigned(order) && order.caseId !== '' && kindOf(order) !== 'final',
  rectification: order.caseId !== '' && order.issuedAt !== null && order.measures.includes('RECTIFY'),
  followUps: order.caseId !== '' && order.completedAt !== null && order.measures.includes('REMOVE_FROM_DIRECTORY'),
  leftDecided: order.liftings.length > 0,
});
