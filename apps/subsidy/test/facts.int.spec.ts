// subsidy.v1 is complete. A consumer that reads it from the beginning, or reads the owner's snapshot, has every payment and every recovery
// in force as subsidy has them. The consumer needs no call.
import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import type { SubsidyEvent } from '@hengji/contracts/subsidy/v1/subsidy_events';
import { snapshotEvents, until, type TestRow } from '@hengji/testing';
import { copyOf, tablesOf } from './copy-of-facts';
import { certificate, codeOf, importAll, numberOf, payments, type ServiceUnderTest, startService } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});

const ACTOR = { officerId: 'u1', name: '经办', role: 'CITY_OFFICER', authority: '2101', institution: '' } as const;
const OPEN: TestRow = { $case: 'subsidy', value: 'OPEN_RECOVERIES', signedCount: 10_000n };
const TAKE_BACK: TestRow = { $case: 'subsidy', value: 'OPEN_RECOVERIES', row: 2, undoesRow: 1 };

const historyOf = async (institution: string): Promise<SubsidyEvent[]> =>
  (await service.probe.events(TOPICS.subsidy)).filter(({ meta }) => meta?.institution === institution);

/** The consumer's copy when it equals the tables; its last state when it never does. */
const heard = async (institution: string, tables: string): Promise<string> => {
  const seen = async (): Promise<string> => copyOf(await historyOf(institution));
  return until(seen, (copy) => copy === tables).catch(seen);
};

const pay = async (n: number, from: number, to: number): Promise<void> => {
  const wanted = Array.from({ length: to - from }, (_, i) => from + i);
  for (const i of wanted) service.certificates.set(numberOf(n, i), certificate(n, i));
  const list = wanted.map((i) => ({
    certificateNumber: numberOf(n, i),
    fen: 150_000n + BigInt(i),
    fundSource: 'EMPLOYMENT_FUND' as const,
  }));
  await service.subsidy('gateway').paySubsidies({ requestId: randomUUID(), actor: ACTOR, payments: list });
};

it('publishes every payment and recovery, through batches, imports, overlapping orders and their liftings', async () => {
  const institution = codeOf(1);
  await importAll(service.subsidy('import'), payments(1, 1000), payments(1, 1020).slice(1000));
  await pay(1, 2001, 2021);
  const orders = [
    { orderId: 'part', scope: { institution, plans: ['P1-1', 'P1-2', 'P1-3'] }, rows: [OPEN], epoch: 1n },
    { orderId: 'whole', scope: { institution }, rows: [OPEN], epoch: 2n },
    { orderId: 'later', scope: { institution, plans: ['P1-2'] }, rows: [OPEN], epoch: 3n },
  ];
  for (const order of orders) {
    await service.enforcement.issue(order);
    await service.enforcement.receipt(order.orderId, 1);
  }
  for (const order of orders.slice(0, 2)) {
    await service.enforcement.lift({ ...order, rows: [TAKE_BACK] });
    await service.enforcement.receipt(order.orderId, 2);
    const tables = await tablesOf(service.url, institution);
    expect(await heard(institution, tables)).toBe(tables);
  }
  const tables = await tablesOf(service.url, institution);
  const { payments: paid, recoveries } = JSON.parse(tables) as { payments: unknown[]; recoveries: { orderId: string }[] };
  expect(paid).toHaveLength(1040);
  expect(recoveries.map(({ orderId }) => orderId)).toEqual(Array(10).fill('later'));
  expect(copyOf(await snapshotEvents(TOPICS.subsidy, { address: service.address(), caller: 'enforcement', key: institution }))).toBe(
    tables,
  );
});

it('carries pseudonyms and correct sums, and stays within the limit of consumers', async () => {
  const institution = codeOf(2);
  await importAll(
    service.subsidy('import'),
    payments(2, 1000).map((one) => ({ ...one, paymentId: one.paymentId.padEnd(64, 'x') })),
  );
  const [event] = await until(
    () => historyOf(institution),
    (seen) => seen.length > 0,
  );
  if (event?.body?.$case !== 'paymentsImported') throw new Error('no payments were told');
  const { payments: told, fen, count } = event.body.value;
  expect([told.length, told.reduce((sum, one) => sum + one.fen, 0n)]).toEqual([count, fen]);
  expect(told.every(({ person }) => /^[0-9a-f]{32}$/.test(person))).toBe(true);
  expect(TOPICS.subsidy.codec.encode(event).finish().length).toBeLessThan(600_000);
});
