// A participant whose database was lost is restored from a backup that was made before an order, after the order is
// carried out. The participant has neither the order nor the hold, and Kafka does not deliver the old messages again by
// itself. The sweep finds that its records are not as demanded, and the order is carried out there once more.
import { databaseClient, testPostgresUrl, until } from '@hengji/testing';
import type { Officer } from '../../../tools/province/src/officer';
import { recordsOf, recordsOnce } from './records-of';
import { type OrderJson, type Running, draft, orderReaches, sign, startRunning } from './running-platform';

const MEASURES = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];

describe('a service that is restored from a backup from before the order', () => {
  let running: Running;
  let drafter: Officer;
  let signer: Officer;
  let institutions: string[];

  beforeAll(async () => {
    running = await startRunning('restored');
    [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    institutions = items.map(({ code }) => code);
  }, 240_000);
  afterAll(() => running?.stop());

  /** Run while no connection to the database is open. */
  const atServer = async (...statements: string[]): Promise<void> => {
    const client = await databaseClient(testPostgresUrl());
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const stopped = async (service: string, work: (database: string) => Promise<void>): Promise<void> => {
    await running.platform.kill(service, { stayDown: true });
    await work(new URL(running.platform.databaseUrl(service)).pathname.slice(1));
    await running.platform.restart(service);
  };
  const backUp = (service: string): Promise<void> =>
    stopped(service, (database) => atServer(`CREATE DATABASE "${database}_backup" TEMPLATE "${database}"`));
  const restore = (service: string): Promise<void> =>
    stopped(service, (database) =>
      atServer(`DROP DATABASE "${database}" WITH (FORCE)`, `ALTER DATABASE "${database}_backup" RENAME TO "${database}"`),
    );

  it.each(['exam', 'certificate'].map((service, i): [string, number] => [service, i]))(
    'is found by the sweep, and %s does its part again',
    async (service, i) => {
      const institution = institutions[1 + i] ?? '';
      const before = await recordsOf(drafter, institution);
      await backUp(service);
      const { orderId } = await sign(signer, await draft(drafter, { institution, measures: MEASURES }));
      await orderReaches(signer, orderId, 'COMPLETED');
      await restore(service);

      // A client connects again within two seconds of a restart; an officer whose sweep was not answered repeats it.
      await until(
        () => signer.post<OrderJson>(`/orders/${orderId}/sweep`, {}),
        ({ state }) => state === 'EXECUTING',
      );
      expect((await orderReaches(signer, orderId, 'COMPLETED')).residual).toBe(0);
      const after = await recordsOnce(drafter, institution, ({ certificates }) =>
        certificates.every((one) => one.uploadState !== 'UPLOADED'),
      );
      expect(after.filing.status).toBe('HELD');
      expect(after.plans.filter((one) => !one.heldBy.includes(orderId))).toEqual([]);
      expect(after.results.filter((one) => one.state !== 'CANCELLED')).toEqual([]);
      expect(after.certificates.filter((one) => one.state !== 'VOIDED')).toEqual([]);
      expect(after.recoveries.map((one) => one.paymentId).sort()).toEqual(before.payments.map((one) => one.paymentId).sort());
      expect((await running.publicStatus(before.certificates[0]?.number ?? '')).status).toBe('void');
    },
    180_000,
  );
});
