import {
  completed,
  DRAFTER,
  later,
  liftedIn,
  noneFound,
  NOW,
  officer,
  preview,
  receipt,
  reported,
  SIGNER,
  zeroOf,
  executing,
} from '../../../test/orders';
import { decideRecord, decideSwept } from '../execution';
import { rowsToCount, type Order } from '../order';
import { CHECK_WORDS, checksOf } from './cross-checks';
import { checkDrifted, checkSeen, decideConfirmDrift, driftedRows } from './drift';
import { checkSweep, decideSweptClosed, isClosed } from './reopening';

const ALL = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES', 'REMOVE_FROM_DIRECTORY'] as const;
const clean = (order: Order) => ({ residuals: zeroOf(order), findings: noneFound(order) });
const numberOf = (order: Order, effect: string): number => order.rows.find((row) => row.target.effect === effect)?.number ?? 0;

describe('the checks between services', () => {
  it('are asked only if the order has both rows', () => {
    expect(checksOf(executing(['CANCEL_RESULTS', 'VOID_CERTIFICATES'])).map(({ check }) => check)).toEqual([
      'CANCELLED_RESULT_VALID_CERTIFICATE',
      'VOID_CERTIFICATE_STANDING_RESULT',
    ]);
    expect(checksOf(executing(['STOP_EVALUATION']))).toEqual([]);
    expect(checksOf(executing(ALL)).map(({ check }) => check)).toEqual(CHECK_WORDS);
  });

  it('keep the order open, and name the contradicting record', () => {
    const done = reported(executing());
    const found = noneFound(done).set('VOID_CERTIFICATE_STANDING_RESULT', { checked: 3n, contradictions: 1n, sample: ['r1'] });
    const { next, events } = decideSwept(done, zeroOf(done), found, NOW);
    expect(next).toMatchObject({ state: 'EXECUTING', sweep: { total: 1n, tries: 1 } });
    expect(next.crossChecks[1]).toMatchObject({ from: 'certificate', against: 'exam', checked: 3n, contradictions: 1n, sample: ['r1'] });
    expect(events).toEqual([]);
  });

  it('are not zero without an answer', () => {
    const done = reported(executing());
    expect(decideSwept(done, zeroOf(done), new Map(), NOW).next).toMatchObject({ state: 'EXECUTING', sweep: { tries: 1 } });
  });
});

