// Fills an outbox as a service would in one transaction: events of an order, spread over institutions.
import { TOPICS } from '@hengji/contracts';
import type { Client } from 'pg';

const INSTITUTIONS = 16;

const ORDER = '00000000-0000-7000-8000-000000000000';

/** An event that names this many certificates. */
const bodyOf = (certificates: number): Buffer => {
  const numbers = Array.from({ length: certificates }, (_, n) => `S0000210100012530${String(n).padStart(5, '0')}`);
  const value = { orderId: ORDER, documentNo: '辽人社监决〔2026〕1号', voidedAt: new Date(), numbers };
  return Buffer.from(TOPICS.certificate.codec.encode({ meta: undefined, body: { $case: 'certificatesVoided', value } }).finish());
};

const FILL = `
  INSERT INTO messaging.outbox (topic, key, sequence, event_id, type, order_id, body, occurred_at)
  SELECT '${TOPICS.certificate.name}', 'S0000210100' || lpad((n % ${INSTITUTIONS})::text, 2, '0'), n, gen_random_uuid(), 'certificatesVoided', '${ORDER}', $2, now()
  FROM generate_series(1, $1::int) n ORDER BY n`;

/** Writes the events in one transaction. The relay publishes them after the commit. */
export const fillOutbox = async (client: Client, events: number, certificatesEach: number): Promise<void> => {
  await client.query(FILL, [events, bodyOf(certificatesEach)]);
};

/** True while at least one event is unpublished. */
export const isWaiting = async (client: Client): Promise<boolean> => {
  const { rowCount } = await client.query('SELECT 1 FROM messaging.outbox WHERE published_at IS NULL LIMIT 1');
  return rowCount !== 0;
};
