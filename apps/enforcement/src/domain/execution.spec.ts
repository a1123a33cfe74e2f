import {
  completed,
  drafted,
  executing,
  later,
  liftedIn,
  NOW,
  officer,
  placed,
  previewed,
  receipt,
  reported,
  signed,
  SIGNER,
  noneFound,
  zeroOf,
} from '../../test/orders';
import { SERVICES } from './cascade';
import {
  decideFenced,
  decideFenceMissed,
  decideIssueUnfenced,
  decideOverdue,
  decideRecord,
  decideRemind,
  decideRetry,
  decideSwept,
  isFenceWanted,
  isSweepDue,
} from './execution';
import type { Report } from './ledger';
import { decideSweptClosed } from './residual/reopening';
import { rowsInForce, type Order } from './order';

const PATIENCE = 2_000;
const refusal = (reason: string) => expect.objectContaining({ reason });
const fencedBut = (missing: string, order = signed()): Order =>
  SERVICES.filter((service) => service !== missing).reduce((next, service) => decideFenced(next, service, placed(NOW), NOW).next, order);
const lifting = (order = completed(['STOP_EVALUATION'])): Order => liftedIn(order).next;
const report = (row: number, service: string, epoch = 7n): Report => ({ kind: 'reported', row, service, epoch, receipt: receipt(row) });
/** The receipt of an undo row that takes a hold back: one leaf, the hold. */
const hold = (row: number, service: string): Report => ({
  ...{ kind: 'reported', row, service, epoch: 9n },
  receipt: { ...receipt(row), leaves: 1n },
});

describe('fencing and issuing', () => {
  it('issues the order in the same decision as the last fence', () => {
    const four = fencedBut('exchange');
    expect(four).toMatchObject({ state: 'SIGNED', fencedAt: null });
    const { next, events } = decideFenced(four, 'exchange', placed(later(40)), later(41));
    expect(next).toMatchObject({ state: 'EXECUTING', fencedAt: later(41), issuedAt: later(41) });
    expect(events).toEqual([{ kind: 'orderIssued' }]);
    expect(next.rows.map(({ state }) => state)).toEqual(['ASKED', 'ASKED', 'WAITING', 'ASKED', 'ASKED']);
  });

  it('changes nothing when the same fence is reported twice', () => {
    const order = executing();
    expect(decideFenced(order, 'exam', placed(later(9)), later(9))).toEqual({ next: order, events: [] });
  });

  it('issues without a fence when the patience ends, and not a millisecond earlier', () => {
    const missed = decideFenceMissed(fencedBut('exam'), 'exam', 'service.unavailable', NOW).next;
    expect(decideIssueUnfenced(missed, PATIENCE, later(PATIENCE - 1))).toEqual({ next: missed, events: [] });
    const { next, events } = decideIssueUnfenced(missed, PATIENCE, later(PATIENCE));
    expect(next).toMatchObject({ state: 'EXECUTING', fencedAt: null });
    expect(events).toEqual([{ kind: 'orderIssued' }]);
    expect(decideIssueUnfenced(next, PATIENCE, later(PATIENCE))).toEqual({ next, events: [] });
  });

  it('does not issue twice when the late fence arrives, but sets fencedAt then', () => {
    const unfenced = decideIssueUnfenced(fencedBut('exam'), PATIENCE, later(PATIENCE)).next;
    const { next, events } = decideFenced(unfenced, 'exam', placed(later(9_000)), later(9_001));
    expect(next).toMatchObject({ state: 'EXECUTING', fencedAt: later(9_001), issuedAt: later(PATIENCE) });
    expect(events).toEqual([]);
  });
});

describe('reports', () => {
  it('release the waiting rows in the same decision', () => {
    const { next, events } = decideRecord(executing(), report(2, 'certificate'), later(5));
    expect(events).toEqual([{ kind: 'rowReleased', row: 3 }]);
    expect(next.rows[2]).toMatchObject({ state: 'ASKED', askedAt: later(5) });
    expect(decideRecord(next, report(2, 'certificate'), later(6))).toEqual({ next, events: [] });
  });

  it.each<[string, Order, Report, string]>([
    ['a row that is not there', executing(), report(99, 'exam'), 'row.unknown'],
    ['another epoch', executing(), report(1, 'exam', 8n), 'report.wrong_epoch'],
    ['a draft', drafted(), report(1, 'exam'), 'report.wrong_epoch'],
    ['a signed order', signed(), report(1, 'exam'), 'row.not_asked'],
  ])('are refused for %s', (_, order, wrong, reason) => {
    expect(() => decideRecord(order, wrong, NOW)).toThrow(refusal(reason));
  });

  it('change nothing on a completed order when they are late', () => {
    const order = completed();
    expect(decideRecord(order, report(1, 'exam'), later(5))).toEqual({ next: order, events: [] });
  });

  it('of undo rows carry the epoch of the lifting', () => {
    const order = lifting();
    expect(decideRecord(order, hold(7, 'approval'), NOW).next.rows[6]?.state).toBe('DONE');
  });
});

