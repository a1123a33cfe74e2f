// Only enforcement's own messages end or pause a hold, each once. If a hold stops nothing although enforcement expects it to, the count
// finds it, and the reopening puts the hold in force again.
import type { Notice } from '@hengji/contracts';
import { OrderCompleted, OrderReopened, OrderResumed, OrderSuspended } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { closeAfterEachTest, query, sealedNotice, testKeyConfig, testSigner, until } from '@hengji/testing';
import { activeHolds } from '../src';
import { claimedIn } from '../src/holds';
import { askOf, CALL, completed, INSTITUTION, issued, paper, reports, scopeOf, world } from './fixture';

closeAfterEachTest();

const HOLD = askOf(1, 'HOLD_ISSUING');
const VOID = askOf(2, 'VOID_CERTIFICATES', { signedCount: 5n });
const ROWS = [HOLD, VOID];
const at = (second: number): Date => new Date(Date.UTC(2026, 2, 3, 1, 0, second));

/** An order with M1 that is completed: its records are void, and its hold is in force. */
const carriedOut = async (acceptUnsealed = false) => {
  const config = { ...testKeyConfig('certificate'), ACCEPT_UNSEALED_ORDERS: acceptUnsealed };
  const { db, url, orders, hear } = await world(5, { config });
  const reported = (count: number) =>
    until(
      async () => (await reports(url)).filter(({ $case }) => $case === 'rowReported' || $case === 'rowRefused'),
      (all) => all.length >= count,
    );
  await hear('orderIssued', issued('m', ROWS, { measures: ['STOP_EVALUATION', 'VOID_CERTIFICATES'] }));
  await reported(2);
  await hear('orderCompleted', completed('m'));
  return {
    ...{ url, hear, reported },
    say: (notice: Notice): Promise<void> => hear(notice.$case, sealedNotice(notice).value),
    isHeld: async (): Promise<boolean> => (await activeHolds(db, INSTITUTION)).length > 0,
    isOver: async (): Promise<boolean> => (await db.$transaction((tx) => claimedIn(tx, 'm'))) === 'everywhere',
    counted: async (suspended = false): Promise<string[]> => {
      const asked = { orderId: 'm', scope: scopeOf(), rows: ROWS, lifted: [], suspended };
      const { rows } = await orders.server.countResidual(asked, CALL);
      return (rows ?? []).flatMap(({ sample }) => sample ?? []);
    },
  };
};

const suspended = (second: number, orderId = 'm'): Notice => ({
  $case: 'orderSuspended',
  value: OrderSuspended.fromPartial({ orderId, suspendedAt: at(second), reason: '(2026)辽01行初1号', completed: true }),
});
const resumed = (second: number, orderId = 'm'): Notice => ({
  $case: 'orderResumed',
  value: OrderResumed.fromPartial({ orderId, resumedAt: at(second) }),
});
const reopened = (second: number, rows: number[], orderId = 'm'): Notice => ({
  $case: 'orderReopened',
  value: OrderReopened.fromPartial({ orderId, reopenedAt: at(second), rows }),
});
const lifted = (orderId = 'm'): Notice => ({
  $case: 'orderCompleted',
  value: OrderCompleted.fromPartial({ orderId, completedAt: at(1), lifted: true, lifting: 1 }),
});

/** Messages from the topic without a seal, with another order's seal, or with a seal that another service signed. */
const FORGERIES: Readonly<Record<string, (notice: Notice) => unknown>> = {
  'without a seal': ({ value }) => value,
  'with the seal of another order': (notice) => {
    const other = sealedNotice({ ...notice, value: { ...notice.value, orderId: 'other' } } as Notice);
    return { ...notice.value, seal: other.value.seal };
  },
  'with the seal of another kind of news': ({ value }) => ({ ...value, seal: sealedNotice(resumed(9)).value.seal }),
  'sealed by another service': (notice) => {
    const { value } = sealedNotice(notice);
    const statement = JSON.parse(value.seal.statement) as Parameters<ReturnType<typeof testSigner>['sign']>[0];
    return { ...value, seal: { ...value.seal, signature: testSigner('exam').sign(statement) } };
  },
  'that does not say when': (notice) => {
    const [name = ''] = Object.entries(notice.value).find(([, value]) => value instanceof Date) ?? [];
    return sealedNotice({ ...notice, value: { ...notice.value, [name]: undefined } } as Notice).value;
  },
};

