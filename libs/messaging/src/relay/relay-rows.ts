// The statements of the relay, and the wire format of an outbox row before it is sealed: CloudEvents 1.0 in Kafka's binary mode, with the
// envelope in protobuf.
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { EventMeta } from '@hengji/contracts/meta/v1/meta';
import type { Client } from 'pg';
import type { OutgoingBatch, OutgoingRecord } from '../kafka/kafka';
import { eventHeaders } from '../seal/event-headers';

/** One unpublished event. 64-bit numbers come as text from the driver. */
export interface OutboxRow {
  readonly id: string;
  readonly event_id: string;
  readonly topic: string;
  readonly key: string;
  readonly sequence: string;
  readonly type: string;
  readonly order_id: string;
  readonly body: Buffer;
  readonly traceparent: string | null;
  readonly occurred_at: Date;
}

const ROWS_A_PASS = 5_000;
const BYTES_A_PASS = 8_000_000;

// `published_at IS NULL` instead of a position: a row whose transaction was still open at the read is found by a later read. So no row is
// skipped, and no long transaction elsewhere delays the relay. Within a key the order of `id` is the order of commits (see `publish`), and
// one statement uses one snapshot: it never returns a later row without an earlier one.
const WAITING = {
  name: 'outbox-waiting',
  text: `
    SELECT id, event_id, topic, key, sequence, type, order_id, body, traceparent, occurred_at FROM (
      SELECT w.*, sum(octet_length(body)) OVER (ORDER BY id) - octet_length(body) AS bytes_before FROM (
        SELECT * FROM messaging.outbox WHERE published_at IS NULL ORDER BY id LIMIT ${ROWS_A_PASS}
      ) AS w
    ) AS counted
    WHERE bytes_before < ${BYTES_A_PASS} ORDER BY id`,
};

/** The oldest unpublished rows, as many as fit into a pass (5,000 rows or 8 MB). */
export const waitingRows = async (client: Client): Promise<OutboxRow[]> => (await client.query<OutboxRow>(WAITING)).rows;

/** Marks these rows as published to Kafka. */
export const markPublished = async (client: Client, rows: readonly OutboxRow[]): Promise<void> => {
  await client.query({
    name: 'outbox-published',
    text: 'UPDATE messaging.outbox SET published_at = now() WHERE id = ANY($1::bigint[])',
    values: [`{${rows.map((row) => row.id).join(',')}}`],
  });
};

/** How many rows wait, and the age of the oldest in seconds. */
export const backlog = async (client: Client): Promise<{ depth: number; oldestSeconds: number }> => {
  const { rows } = await client.query<{ depth: string; oldest: string | null }>(
    `SELECT count(*) AS depth, extract(epoch FROM clock_timestamp() - min(created_at)) AS oldest FROM messaging.outbox WHERE published_at IS NULL`,
  );
  return { depth: Number(rows[0]?.depth ?? 0), oldestSeconds: Math.max(0, Number(rows[0]?.oldest ?? 0)) };
};

/** Deletes up to 5,000 of the oldest rows that were published long ago. Returns how many were deleted. */
export const forgetPublished = async (client: Client, keepDays: number): Promise<number> => {
  const outcome = await client.query(
    `DELETE FROM messaging.outbox WHERE id IN (
       SELECT id FROM (SELECT id, published_at FROM messaging.outbox ORDER BY id LIMIT 5000) AS oldest
       WHERE published_at < now() - make_interval(days => $1))`,
    [keepDays],
  );
  return outcome.rowCount ?? 0;
};

// Field 1, length-delimited: the meta field of every envelope.
const META_TAG = (1 << 3) | 2;

/** The whole envelope: meta in front of the stored body. */
export const envelopeBytes = (row: OutboxRow): Buffer => {
  const meta: EventMeta = {
    eventId: row.event_id,
    occurredAt: row.occurred_at,
    institution: row.key,
    sequence: BigInt(row.sequence),
    orderId: row.order_id,
  };
  const head = EventMeta.encode(meta, new BinaryWriter().uint32(META_TAG).fork()).join().finish();
  return Buffer.concat([head, row.body]);
};

const recordOf = (row: OutboxRow, source: string): OutgoingRecord => {
  const { event_id: eventId, topic, key, sequence, type, occurred_at: occurredAt } = row;
  const headers: Record<string, string> = eventHeaders({ eventId, source, topic, key, sequence, type, occurredAt });
  if (row.traceparent !== null) headers['traceparent'] = row.traceparent;
  if (row.order_id !== '') headers['hengji_order_id'] = row.order_id;
  return { key: row.key, value: envelopeBytes(row), headers };
};

/** Rows as records, by topic, in their order. */
export const batchesOf = (rows: readonly OutboxRow[], source: string): OutgoingBatch[] => {
  const byTopic = new Map<string, OutgoingRecord[]>();
  for (const row of rows) {
    const records = byTopic.get(row.topic) ?? [];
    byTopic.set(row.topic, records);
    records.push(recordOf(row, source));
  }
  return [...byTopic].map(([topic, records]) => ({ topic, records }));
};

// A broker accepts at most 1 MiB a batch of one partition, headers included, and all records of a send may go to one partition.
const BYTES_A_SEND = 950_000;
// About 300 bytes of meta and headers, and a seal: its signature, and at most twelve nodes of a send's tree.
const BYTES_AROUND_BODY = 1_200;

/** Cuts rows into stretches that each fit one send. */
export const sendable = (rows: readonly OutboxRow[]): OutboxRow[][] => {
  const stretches: OutboxRow[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    const size = row.body.length + BYTES_AROUND_BODY;
    if (bytes + size > BYTES_A_SEND) {
      stretches.push([]);
      bytes = 0;
    }
    stretches.at(-1)?.push(row);
    bytes += size;
  }
  return stretches;
};
