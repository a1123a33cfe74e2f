import {
  completed,
  DRAFTER,
  executing,
  drafted,
  INSTITUTION,
  later,
  liftedIn,
  NOW,
  officer,
  reported,
  SIGNER,
  WHOLE,
  noneFound,
  zeroOf,
} from '../../test/orders';
import type { Measure } from './cascade';
import { decideRecord, decideRetry, decideSwept } from './execution';
import { isUndo } from './ledger';
import { checkLift, liftedParts, type LiftAsked } from './liftings';
import { allowedActions, rowsInForce, type Order } from './order';
import { decideSweptClosed } from './residual/reopening';
import type { Scope } from './scope';

const refusal = (reason: string, field?: string) =>
  expect.objectContaining({ reason, ...(field ? { detail: expect.objectContaining({ field }) } : {}) });
const PERSON = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);
const FIVE: Measure[] = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];
const persons = (...list: string[]): Scope => ({ ...WHOLE, persons: list });
const finished = (order: Order): Order => {
  const done = reported(order);
  return decideSwept(done, zeroOf(done), noneFound(done), later(9)).next;
};

describe('the person who lifts', () => {
  it('is not the drafter', () => {
    const asked: LiftAsked = { actor: DRAFTER, ground: 'COURT', reason: '判决撤销', scope: null, measures: [] };
    expect(() => checkLift(completed(), asked)).toThrow(refusal('order.same_person', 'actor.officer_id'));
    expect(() => checkLift(completed(), { ...asked, actor: SIGNER })).not.toThrow();
  });
});

describe('lifting the whole', () => {
  it('creates an undo row for each row and asks the undo rows that wait for none', () => {
    const { next, events } = liftedIn(completed());
    expect(next).toMatchObject({ state: 'LIFTING', liftings: [{ number: 1, epoch: 9n, whole: true, completedAt: null }] });
    expect(next.rows.filter(isUndo).map(({ state }) => state)).toEqual(['ASKED', 'WAITING', 'WAITING', 'ASKED', 'ASKED']);
    expect(events).toEqual([{ kind: 'orderLifted', lifting: 1 }]);
  });

  it.each<[string, () => Order, Partial<LiftAsked>, string]>([
    ['a draft', drafted, {}, 'order.illegal_move'],
    ['an order at work', executing, {}, 'order.illegal_move'],
    ['one lifted already', () => liftedIn(completed()).next, {}, 'order.illegal_move'],
    ['by hand the ground of a successor', completed, { ground: 'SUPERSEDED' }, 'order.ground_not_by_hand'],
    ['no reason', completed, { reason: '' }, 'order.no_reason'],
    ['another city', completed, { actor: officer('x', '2102') }, 'order.out_of_territory'],
  ])('refuses %s', (_, order, change, reason) => {
    const asked: LiftAsked = { actor: SIGNER, ground: 'COURT', reason: '判决撤销', scope: null, measures: [], ...change };
    expect(() => checkLift(order(), asked)).toThrow(refusal(reason));
  });
});

describe('lifting an order that a sweep has reopened', () => {
  const reopened = (): Order => {
    const order = completed();
    const planted = zeroOf(order).set(2, { count: 1n, sample: ['x'] });
    return decideSweptClosed(order, { residuals: planted, findings: noneFound(order) }, later(5)).next;
  };
  const drifted = (): Order => {
    const refused = { kind: 'refused', row: 2, service: 'certificate', reason: 'order.target_drifted', detail: '' } as const;
    return decideRecord(reopened(), refused, later(6)).next;
  };

  it('is refused while a row is asked, and lifts the whole order when none is', () => {
    expect(() => liftedIn(reopened())).toThrow(refusal('order.illegal_move'));
    expect(allowedActions(reopened())).toEqual(['suspend']);
    expect(allowedActions(drifted())).toEqual(['retry', 'confirmDrift', 'lift', 'liftPart', 'suspend']);
    const { next } = liftedIn(drifted());
    expect(next.state).toBe('LIFTING');
    expect(finished(next).state).toBe('LIFTED');
  });

  it('lifts a part of the order; a refused row stays open after that', () => {
    const part = liftedIn(drifted(), { scope: persons(PERSON) }).next;
    expect(part).toMatchObject({ state: 'EXECUTING', liftings: [{ whole: false }] });
    const after = finished(part);
    expect(after).toMatchObject({ state: 'EXECUTING', liftings: [{ completedAt: later(9) }] });
    expect(rowsInForce(after).map(({ state }) => state)).toContain('REFUSED');
    expect(allowedActions(after)).toContain('confirmDrift');
  });
});

