// An event is published by inserting a row. The transaction that makes the event true writes the row, and the event is sent if and only if
// that transaction commits. The sequence row of the key is locked until then: so per key the outbox is in commit order, and the sequence
// has no gaps. A transaction that publishes for several institutions publishes in the order of their codes, or two such transactions may
// deadlock (PostgreSQL then ends one of them).
import { tracing } from '@hengji/host';
import type { Body, Envelope, Topic } from '@hengji/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { execute, type SqlDb, type SqlTx } from './sql';
import { newEventId } from './event-id';

/** The broker's own limit is 1 MiB for a batch; an event near this limit must be split into several. */
export const MAX_EVENT_BYTES = 900_000;

/** What happened, to which institution, and because of which order. */
export interface NewEvent<E extends Envelope> {
  /** Institution code: the Kafka key. Empty for an event that concerns no institution. */
  readonly institution: string;
  readonly orderId?: string;
  readonly body: Body<E>;
  readonly occurredAt: Date;
}

const encoded = <E extends Envelope>(topic: Topic<E>, { body }: NewEvent<E>): Uint8Array => {
  const bytes = topic.codec.encode({ meta: undefined, body } as E).finish();
  if (bytes.length > MAX_EVENT_BYTES) {
    throw new Error(`event ${topic.name} ${body.$case} has ${bytes.length} bytes, more than ${MAX_EVENT_BYTES}: split it`);
  }
  return bytes;
};

/** The columns of the events as lists. */
interface EventLists {
  readonly ids: string[];
  readonly types: string[];
  readonly orders: string[];
  readonly times: string[];
  readonly lengths: number[];
  /** The bodies, concatenated. */
  readonly bodies: Buffer;
}

// The sequence row is locked before the identities of the outbox rows are assigned: the INSERT reads from `next`, in the order of the list.
// The bodies are sent as one value with their lengths beside it: not every driver sends lists of bytes.
const insertSql = (topic: string, institution: string, { ids, types, orders, times, lengths, bodies }: EventLists): Sql => sql`
  WITH next AS (
    INSERT INTO messaging.sequence AS s (topic, key, last) VALUES (${topic}, ${institution}, ${ids.length}::int)
    ON CONFLICT (topic, key) DO UPDATE SET last = s.last + ${ids.length}::int
    RETURNING topic, key, last - ${ids.length}::int AS before
  )
  INSERT INTO messaging.outbox (topic, key, sequence, event_id, type, order_id, body, traceparent, occurred_at)
  SELECT next.topic, next.key, next.before + e.place, e.event_id::uuid, e.type, e.order_id, substr(${bodies}::bytea, e.start, e.length),
    ${tracing.currentTraceparent() ?? null}, e.occurred_at::timestamptz
  FROM next, (
    SELECT *, 1 + (sum(length) OVER (ORDER BY place) - length)::int AS start
    FROM unnest(${ids}::text[], ${types}::text[], ${orders}::text[], ${times}::text[], ${lengths}::int[])
      WITH ORDINALITY AS list (event_id, type, order_id, occurred_at, length, place)
  ) AS e
  ORDER BY e.place`;

/**
 * Inserts events about one institution into the outbox, in the order of the list, in one statement. All of it in `tx`; locks the key's
 * sequence until `tx` ends.
 */
export const publishAll = async <E extends Envelope>(tx: SqlTx, topic: Topic<E>, events: readonly NewEvent<E>[]): Promise<void> => {
  const [first] = events;
  if (first === undefined) return;
  if (events.some(({ institution }) => institution !== first.institution)) throw new Error('events of several institutions at once');
  const bodies = events.map((event) => encoded(topic, event));
  const list = {
    ids: events.map(() => newEventId()),
    types: events.map(({ body }) => body.$case),
    orders: events.map(({ orderId }) => orderId ?? ''),
    times: events.map(({ occurredAt }) => occurredAt.toISOString()),
    lengths: bodies.map(({ length }) => length),
    bodies: Buffer.concat(bodies),
  };
  await execute(tx, insertSql(topic.name, first.institution, list));
};

/** Inserts the event into the outbox. All of it in `tx`; locks the key's sequence until `tx` ends. One statement. */
export const publish = <E extends Envelope>(tx: SqlTx, topic: Topic<E>, event: NewEvent<E>): Promise<void> =>
  publishAll(tx, topic, [event]);

/**
 * Publishes a stretch of a key's events again, for a consumer that reported a gap. The events keep their ids, so consumers that have
 * handled them ignore them. Returns how many will be sent; fewer than requested when the outbox no longer stores them.
 */
export const republish = (
  db: SqlDb | SqlTx,
  { topic, key, first, last }: { topic: string; key: string; first: bigint; last: bigint },
): Promise<number> =>
  execute(
    db,
    sql`UPDATE messaging.outbox SET published_at = NULL WHERE topic = ${topic} AND key = ${key}
      AND sequence BETWEEN ${first.toString()}::bigint AND ${last.toString()}::bigint`,
  );
