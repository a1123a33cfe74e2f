// The sweep of closed orders (复核). What was carried out once must still be so tonight: every closed order is counted again, and
// one record that is not as demanded, wherever and however it came, opens the order again. It is named in the ledger, its row
// is asked anew, and after zero the order completes once more. What nobody answered is neither zero nor a reason to reopen.
import { Refusal } from '@hengji/domain-kit';
import { checkCompetence, type Actor } from '../competence';
import { sweepAgain } from '../execution';
import { reopen, type Residuals, type Row } from '../ledger';
import { move, openLifting, quietly, rowsInForce, type Decision, type Order } from '../order';
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
  const rows = rowsInForce(order).filter((row) => !residuals.has(row.number));
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

const reopened = (order: Order, counted: Counted, checks: readonly CrossCheck[], now: Date): Decision => {
  const concerned = rowsInForce(order).filter((row) => isConcerned(order, row, counted));
  const rows = order.rows.map((row) => {
    if (!concerned.includes(row)) return row;
    const residual = counted.residuals.get(row.number);
    return { ...reopen(row, now), ...(residual && { residual: { ...residual, at: now } }) };
  });
  const total = concerned.reduce((sum, row) => sum + (counted.residuals.get(row.number)?.count ?? 0n), contradictionsIn(checks));
  const liftings =
    order.state === 'LIFTED'
      ? order.liftings.map((one, i, all) => (i === all.length - 1 ? { ...one, completedAt: null } : one))
      : order.liftings;
  return {
    next: {
      ...order,
      state: move(order, 'reopen'),
      liftings,
      rows,
      crossChecks: checks,
      sweptAt: now,
      reopenedAt: now,
      sweep: { total, tries: 0, nextAt: null },
    },
    events: [{ kind: 'orderReopened', rows: concerned.map(({ number }) => number) }],
  };
};

/** What the services counted of a closed order. An order that is closed no longer is left as it is. */
export const decideSweptClosed = (order: Order, counted: Counted, now: Date): Decision => {
  if (!isClosed(order)) return quietly(order);
  const found = crossChecksOf(order, counted.findings, now);
  const checks = found.length === 0 ? order.crossChecks : found;
  // One record is enough, whoever else was silent; the checks between services are not even asked where a count is not zero.
  if (rowsInForce(order).some((row) => isConcerned(order, row, counted))) return reopened(order, counted, checks, now);
  const isWhole = rowsInForce(order).every((row) => counted.residuals.has(row.number)) && isAnswered(order, counted.findings);
  if (!isWhole) return quietly({ ...order, sweep: sweepAgain(order.sweep, order.sweep.total, now) });
  return quietly({
    ...order,
    crossChecks: checks,
    sweptAt: now,
    sweep: { total: 0n, tries: 0, nextAt: null },
  });
};
