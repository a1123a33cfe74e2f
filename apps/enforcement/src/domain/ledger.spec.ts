import { later, NOW, receipt } from '../../test/orders';
import {
  askFirst,
  getRow,
  isDone,
  openRows,
  openUndoRows,
  overdue,
  record,
  release,
  retry,
  servicesOf,
  type Report,
  type Row,
} from './ledger';

const ALL = [
  'STOP_EVALUATION',
  'CANCEL_RESULTS',
  'VOID_CERTIFICATES',
  'WITHDRAW_UPLOADS',
  'RECOVER_SUBSIDIES',
  'RECTIFY',
  'REMOVE_FROM_DIRECTORY',
] as const;
const told = (rows: readonly Row[]): string[] => rows.map((row) => `${row.number} ${row.target.effect} after ${row.afterRow}`);

const asked = (): Row => getRow(askFirst(openRows(['CANCEL_RESULTS']), NOW), 1);
const done = (): Row => record(asked(), report());
const report = (matched = 3, seed = 1): Report => ({
  kind: 'reported',
  row: 1,
  service: 'exam',
  epoch: 7n,
  receipt: receipt(matched, seed),
});
const refused = (reason = 'order.more_than_signed'): Report => ({ kind: 'refused', row: 1, service: 'exam', reason, detail: '' });
const progressed = (matched: bigint): Report => ({ kind: 'progressed', row: 1, service: 'exam', matched });

describe('opening', () => {
  it('numbers the rows of all measures and sets which row each waits for', () => {
    expect(told(openRows(ALL))).toEqual([
      '1 HOLD_FILING after 0',
      '2 HOLD_PLANS after 0',
      '3 HOLD_ISSUING after 0',
      '4 HOLD_PAYMENTS after 0',
      '5 CANCEL_RESULTS after 0',
      '6 VOID_CERTIFICATES after 0',
      '7 PUBLISH_NOTICE after 6',
      '8 WITHDRAW_UPLOADS after 6',
      '9 OPEN_RECOVERIES after 6',
      '10 SHOW_RECTIFICATION after 0',
      '11 REMOVE_FILING after 0',
      '12 CLOSE_PLANS after 0',
      '13 NOTIFY_POLICE after 0',
      '14 NOTIFY_MARKET_REGULATOR after 0',
    ]);
  });

  it('creates one undo row for each row', () => {
    const rows = openRows(ALL);
    const undo = openUndoRows(rows, 1, ALL);
    expect(undo.map(({ undoesRow }) => undoesRow)).toEqual(rows.map(({ number }) => number));
    expect(told(undo)).toEqual([
      '15 HOLD_FILING after 0',
      '16 HOLD_PLANS after 0',
      '17 HOLD_ISSUING after 20',
      '18 HOLD_PAYMENTS after 23',
      '19 CANCEL_RESULTS after 0',
      '20 VOID_CERTIFICATES after 19',
      '21 PUBLISH_NOTICE after 20',
      '22 WITHDRAW_UPLOADS after 20',
      '23 OPEN_RECOVERIES after 20',
      '24 SHOW_RECTIFICATION after 0',
      '25 REMOVE_FILING after 0',
      '26 CLOSE_PLANS after 25',
      '27 NOTIFY_POLICE after 0',
      '28 NOTIFY_MARKET_REGULATOR after 0',
    ]);
  });

  it('does not wait for an effect that the order does not have', () => {
    expect(told(openUndoRows(openRows(['STOP_EVALUATION']), 1, ALL)).every((row) => row.endsWith('after 0'))).toBe(true);
  });

  it('sets the signed count of the undo row to what its row touched', () => {
    expect(openUndoRows([done()], 1, ALL)[0]).toMatchObject({ signedCount: 3n, undoesRow: 1, number: 2, state: 'WAITING' });
  });

  it('asks the rows that wait for no other, with their limit, and the waiting rows later', () => {
    const rows = askFirst(openRows(['CANCEL_RESULTS', 'VOID_CERTIFICATES']), NOW);
    expect(rows.map(({ state }) => state)).toEqual(['ASKED', 'ASKED', 'WAITING', 'ASKED', 'ASKED']);
    expect(rows[1]).toMatchObject({ askedAt: NOW, dueAt: later(30 * 60_000) });
    expect(release(rows, 1, NOW)).toEqual(rows);
    const after = release(rows, 2, later(5));
    expect(after[2]).toMatchObject({ state: 'ASKED', askedAt: later(5), dueAt: later(60 * 60_000 + 5) });
    expect(after.filter((row, i) => row !== rows[i])).toHaveLength(1);
  });
});

