// From the signature to the proof: fenced, issued, reported row by row, swept to zero, completed. Every decision is driven by
// the stored order alone, so whoever starts again after a crash goes on where the last commit ended; and every one of them
// may be asked twice, because answers come twice.
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
/** Counts in a row that are not zero, after which the rows that are left with something are worked once more. */
const WORK_AGAIN_EVERY = 8;

const issue = (order: Order, now: Date): Decision => ({
  next: { ...order, state: move(order, 'issue'), issuedAt: now, rows: askFirst(order.rows, now) },
  events: [{ kind: 'orderIssued' }],
});

/** A service took its fence. With the last one the order is fenced and, unless it was already, issued in the same breath. */
export const decideFenced = (order: Order, service: Service, placed: Placed, now: Date): Decision => {
  const fences = placeFence(order.fences, service, placed, now);
  if (fences === order.fences) return quietly(order);
  if (!isFenced(fences)) return quietly({ ...order, fences });
  const fenced = { ...order, fences, fencedAt: order.fencedAt ?? now };
  if (order.state !== 'SIGNED') return sweepWhenDone(quietly(fenced), now);
  return isStayed(order) ? quietly(fenced) : issue(fenced, now);
};

/** A service did not take its fence: noted, and asked again later. */
export const decideFenceMissed = (order: Order, service: Service, trouble: string, now: Date): Decision => {
  const fences = missFence(order.fences, service, trouble, now);
  return quietly(fences === order.fences ? order : { ...order, fences });
};

/** When an order that is not fenced everywhere is issued nevertheless. */
export const patienceEnds = (order: Order, patienceMs: number): Date | null =>
  order.state === 'SIGNED' && order.signature ? new Date(order.signature.at.getTime() + patienceMs) : null;

/** Issues an order that takes no fences (a transfer), or whose fences are out of patience; any other is left as it is. */
export const decideIssueUnfenced = (order: Order, patienceMs: number, now: Date): Decision => {
  const end = patienceEnds(order, patienceMs);
  const isOver = order.fences.length === 0 || isDue(end, now, patienceMs);
  return end !== null && isOver && !isStayed(order) ? issue(order, now) : quietly(order);
};

/** Whether there are rows to be carried out now, and counted when they are: the order's, unless it is suspended, or a lifting's. */
const isAtWork = (order: Order): boolean => (order.state === 'EXECUTING' && !isStayed(order)) || openLifting(order) !== null;

/**
 * Once every row has its receipt and every service has signed its fence, the residual is counted at once. Fences from before they
 * were signed are asked for then.
 */
const sweepWhenDone = (decision: Decision, now: Date): Decision => {
  const { next, events } = decision;
  if (!isAtWork(next) || next.sweep.nextAt !== null || !isDone(rowsInForce(next))) return decision;
  if (isAttested(next.fences)) return { next: { ...next, sweep: { ...next.sweep, nextAt: now } }, events };
  const fences = askUnattested(next.fences, now);
  return fences === next.fences ? decision : { next: { ...next, fences }, events };
};

/** What a resumed order does next: it is issued if all its fences are in, and counted if all its rows are. */
export const issueOrSweep = (order: Order, fenced: boolean, now: Date): Decision =>
  order.state === 'SIGNED' && fenced ? issue(order, now) : sweepWhenDone(quietly(order), now);

const checkEpoch = (order: Order, report: Report): void => {
  if (report.kind === 'reported' && report.epoch !== decisionOf(order, getRow(order.rows, report.row))?.epoch) {
    throw new Refusal('conflict', 'report.wrong_epoch', `回执的次序号 ${report.epoch} 与处理决定不符`, { field: 'epoch' });
  }
};

/** What a service reports of a row; a receipt releases the rows that waited for it. A repeated report changes nothing. */
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
 * A receipt that cannot be accepted: shown with its row until the true one comes. A row that has its receipt is doubted only by
 * a second one that is as well signed (`report.receipt_differs`), and only while the order is open; what is merely forged is
 * kept aside and changes nothing. So is what another service says of the row, whatever it holds.
 */
export const decideDisputed = (order: Order, report: Report, refusal: Refusal, now: Date): Decision => {
  const row = report.kind === 'reported' ? order.rows.find(({ number }) => number === report.row) : undefined;
  if (!row || report.service !== row.target.service) return quietly(order);
  const isEquivocation = refusal.reason === 'report.receipt_differs' && isAtWork(order);
  if (row.state === 'DONE' && !isEquivocation) return quietly(order);
  const doubted = dispute(row, refusal, now);
  return quietly(doubted === row ? order : { ...order, rows: order.rows.map((one) => (one === row ? doubted : one)) });
};

/** What does not hold of that which was about to be certified. */
export interface Doubts {
  readonly rows: ReadonlyMap<number, Refusal>;
  readonly fences: ReadonlyMap<Service, string>;
}

/**
 * What was about to be certified does not hold: the rows are in doubt and asked as if they had no receipt, the fences as if they
 * had not been signed; the order stays open and is counted once what is true is in.
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

/** Asks a row again that was refused, is late, or whose receipt is in doubt: it is released anew. Refuses `row.not_refused`. */
export const decideRetry = (order: Order, actor: Actor, number: number, now: Date): Decision => {
  checkCompetence(actor, order.authority);
  move(order, 'retry');
  const before = getRow(rowsToRetry(order), number);
  const rows = order.rows.map((row) => (row === before ? retry(row, now) : row));
  return { next: { ...order, rows }, events: [{ kind: 'rowReleased', row: number }] };
};

