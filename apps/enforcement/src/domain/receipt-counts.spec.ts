import { completed, executing, liftedIn, NOW, receipt } from '../../test/orders';
import { decideDoubted, decideRecord, decideRetry } from './execution';
import { Refusal } from '@hengji/domain-kit';
import type { Receipt, Row } from './ledger';
import { allowedActions, type Order } from './order';
import { checkCounts } from './receipt-counts';
import { SIGNER } from '../../test/orders';

const rowOf = (order: Order, effect: string): Row => {
  const row = order.rows.find(({ target, undoesRow }) => target.effect === effect && undoesRow === 0);
  if (!row) throw new Error(`no row ${effect}`);
  return row;
};

/** Checks a receipt of the effect's row: ten signed records and a receipt of ten, with the given change. */
const checking = (effect: string, change: Partial<Receipt>, order = executing(ALL)) => {
  const row = { ...rowOf(order, effect), signedCount: 10n };
  return () => checkCounts(order, { ...row, receipt: { ...receipt(10), ...change } });
};
const ALL = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS'] as const;
const fewer = { matched: 9n, changed: 9n, leaves: 9n };
const more = { matched: 11n, changed: 11n, leaves: 11n };

describe('the counts of a receipt', () => {
  it.each<[string, string, Partial<Receipt>]>([
    ['all changed', 'CANCEL_RESULTS', {}],
    ['some so already', 'CANCEL_RESULTS', { changed: 4n, already: 6n }],
    ['fewer uploads than were signed: some never stood', 'WITHDRAW_UPLOADS', fewer],
    ['a hold of more records, with one leaf', 'HOLD_PLANS', { ...more, leaves: 1n }],
  ])('hold: %s', (_, effect, change) => expect(checking(effect, change)).not.toThrow());

  it.each<[string, string, Partial<Receipt>, string]>([
    ['found, and neither changed nor so already', 'CANCEL_RESULTS', { changed: 9n }, 'report.receipt_invalid'],
    ['fewer leaves than records', 'CANCEL_RESULTS', { leaves: 9n }, 'report.receipt_invalid'],
    ['a hold with a leaf for each record', 'HOLD_PLANS', {}, 'report.receipt_invalid'],
    ['left by a row that undoes nothing', 'CANCEL_RESULTS', { changed: 9n, already: 1n, left: 1n }, 'report.receipt_invalid'],
    ['negative', 'CANCEL_RESULTS', { matched: -1n, changed: -1n, leaves: -1n }, 'report.receipt_invalid'],
    ['more than was signed', 'CANCEL_RESULTS', more, 'report.not_as_signed'],
    ['fewer than were signed, where the row is bound to just these', 'CANCEL_RESULTS', fewer, 'report.not_as_signed'],
    ['more uploads than were signed', 'WITHDRAW_UPLOADS', more, 'report.not_as_signed'],
  ])('are refused: %s', (_, effect, change, reason) =>
    expect(checking(effect, change)).toThrow(expect.objectContaining({ kind: 'invalid', reason })),
  );

  it('leave out what was lifted since, when the row is carried out again', () => {
    const lifted = liftedIn(completed(ALL)).next;
    expect(checking('CANCEL_RESULTS', fewer, lifted)).not.toThrow();
    expect(checking('CANCEL_RESULTS', more, lifted)).toThrow(expect.objectContaining({ reason: 'report.not_as_signed' }));
  });
});

describe('a done row whose receipt is invalid', () => {
  const why = new Refusal('forbidden', 'receipt.forged', '回执的签名与其内容不符', { field: 'receipt' });

  it('is disputed without a receipt, is asked again, and is done with the receipt that its service signs then', () => {
    const before = completed();
    const { next, events } = decideDoubted({ ...before, state: 'EXECUTING' }, { rows: new Map([[2, why]]), fences: new Map() }, NOW);
    expect(next).toMatchObject({ state: 'EXECUTING', sweep: { nextAt: null } });
    expect(next.rows[1]).toMatchObject({ state: 'ASKED', receipt: null, dispute: { reason: 'receipt.forged' } });
    expect(next.rows[0]).toBe(before.rows[0]);
    expect(events).toEqual([]);
    expect(allowedActions(next)).toContain('retry');
    const again = { kind: 'reported', row: 2, service: 'certificate', epoch: 7n, receipt: receipt(2) } as const;
    const done = decideRecord(next, again, NOW).next;
    expect(done).toMatchObject({ sweep: { nextAt: NOW } });
    expect(done.rows[1]).toMatchObject({ state: 'DONE', dispute: null });
  });

  it('can be retried also during a lifting, because the certificate includes it', () => {
    const lifting = liftedIn(completed(['STOP_EVALUATION'])).next;
    expect(() => decideRetry(lifting, SIGNER, 1, NOW)).toThrow(expect.objectContaining({ reason: 'row.unknown' }));
    const { next } = decideDoubted(lifting, { rows: new Map([[1, why]]), fences: new Map() }, NOW);
    expect(decideRetry(next, SIGNER, 1, NOW).events).toEqual([{ kind: 'rowReleased', row: 1 }]);
  });
});