describe('the sweep of a closed order', () => {
  it('leaves the ledger unchanged if it finds nothing, and is recorded', () => {
    const order = completed();
    const { next, events } = decideSweptClosed(order, clean(order), later(5));
    expect(next).toMatchObject({ state: 'COMPLETED', sweptAt: later(5), reopenedAt: null });
    expect(next.rows).toBe(order.rows);
    expect(events).toEqual([]);
  });

  it('reopens at one record, asks its row again, and completes after a newer receipt and zero', () => {
    const order = completed();
    const planted = zeroOf(order).set(2, { count: 1n, sample: ['S000021010003263000001'] });
    const { next, events } = decideSweptClosed(order, { residuals: planted, findings: noneFound(order) }, later(5));
    expect(next).toMatchObject({ state: 'EXECUTING', reopenedAt: later(5), sweep: { total: 1n, nextAt: null } });
    expect(next.rows[1]).toMatchObject({ state: 'ASKED', receipt: null, residual: { sample: ['S000021010003263000001'] } });
    expect(events).toEqual([{ kind: 'orderReopened', rows: [2] }]);

    const again = { kind: 'reported', row: 2, service: 'certificate', epoch: 7n } as const;
    // A late repeat of the receipt from before the reopening ends nothing.
    expect(decideRecord(next, { ...again, receipt: receipt(2) }, later(6)).next).toBe(next);
    // A new signature on a receipt of work from before the reopening: the start of the work decides.
    expect(decideRecord(next, { ...again, receipt: { ...receipt(2), finishedAt: later(7) } }, later(7)).next).toBe(next);
    const worked = { ...receipt(2), changed: 1n, already: 1n, startedAt: later(6), finishedAt: later(7) };
    const done = decideRecord(next, { ...again, receipt: worked }, later(8)).next;
    expect(done.rows[1]).toMatchObject({ state: 'DONE', receipt: { changed: 1n } });
    expect(decideSwept(done, zeroOf(done), noneFound(done), later(9)).next).toMatchObject({ state: 'COMPLETED', completedAt: later(9) });
  });

  it('reopens although the cross-checks were not asked because a count was above zero, and although other services did not answer', () => {
    const order = completed();
    const planted = zeroOf(order).set(2, { count: 1n, sample: ['S000021010003263000001'] });
    planted.delete(1);
    const { next, events } = decideSweptClosed(order, { residuals: planted, findings: new Map() }, later(5));
    expect(next).toMatchObject({ state: 'EXECUTING', sweep: { total: 1n } });
    expect(events).toEqual([{ kind: 'orderReopened', rows: [2] }]);
  });

  const PERSON = { ...completed().scope, persons: ['a'.repeat(32)] };
  const partlyLifted = (): Order => {
    const done = reported(liftedIn(completed(), { scope: PERSON }).next);
    return decideSwept(done, zeroOf(done), noneFound(done), later(4)).next;
  };
  const counted = (order: Order) => new Map(rowsToCount(order).map((row) => [row.number, { count: 0n, sample: [] as string[] }]));

  it('counts what its liftings restored too, and reopens the lifting whose record was changed again', () => {
    const order = partlyLifted();
    const undo = order.rows.find((row) => row.lifting === 1 && row.target.effect === 'VOID_CERTIFICATES')?.number ?? 0;
    expect(decideSweptClosed(order, { residuals: counted(order), findings: noneFound(order) }, later(5)).next.sweptAt).toEqual(later(5));
    const planted = counted(order).set(undo, { count: 1n, sample: ['x'] });
    const { next, events } = decideSweptClosed(order, { residuals: planted, findings: noneFound(order) }, later(5));
    expect(next).toMatchObject({ state: 'COMPLETED', liftings: [{ completedAt: null }], sweptAt: later(5) });
    expect(events).toEqual([{ kind: 'orderReopened', rows: [undo] }]);
    const done = decideRecord(
      next,
      {
        kind: 'reported',
        row: undo,
        service: 'certificate',
        epoch: 9n,
        receipt: { ...receipt(undo), startedAt: later(6), finishedAt: later(7) },
      },
      later(8),
    ).next;
    expect(decideSwept(done, zeroOf(done), noneFound(done), later(9))).toMatchObject({
      next: { state: 'COMPLETED', liftings: [{ completedAt: later(9) }] },
      events: [{ kind: 'orderCompleted', lifting: 1 }],
    });
  });

  it('reopens one decision at a time, the order before its liftings, and is due again at once', () => {
    const order = partlyLifted();
    const undo = order.rows.find((row) => row.lifting === 1)?.number ?? 0;
    const planted = counted(order)
      .set(1, { count: 1n, sample: ['x'] })
      .set(undo, { count: 1n, sample: ['y'] });
    const { next, events } = decideSweptClosed(order, { residuals: planted, findings: noneFound(order) }, later(5));
    expect(next).toMatchObject({ state: 'EXECUTING', sweptAt: null });
    expect(events).toEqual([{ kind: 'orderReopened', rows: [1] }]);
    expect(next.rows[undo - 1]).toMatchObject({ state: 'DONE', residual: { sample: ['y'] } });
  });

  it('ends in LIFTED again after a record of an earlier part was changed', () => {
    const whole = reported(liftedIn(partlyLifted(), {}, 10n).next);
    const order = decideSwept(whole, zeroOf(whole), noneFound(whole), later(4)).next;
    expect(order.state).toBe('LIFTED');
    const undo = order.rows.find((row) => row.lifting === 1 && row.target.effect === 'VOID_CERTIFICATES')?.number ?? 0;
    const planted = counted(order).set(undo, { count: 1n, sample: ['x'] });
    const { next } = decideSweptClosed(order, { residuals: planted, findings: noneFound(order) }, later(5));
    expect(next.state).toBe('LIFTING');
    const newer = { ...receipt(undo), startedAt: later(6), finishedAt: later(7) };
    const done = decideRecord(next, { kind: 'reported', row: undo, service: 'certificate', epoch: 9n, receipt: newer }, later(8)).next;
    expect(decideSwept(done, zeroOf(done), noneFound(done), later(9)).next.state).toBe('LIFTED');
  });

  it('is dropped if a part of the order was lifted during the count', () => {
    const order = partlyLifted();
    const seen = { ...order, liftings: [] };
    const planted = counted(order).set(1, { count: 1n, sample: ['x'] });
    expect(decideSweptClosed(order, { residuals: planted, findings: noneFound(order) }, later(5), seen).next).toBe(order);
  });

  it('asks the row of the service with the contradiction', () => {
    const order = completed(ALL);
    const findings = noneFound(order).set('VOID_CERTIFICATE_STANDING_UPLOAD', { checked: 3n, contradictions: 1n, sample: ['u'] });
    const { events } = decideSweptClosed(order, { residuals: zeroOf(order), findings }, NOW);
    expect(events).toEqual([{ kind: 'orderReopened', rows: [numberOf(order, 'WITHDRAW_UPLOADS')] }]);
  });

  it('treats a missing answer neither as zero nor as a record', () => {
    const order = completed();
    const silent = zeroOf(order);
    silent.delete(1);
    const { next, events } = decideSweptClosed(order, { residuals: silent, findings: new Map() }, NOW);
    expect(next).toMatchObject({ state: 'COMPLETED', sweptAt: null, sweep: { tries: 2 } });
    expect(next.sweep.nextAt).not.toBeNull();
    expect(events).toEqual([]);
  });

  it('is refused to another city, and to an order that is open', () => {
    expect(() => checkSweep(completed(), officer('other', '2102'))).toThrow();
    expect(() => checkSweep(executing(), SIGNER)).toThrow(expect.objectContaining({ reason: 'order.illegal_move' }));
    expect(isClosed({ ...completed(), suspension: { at: NOW, reason: '法院裁定' } })).toBe(false);
  });
});

