import { executing } from '../../../test/orders';
import { toTarget } from '../cascade';
import type { Row } from '../ledger';
import type { Lifting, Order } from '../order';
import { situationsOf } from './situations';

const AT = new Date('2026-03-04T02:00:00Z');
const LATER = new Date('2026-03-05T02:00:00Z');

const [FIRST] = executing().rows;
if (!FIRST) throw new Error('an order without rows');
const BARE: Row = { ...FIRST, number: 2, afterRow: 0, state: 'WAITING', askedAt: null, dueAt: null, receipt: null, residual: null };
const row = (part: Partial<Row>): Row => ({ ...BARE, ...part });
const RECEIPT = {
  ...{ matched: 1n, changed: 1n, already: 0n, left: 0n, leaves: 1n, fen: 0n, root: new Uint8Array(), signature: null },
  ...{ startedAt: AT, finishedAt: AT },
};
const refused = (reason: string): Partial<Row> => ({ state: 'REFUSED', refusal: { reason, detail: '' } });
const left = (count: bigint, at: Date) => ({ count, sample: [], at });
const fence = (service: 'exam' | 'subsidy', placedAt: Date | null) => ({
  ...(executing().fences[0] as Order['fences'][number]),
  service,
  placedAt,
});
const LIFTING = { number: 1, completedAt: null } as unknown as Lifting;

const order = (part: Partial<Order>): Order => ({
  ...executing(),
  signature: { by: 'signer', at: AT, documentNo: '', epoch: 7n },
  ...{ state: 'EXECUTING', rows: [], fences: [], completedAt: null },
  ...part,
});
const keys = (part: Partial<Order>): string[] => situationsOf(order(part)).map(({ key }) => key);

describe('what an order waits for', () => {
  it.each<[string, Partial<Order>]>([
    ['SUSPENDED', { suspension: { at: AT, reason: '法院裁定' } }],
    ['REOPENED', { reopenedAt: AT }],
    ['REOPENED', { reopenedAt: LATER, completedAt: AT }],
    ['DISPUTED', { rows: [row({ state: 'ASKED', dispute: { reason: 'receipt.signature', detail: '', at: AT } })] }],
    ['DRIFTED', { rows: [row(refused('order.target_drifted'))] }],
    ['DRIFTED', { rows: [row(refused('order.more_than_signed'))] }],
    ['REFUSED', { rows: [row(refused('row.failed'))] }],
    ['FENCE_MISSING', { fences: [fence('subsidy', null)] }],
    ['OVERDUE', { rows: [row({ state: 'ASKED', overdue: true })] }],
    ['RUNNING', { rows: [row({ state: 'ASKED', askedAt: AT })] }],
    ['WAITING', { rows: [row({ state: 'WAITING' })] }],
    [
      'CONTRADICTED',
      {
        crossChecks: [
          {
            check: 'CANCELLED_RESULT_VALID_CERTIFICATE',
            from: 'exam',
            against: 'certificate',
            checked: 3n,
            contradictions: 3n,
            sample: [],
            at: AT,
          },
        ],
      },
    ],
    ['UNCOUNTED', { rows: [row({ state: 'DONE' })] }],
    ['UNCOUNTED', { rows: [row({ state: 'DONE', residual: left(0n, AT), receipt: { ...RECEIPT, finishedAt: LATER } })] }],
    ['UNCOUNTED', { state: 'COMPLETED', liftings: [LIFTING], rows: [row({ number: 3, state: 'DONE', undoesRow: 2, lifting: 1 })] }],
    ['RESIDUAL', { rows: [row({ state: 'DONE', residual: left(4n, AT) })] }],
  ])('%s, and nothing else', (key, part) => {
    expect(keys(part)).toEqual([key]);
    expect(situationsOf(order(part))[0]?.action).not.toBe('');
  });

  it('returns nothing for a draft, nor for an order that is done', () => {
    expect(situationsOf(order({ rows: [row({ state: 'WAITING' })], signature: null }))).toEqual([]);
    const done = { state: 'COMPLETED' as const, reopenedAt: AT, completedAt: LATER, fences: [fence('exam', AT)] };
    expect(keys({ ...done, rows: [row({ state: 'DONE', residual: left(0n, LATER) })] })).toEqual([]);
  });

  it('names the services without an answer to the count, and the time when all receipts had arrived', () => {
    const counted = row({ state: 'DONE', residual: left(0n, LATER), receipt: RECEIPT });
    const target = toTarget('subsidy', 'OPEN_RECOVERIES');
    const silent = row({ target, state: 'DONE', residual: left(0n, AT), receipt: RECEIPT });
    const [said] = situationsOf(order({ rows: [counted, silent] }));
    expect(said).toMatchObject({ key: 'UNCOUNTED', since: AT, what: expect.stringContaining('补贴尚未答复') as string });
    expect(said?.what).not.toContain('考务');
    // All rows are counted at zero and the order is still open: a cross-check between two services has no answer.
    expect(situationsOf(order({ rows: [counted] }))).toMatchObject([
      { key: 'UNCOUNTED', what: expect.stringContaining('跨服务') as string },
    ]);
  });

  it('names the row that a row waits for, and since when that row is asked', () => {
    const rows = [row({ state: 'ASKED', askedAt: LATER }), row({ number: 5, afterRow: 2, state: 'WAITING' })];
    expect(situationsOf(order({ rows }))[1]).toMatchObject({
      key: 'WAITING',
      what: expect.stringContaining('等第2行') as string,
      since: LATER,
    });
  });

  it('never gives a drift a time in the future', () => {
    const drifted = row({ ...refused('order.target_drifted'), askedAt: AT, dueAt: LATER });
    expect(situationsOf(order({ rows: [drifted] }))[0]).toMatchObject({ since: AT, sinceWord: '请求于' });
  });

  it('returns the most urgent situation first, with its start', () => {
    const rows = [row({ state: 'ASKED', askedAt: LATER }), row({ state: 'ASKED', askedAt: AT }), row(refused('x'))];
    const said = situationsOf(order({ rows }));
    expect(said.map(({ key }) => key)).toEqual(['REFUSED', 'RUNNING']);
    expect(said[1]?.since).toEqual(AT);
  });
});
