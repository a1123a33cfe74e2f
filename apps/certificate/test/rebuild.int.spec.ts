// certificate's copy of the states at the ministry's platform, emptied and rebuilt from exchange.v1 alone.
import { randomUUID } from 'node:crypto';
import { TOPICS, type Body } from '@hengji/contracts';
import type { ExchangeEvent } from '@hengji/contracts/exchange/v1/exchange_events';
import { alter, query, until } from '@hengji/testing';
import { rebuildCopies } from '../src/rebuild';
import { newInstitution, startCertificate } from './certificate-under-test';

const eventOf = (institution: string, sequence: number, body: Body<ExchangeEvent>): ExchangeEvent => ({
  meta: { eventId: randomUUID(), occurredAt: new Date(), institution, sequence: BigInt(sequence), orderId: '' },
  body,
});

const copyIn = (database: string) =>
  query<{ number: string; state: string }>(database, 'SELECT number, state FROM upload ORDER BY number COLLATE "C"');

it('has the same content again, whatever was sent twice', async () => {
  const certificate = await startCertificate();
  const institution = newInstitution();
  const numbers = Array.from({ length: 1_000 }, (_, i) => `${institution}264${String(i + 1).padStart(6, '0')}`);
  const accepted = eventOf(institution, 1, { $case: 'uploadsAccepted', value: { numbers } });
  const withdrawn = eventOf(institution, 2, { $case: 'uploadsWithdrawn', value: { orderId: 'o-1', numbers: numbers.slice(0, 400) } });
  const restored = eventOf(institution, 3, { $case: 'uploadsRestored', value: { orderId: 'o-1', numbers: numbers.slice(0, 100) } });
  await certificate.probe.publish(TOPICS.exchange, accepted, withdrawn, restored, withdrawn, accepted);
  const before = await until(
    () => copyIn(certificate.database),
    (rows) => rows.filter(({ state }) => state === 'WITHDRAWN').length === 300,
  );
  expect(before).toHaveLength(1_000);

  await certificate.stop();
  await alter(certificate.database, 'TRUNCATE upload');
  expect(await rebuildCopies(certificate.config)).toMatchObject({ topic: 'exchange.v1', events: 3, incomplete: [] });
  expect(await copyIn(certificate.database)).toEqual(before);
  // A copy that was not empty before is also rebuilt.
  await alter(certificate.database, `UPDATE upload SET state = 'WITHDRAWN'`);
  await rebuildCopies(certificate.config);
  expect(await copyIn(certificate.database)).toEqual(before);
});
