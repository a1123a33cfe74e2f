// Rows of orders through the subscription, the task runner and ParticipantService, on a real database. Cases: asked twice, killed between
// chunks, refused and asked again, waiting for another row or for an outside answer, lifted.
import { closeAfterEachTest, actsIn, query, until } from '@hengji/testing';
import { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { addChunk, readTally, receiptOf } from '../src/tally';
import { type SqlTx, wake } from '@hengji/messaging';
import { activeHolds, type Effect } from '../src';
import {
  askOf,
  CALL,
  completed,
  EFFECTS,
  events,
  INSTITUTION,
  issued,
  lifted,
  paper,
  refusalOf,
  reports,
  scopeOf,
  VOID,
  world,
  type World,
} from './fixture';

closeAfterEachTest();

type Standing = { orderId: string; epoch: bigint; scope: ReturnType<typeof scopeOf>; standing: boolean };

/** At most ten records per transaction. */
const inTens = (o: {
  papers: number;
  effects?: Record<string, Effect<SqlTx>>;
  fences?: () => Promise<{ fences: Standing[] }>;
}): Promise<World> =>
  world(o.papers, {
    chunkSize: 10,
    ...(o.effects ? { effects: o.effects } : {}),
    ...(o.fences ? { enforcement: { listFences: o.fences } } : {}),
  });

const reportOf = (url: string, orderId: string, row: number) =>
  until(
    async () =>
      (await reports(url)).filter(({ $case, value }) => $case !== 'rowProgressed' && value.orderId === orderId && value.row === row),
    (found) => found.length > 0,
  );

const statesOf = (url: string): Promise<{ state: string; count: string }[]> =>
  query(url, 'SELECT state, count(*) FROM paper GROUP BY state ORDER BY state');

describe('rows of orders', () => {
  test('a row voids, reports and restores, with each message delivered twice', async () => {
    const { url, db, orders, hear } = await inTens({ papers: 35 });
    const rows = [askOf(1, 'VOID_CERTIFICATES', { signedCount: 35n })];
    const preview = await orders.server.preview({ orderId: '', scope: scopeOf(), rows }, CALL);
    expect(preview.rows?.[0]).toMatchObject({
      row: 1,
      count: 35n,
      fen: 3_500n,
      people: 35n,
      sample: Array.from({ length: 10 }, (_, i) => paper(i + 1)),
    });
    await hear('orderIssued', issued('a', rows));
    await hear('orderIssued', issued('a', rows));
    const [reported, ...more] = await reportOf(url, 'a', 1);
    const leaves = Array.from({ length: 35 }, (_, i) => ({ id: paper(i + 1), before: 'ISSUED', after: 'VOID' }));
    const expected = receiptOf(
      addChunk(readTally({}, new Date()), { leaves, changed: 35, already: 0, fen: 3_500n, next: null }),
      new Date(),
    );
    const { matched, changed, already, fen, root } = expected;
    expect(reported).toMatchObject({
      $case: 'rowReported',
      value: { service: 'certificate', epoch: 1n, receipt: { matched, changed, already, fen, root } },
    });
    expect(more).toEqual([]);
    const on = {
      by: 'SERVICE certificate',
      institution: INSTITUTION,
      orderId: 'a',
      evidence: [`root:${Buffer.from(root).toString('hex')}`],
    };
    expect(await actsIn(url)).toEqual([expect.objectContaining({ ...on, what: 'VOID_CERTIFICATES', on: 'order_row a/1' })]);
    expect(await statesOf(url)).toEqual([{ state: 'VOID', count: '35' }]);
    const voided = (await events(url)).flatMap((event) => (event.$case === 'certificatesVoided' ? [event.value.numbers] : []));
    expect({ chunks: voided.length, numbers: voided.flat() }).toEqual({ chunks: 4, numbers: leaves.map(({ id }) => id) });
    const residual = await orders.server.countResidual({ orderId: 'a', scope: scopeOf(), rows, lifted: [], suspended: false }, CALL);
    expect(residual.rows).toEqual([{ row: 1, count: 0n, sample: [] }]);

    const undo = [askOf(2, 'VOID_CERTIFICATES', { undo: true, undoesRow: 1 })];
    const before = await orders.server.countResidual({ orderId: 'a', scope: scopeOf(), rows: undo, lifted: [], suspended: false }, CALL);
    expect(before.rows?.[0]).toMatchObject({ row: 2, count: 35n });
    await hear('orderLifted', lifted('a', undo));
    await hear('orderLifted', lifted('a', undo));
    expect(await reportOf(url, 'a', 2)).toMatchObject([{ $case: 'rowReported', value: { receipt: { matched: 35n, changed: 35n } } }]);
    expect(await actsIn(url, 'UNDO VOID_CERTIFICATES')).toMatchObject([{ by: 'SERVICE certificate', on: 'order_row a/2' }]);
    expect(await statesOf(url)).toEqual([{ state: 'ISSUED', count: '35' }]);
    expect(
      (await orders.server.countResidual({ orderId: 'a', scope: scopeOf(), rows: undo, lifted: [], suspended: false }, CALL)).rows,
    ).toMatchObject([{ count: 0n }]);
    expect(await query(url, 'SELECT 1 FROM paper WHERE voided_by IS NOT NULL OR voided_at IS NOT NULL')).toEqual([]);
    await hear('orderCompleted', completed('a', true));
    expect(await activeHolds(db, INSTITUTION)).toEqual([]);
  });

  test('a row killed between chunks or inside one continues after the last committed chunk', async () => {
    let calls = 0;
    const effects = {
      ...EFFECTS,
      VOID_CERTIFICATES: {
        ...VOID,
        apply: async (...args: Parameters<typeof VOID.apply>) => {
          calls += 1;
          // Before and after the chunk's work: neither may leave anything behind.
          if (calls % 3 === 1) throw new Error('killed before');
          const chunk = await VOID.apply(...args);
          if (calls % 3 === 2) throw new Error('killed after');
          return chunk;
        },
      },
    };
    const { url, hear } = await inTens({ papers: 45, effects });
    await hear('orderIssued', issued('a', [askOf(1, 'VOID_CERTIFICATES')]));
    const found = await until(
      async () => {
        // A failed chunk is retried with growing pauses; the test does not wait for them.
        await query(url, `UPDATE messaging.task SET run_at = now() WHERE state = 'ready'`);
        wake('messaging_task');
        return (await reports(url)).filter(({ $case }) => $case === 'rowReported');
      },
      (reported) => reported.length > 0,
    );
    expect(found).toMatchObject([{ value: { receipt: { matched: 45n, changed: 45n, already: 0n } } }]);
    const numbers = (await events(url)).flatMap((event) => (event.$case === 'certificatesVoided' ? event.value.numbers : []));
    expect(numbers).toEqual(Array.from({ length: 45 }, (_, i) => paper(i + 1)));
    expect(calls).toBeGreaterThan(10);
  });

  test('a row over more records than signed is refused without changes, and may be asked again', async () => {
    const { url, hear } = await inTens({ papers: 12 });
    await hear('orderIssued', issued('a', [askOf(1, 'VOID_CERTIFICATES', { signedCount: 11n })]));
    expect(await reportOf(url, 'a', 1)).toMatchObject([
      { $case: 'rowRefused', value: { reason: 'order.more_than_signed', service: 'certificate' } },
    ]);
    expect(await statesOf(url)).toEqual([{ state: 'ISSUED', count: '12' }]);
    await query(url, 'DELETE FROM paper WHERE certificate_number = $1', [paper(12)]);
    await hear('rowReleased', { orderId: 'a', row: 1, afterRoot: Buffer.alloc(0) });
    const after = await until(
      () => reports(url),
      (all) => all.length === 2,
    );
    expect(after[1]).toMatchObject({ $case: 'rowReported', value: { receipt: { matched: 11n, changed: 11n } } });
    // A finished row that is released again does not start.
    await hear('rowReleased', { orderId: 'a', row: 1, afterRoot: Buffer.alloc(0) });
    expect(await query(url, `SELECT state FROM messaging.task WHERE state = 'ready'`)).toEqual([]);
  });

  test('a row waits until it is released; rows of other services and unknown orders change nothing', async () => {
    const { url, hear } = await inTens({ papers: 3 });
    const other = { ...askOf(1, 'VOID_CERTIFICATES'), effect: { $case: 'exam' as const, value: 'CANCEL_RESULTS' as const } };
    await hear('orderIssued', issued('a', [other, askOf(2, 'VOID_CERTIFICATES', { afterRow: 1 })]));
    expect(await query(url, `SELECT "row", state FROM messaging.order_row`)).toEqual([{ row: 2, state: 'WAITING' }]);
    await hear('rowReleased', { orderId: 'a', row: 1, afterRoot: Buffer.alloc(0) });
    await hear('rowReleased', { orderId: 'unknown', row: 2, afterRoot: Buffer.alloc(0) });
    expect(await query(url, 'SELECT 1 FROM messaging.task')).toEqual([]);
    await hear('rowReleased', { orderId: 'a', row: 2, afterRoot: Buffer.alloc(32) });
    expect(await reportOf(url, 'a', 2)).toMatchObject([{ $case: 'rowReported', value: { receipt: { matched: 3n } } }]);
  });

  test('an effect that this version does not know is reported as refused', async () => {
    const { url, hear } = await inTens({ papers: 1, effects: { HOLD_ISSUING: EFFECTS['HOLD_ISSUING'] as Effect<SqlTx> } });
    await hear('orderIssued', issued('a', [askOf(1, 'VOID_CERTIFICATES')]));
    expect(await reportOf(url, 'a', 1)).toMatchObject([{ $case: 'rowRefused', value: { reason: 'order.effect_unknown' } }]);
  });

  test('M1: the hold is in force after completion until exactly this order is lifted', async () => {
    const { url, db, hear, orders } = await inTens({ papers: 7 });
    const rows = [askOf(1, 'HOLD_ISSUING', { signedCount: 1n })];
    for (const [i, orderId] of ['a', 'b'].entries()) {
      const fence = { orderId, epoch: BigInt(i + 1), scope: scopeOf(), standing: true, restate: false, signedAt: undefined };
      const first = await orders.server.fence(fence, CALL);
      expect((await orders.server.fence(fence, CALL)).placedAt).toEqual(first.placedAt);
      await hear('orderIssued', issued(orderId, rows, { measures: ['STOP_EVALUATION'], epoch: BigInt(i + 1) }));
      expect(await reportOf(url, orderId, 1)).toMatchObject([{ $case: 'rowReported', value: { receipt: { matched: 7n, changed: 7n } } }]);
      await hear('orderCompleted', completed(orderId));
    }
    expect((await activeHolds(db, INSTITUTION)).map(({ orderId }) => orderId)).toEqual(['a', 'b']);
    await hear('orderLifted', lifted('a', [askOf(2, 'HOLD_ISSUING', { undo: true, undoesRow: 1 })]));
    await reportOf(url, 'a', 2);
    expect((await activeHolds(db, INSTITUTION)).map(({ orderId }) => orderId)).toEqual(['b']);
    const asked = [askOf(2, 'HOLD_ISSUING', { undo: true, undoesRow: 1 })];
    expect(
      (await orders.server.countResidual({ orderId: 'a', scope: scopeOf(), rows: asked, lifted: [], suspended: false }, CALL)).rows,
    ).toMatchObject([{ count: 0n }]);
    expect(
      (await orders.server.countResidual({ orderId: 'a', scope: scopeOf(), rows, lifted: [], suspended: false }, CALL)).rows,
    ).toMatchObject([{ count: 1n }]);
    expect(
      (await orders.server.countResidual({ orderId: 'b', scope: scopeOf(), rows: asked, lifted: [], suspended: false }, CALL)).rows,
    ).toMatchObject([{ count: 1n }]);
    expect((await events(url)).map(({ $case }) => $case)).toEqual(['issuingHeld', 'issuingHeld', 'issuingReleased']);
  });

  test('an order without M1 holds only while it is executed', async () => {
    const { db, hear } = await inTens({ papers: 1 });
    await hear('orderIssued', issued('a', []));
    expect(await activeHolds(db, INSTITUTION)).toMatchObject([{ orderId: 'a', standing: false }]);
    await hear('orderCompleted', completed('a'));
    await hear('orderIssued', issued('a', []));
    expect(await activeHolds(db, INSTITUTION)).toEqual([]);
  });

  test('the receipt of an effect that ends outside waits for the outside acknowledgement', async () => {
    let acknowledged = false;
    const effects = { VOID_CERTIFICATES: { ...VOID, settled: () => Promise.resolve(acknowledged) } };
    const { url, db, hear, orders } = await inTens({ papers: 25, effects });
    await hear('orderIssued', issued('a', [askOf(1, 'VOID_CERTIFICATES')]));
    await until(
      () => query<{ state: string }>(url, 'SELECT state FROM messaging.order_row'),
      (rows) => rows[0]?.state === 'SETTLING',
    );
    await db.$transaction((tx) => orders.settle(tx, 'a'));
    expect((await reports(url)).filter(({ $case }) => $case === 'rowReported')).toEqual([]);
    acknowledged = true;
    await db.$transaction((tx) => orders.settle(tx, 'a'));
    await db.$transaction((tx) => orders.settle(tx, 'a'));
    expect((await reports(url)).filter(({ $case }) => $case === 'rowReported')).toMatchObject([
      { value: { receipt: { matched: 25n, changed: 25n } } },
    ]);
  });

  test('a lifting that arrives before its row is done is refused, and may be asked again', async () => {
    const { url, hear } = await inTens({ papers: 5 });
    await hear('orderIssued', issued('a', [askOf(1, 'VOID_CERTIFICATES', { afterRow: 9 })]));
    await hear('orderLifted', lifted('a', [askOf(2, 'VOID_CERTIFICATES', { undo: true, undoesRow: 1 })]));
    expect(await reportOf(url, 'a', 2)).toMatchObject([{ $case: 'rowRefused', value: { reason: 'order.row_unfinished' } }]);
    // A row that a lifting has asked to take back is not started after the lifting.
    await hear('rowReleased', { orderId: 'a', row: 1, afterRoot: Buffer.alloc(0) });
    expect(await statesOf(url)).toEqual([{ state: 'ISSUED', count: '5' }]);
  });

  test('at its start a service takes the fences that it missed, and accepts no requests until enforcement answers', async () => {
    let asked = 0;
    const fence = { orderId: 'missed', epoch: 3n, scope: scopeOf(), standing: true };
    const fences = (): Promise<{ fences: Standing[] }> => {
      asked += 1;
      return asked < 3 ? Promise.reject(new Error('enforcement is away')) : Promise.resolve({ fences: [fence] });
    };
    const { db } = await inTens({ papers: 1, fences });
    expect(asked).toBe(3);
    expect(await activeHolds(db, INSTITUTION)).toMatchObject([fence]);
  });

  test('a fence is recorded as an act of the calling service; a refused fence records none', async () => {
    const { url, orders } = await inTens({ papers: 1 });
    const asked = { orderId: 'f', epoch: 1n, scope: scopeOf(), standing: true, restate: false, signedAt: new Date() };
    await orders.server.fence(asked, CALL);
    await expect(orders.server.fence({ ...asked, epoch: 2n }, CALL)).rejects.toMatchObject({ reason: 'order.fence_differs' });
    expect(await actsIn(url)).toEqual([
      expect.objectContaining({ what: 'Fence', by: 'SERVICE enforcement', on: 'order f', orderId: 'f', institution: INSTITUTION }),
    ]);
  });

  test('malformed requests are refused with the name of the field', async () => {
    const { orders } = await inTens({ papers: 1 });
    const { preview, fence, countResidual } = orders.server;
    const orderId = '';
    const rows = [askOf(1, 'VOID_CERTIFICATES')];
    const scope = scopeOf();
    const exam = { ...askOf(2, 'VOID_CERTIFICATES'), effect: { $case: 'exam' as const, value: 'CLOSE_PLANS' as const } };
    expect(await refusalOf(preview({ orderId, scope: undefined, rows }, CALL))).toEqual(['order.scope_invalid', 'scope']);
    expect(await refusalOf(preview({ orderId, scope, rows: [...rows, ...rows] }, CALL))).toEqual(['order.row_invalid', 'rows[1].row']);
    expect(await refusalOf(preview({ orderId, scope, rows: [...rows, exam] }, CALL))).toEqual(['order.row_invalid', 'rows[1].effect']);
    expect(await refusalOf(preview({ orderId, scope, rows: [askOf(1, 'UNSPECIFIED')] }, CALL))).toEqual([
      'order.effect_unknown',
      'rows[0].effect',
    ]);
    expect(await refusalOf(fence({ orderId: '', epoch: 1n, scope, standing: true, restate: false, signedAt: undefined }, CALL))).toEqual([
      'order.id_missing',
      'order_id',
    ]);
    expect(await refusalOf(countResidual({ orderId: ' ', scope, rows, lifted: [], suspended: false }, CALL))).toEqual([
      'order.id_missing',
      'order_id',
    ]);
    expect(Object.keys(orders.callers)).toEqual(Object.keys(ParticipantServiceDefinition.methods));
  });
});