describe('lifting a part', () => {
  it('takes back one person, leaves the order completed and M1 in force, and is completed by itself', () => {
    const { next, events } = liftedIn(completed(FIVE), { scope: persons(PERSON) });
    expect(next).toMatchObject({ state: 'COMPLETED', liftings: [{ whole: false, measures: FIVE.slice(1), scope: { persons: [PERSON] } }] });
    expect(rowsInForce(next).map(({ target }) => target.effect)).toEqual([
      'CANCEL_RESULTS',
      'VOID_CERTIFICATES',
      'PUBLISH_NOTICE',
      'WITHDRAW_UPLOADS',
      'OPEN_RECOVERIES',
      'NOTIFY_POLICE',
      'NOTIFY_MARKET_REGULATOR',
    ]);
    expect(events).toEqual([{ kind: 'orderLifted', lifting: 1 }]);
    expect(allowedActions(next)).toEqual(['suspend']);
    const done = reported(next);
    const swept = decideSwept(done, zeroOf(done), noneFound(done), later(9));
    expect(swept.events).toEqual([{ kind: 'orderCompleted', lifting: 1 }]);
    expect(swept.next).toMatchObject({ state: 'COMPLETED', completedAt: NOW, liftings: [{ completedAt: later(9) }] });
    expect(rowsInForce(swept.next).every((row) => !isUndo(row))).toBe(true);
    expect(liftedParts(swept.next)).toMatchObject([{ rows: [5, 6, 7, 8, 9, 10, 11], scope: { persons: [PERSON] } }]);
  });

  it('is followed by a lifting of all that remains, each with its own rows', () => {
    const first = finished(liftedIn(completed(FIVE), { scope: persons(PERSON) }).next);
    const second = liftedIn(first, {}, 10n).next;
    expect(second).toMatchObject({
      state: 'LIFTING',
      liftings: [
        { number: 1, whole: false },
        { number: 2, whole: true, measures: FIVE },
      ],
    });
    expect(new Set(rowsInForce(second).map(({ lifting }) => lifting))).toEqual(new Set([2]));
    expect(finished(second)).toMatchObject({ state: 'LIFTED' });
  });

  it('counts measures lifted one after the other: the last lifting is the whole', () => {
    const first = finished(liftedIn(completed(FIVE), { measures: ['WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'] }).next);
    expect(first.liftings[0]).toMatchObject({ whole: false });
    expect(liftedIn(first, { measures: ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES'] }, 10n).next.state).toBe('LIFTING');
  });

  it('retries a refused undo row while the order stays completed', () => {
    const { next } = liftedIn(completed(FIVE), { scope: persons(PERSON) });
    const refused = {
      ...next,
      rows: next.rows.map((row) => (row.lifting === 1 && row.state === 'ASKED' ? { ...row, state: 'REFUSED' as const } : row)),
    };
    const number = refused.rows.find(({ state }) => state === 'REFUSED')?.number ?? 0;
    expect(allowedActions(refused)).toContain('retry');
    expect(decideRetry(refused, DRAFTER, number, NOW).events).toEqual([{ kind: 'rowReleased', row: number }]);
  });

  it.each<[string, Partial<LiftAsked>, string, string]>([
    ['M2 under a standing M3', { measures: ['CANCEL_RESULTS'] }, 'order.lift_needs', 'measures[0]'],
    ['M3 under M4 and M5', { measures: ['CANCEL_RESULTS', 'VOID_CERTIFICATES'] }, 'order.lift_needs', 'measures[1]'],
    ['a measure that the order has not', { measures: ['RECTIFY'] }, 'order.lift_outside', 'measures[0]'],
    ['M1 of one person', { measures: ['STOP_EVALUATION'], scope: persons(PERSON) }, 'order.lift_indivisible', 'measures[0]'],
    ['another institution', { scope: { ...WHOLE, institution: 'S000021010004' } }, 'order.lift_outside', 'scope.institution'],
  ])('refuses %s', (_, change, reason, field) => {
    expect(() => liftedIn(completed(FIVE), change)).toThrow(refusal(reason, field));
  });

  it('refuses what is already lifted, and a second lifting while one is carried out', () => {
    const open = liftedIn(completed(FIVE), { scope: persons(PERSON) }).next;
    expect(() => liftedIn(open, { scope: persons(OTHER) }, 10n)).toThrow(refusal('order.lifting_open'));
    expect(() => liftedIn(finished(open), { scope: persons(PERSON) }, 10n)).toThrow(refusal('order.lifted_already'));
    expect(() => liftedIn(finished(open), { scope: persons(OTHER) }, 10n)).not.toThrow();
  });

  it('treats all entries of the order in another sequence as the whole', () => {
    const order = { ...completed(FIVE.slice(1)), scope: { ...WHOLE, sessions: ['s1', 's2', 's3'] } };
    expect(liftedIn(order, { scope: { ...WHOLE, sessions: ['s3', 's1', 's2'] } }).next).toMatchObject({
      state: 'LIFTING',
      liftings: [{ whole: true, scope: { sessions: ['s1', 's2', 's3'] } }],
    });
  });

  it('refuses a day outside the interval of the order, which would make an interval that ends before it begins', () => {
    const order = { ...completed(FIVE.slice(1)), scope: { ...WHOLE, from: '2026-01-01', until: '2026-06-30' } };
    const lift = (change: Partial<Scope>) => () => liftedIn(order, { scope: { ...WHOLE, ...change } });
    expect(lift({ from: '2026-07-01' })).toThrow(refusal('order.lift_outside', 'scope.from'));
    expect(lift({ until: '2025-12-31' })).toThrow(refusal('order.lift_outside', 'scope.until'));
    expect(lift({ from: '2026-06-30' })).not.toThrow();
  });

  it('stays within an order with a narrowed scope', () => {
    const order = { ...completed(FIVE.slice(1)), scope: { ...WHOLE, sessions: ['s1', 's2'], from: '2026-01-01' } };
    const lift = (change: Partial<Scope>) => () => liftedIn(order, { scope: { ...WHOLE, ...change } });
    expect(lift({ sessions: ['s3'] })).toThrow(refusal('order.lift_outside', 'scope.sessions[0]'));
    expect(lift({ from: '2025-12-31' })).toThrow(refusal('order.lift_outside', 'scope.from'));
    expect(lift({ persons: [PERSON] })().next.liftings[0]).toMatchObject({
      scope: { institution: INSTITUTION, sessions: ['s1', 's2'], persons: [PERSON], from: '2026-01-01' },
      whole: false,
    });
  });
});
