// What a withdrawal covers, a repeated lifting of it, and what a hold keeps from being sent.
import { RowAsk, Scope } from '@hengji/contracts/enforcement/v1/order';
import { query, testDatabase, until, type TestRow } from '@hengji/testing';
import { randomUUID } from 'node:crypto';
import { openDatabase } from '../src/adapters/store/database';
import { effects } from '../src/adapters/store/effects';
import { createMessage, leaseDue } from '../src/adapters/store/messages';
import { insertUploaded, type UploadRecord } from '../src/adapters/store/uploads';
import { codeOf, loadStanding, numberOf, startService, upload, type ServiceUnderTest } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});

const withdraw = (over: object = {}): TestRow => ({ $case: 'exchange', value: 'WITHDRAW_UPLOADS', signedCount: 100n, ...over });
const restore: TestRow = withdraw({ row: 2, undoesRow: 1 });
const ask = (over: Partial<RowAsk> = {}): RowAsk => ({
  ...RowAsk.fromPartial({ row: 1, ...over }),
  effect: { $case: 'exchange', value: 'WITHDRAW_UPLOADS' },
});
const preview = async (scope: Scope) => (await service.participant.preview({ scope, rows: [ask()] })).rows[0];
const unrestored = async (orderId: string, scope: Scope) =>
  (await service.participant.countResidual({ orderId, scope, rows: [ask({ undo: true })] })).rows[0];
const receipt = async (orderId: string, position = 1) => (await service.enforcement.receipt(orderId, position)).receipt;

it('covers uploads in flight, whatever the ministry answers in the meantime', async () => {
  await loadStanding(service, 24, 3);
  const scope = Scope.fromPartial({ institution: codeOf(24) });
  const becomes = (state: string) => query(service.url, `UPDATE upload SET upload_state = $2 WHERE number = $1`, [numberOf(24, 1), state]);
  await becomes('SENDING');
  const signed = await preview(scope);
  expect(signed).toMatchObject({ count: 3n });
  await becomes('REJECTED');
  expect(await preview(scope)).toEqual(signed);
  await service.enforcement.issue({ orderId: 'b1', scope, rows: [withdraw({ signedCount: 3n, signedRoot: signed?.root })] });
  expect(await receipt('b1')).toMatchObject({ matched: 2n, changed: 2n });
});

it('restores uploads again that were withdrawn after their restoration, when the lifting is repeated', async () => {
  await loadStanding(service, 25, 3);
  const scope = Scope.fromPartial({ institution: codeOf(25) });
  await service.enforcement.issue({ orderId: 'a1', scope, rows: [withdraw()] });
  await receipt('a1');
  await service.enforcement.lift({ orderId: 'a1', scope, rows: [restore] });
  await receipt('a1', 2);
  await query(service.url, `UPDATE upload SET upload_state = 'WITHDRAWN' WHERE number = $1`, [numberOf(25, 2)]);
  expect(await unrestored('a1', scope)).toMatchObject({ count: 1n, sample: [numberOf(25, 2)] });
  const db = openDatabase(service.url);
  const lifting = { orderId: 'a1', documentNo: '', epoch: 2n, scope, signedAt: new Date(), rectifyBy: '', package: [], row: 2 };
  const order = { ...lifting, signedCount: 3n, institution: codeOf(25), now: new Date(), undo: true, again: true };
  for (const changed of [1, 0])
    expect(await db.$transaction((tx) => effects(randomUUID).WITHDRAW_UPLOADS.undo(tx, order, '', 10))).toMatchObject({ changed });
  await db.$disconnect();
  await until(
    () => service.exchange().countUploads({ institution: codeOf(25) }),
    ({ uploaded }) => uploaded === 3n,
  );
  expect(await unrestored('a1', scope)).toMatchObject({ count: 0n });
});

it('does not send a message from before the fence, until the hold ends or an order demands its withdrawal', async () => {
  const { url } = await testDatabase('exchange');
  const db = openDatabase(url);
  const [held, free, claimed] = ['P26-1', 'P26-2', 'P26-3'].map((session, i) => ({ ...upload(26, i + 1), sessionId: session }));
  const numbers = [held, free, claimed].map((record) => record?.number ?? '');
  await db.$transaction(async (tx) => {
    await insertUploaded(tx, [held, free, claimed] as UploadRecord[]);
    for (const number of numbers) {
      const message = {
        messageId: `m-${number}`,
        agency: 'MINISTRY',
        kind: 'upload',
        institution: codeOf(26),
        orderId: '',
        row: 0,
        undo: false,
      } as const;
      await createMessage(tx, { ...message, numbers: [number], createdAt: new Date() });
    }
  });
  const scope = JSON.stringify(Scope.fromPartial({ institution: codeOf(26), sessions: ['P26-1', 'P26-3'] }));
  await query(url, `UPDATE upload SET claims = 1 WHERE number = $1`, [claimed?.number]);
  await query(
    url,
    `INSERT INTO messaging.hold (order_id, institution, epoch, scope, standing, placed_at) VALUES ('h', $1, 1, $2::jsonb, true, now())`,
    [codeOf(26), scope],
  );
  const leased = async () => {
    const due = await leaseDue(db, 'MINISTRY', 10, { now: new Date(Date.now() + 1_000), leaseMs: 3_600_000, longestPauseMs: 3_600_000 });
    return due.flatMap((message) => message.numbers).sort();
  };
  expect(await leased()).toEqual([free?.number, claimed?.number]);
  expect(await leased()).toEqual([]);
  await query(url, `UPDATE messaging.hold SET released_at = now()`);
  expect(await leased()).toEqual([held?.number]);
  await db.$disconnect();
});
