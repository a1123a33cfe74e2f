// A new entry of a queue is sent at its commit. With a poll interval of ten minutes, orders, letters, liftings and new certificates still
// reach the agencies at once.
import type { TestRow } from '@hengji/testing';
import { query, until } from '@hengji/testing';
import { codeOf, issued, loadStanding, numberOf, startService, uploads, type ServiceUnderTest } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService({ AGENCY_POLL_MS: '600000' });
});

const row = (value: 'WITHDRAW_UPLOADS' | 'NOTIFY_POLICE', over: object = {}): TestRow => ({
  $case: 'exchange',
  value,
  signedCount: 100n,
  ...over,
});

it("sends an order's messages without waiting for the next poll, and those of its lifting", async () => {
  await loadStanding(service, 1, 30);
  const scope = { institution: codeOf(1) };
  await service.enforcement.issue({ orderId: 'q1', scope, rows: [row('WITHDRAW_UPLOADS'), row('NOTIFY_POLICE')] });
  expect((await service.enforcement.receipt('q1', 1)).receipt).toMatchObject({ changed: 30n });
  expect((await service.enforcement.receipt('q1', 2)).receipt).toMatchObject({ changed: 1n });
  expect(await service.agencies.count(codeOf(1))).toEqual({ standing: 0, withdrawn: 30 });

  await service.enforcement.lift({ orderId: 'q1', scope, rows: [row('WITHDRAW_UPLOADS', { row: 3, undoesRow: 1 })] });
  expect((await service.enforcement.receipt('q1', 3)).receipt).toMatchObject({ changed: 30n });
  expect(await service.agencies.count(codeOf(1))).toEqual({ standing: 30, withdrawn: 0 });
});

it('uploads a new certificate at once', async () => {
  await service.certificates(codeOf(2), issued(uploads(2, 3)));
  await until(
    () => service.agencies.stateOf(numberOf(2, 3)),
    (state) => state === 'standing',
  );
});

it.each(['25 minutes', '1 day'])('sends messages that a clock %s ahead has postponed', async (ahead) => {
  const slow = await startService({ AGENCY_POLL_MS: '100' });
  await slow.agencies.fault('ministry', { fault: 'down' });
  await slow.certificates(codeOf(3), issued(uploads(3, 2)));
  await until(
    () => query(slow.url, `SELECT 1 AS tried FROM message WHERE tries > 0`),
    (tried) => tried.length > 0,
  );
  await slow.stop();
  await query(slow.url, `UPDATE message SET next_try_at = now() + $1::interval WHERE state = 'PENDING'`, [ahead]);
  await slow.agencies.mend('ministry');
  await slow.start();
  await until(
    () => slow.agencies.stateOf(numberOf(3, 2)),
    (state) => state === 'standing',
  );
});
