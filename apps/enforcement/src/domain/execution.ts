// From the signature to the certificate: fence, issue, record the reports of rows, sweep to zero, complete. Each decision
// depends on the stored order only, so a restarted process continues after the last commit. Each decision may be repeated,
// because reports may be repeated.
import { Refusal } from '@hengji/domain-kit';
import { isHold, isStanding, isTransfer, type Service } from './cascade';
import { isDue } from './clock/order-time';
import { checkCompetence, type Actor } from './competence';
import { askUnattested, doubtFences, isAttested, isFenced, missFence, pauseMs, placeFence, type Placed } from './fence';
import {
  askedByNow,
  askFirst,
  dispute,
  doubt,
  getRow,
  isDone,
  overdue,
  record,
  release,
  reopen,
  retry,
  type Report,
  type Residuals,
} from './ledger';
import {
  decisionOf,
  isCarriedOut,
  isStayed,
  move,
  openLifting,
  quietly,
  rowsInForce,
  rowsToRetry,
  type Decision,
  type Lifting,
  type Order,
  type OrderEvent,
  type Sweep,
} from './order';
import { checkCounts } from './receipt-counts';
import { contradictionsIn, crossChecksOf, isAnswered, type Findings } from './residual/cross-checks';
import { isSameScope } from './scope';

export const MOST_SWEEP_PAUSE_MS = 5 * 60_000;
/** After this many counts in a row above zero, the rows with a residual are carried out again. */
const WORK_AGAIN_EVERY = 8;

const issue = (order: Order, now: Date): Decision => ({
  next: { ...order, state: move(order, 'issue'), issuedAt: now, rows: askFirst(order.rows, now) },
  events: [{ kind: 'orderIssued' }],
});

/** Records a placed fence. After the last fence the order is fenced and, unless it was already issued, issued in the same decision. */
export const decideFenced = (order: Order, service: Service, placed: Placed, now: Date): Decision => {
  const fences = placeFence(order.fences, service, placed, now);
  if (fences === order.fences) return quietly(order);
  if (!isFenced(fences)) return quietly({ ...order, fences });
  const fenced = { ...order, fences, fencedAt: order.fencedAt ?? now };
  if (order.state !== 'SIGNED') return sweepWhenDone(quietly(fenced), now);
  return isStayed(order) ? quietly(fenced) : issue(fenced, now);
};

/** Records that a service did not take its fence; the fence is requested again later. */
export const decideFenceMissed = (order: Order, service: Service, trouble: string, now: Date): Decision => {
  const fences = missFence(order.fences, service, trouble, now);
  return quietly(fences === order.fences ? order : { ...order, fences });
};

/** When an order is issued even though a fence is missing. */
export const patienceEnds = (order: Order, patienceMs: number): Date | null =>
  order.state === 'SIGNED' && order.signature ? new Date(order.signature.at.getTime() + patienceMs) : null;

/** Issues an order that takes no fences (a transfer), or whose patience for fences has ended. Any other order stays unchanged. */
export const decideIssueUnfenced = (order: Order, patienceMs: number, now: Date): Decision => {
  const end = patienceEnds(order, patienceMs);
  const isOver = order.fences.length === 0 || isDue(end, now, patienceMs);
  return end !== null && isOver && !isStayed(order) ? issue(order, now) : quietly(order);
};

/** Whether rows are to be carried out, and then counted: the rows of an open lifting, or of the order unless it is suspended. */
const isAtWork = (order: Order): boolean => (order.state === 'EXECUTING' && !isStayed(order)) || openLifting(order) !== null;

/**
 * Schedules the count at once when each row has its receipt and each service has signed its fence. Requests signatures of
 * fences that were placed before fences were signed.
 */
const sweepWhenDone = (decision: Decision, now: Date): Decision => {
  const { next, events } = decision;
  if (!isAtWork(next) || next.sweep.nextAt !== null || !isDone(rowsInForce(next))) return decision;
  if (isAttested(next.fences)) return { next: { ...next, sweep: { ...next.sweep, nextAt: now } }, events };
  const fences = askUnattested(next.fences, now);
  return fences === next.fences ? decision : { next: { ...next, fences }, events };
};

/** The next step of a resumed order: issue it if all its fences are placed; schedule the count if all its rows are done. */
export const issueOrSweep = (order: Order, fenced: boolean, now: Date): Decision =>
  order.state === 'SIGNED' && fenced ? issue(order, now) : sweepWhenDone(quietly(order), now);

const checkEpoch = (order: Order, report: Report): void => {
  if (report.kind === 'reported' && report.epoch !== decisionOf(order, getRow(order.rows, report.row))?.epoch) {
    throw new Refusal('conflict', 'report.wrong_epoch', `回执的次序号 ${report.epoch} 与处理决定不符`, { field: 'epoch' });
  }
};

