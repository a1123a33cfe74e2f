// What happens after an order's end: M1 lifted where it asked no row, a duplicate reopening, records that stray after they were restored,
// and permissions given before an order was issued and lifted.
import type { Notice } from '@hengji/contracts';
import { OrderCompleted, OrderReopened } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { RowAsk } from '@hengji/contracts/enforcement/v1/order';
import { closeAfterEachTest, query, sealedNotice, until } from '@hengji/testing';
import { activeHolds, checkGuard, guardTime } from '../src';
import { exceptFromHold, placeHold, releaseHold } from '../src/holds';
import {
  askOf,
  CALL,
  completed,
  fixture,
  INSTITUTION,
  issued,
  lifted,
  NOW,
  orderOf,
  paper,
  reports,
  scopeOf,
  VOID,
  workThrough,
  world,
} from './fixture';

closeAfterEachTest();

const observed = async () => {
  const { orders, hear, ...own } = await world(25, { chunkSize: 10 });
  const receiptsOf = async (row: number): Promise<number> =>
    (await reports(own.url)).filter(({ $case, value }) => $case === 'rowReported' && value.row === row).length;
  const receipts = (row: number, count: number) =>
    until(
      () => receiptsOf(row),
      (seen) => seen >= count,
    );
  const say = (notice: Notice): Promise<void> => hear(notice.$case, sealedNotice(notice).value);
  return { ...own, orders, hear, say, receipts };
};

const partCompleted: Notice = {
  $case: 'orderCompleted',
  value: OrderCompleted.fromPartial({ orderId: 'a', completedAt: NOW, lifted: true, lifting: 1, partial: true }),
};
const reopening = (rows: number[], afterMs: number): Notice => ({
  $case: 'orderReopened',
  value: OrderReopened.fromPartial({ orderId: 'a', rows, reopenedAt: new Date(NOW.getTime() + afterMs) }),
});
const VOIDING = askOf(1, 'VOID_CERTIFICATES', { signedCount: 25n });
const UNDO = askOf(4, 'VOID_CERTIFICATES', { undo: true, undoesRow: 1, signedCount: 25n });
/** The row of M1 that another service was asked. */
const anothers = (over: Partial<RowAsk>): RowAsk => ({
  ...RowAsk.fromPartial({ measure: 'STOP_EVALUATION', ...over }),
  effect: { $case: 'approval', value: 'HOLD_FILING' },
});
const MEASURES = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES'] as const;

describe('M1 lifted, where it asked the service for no row', () => {
  const SESSION = scopeOf({ sessions: ['session-1'] });

  test.each([
    ['in all of the scope: the hold ends', scopeOf(), undefined],
    ['for a session: the hold goes on without it', SESSION, [SESSION]],
  ])('%s, after the lifting is completed', async (_, scope, except) => {
    const { db, hear, say, receipts } = await observed();
    await hear('orderIssued', issued('a', [anothers({ row: 2 }), VOIDING], { measures: [...MEASURES] }));
    await receipts(1, 1);
    await hear('orderLifted', lifted('a', [anothers({ row: 3, undo: true, undoesRow: 2 }), UNDO], { scope }));
    expect(await activeHolds(db, INSTITUTION)).toMatchObject([{ orderId: 'a', except: [] }]);
    // Enforcement publishes the completion only when it has the receipts of all rows.
    await receipts(4, 1);
    for (const _again of [1, 2]) await say(partCompleted);
    const holds = await activeHolds(db, INSTITUTION);
    expect(holds.map((hold) => hold.except)).toEqual(except ? [except] : []);
  });

  test('a lifting that is still running does not end the hold, although the completion of an earlier lifting arrives again', async () => {
    const { db, hear, say, receipts } = await observed();
    await hear('orderIssued', issued('a', [anothers({ row: 2 }), VOIDING], { measures: [...MEASURES] }));
    await receipts(1, 1);
    const first = askOf(3, 'VOID_CERTIFICATES', { undo: true, undoesRow: 1, signedCount: 25n });
    await hear('orderLifted', lifted('a', [first], { scope: SESSION }));
    await receipts(3, 1);
    await say(partCompleted);
    const waiting = { ...UNDO, afterRow: 5 };
    await hear('orderLifted', lifted('a', [waiting, anothers({ row: 5, undo: true, undoesRow: 2 })]));
    await say(partCompleted);
    expect(await activeHolds(db, INSTITUTION)).toMatchObject([{ orderId: 'a', except: [] }]);
  });

  test('an unrelated lifting leaves the hold; a lifting to which M1 was added without a new seal is not accepted', async () => {
    const { db, hear, say, receipts } = await observed();
    await hear('orderIssued', issued('a', [anothers({ row: 2 }), VOIDING], { measures: [...MEASURES] }));
    await receipts(1, 1);
    const lifting = lifted('a', [UNDO]);
    const forged = { ...lifting, rows: [anothers({ row: 3, undo: true, undoesRow: 2 }), UNDO] };
    await expect(hear('orderLifted', forged)).rejects.toThrow('row 3');
    const renamed = { ...lifting, rows: [{ ...UNDO, measure: 'STOP_EVALUATION' as const }] };
    await expect(hear('orderLifted', renamed)).rejects.toThrow('row 4');
    await hear('orderLifted', lifting);
    await say(partCompleted);
    expect(await activeHolds(db, INSTITUTION)).toHaveLength(1);
  });
});