/**
 * Marks the rows past their limit; each is announced once. The limit of a row that a clock ahead of time has asked begins now: it would
 * neither be late nor silent before that time.
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
 * Says once more what services that are silent may not have heard: the order or lifting of their rows, the reopening, each release.
 * Who heard it changes nothing; who is done says its receipt again. Nothing of the order itself changes.
 */
export const decideRemind = (order: Order, askedBefore: Date): Decision => {
  const silent = isStayed(order)
    ? []
    : rowsInForce(order).filter((row) => row.state === 'ASKED' && row.askedAt !== null && row.askedAt < askedBefore);
  if (silent.length === 0) return quietly(order);
  const announced = [...new Set(silent.map(({ lifting }) => lifting))].map((lifting): OrderEvent =>
    lifting === 0 ? { kind: 'orderIssued', again: true } : { kind: 'orderLifted', lifting, again: true },
  );
  // A row that was done and is asked anew: its service has a receipt, and works it again only when it hears of the reopening.
  const renewed = silent.filter((row) => row.renewedAfter !== null).map(({ number }) => number);
  const reopened: OrderEvent[] = renewed.length === 0 ? [] : [{ kind: 'orderReopened', rows: renewed }];
  const released = silent.map(({ number }): OrderEvent => ({ kind: 'rowReleased', row: number }));
  return { next: { ...order }, events: [...announced, ...reopened, ...released] };
};

/** A row that was doubted while the residual was being counted keeps the order from its end. */
const isSweeping = (order: Order): boolean => order.sweep.nextAt !== null && isAtWork(order) && isDone(rowsInForce(order));

/** Whether the residual is to be counted now. */
export const isSweepDue = (order: Order, now: Date): boolean => isSweeping(order) && isDue(order.sweep.nextAt, now, MOST_SWEEP_PAUSE_MS);

const complete = (order: Order, now: Date): Order => {
  const lifting = openLifting(order);
  if (!lifting) return { ...order, state: move(order, 'complete'), completedAt: now };
  const liftings = order.liftings.map((one) => (one === lifting ? { ...one, completedAt: now } : one));
  // An order that was lifted and reopened is being lifted again, by whichever of its liftings.
  const isEnd = lifting.whole || order.state === 'LIFTING';
  return isEnd ? { ...order, state: move(order, 'completeLifting'), liftings, suspension: null } : { ...order, liftings };
};

/** Counted again after a pause that grows. */
export const sweepAgain = (sweep: Sweep, total: bigint | null, now: Date): Sweep => ({
  total,
  tries: sweep.tries + 1,
  nextAt: new Date(now.getTime() + pauseMs(sweep.tries + 1, MOST_SWEEP_PAUSE_MS)),
});

/** The count that was about to complete the order is none: it is made again. */
export const decideCountAgain = (order: Order, now: Date): Decision =>
  quietly({ ...order, sweep: sweepAgain(order.sweep, order.sweep.total, now) });

/**
 * What is left is counted again, for it may only be on its way. What stays left was done, and has strayed since, behind the back of an
 * order that is open: no sweep of closed orders will find it, so its rows are worked once more, now and then.
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
 * What the services counted, each for itself and between them. Zero everywhere closes the order; anything else keeps it open
 * and is counted again.
 */
export const decideSwept = (order: Order, residuals: Residuals, findings: Findings, now: Date): Decision => {
  if (!isSweeping(order)) return quietly(order);
  const rows = order.rows.map((row) => {
    const residual = residuals.get(row.number);
    return residual ? { ...row, residual: { ...residual, at: now } } : row;
  });
  const counted = { ...order, rows };
  const inForce = rowsInForce(counted);
  // A row that nobody answered for is not zero.
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
  // After the part of a reopened order the order itself may have nothing left to do but be counted.
  return sweepWhenDone({ next, events: [{ kind: 'orderCompleted', lifting: openLifting(order)?.number ?? 0 }] }, now);
};

/**
 * Whether the service must hold the order's scope: from the signature until the order is carried out, and with M1 until M1 is
 * lifted. While it is being lifted, a service that has released its hold already must not take it again.
 */
export const isFenceWanted = (order: Order, service: Service): boolean => {
  if (isTransfer(order.measures)) return false;
  if (order.state === 'SIGNED' || (order.state === 'EXECUTING' && !isCarriedOut(order))) return true;
  if (!isStanding(order.measures) || !(isCarriedOut(order) || order.state === 'LIFTING')) return false;
  return !order.liftings.some((lifting) => endsHold(order, lifting, service));
};

/** Whether the lifting has taken the hold away from all of the order's scope there: with its row of M1, or where it has none, once it is completed. */
const endsHold = (order: Order, { number, scope, measures, completedAt }: Lifting, service: Service): boolean => {
  if (!measures.includes('STOP_EVALUATION') || !isSameScope(scope, order.scope)) return false;
  return (
    completedAt !== null ||
    order.rows.some((row) => row.lifting === number && row.target.service === service && isHold(row.target.effect) && row.state === 'DONE')
  );
};
