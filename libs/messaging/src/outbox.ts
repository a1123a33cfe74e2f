// Publishing is a row. It is written by the transaction that makes the event true, and goes out if and only if that
// transaction commits. The key's sequence row is locked until then: so per key the outbox is in commit order, and the
// sequence has no holes. A transaction that publishes for several institutions does so in the order of their codes,
// or two such transactions may deadlock (PostgreSQL then ends one of them).
import { tracing } from '@hengji/host';
import type { Body, Envelope, Topic } from '@hengji/contracts';
import type { SqlDb, SqlTx } from './sql';
import { newEventId } from './event-id';

/** The broker's own limit is 1 MiB for a batch; an event that comes near it belongs into several. */
export const MAX_EVENT_BYTES = 900_000;

/** What happened, about which institution, and because of which order. */
export interface NewEvent<E extends Envelope> {
  /** Institution code: the Kafka key. Empty for what is about no institution. */
  readonly institution: string;
  readonly orderId?: string;
  readonly body: Body<E>;
  readonly occurredAt: Date;
}

// The sequence row is locked before the identities of the outbox rows are drawn: the INSERT reads from `next`, in the order
// of the list. The bodies travel as one value with their lengths beside it: not every driver sends lists of bytes.
const INSERT = `
  WITH next AS (
    INSERT INTO messaging.sequence AS s (topic, key, last) VALUES ($1, $2, cardinality($3::text[]))
    ON CONFLICT (topic, key) DO UPDATE SET last = s.last + cardinality($3::text[])
    RETURNING last - cardinality($3::text[]) AS before
  )
  INSERT INTO messaging.outbox (topic, key, sequence, event_id, type, order_id, body, traceparent, occurred_at)
  SELECT $1, $2, next.before + e.place, e.event_id::uuid, e.type, e.order_id, substr($8::bytea, e.start, e.length), $9, e.occurred_at::timestamptz
  FROM next, (
    SELECT *, 1 + (sum(length) OVER (ORDER BY place) - length)::int AS start
    FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::int[])
      WITH ORDINALITY AS list (event_id, type, order_id, occurred_at, length, place)
  ) AS e
  ORDER BY e.place`;

const encoded = <E extends Envelope>(topic: Topic<E>, { body }: NewEvent<E>): Uint8Array => {
  const bytes = topic.codec.encode({ meta: undefined, body } as E).finish();
  if (bytes.length > MAX_EVENT_BYTES) {
    throw new Error(`event ${topic.name} ${body.$case} has ${bytes.length} bytes, more than ${MAX_EVENT_BYTES}: split it`);
  }
  return bytes;
};

/**
 * Writes events about one institution into the outbox, in the order of the list, in one statement. All of it in `tx`; locks
 * the key's sequence until `tx` ends.
 */
export const publishAll = async <E extends Envelope>(tx: SqlTx, topic: Topic<E>, events: readonly NewEvent<E>[]): Promise<void> => {
  const [first] = events;
  if (first === undefined) return;
  if (events.some(({ institution }) => institution !== first.institution)) throw new Error('events of several institutions at once');
  const bodies = events.map((event) => encoded(topic, event));
  await tx.$executeRawUnsafe(
    INSERT,
    topic.name,
    first.institution,
    events.map(() => newEventId()),
    events.map(({ body }) => body.$case),
    events.map(({ orderId }) => orderId ?? ''),
    events.map(({ occurredAt }) => occurredAt.toISOString()),
    bodies.map(({ length }) => length),
    Buffer.concat(bodies),
    tracing.currentTraceparent() ?? null,
  );
};

/** Writes the event into the outbox. All of it in `tx`; locks the key's sequence until `tx` ends. One statement. */
export const publish = <E extends Envelope>(tx: SqlTx, topic: Topic<E>, event: NewEvent<E>): Promise<void> =>
  publishAll(tx, topic, [event]);

/**
 * Sends a stretch of a key's events once more, for a reader that reported a gap. They keep their ids, so whoever has
 * seen them is not troubled. Returns how many will go out; fewer than asked when the outbox no longer keeps them.
 */
export const republish = (db: SqlDb | SqlTx, stretch: { topic: string; key: string; first: bigint; last: bigint }): Promise<number> =>
  db.$executeRawUnsafe(
    `UPDATE messaging.outbox SET published_at = NULL WHERE topic = $1 AND key = $2 AND sequence BETWEEN $3::bigint AND $4::bigint`,
    stretch.topic,
    stretch.key,
    stretch.first.toString(),
    stretch.last.toString(),
  );