describe('reports', () => {
  it('close a row with its receipt', () => {
    expect(done()).toMatchObject({ state: 'DONE', receipt: receipt(3), progressMatched: 3n });
  });

  it.each<[string, Row, Report]>([
    ['the same receipt again', done(), report()],
    ['a refusal after the receipt', done(), refused()],
    ['progress after the receipt', done(), progressed(9n)],
    ['less progress than known', record(asked(), progressed(5n)), progressed(4n)],
    ['the same progress', record(asked(), progressed(5n)), progressed(5n)],
    ['the same refusal again', record(asked(), refused()), refused()],
  ])('change nothing: %s', (_, row, again) => {
    expect(record(row, again)).toBe(row);
  });

  it('only increase progress', () => {
    expect(record(record(asked(), progressed(4n)), progressed(5n)).progressMatched).toBe(5n);
  });

  it('keep a refusal with its reason until the receipt comes', () => {
    const red = record(asked(), refused());
    expect(red).toMatchObject({ state: 'REFUSED', refusal: { reason: 'order.more_than_signed' } });
    expect(record(red, refused('order.effect_unknown'))).toMatchObject({ refusal: { reason: 'order.effect_unknown' } });
    expect(record(red, report())).toMatchObject({ state: 'DONE', refusal: null });
  });

  it.each<[string, Row, Report, string]>([
    ['another service', asked(), { ...report(), service: 'certificate' } as Report, 'report.wrong_service'],
    ['another service refusing', asked(), { ...refused(), service: 'subsidy' } as Report, 'report.wrong_service'],
    ['a row that was not asked', { ...asked(), state: 'WAITING' }, report(), 'row.not_asked'],
    ['another count', done(), report(4), 'report.receipt_differs'],
    ['another root', done(), report(3, 2), 'report.receipt_differs'],
  ])('are refused from %s', (_, row, wrong, reason) => {
    expect(() => record(row, wrong)).toThrow(expect.objectContaining({ reason }));
  });

  it('must name an existing row', () => {
    expect(() => getRow([asked()], 2)).toThrow(expect.objectContaining({ kind: 'notFound', reason: 'row.unknown' }));
  });
});

describe('limits', () => {
  const due = 30 * 60_000;
  it('include their last millisecond', () => {
    expect(overdue([asked()], later(due))).toEqual([]);
    expect(overdue([asked()], later(due + 1))).toHaveLength(1);
  });

  it.each<[string, Row]>([
    ['waits', { ...asked(), state: 'WAITING', dueAt: null }],
    ['is done', done()],
    ['was refused', record(asked(), refused())],
    ['is marked', { ...asked(), overdue: true }],
  ])('do not chase a row that %s', (_, row) => {
    expect(overdue([row], later(due + 1))).toEqual([]);
  });

  it('start anew with a retry, which only a refused row has', () => {
    const red = { ...record(asked(), refused()), overdue: true };
    expect(retry(red, later(9))).toMatchObject({ state: 'ASKED', askedAt: later(9), dueAt: later(due + 9), overdue: false, refusal: null });
    expect(() => retry(asked(), NOW)).toThrow(expect.objectContaining({ reason: 'row.not_refused' }));
    expect(() => retry(done(), NOW)).toThrow(expect.objectContaining({ reason: 'row.not_refused' }));
  });
});

describe('the whole ledger', () => {
  it('is done when every row is', () => {
    expect(isDone([done(), done()])).toBe(true);
    expect(isDone([done(), asked()])).toBe(false);
  });
  it('names each service once', () => {
    expect(servicesOf(openRows(ALL))).toEqual(['approval', 'exam', 'certificate', 'subsidy', 'exchange']);
    expect(servicesOf(openRows(['CANCEL_RESULTS']))).toEqual(['exam', 'exchange']);
  });
});