/** Records a service's report of a row; a receipt releases the rows that wait for this row. A repeated report changes nothing. */
export const decideRecord = (order: Order, report: Report, now: Date): Decision => {
  checkEpoch(order, report);
  const before = getRow(order.rows, report.row);
  const after = record(before, report);
  if (after === before) return quietly(order);
  if (report.kind === 'reported') checkCounts(order, after);
  const recorded = order.rows.map((row) => (row === before ? after : row));
  if (after.state !== 'DONE') return quietly({ ...order, rows: recorded });
  const rows = release(recorded, after.number, now);
  const released = rows.filter((row, i) => row !== recorded[i]);
  return sweepWhenDone({ next: { ...order, rows }, events: released.map((row) => ({ kind: 'rowReleased', row: row.number })) }, now);
};

/**
 * Records a receipt that cannot be accepted; the dispute is shown with its row until a valid receipt arrives. A row with a
 * receipt is disputed only by a second receipt with a valid signature (`report.receipt_differs`), and only while the order is
 * open. A forged receipt, or a report by a service that the row does not ask, is stored aside and changes nothing.
 */
export const decideDisputed = (order: Order, report: Report, refusal: Refusal, now: Date): Decision => {
  const row = report.kind === 'reported' ? order.rows.find(({ number }) => number === report.row) : undefined;
  if (!row || report.service !== row.target.service) return quietly(order);
  const isEquivocation = refusal.reason === 'report.receipt_differs' && isAtWork(order);
  if (row.state === 'DONE' && !isEquivocation) return quietly(order);
  const doubted = dispute(row, refusal, now);
  return quietly(doubted === row ? order : { ...order, rows: order.rows.map((one) => (one === row ? doubted : one)) });
};

/** The receipts and fences that failed the check before the certificate. */
export interface Doubts {
  readonly rows: ReadonlyMap<number, Refusal>;
  readonly fences: ReadonlyMap<Service, string>;
}

/**
 * Handles receipts and fences that failed the check before the certificate. The rows are asked again as if without receipt, the
 * fences as if unsigned. The order stays open and is counted after valid receipts and signatures arrive.
 */
export const decideDoubted = (order: Order, doubts: Doubts, now: Date): Decision =>
  quietly({
    ...order,
    rows: order.rows.map((row) => {
      const refusal = doubts.rows.get(row.number);
      return refusal ? doubt(row, refusal, now) : row;
    }),
    fences: doubtFences(order.fences, doubts.fences, now),
    sweep: { ...order.sweep, nextAt: null },
  });

/** Asks a row again that was refused, is late, or has a disputed receipt: the row is released anew. Refuses `row.not_refused`. */
export const decideRetry = (order: Order, actor: Actor, number: number, now: Date): Decision => {
  checkCompetence(actor, order.authority);
  move(order, 'retry');
  const before = getRow(rowsToRetry(order), number);
  const rows = order.rows.map((row) => (row === before ? retry(row, now) : row));
  return { next: { ...order, rows }, events: [{ kind: 'rowReleased', row: number }] };
};

/**
 * Marks the rows past their limit; each row is announced once. If a clock that was ahead asked the row, its limit starts now.
 * Otherwise the row would be neither late nor silent before that future time.
 */
export const decideOverdue = (order: Order, now: Date): Decision => {
  if (isStayed(order)) return quietly(order);
  const inForce = rowsInForce(order);
  const late = overdue(inForce, now);
  const rows = order.rows.map((row) => {
    if (late.includes(row)) return { ...row, overdue: true };
    return inForce.includes(row) ? askedByNow(row, now) : row;
  });
  const isMoved = rows.some((row, i) => row !== order.rows[i]);
  return { next: isMoved ? { ...order, rows } : order, events: late.map((row) => ({ kind: 'rowOverdue', row: row.number })) };
};

/**
 * Publishes again for silent rows, in case a message was lost: the order or lifting of these rows, the reopening, each release.
 * A service that consumed the message before changes nothing; a service that is done sends its receipt again. The order itself
 * does not change.
 */
export const decideRemind = (order: Order, askedBefore: Date): Decision => {
  const silent = isStayed(order)
    ? []
    : rowsInForce(order).filter((row) => row.state === 'ASKED' && row.askedAt !== null && row.askedAt < askedBefore);
  if (silent.length === 0) return quietly(order);
  const announced = [...new Set(silent.map(({ lifting }) => lifting))].map((lifting): OrderEvent =>
    lifting === 0 ? { kind: 'orderIssued', again: true } : { kind: 'orderLifted', lifting, again: true },
  );
  // The service of a renewed row holds a receipt, and carries the row out again only after it consumes the reopening.
  const renewed = silent.filter((row) => row.renewedAfter !== null).map(({ number }) => number);
  const reopened: OrderEvent[] = renewed.length === 0 ? [] : [{ kind: 'orderReopened', rows: renewed }];
  const released = silent.map(({ number }): OrderEvent => ({ kind: 'rowReleased', row: number }));
  return { next: { ...order }, events: [...announced, ...reopened, ...released] };
};

/** Whether a count may complete the order. A row that was disputed during the count prevents the completion. */
const isSweeping = (order: Order): boolean => order.sweep.nextAt !== null && isAtWork(order) && isDone(rowsInForce(order));