describe('residual', () => {
  it('is counted at once when every row is done', () => {
    const order = executing();
    expect(isSweepDue(order, NOW)).toBe(false);
    const done = reported(order, later(7));
    expect(done.sweep).toEqual({ total: null, tries: 0, nextAt: later(7) });
    expect(isSweepDue(done, later(7))).toBe(true);
    expect(isSweepDue(done, later(6))).toBe(false);
  });

  it('is not counted before every service has its fence', () => {
    const unfenced = decideIssueUnfenced(fencedBut('approval'), PATIENCE, later(PATIENCE)).next;
    const done = reported(unfenced, later(PATIENCE));
    expect(done.sweep.nextAt).toBeNull();
    expect(decideFenced(done, 'approval', placed(later(3_000)), later(3_000)).next.sweep.nextAt).toEqual(later(3_000));
  });

  it('is not counted before every service has signed its fence, even if the order was issued with that fence', () => {
    const unsigned = { placedAt: later(5), attestation: null, trouble: 'fence.unsigned' };
    const issued = decideFenced(fencedBut('approval'), 'approval', unsigned, later(6));
    expect(issued).toMatchObject({ next: { state: 'EXECUTING', fencedAt: later(6) }, events: [{ kind: 'orderIssued' }] });
    const done = reported(issued.next, later(7));
    expect(done.sweep.nextAt).toBeNull();
    const { next, events } = decideFenced(done, 'approval', placed(later(5)), later(300));
    expect(next).toMatchObject({ fencedAt: later(6), sweep: { nextAt: later(300) } });
    expect(events).toEqual([]);
  });

  it('of an order with unsigned fences is counted only after their signatures were requested', () => {
    const order = executing();
    const old = { ...order, fences: order.fences.map((fence) => ({ ...fence, attestation: null })) };
    const done = reported(old, later(9));
    expect(done.sweep.nextAt).toBeNull();
    expect(done.fences.map(({ nextTryAt }) => nextTryAt)).toEqual(SERVICES.map(() => later(9)));
  });

  it('closes the order at zero', () => {
    const done = reported(executing());
    const { next, events } = decideSwept(done, zeroOf(done), noneFound(done), later(9));
    expect(next).toMatchObject({ state: 'COMPLETED', completedAt: later(9), sweep: { total: 0n, nextAt: null } });
    expect(events).toEqual([{ kind: 'orderCompleted', lifting: 0 }]);
    expect(decideSwept(next, zeroOf(done), noneFound(done), later(10))).toEqual({ next, events: [] });
  });

  it('keeps the order open while one record is left, names the row and counts again after growing pauses', () => {
    const done = reported(executing());
    const one = zeroOf(done).set(2, { count: 1n, sample: ['S000021010003263000001'] });
    const { next, events } = decideSwept(done, one, noneFound(done), NOW);
    expect(events).toEqual([]);
    expect(next).toMatchObject({ state: 'EXECUTING', sweep: { total: 1n, tries: 1, nextAt: later(200) } });
    expect(next.rows[1]?.residual).toEqual({ count: 1n, sample: ['S000021010003263000001'], at: NOW });
    expect(decideSwept(next, one, noneFound(done), later(200)).next.sweep).toEqual({ total: 1n, tries: 2, nextAt: later(600) });
    expect(decideSwept(next, zeroOf(done), noneFound(done), later(200)).next).toMatchObject({ state: 'COMPLETED', sweep: { total: 0n } });
  });

  it('does not treat a missing answer as zero', () => {
    const done = reported(executing());
    const silent = zeroOf(done);
    silent.delete(1);
    expect(decideSwept(done, silent, noneFound(done), NOW).next).toMatchObject({ state: 'EXECUTING', sweep: { total: null, tries: 1 } });
  });

  it('closes a lifting as lifted', () => {
    const done = reported(lifting());
    const { next, events } = decideSwept(done, zeroOf(done), noneFound(done), later(9));
    expect(next).toMatchObject({ state: 'LIFTED', liftings: [{ completedAt: later(9) }], completedAt: NOW });
    expect(events).toEqual([{ kind: 'orderCompleted', lifting: 1 }]);
  });
});

describe('overdue and retry', () => {
  it('announces a late row once', () => {
    const order = executing();
    const { next, events } = decideOverdue(order, later(30 * 60_000 + 1));
    expect(events).toEqual([
      { kind: 'rowOverdue', row: 1 },
      { kind: 'rowOverdue', row: 2 },
    ]);
    expect(decideOverdue(next, later(31 * 60_000))).toEqual({ next, events: [] });
    expect(decideOverdue(order, later(30 * 60_000))).toEqual({ next: order, events: [] });
  });

  it('lets any competent person retry a refused row', () => {
    const refused = { kind: 'refused', row: 1, service: 'exam', reason: 'order.more_than_signed', detail: '' } as const;
    const red = decideRecord(executing(), refused, NOW).next;
    expect(() => decideRetry(red, officer('x', '2102'), 1, NOW)).toThrow(refusal('order.out_of_territory'));
    expect(() => decideRetry(red, SIGNER, 2, NOW)).toThrow(refusal('row.not_refused'));
    expect(() => decideRetry(red, SIGNER, 99, NOW)).toThrow(refusal('row.unknown'));
    const { next, events } = decideRetry(red, SIGNER, 1, later(5));
    expect(next.rows[0]).toMatchObject({ state: 'ASKED', askedAt: later(5), refusal: null });
    expect(events).toEqual([{ kind: 'rowReleased', row: 1 }]);
    expect(() => decideRetry(completed(), SIGNER, 1, NOW)).toThrow(refusal('row.not_refused'));
  });
});