test.each(Object.entries(FORGERIES))('a message %s is not accepted: the hold stays in force, and no row runs again', async (_, forge) => {
  const { hear, isHeld, isOver: over, counted, url } = await carriedOut();
  for (const notice of [suspended(1), lifted(), reopened(1, [1, 2])])
    await expect(hear(notice.$case, forge(notice))).rejects.toThrow(/enforcement|order m/);
  // The case of a genuine resumption needs a genuine suspension first.
  if (forge !== FORGERIES['with the seal of another kind of news'])
    await expect(hear('orderResumed', forge(resumed(1)))).rejects.toThrow(/enforcement|order m/);
  expect([await isHeld(), await over(), await counted()]).toEqual([true, false, []]);
  expect(await query(url, 'SELECT 1 FROM messaging.suspension')).toEqual([]);
  expect(await query(url, `SELECT 1 FROM messaging.order_row WHERE state <> 'DONE' OR attempt > 1`)).toEqual([]);
});

test('a court pauses the hold and puts it in force again; a repeated message changes nothing', async () => {
  const { say, isHeld, counted, isOver: over } = await carriedOut();
  await say(suspended(1));
  expect([await isHeld(), await counted(true)]).toEqual([false, []]);
  await say(suspended(1));
  await say(resumed(2));
  expect(await isHeld()).toBe(true);
  // A genuine, sealed but old message, byte for byte.
  await say(suspended(1));
  expect([await isHeld(), await over()]).toEqual([true, true]);
  await say(suspended(3));
  await say(resumed(2));
  await say(reopened(2, [1]));
  expect(await isHeld()).toBe(false);
  await say(resumed(4));
  expect([await isHeld(), await counted()]).toEqual([true, []]);
});

test('a reopening runs each row once, however often it arrives', async () => {
  const { say, url, reported } = await carriedOut();
  await query(url, `UPDATE paper SET state = 'ISSUED' WHERE certificate_number = $1`, [paper(2)]);
  await say(reopened(1, [2]));
  await reported(3);
  await say(reopened(1, [2]));
  expect(await query(url, `SELECT attempt FROM messaging.order_row WHERE "row" = 2`)).toEqual([{ attempt: 2 }]);
});

describe('a hold that is paused although no court suspends the order', () => {
  test('is counted, with the records made meanwhile, and is put in force again; those records were never signed', async () => {
    // As before seals existed, from any writer to the topic.
    const { hear, say, url, isHeld, counted, reported } = await carriedOut(true);
    await hear('orderSuspended', suspended(1).value);
    expect(await isHeld()).toBe(false);
    await query(url, `INSERT INTO paper SELECT (jsonb_populate_record(p, $2::jsonb)).* FROM paper p WHERE certificate_number = $1`, [
      paper(1),
      JSON.stringify({ certificate_number: paper(6), state: 'ISSUED' }),
    ]);
    expect(await counted()).toEqual(['hold:m', paper(6)]);
    await say(reopened(2, [1, 2]));
    expect(await isHeld()).toBe(true);
    const [, , ...again] = await reported(4);
    expect(again.map(({ $case, value }) => [$case, value.row]).sort()).toEqual([
      ['rowRefused', 2],
      ['rowReported', 1],
    ]);
    expect(again).toContainEqual(expect.objectContaining({ value: expect.objectContaining({ reason: 'order.more_than_signed' }) }));
    expect(await counted()).toEqual([paper(6)]);
  });

  test('is put in force again if the message of the resumption was lost; records made meanwhile stay the institution’s', async () => {
    const { say, url, isHeld, counted, reported } = await carriedOut();
    await say(suspended(1));
    await query(url, `INSERT INTO paper SELECT (jsonb_populate_record(p, $2::jsonb)).* FROM paper p WHERE certificate_number = $1`, [
      paper(1),
      JSON.stringify({ certificate_number: paper(6), state: 'ISSUED' }),
    ]);
    expect([await counted(true), await counted()]).toEqual([[], ['hold:m']]);
    await say(reopened(3, [1]));
    await reported(3);
    expect([await isHeld(), await counted()]).toEqual([true, []]);
  });

  test('is counted and put in force again if it was released', async () => {
    const { hear, say, isHeld, counted, reported } = await carriedOut(true);
    await hear('orderCompleted', lifted().value);
    expect([await isHeld(), await counted()]).toEqual([false, ['hold:m']]);
    await say(reopened(2, [1]));
    await reported(3);
    expect([await isHeld(), await counted()]).toEqual([true, []]);
  });
});
