// The sweep of closed orders (复核). Every closed order is counted again each night. One record that is not in the demanded
// state reopens the order, whatever changed the record. The ledger names the record, its row is asked again, and the order is
// completed again after a count of zero. A missing answer is neither zero nor a reason to reopen.
import { Refusal } from '@hengji/domain-kit';
import { checkCompetence, type Actor } from '../competence';
import { sweepAgain } from '../execution';
import { askUnattested } from '../fence';
import { reopen, type Residuals, type Row } from '../ledger';
import { move, openLifting, quietly, rowsToCount, type Decision, type Order } from '../order';
import { checksOf, contradictionsIn, crossChecksOf, isAnswered, type CrossCheck, type Findings } from './cross-checks';

/** The answers of the services. */
export interface Counted {
  readonly residuals: Residuals;
  readonly findings: Findings;
}

/** Whether the order is closed: no lifting is open, and the order is not suspended. */
export const isClosed = (order: Order): boolean =>
  (order.state === 'COMPLETED' || order.state === 'LIFTED') && openLifting(order) === null && order.suspension === null;

/** Refuses an officer of another territory, and `order.illegal_move` unless the order is closed. */
export const checkSweep = (order: Order, actor: Actor): void => {
  checkCompetence(actor, order.authority);
  move(order, 'sweep');
  if (!isClosed(order))
    throw new Refusal('illegalMove', 'order.illegal_move', '处理决定正在解除或停止执行中，不能复核', { field: 'state' });
};

/** The services without an answer; a count of zero needs all answers. */
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

/** The order's own rows come first: records that a lifting restored are corrected after the records that the order changed. */
const firstOf = (rows: readonly Row[]): number => Math.min(...rows.map(({ lifting }) => lifting));

const reopened = (order: Order, counted: Counted, checks: readonly CrossCheck[], now: Date): Decision => {
  const concerned = rowsToCount(order).filter((row) => isConcerned(order, row, counted));
  const lifting = firstOf(concerned);
  // Only one decision is carried out at a time. Records of another decision are named, and found again by the next sweep.
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

/** Updates rows without residual for which the service returned a remark (records that cannot be compared). */
const withRemarks = (rows: readonly Row[], { residuals }: Counted, now: Date): readonly Row[] => {
  const said = (sample: readonly string[] | undefined): string => (sample ?? []).join('\n');
  const next = rows.map((row) => {
    const counted = residuals.get(row.number);
    return !counted || said(counted.sample) === said(row.residual?.sample) ? row : { ...row, residual: { ...counted, at: now } };
  });
  return next.every((row, i) => row === rows[i]) ? rows : next;
};

/** Whether the order is unchanged since the count: not lifted, suspended or reopened meanwhile. */
const isAsCounted = (order: Order, counted: Order): boolean =>
  isClosed(order) &&
  order.state === counted.state &&
  order.reopenedAt?.getTime() === counted.reopenedAt?.getTime() &&
  order.liftings.length === counted.liftings.length &&
  order.rows.every((row, i) => row.receipt?.finishedAt?.getTime() === counted.rows[i]?.receipt?.finishedAt?.getTime());

/** Records a count of a closed order; `seen` is the order before the count. If the order has changed since, the count is dropped. */
export const decideSweptClosed = (order: Order, counted: Counted, now: Date, seen = order): Decision => {
  if (!isClosed(order) || !isAsCounted(order, seen)) return quietly(order);
  const found = crossChecksOf(order, counted.findings, now);
  const checks = found.length === 0 ? order.crossChecks : found;
  // One record is enough, even if other services did not answer. Cross-checks are not asked if a count is not zero.
  if (rowsToCount(order).some((row) => isConcerned(order, row, counted))) return reopened(order, counted, checks, now);
  const isWhole = rowsToCount(order).every((row) => counted.residuals.has(row.number)) && isAnswered(order, counted.findings);
  if (!isWhole) return quietly({ ...order, sweep: sweepAgain(order.sweep, order.sweep.total, now) });
  return quietly({
    ...order,
    rows: withRemarks(order.rows, counted, now),
    crossChecks: checks,
    // Requests the signatures of fences that were placed before fences were signed, so that a later lifting can be certified.
    fences: order.state === 'COMPLETED' ? askUnattested(order.fences, now) : order.fences,
    sweptAt: now,
    sweep: { total: 0n, tries: 0, nextAt: null },
  });
};