test('a duplicate reopening after its run publishes the receipt again, and runs nothing', async () => {
  const { url, hear, say, receipts } = await observed();
  await hear('orderIssued', issued('a', [VOIDING]));
  await receipts(1, 1);
  await query(url, `UPDATE paper SET state = 'ISSUED' WHERE certificate_number = $1`, [paper(3)]);
  const attempt = async () => (await query<{ attempt: number }>(url, 'SELECT attempt FROM messaging.order_row'))[0]?.attempt;
  const reopened = (at: number) => say(reopening([1], at));
  await reopened(1);
  await receipts(1, 2);
  expect(await attempt()).toBe(2);
  await reopened(1);
  await receipts(1, 3);
  expect(await attempt()).toBe(2);
  await reopened(2);
  await receipts(1, 4);
  expect(await attempt()).toBe(3);
});

test('a record that is void again after its restoration counts for its lifting, and is restored when the lifting is reopened', async () => {
  const { url, db, orders, hear, say, receipts } = await observed();
  await hear('orderIssued', issued('a', [VOIDING]));
  await receipts(1, 1);
  const scope = scopeOf({ sessions: ['session-1'] });
  await hear('orderLifted', lifted('a', [UNDO], { scope }));
  await receipts(4, 1);
  const residual = async () =>
    (await orders.server.countResidual({ orderId: 'a', scope, rows: [UNDO], lifted: [], suspended: false }, CALL)).rows;
  expect(await residual()).toMatchObject([{ count: 0n }]);
  await query(url, `UPDATE paper SET state = 'VOID' WHERE certificate_number = ANY($1)`, [[paper(11), paper(12)]]);
  // A second order that demands one of the records now has its own reason.
  await workThrough(db, VOID, orderOf('b', { scope: scopeOf({ certificates: [paper(12)] }) }), 10);
  expect(await residual()).toMatchObject([{ count: 1n, sample: [paper(11)] }]);
  await say(reopening([4], 0));
  await receipts(4, 2);
  expect(await residual()).toMatchObject([{ count: 0n }]);
  const states = await query(url, `SELECT state FROM paper WHERE certificate_number = ANY($1) ORDER BY certificate_number`, [
    [paper(9), paper(11), paper(12)],
  ]);
  expect(states).toEqual([{ state: 'VOID' }, { state: 'ISSUED' }, { state: 'VOID' }]);
});

test('the preview for a row that is asked again binds the claimed records of a completed order, as the row itself does', async () => {
  const { url, db, orders, hear, receipts } = await observed();
  await hear('orderIssued', issued('a', [VOIDING]));
  await receipts(1, 1);
  await hear('orderCompleted', completed('a'));
  await query(url, `INSERT INTO paper SELECT (jsonb_populate_record(p, $2::jsonb)).* FROM paper p WHERE certificate_number = $1`, [
    paper(1),
    JSON.stringify({ certificate_number: paper(90), state: 'ISSUED', voided_by: null }),
  ]);
  const preview = async (orderId: string) => (await orders.server.preview({ orderId, scope: scopeOf(), rows: [VOIDING] }, CALL)).rows?.[0];
  expect(await preview('')).toMatchObject({ count: 26n });
  const again = { ...orderOf('a'), again: true, claimedIn: 'everywhere' as const };
  const target = await db.$transaction((tx) => VOID.target?.(tx, again) ?? Promise.reject(new Error('nothing is bound')));
  expect(await preview('a')).toMatchObject({ count: 25n, root: Buffer.from(target.root) });
});

describe('what another service permitted', () => {
  const held = (orderId: string) => ({ orderId, epoch: 1n, scope: scopeOf({ sessions: ['s1', 's2'] }), standing: false });

  test('is refused if it is from before an order was issued and lifted, and accepted if it is later', async () => {
    const { db } = await fixture();
    const askedAt = await guardTime(db);
    const make = (sessionId: string, at: Date) => db.$transaction((tx) => checkGuard(tx, INSTITUTION, [{ sessionId }], at));
    await db.$transaction((tx) => placeHold(tx, held('gone'), () => NOW));
    await db.$transaction((tx) => exceptFromHold(tx, 'gone', scopeOf({ sessions: ['s2'] })));
    await db.$transaction((tx) => releaseHold(tx, 'gone', NOW, 'passing'));
    await expect(make('s1', askedAt)).rejects.toMatchObject({ reason: 'order.held', message: expect.stringContaining('gone') as unknown });
    await make('s2', askedAt);
    await make('s3', askedAt);
    await make('s1', await guardTime(db));
    await db.$transaction((tx) => checkGuard(tx, INSTITUTION, [{ sessionId: 's1' }]));
  });
});
