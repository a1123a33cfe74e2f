// A sender holds the lease of a message only as long as an answer and its recording may take. Then the message is due again under the same
// id, and the agency acts once.
import type { ExchangeEffect } from '@hengji/contracts/enforcement/v1/order';
import { databaseClient, query, until } from '@hengji/testing';
import { codeOf, startService, type ServiceUnderTest } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService({ AGENCY_RECORDING_MS: '200' });
});

/** Blocks the recording of the answer to the message's first try. */
const holdFirstTry = async (): Promise<{ letGo: () => Promise<void> }> => {
  await until(
    () => query(service.url, 'SELECT 1 FROM message_try'),
    (tries) => tries.length > 0,
  );
  const client = await databaseClient(service.url);
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM message_try WHERE attempt = 1 FOR UPDATE');
  return { letGo: () => client.end() };
};

it('is sent again after its lease, and takes effect once', async () => {
  await service.agencies.fault('police', { fault: 'slow', times: 1, delayMs: 300 });
  const row = { $case: 'exchange' as const, value: 'NOTIFY_POLICE' as ExchangeEffect, signedCount: 1n };
  await service.enforcement.issue({ orderId: 'o1', scope: { institution: codeOf(1) }, rows: [row] });
  const hold = await holdFirstTry();
  try {
    const asked = await until(
      async () => (await service.agencies.requests()).police,
      ({ requests }) => requests > 1,
    );
    expect(asked.ids).toBe(1);
  } finally {
    await hold.letGo();
  }
  expect((await service.enforcement.receipt('o1', 1)).receipt).toMatchObject({ changed: 1n, already: 0n });
  expect(await service.agencies.notices('police')).toHaveLength(1);
});