/** Whether the residual is to be counted now. */
export const isSweepDue = (order: Order, now: Date): boolean => isSweeping(order) && isDue(order.sweep.nextAt, now, MOST_SWEEP_PAUSE_MS);

const complete = (order: Order, now: Date): Order => {
  const lifting = openLifting(order);
  if (!lifting) return { ...order, state: move(order, 'complete'), completedAt: now };
  const liftings = order.liftings.map((one) => (one === lifting ? { ...one, completedAt: now } : one));
  // A lifted order that was reopened is in LIFTING again; the completion of any of its liftings ends that state.
  const isEnd = lifting.whole || order.state === 'LIFTING';
  return isEnd ? { ...order, state: move(order, 'completeLifting'), liftings, suspension: null } : { ...order, liftings };
};

/** Schedules the next count after a growing pause. */
export const sweepAgain = (sweep: Sweep, total: bigint | null, now: Date): Sweep => ({
  total,
  tries: sweep.tries + 1,
  nextAt: new Date(now.getTime() + pauseMs(sweep.tries + 1, MOST_SWEEP_PAUSE_MS)),
});

/** Rejects the count that was about to complete the order; the count is repeated. */
export const decideCountAgain = (order: Order, now: Date): Decision =>
  quietly({ ...order, sweep: sweepAgain(order.sweep, order.sweep.total, now) });

/**
 * Counts again, because a change may still be under way. A residual that stays belongs to a record that was changed after the
 * row was done, while the order was open. The nightly sweep covers closed orders only, so these rows are carried out again
 * after every eighth count.
 */
const countOrWorkAgain = (order: Order, sweep: Sweep, now: Date): Decision => {
  if (sweep.tries % WORK_AGAIN_EVERY !== 0) return quietly({ ...order, sweep });
  const strayed = rowsInForce(order).filter(({ residual }) => (residual?.count ?? 0n) > 0n);
  const rows = order.rows.map((row) => (strayed.includes(row) ? reopen(row, now) : row));
  return {
    next: { ...order, rows, reopenedAt: now, sweep: { ...sweep, nextAt: null } },
    events: [{ kind: 'orderReopened', rows: strayed.map(({ number }) => number) }],
  };
};

/**
 * Records the residuals and the cross-checks between services. If all are zero, the order is closed. Otherwise the order stays
 * open and is counted again.
 */
export const decideSwept = (order: Order, residuals: Residuals, findings: Findings, now: Date): Decision => {
  if (!isSweeping(order)) return quietly(order);
  const rows = order.rows.map((row) => {
    const residual = residuals.get(row.number);
    return residual ? { ...row, residual: { ...residual, at: now } } : row;
  });
  const counted = { ...order, rows };
  const inForce = rowsInForce(counted);
  // A row without an answer is not zero.
  if (inForce.some((row) => !residuals.has(row.number)))
    return quietly({ ...counted, sweep: sweepAgain(order.sweep, order.sweep.total, now) });
  const total = inForce.reduce((sum, row) => sum + (row.residual?.count ?? 0n), 0n);
  if (total > 0n) return countOrWorkAgain(counted, sweepAgain(order.sweep, total, now), now);
  const crossChecks = crossChecksOf(counted, findings, now);
  const checked = { ...counted, crossChecks };
  const contradictions = contradictionsIn(crossChecks);
  if (contradictions > 0n || !isAnswered(counted, findings)) {
    return quietly({ ...checked, sweep: sweepAgain(order.sweep, contradictions > 0n ? contradictions : order.sweep.total, now) });
  }
  const next = complete({ ...checked, sweep: { total, tries: order.sweep.tries + 1, nextAt: null } }, now);
  // After the lifting of a part of a reopened order, the order itself may only need a count.
  return sweepWhenDone({ next, events: [{ kind: 'orderCompleted', lifting: openLifting(order)?.number ?? 0 }] }, now);
};

/**
 * Whether the service must hold the order's scope: from the signature until the order is carried out, and with M1 until M1 is
 * lifted. During a lifting, a service that has already released its hold must not take the hold again.
 */
export const isFenceWanted = (order: Order, service: Service): boolean => {
  if (isTransfer(order.measures)) return false;
  if (order.state === 'SIGNED' || (order.state === 'EXECUTING' && !isCarriedOut(order))) return true;
  if (!isStanding(order.measures) || !(isCarriedOut(order) || order.state === 'LIFTING')) return false;
  return !order.liftings.some((lifting) => endsHold(order, lifting, service));
};

/**
 * Whether the lifting has released the hold of the whole scope at the service. The release is the service's undo row of M1.
 * Where the lifting has no such row, the release is the completion of the lifting.
 */
const endsHold = (order: Order, { number, scope, measures, completedAt }: Lifting, service: Service): boolean => {
  if (!measures.includes('STOP_EVALUATION') || !isSameScope(scope, order.scope)) return false;
  return (
    completedAt !== null ||
    order.rows.some((row) => row.lifting === number && row.target.service === service && isHold(row.target.effect) && row.state === 'DONE')
  );
};