describe('reminding', () => {
  const issuedAgain = { kind: 'orderIssued', again: true };

  it('publishes the order and the silent rows again, and changes nothing of the order', () => {
    const one = decideRecord(executing(), report(1, 'exam'), later(5)).next;
    const silent = one.rows.filter(({ state }) => state === 'ASKED').map(({ number }) => number);
    const { next, events } = decideRemind(one, later(6));
    expect(events).toEqual([issuedAgain, ...silent.map((row) => ({ kind: 'rowReleased', row }))]);
    expect(silent).not.toContain(1);
    expect(next).toEqual(one);
  });

  it('publishes nothing for a row that was just asked, has answered, or is suspended', () => {
    const order = executing();
    expect(decideRemind(order, NOW).next).toBe(order);
    expect(decideRemind(reported(order), later(5)).events).toEqual([]);
    const suspension = { by: 'signer', at: NOW, court: '', documentNo: '', reason: '' };
    expect(decideRemind({ ...order, suspension } as Order, later(5)).events).toEqual([]);
  });

  it('publishes a lifting again for its undo rows, and nothing for the rows that it takes back', () => {
    const lifted = lifting();
    const undo = rowsInForce(lifted).filter(({ state }) => state === 'ASKED');
    expect(undo.length).toBeGreaterThan(0);
    const released = undo.map(({ number }) => ({ kind: 'rowReleased', row: number }));
    expect(decideRemind(lifted, later(5)).events).toEqual([{ kind: 'orderLifted', lifting: 1, again: true }, ...released]);
  });
});

describe('reminding of a reopening', () => {
  it('publishes the reopening again for the rows that were asked anew, because their services hold a receipt', () => {
    const order = completed();
    const planted = zeroOf(order).set(2, { count: 1n, sample: ['x'] });
    const { next } = decideSweptClosed(order, { residuals: planted, findings: noneFound(order) }, later(5));
    expect(decideRemind(next, later(6)).events).toEqual([
      { kind: 'orderIssued', again: true },
      { kind: 'orderReopened', rows: [2] },
      { kind: 'rowReleased', row: 2 },
    ]);
  });
});

describe('which fences are in force', () => {
  it.each<[string, Order, boolean]>([
    ['a preview', previewed(['STOP_EVALUATION']), false],
    ['a signed order', signed(), true],
    ['an order at work', executing(), true],
    ['a completed order', completed(), false],
    ['a completed M1', completed(['STOP_EVALUATION']), true],
    ['an M1 that is being lifted', lifting(), true],
    ['another that is being lifted', lifting(completed()), false],
  ])('%s: %s', (_, order, isWanted) => {
    expect(isFenceWanted(order, 'exam')).toBe(isWanted);
  });

  it('does not require a hold again after a lifting of M1, nor for an order that was only reopened', () => {
    const two = completed(['STOP_EVALUATION', 'CANCEL_RESULTS']);
    const open = liftedIn(two, { measures: ['STOP_EVALUATION'] }).next;
    expect([isFenceWanted(open, 'exam'), isFenceWanted(open, 'exchange')]).toEqual([true, true]);
    const done = reported(open);
    expect([isFenceWanted(done, 'exam'), isFenceWanted(done, 'exchange')]).toEqual([false, true]);
    const lifted = decideSwept(done, zeroOf(done), noneFound(done), later(9)).next;
    expect([lifted.state, isFenceWanted(lifted, 'exam'), isFenceWanted(lifted, 'exchange')]).toEqual(['COMPLETED', false, false]);
    const session = { ...two.scope, sessions: ['s1'] };
    const part = reported(liftedIn(two, { measures: ['STOP_EVALUATION'], scope: session }).next);
    expect(isFenceWanted(decideSwept(part, zeroOf(part), noneFound(part), later(9)).next, 'exchange')).toBe(true);
    const order = completed();
    const planted = zeroOf(order).set(2, { count: 1n, sample: ['x'] });
    expect(isFenceWanted(decideSweptClosed(order, { residuals: planted, findings: noneFound(order) }, later(5)).next, 'exam')).toBe(false);
  });

  it('does not require a hold again from a service that has released it', () => {
    const released = decideRecord(lifting(), hold(8, 'exam'), NOW).next;
    expect(rowsInForce(released).find(({ number }) => number === 8)?.target.effect).toBe('HOLD_PLANS');
    expect(isFenceWanted(released, 'exam')).toBe(false);
    expect(isFenceWanted(released, 'certificate')).toBe(true);
    expect(isFenceWanted(released, 'exchange')).toBe(true);
  });
});