describe('drift', () => {
  const drifted = (): Order =>
    decideRecord(executing(), { kind: 'refused', row: 1, service: 'exam', reason: 'order.target_drifted', detail: '' }, NOW).next;

  it('is confirmed by an officer who is not the drafter, and binds the row to the current records', () => {
    const order = drifted();
    expect(driftedRows(order).map(({ number }) => number)).toEqual([1]);
    const { next, events } = decideConfirmDrift(order, SIGNER, new Map([[1, preview(11, 2)]]), later(3));
    expect(next.rows[0]).toMatchObject({ state: 'ASKED', signedCount: 11n, preview: preview(11, 2), refusal: null });
    expect(events).toEqual([{ kind: 'rowReleased', row: 1, reconfirmed: true }]);
  });

  it('is refused if the records changed after they were shown, or one row was not shown', () => {
    const fresh = new Map([[1, preview(11, 2)]]);
    const moved = expect.objectContaining({ reason: 'order.preview_changed', detail: expect.objectContaining({ field: 'rows[0]' }) });
    expect(() => checkSeen(drifted(), new Map([[1, preview(11, 3).root]]), fresh)).toThrow(moved);
    expect(() => checkSeen(drifted(), new Map([[2, preview(11, 2).root]]), fresh)).toThrow(moved);
    expect(() => checkSeen(drifted(), new Map([[1, preview(11, 2).root]]), fresh)).not.toThrow();
    expect(() => checkSeen(drifted(), new Map(), fresh)).not.toThrow();
    expect(() => checkDrifted(executing())).toThrow(expect.objectContaining({ reason: 'row.not_drifted' }));
  });

  it('is refused to the drafter, without drift, and without a new preview', () => {
    const fresh = new Map([[1, preview(11)]]);
    expect(() => decideConfirmDrift(drifted(), DRAFTER, fresh, NOW)).toThrow(expect.objectContaining({ reason: 'order.same_person' }));
    expect(() => decideConfirmDrift(executing(), SIGNER, fresh, NOW)).toThrow(expect.objectContaining({ reason: 'row.not_drifted' }));
    expect(() => decideConfirmDrift(drifted(), SIGNER, new Map(), NOW)).toThrow(
      expect.objectContaining({ reason: 'order.preview_incomplete' }),
    );
  });
});
