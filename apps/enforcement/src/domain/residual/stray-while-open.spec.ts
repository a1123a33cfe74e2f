import { completed, executing, later, liftedIn, noneFound, NOW, receiptOf, reported, zeroOf } from '../../../test/orders';
import { decideRecord, decideSwept } from '../execution';
import { decisionOf, openLifting, rowsInForce, type Order, type OrderEvent } from '../order';
import type { Residuals } from '../ledger';
import { decideAltered, decideAlteredClosed, type Altered } from './altered';
import { decideSweptClosed } from './reopening';

const COUNTS = 8;

/** The order after this many counts, each with this residual. */
const countedOften = (order: Order, residuals: Residuals, times = COUNTS): { next: Order; events: OrderEvent[] } => {
  let next = order;
  const events: OrderEvent[] = [];
  for (let i = 0; i < times; i++) {
    const decision = decideSwept(next, residuals, noneFound(next), later(1_000 * i));
    next = decision.next;
    events.push(...decision.events);
  }
  return { next, events };
};

/** Reports every asked row with work that started then; work from before a reopening would be ignored. */
const worked = (order: Order, at: Date): Order => {
  const row = rowsInForce(order).find(({ state }) => state === 'ASKED');
  if (!row) return order;
  const receipt = { ...receiptOf(row), startedAt: at, finishedAt: at };
  const epoch = decisionOf(order, row)?.epoch ?? 0n;
  return worked(decideRecord(order, { kind: 'reported', row: row.number, service: row.target.service, epoch, receipt }, at).next, at);
};

const strayed = (order: Order, row: number): Residuals => zeroOf(order).set(row, { count: 1n, sample: ['C-1'] });
const reopened = (): Order => {
  const order = completed();
  return decideSweptClosed(order, { residuals: strayed(order, 1), findings: noneFound(order) }, NOW).next;
};

describe('a record that is changed while its order is open', () => {
  it.each<[string, Order]>([
    ['for the first time', reported(executing())],
    ['open again for another record', worked(reopened(), later(5))],
    ['being lifted', reported(liftedIn(completed()).next)],
  ])('has its row carried out again: %s', (_, order) => {
    const row = rowsInForce(order)[1]?.number ?? 0;
    expect(countedOften(order, strayed(order, row), COUNTS - 1).events).toEqual([]);
    const { next, events } = countedOften(order, strayed(order, row));
    expect(events).toEqual([{ kind: 'orderReopened', rows: [row] }]);
    expect(next.rows.find(({ number }) => number === row)).toMatchObject({ state: 'ASKED', receipt: null, residual: { sample: ['C-1'] } });
    expect(next).toMatchObject({ state: order.state, reopenedAt: later(7_000), sweep: { nextAt: null, total: 1n } });
    expect(openLifting(next)).toEqual(openLifting(order));
    const done = worked(next, later(9_000));
    expect(decideSwept(done, zeroOf(done), noneFound(done), later(10_000)).events).toMatchObject([{ kind: 'orderCompleted' }]);
  });

  it('is only counted again while its change may still be under way', () => {
    const order = reported(executing());
    const { next } = countedOften(order, strayed(order, 1), 3);
    expect(decideSwept(next, zeroOf(next), noneFound(next), later(5_000)).next.state).toBe('COMPLETED');
  });
});

describe('altered evidence', () => {
  const seal: Altered = { row: 0, what: 'orders.signedBy 与签封不符' };

  it('reopens a closed order, and the first row in force shows the finding', () => {
    const { next, events } = decideAlteredClosed(completed(), [seal, { row: 2, what: 'ledger_row 第2行' }], later(1));
    expect(next).toMatchObject({ state: 'EXECUTING', sweep: { total: 2n } });
    expect(next.rows[0]?.dispute).toMatchObject({ reason: 'evidence.altered' });
    expect(next.rows[0]?.dispute?.detail).toContain('orders.signedBy');
    expect(next.rows[1]?.dispute?.detail).toContain('第2行');
    expect(events).toEqual([]);
  });

  it('changes nothing if nothing is altered, or if the order is already open', () => {
    const order = completed();
    expect(decideAlteredClosed(order, [], NOW).next).toBe(order);
    const open = executing();
    expect(decideAlteredClosed(open, [seal], NOW).next).toBe(open);
  });

  it('keeps an order open that was about to be completed', () => {
    const order = reported(executing());
    const { next } = decideAltered(order, [seal], NOW);
    expect(next.rows[0]?.dispute).toMatchObject({ reason: 'evidence.altered' });
    expect(decideSwept(next, zeroOf(next), noneFound(next), later(1)).next).toBe(next);
  });
});
