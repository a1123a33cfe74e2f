import { type LedgerRow, Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { toJson } from '@hengji/contracts';
import type { OrderJson } from '../../api';
import { mayRetry, situationsOf } from './situations';

const AT = new Date('2026-03-04T02:00:00Z');
const LATER = new Date('2026-03-05T02:00:00Z');
type RowPart = Parameters<typeof LedgerRow.fromPartial>[0];
type OrderPart = Parameters<typeof Order.fromPartial>[0];

const row = (part: RowPart) => ({ service: 'exam', ask: { row: 2 }, ...part });
const order = (part: OrderPart): OrderJson =>
  JSON.parse(JSON.stringify(toJson(Order.fromPartial({ signedAt: AT, state: 'EXECUTING', ...part }))));
const keys = (part: OrderPart): string[] => situationsOf(order(part)).map(({ key }) => key);

describe('which rows can be asked again', () => {
  it.each<[string, RowPart, boolean]>([
    ['refused', { state: 'REFUSED', refusalReason: 'row.failed' }, true],
    ['late', { state: 'ASKED', overdue: true }, true],
    ['in doubt', { state: 'ASKED', disputeReason: 'receipt.signature' }, true],
    ['drifted', { state: 'REFUSED', refusalReason: 'order.target_drifted' }, false],
    ['at work', { state: 'ASKED' }, false],
    ['late, but done', { state: 'DONE', overdue: true }, false],
  ])('%s: %s', (_, part, expected) => {
    const [one] = order({ rows: [row(part)] }).rows;
    expect(one && mayRetry(one)).toBe(expected);
  });
});

describe('what an order waits for', () => {
  it.each<[string, OrderPart]>([
    ['SUSPENDED', { suspendedAt: AT, suspendReason: '法院裁定' }],
    ['REOPENED', { reopenedAt: AT }],
    ['REOPENED', { reopenedAt: LATER, completedAt: AT }],
    ['DISPUTED', { rows: [row({ state: 'ASKED', disputeReason: 'receipt.signature', disputedAt: AT })] }],
    ['DRIFTED', { rows: [row({ state: 'REFUSED', refusalReason: 'order.target_drifted' })] }],
    ['DRIFTED', { rows: [row({ state: 'REFUSED', refusalReason: 'order.more_than_signed' })] }],
    ['REFUSED', { rows: [row({ state: 'REFUSED', refusalReason: 'row.failed' })] }],
    ['FENCE_MISSING', { fences: [{ service: 'subsidy' }] }],
    ['OVERDUE', { rows: [row({ state: 'ASKED', overdue: true })] }],
    ['RUNNING', { rows: [row({ state: 'ASKED', askedAt: AT })] }],
    ['WAITING', { rows: [row({ state: 'WAITING' })] }],
    ['CONTRADICTED', { crossChecks: [{ check: 'X', fromService: 'exam', inService: 'certificate', contradictions: 3n }] }],
    ['UNCOUNTED', { rows: [row({ state: 'DONE' })] }],
    ['UNCOUNTED', { rows: [row({ state: 'DONE', residualAt: AT, receipt: { finishedAt: LATER } })] }],
    ['UNCOUNTED', { state: 'COMPLETED', liftings: [{ number: 1 }], rows: [row({ state: 'DONE', ask: { row: 3, undo: true } })] }],
    ['RESIDUAL', { rows: [row({ state: 'DONE', residual: 4n, residualAt: AT })] }],
  ])('%s, and nothing else', (key, part) => {
    expect(keys(part)).toEqual([key]);
    expect(situationsOf(order(part))[0]?.action).not.toBe('');
  });

  it('says nothing of a draft, nor of an order that is done', () => {
    expect(situationsOf({ ...order({ rows: [row({ state: 'WAITING' })] }), signedAt: undefined } as unknown as OrderJson)).toEqual([]);
    const done = { state: 'COMPLETED' as const, reopenedAt: AT, completedAt: LATER, fences: [{ service: 'exam', placedAt: AT }] };
    expect(keys({ ...done, rows: [row({ state: 'DONE', residual: 0n, residualAt: LATER })] })).toEqual([]);
  });

  it('names the services that did not answer for the count, and since when all receipts are in', () => {
    const counted = row({ state: 'DONE', residualAt: LATER, receipt: { finishedAt: AT } });
    const silent = row({ service: 'subsidy', state: 'DONE', residualAt: AT, receipt: { finishedAt: AT } });
    const [said] = situationsOf(order({ rows: [counted, silent] }));
    expect(said).toMatchObject({ key: 'UNCOUNTED', since: AT.toISOString(), what: expect.stringContaining('补贴尚未答复') as string });
    expect(said?.what).not.toContain('考务');
    // All counted, nothing left, still open: a check between two services is not answered.
    expect(situationsOf(order({ rows: [counted] }))).toMatchObject([
      { key: 'UNCOUNTED', what: expect.stringContaining('跨服务') as string },
    ]);
  });

  it('says which row a row waits for, and since when that one is asked', () => {
    const rows = [row({ state: 'ASKED', askedAt: LATER }), row({ ask: { row: 5, afterRow: 2 }, state: 'WAITING' })];
    expect(situationsOf(order({ rows }))[1]).toMatchObject({
      key: 'WAITING',
      what: expect.stringContaining('等第2行') as string,
      since: LATER.toISOString(),
    });
  });

  it('never says that a row drifted at a time to come', () => {
    const drifted = row({ state: 'REFUSED', refusalReason: 'order.target_drifted', askedAt: AT, dueAt: LATER });
    expect(situationsOf(order({ rows: [drifted] }))[0]).toMatchObject({ since: AT.toISOString(), sinceWord: '请求于' });
  });

  it('puts the most pressing first, and says since when', () => {
    const rows = [
      row({ state: 'ASKED', askedAt: LATER }),
      row({ state: 'ASKED', askedAt: AT }),
      row({ state: 'REFUSED', refusalReason: 'x' }),
    ];
    const said = situationsOf(order({ rows }));
    expect(said.map(({ key }) => key)).toEqual(['REFUSED', 'RUNNING']);
    expect(said[1]?.since).toBe(AT.toISOString());
  });
});
