// The sweep of closed orders (复核). What was carried out once must still be so tonight: every closed order is counted again, and
// one record that is not as demanded, wherever and however it came, opens the order again. It is named in the ledger, its row
// is asked anew, and after zero the order completes once more. What nobody answered is neither zero nor a reason to reopen.
import { Refusal } from '@hengji/domain-kit';
import { checkCompetence, type Actor } from '../competence';
import { sweepAgain } from '../execution';
import { askUnattested } from '../fence';
import { reopen, type Residuals, type Row } from '../ledger';
import { move, openLifting, quietly, rowsToCount, type Decision, type Order } from '../order';
import { checksOf, contradictionsIn, crossChecksOf, isAnswered, type CrossCheck, type Findings } from './cross-checks';

/** What the services answered. */
export interface Counted {
  readonly residuals: Residuals;
  readonly findings: Findings;
}

/** Closed, whole: nothing of it is at work, and no court has stayed it. */
export const isClosed = (order: Order): boolean =>
  (order.state === 'COMPLETED' || order.state === 'LIFTED') && openLifting(order) === null && order.suspension === null;

/** Refuses whoever may not have it swept: another's territory, or `order.illegal_move` unless it is closed. */
export const checkSweep = (order: Order, actor: Actor): void => {
  checkCompetence(actor, order.authority);
  move(order, 'sweep');
  if (!isClosed(order))
    throw new Refusal('illegalMove', 'order.illegal_move', '处理决定正在解除或停止执行中，不能复核', { field: 'state' });
};

/** The services that did not answer; the count stands only without any. */
export const silentIn = (order: Order, { residuals, findings }: Counted): string[] => {
  const rows = rowsToCount(order).filter((row) => !residuals.has(row.number));
  const checks = checksOf(order).filter(({ check }) => !findings.has(check));
  return [
    ...new Set([
      ...rows.map((row) => row.target.service),
      ...checks.flatMap(({ from, against }) => [from, against].map((row) => row.target.service)),
    ]),
  ];
};

const isConcerned = (order: Order, row: Row, { residuals, findings }: Counted): boolean =>
  (residuals.get(row.number)?.count ?? 0n) > 0n ||
  checksOf(order).some(({ check, against }) => against.number === row.number && (findings.get(check)?.contradictions ?? 0n) > 0n);

/** The order's own rows first: what a part of it gave back is put right after what it took. */
const firstOf = (rows: readonly Row[]): number => Math.min(...rows.map(({ lifting }) => lifting));

const reopened = (order: Order, counted: Counted, checks: readonly CrossCheck[], now: Date): Decision => {
  const concerned = rowsToCount(order).filter((row) => isConcerned(order, row, counted));
  const lifting = firstOf(concerned);
  // One decision is at work at a time; what strayed of another is named, and found again once this one is closed.
  const asked = concerned.filter((row) => row.lifting === lifting);
  const rows = order.rows.map((row) => {
    if (!concerned.includes(row)) return row;
    const residual = counted.residuals.get(row.number);
    const next = asked.includes(row) ? reopen(row, now) : row;
    return { ...next, ...(residual && { residual: { ...residual, at: now } }) };
  });
  const total = concerned.reduce((sum, row) => sum + (counted.residuals.get(row.number)?.count ?? 0n), contradictionsIn(checks));
  const liftings = order.liftings.map((one) => (one.number === lifting ? { ...one, completedAt: null } : one));
  const isPart = lifting > 0 && order.state === 'COMPLETED';
  return {
    next: {
      ...order,
      state: move(order, isPart ? 'reopenPart' : 'reopen'),
      liftings,
      rows,
      crossChecks: checks,
      sweptAt: asked.length < concerned.length ? null : now,
      reopenedAt: now,
      sweep: { total, tries: 0, nextAt: null },
    },
    events: [{ kind: 'orderReopened', rows: asked.map(({ number }) => number) }],
  };
};

/** Rows of which nothing is left over, and of which their service has yet something to say (what cannot be compared). */
const withRemarks = (rows: readonly Row[], { residuals }: Counted, now: Date): readonly Row[] => {
  const said = (sample: readonly string[] | undefined): string => (sample ?? []).join('\n');
  const next = rows.map((row) => {
    const counted = residuals.get(row.number);
    return !counted || said(counted.sample) === said(row.residual?.sample) ? row : { ...row, residual: { ...counted, at: now } };
  });
  return next.every((row, i) => row === rows[i]) ? rows : next;
};

/** Whether the order is what it was when it was counted: nothing of it was lifted, stopped or opened again meanwhile. */
const isAsCounted = (order: Order, counted: Order): boolean =>
  isClosed(order) &&
  order.state === counted.state &&
  order.reopenedAt?.getTime() === counted.reopenedAt?.getTime() &&
  order.liftings.length === counted.liftings.length &&
  order.rows.every((row, i) => row.receipt?.finishedAt?.getTime() === counted.rows[i]?.receipt?.finishedAt?.getTime());

/** What the services counted of a closed order, `seen` before they did. One that has moved since is left as it is: the count is not of it. */
export const decideSweptClosed = (order: Order, counted: Counted, now: Date, seen = order): Decision => {
  if (!isClosed(order) || !isAsCounted(order, seen)) return quietly(order);
  const found = crossChecksOf(order, counted.findings, now);
  const checks = found.length === 0 ? order.crossChecks : found;
  // One record is enough, whoever else was silent; the checks between services are not even asked where a count is not zero.
  if (rowsToCount(order).some((row) => isConcerned(order, row, counted))) return reopened(order, counted, checks, now);
  const isWhole = rowsToCount(order).every((row) => counted.residuals.has(row.number)) && isAnswered(order, counted.findings);
  if (!isWhole) return quietly({ ...order, sweep: sweepAgain(order.sweep, order.sweep.total, now) });
  return quietly({
    ...order,
    rows: withRemarks(order.rows, counted, now),
    crossChecks: checks,
    // Orders from before fences were signed: what is lifted of them later can then be certified.
    fences: order.state === 'COMPLETED' ? askUnattested(order.fences, now) : order.fences,
    sweptAt: now,
    sweep: { total: 0n, tries: 0, nextAt: null },
  });
};
