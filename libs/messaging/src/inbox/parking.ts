// The parking table: messages that cannot be handled stay here with their bytes, and hold their key. Later messages of
// the key wait behind them, so that nothing about an institution is overtaken; all other keys go on.
import { isReadable, writerOf, type Arrival, type RawRecord } from './arrival';
import type { SqlTx } from '../sql';

/** The one that failed, one that waits behind it, or one that nobody entitled has sealed, which holds nothing. */
export type ParkedState = 'poison' | 'behind' | 'quarantined';

export const BEHIND = 'waits behind a parked message of its key';

/** Parks a record and holds its key, unless it is quarantined. All of it in `tx`. A record that is parked already stays as it is. */
export const park = async <Tx extends SqlTx>(tx: SqlTx, topic: string, arrival: Arrival<Tx>, state: ParkedState): Promise<void> => {
  const { raw, meta, type } = arrival;
  const failed = state !== 'behind' && !isReadable(arrival) ? arrival : undefined;
  if (state !== 'quarantined')
    await tx.$executeRawUnsafe(`INSERT INTO messaging.parked_key (topic, key) VALUES ($1, $2) ON CONFLICT DO NOTHING`, topic, raw.key);
  await tx.$executeRawUnsafe(
    `INSERT INTO messaging.parked (topic, key, partition, "offset", event_id, type, source, headers, state, reason, tries, value)
     VALUES ($1, $2, $3::integer, $4::bigint, $5, $6, $7, $8, $9, $10, $11::integer, $12) ON CONFLICT (topic, partition, "offset") DO NOTHING`,
    topic,
    raw.key,
    raw.partition,
    String(raw.offset),
    meta?.eventId ?? '',
    type,
    writerOf(raw),
    JSON.stringify(raw.headers),
    state,
    failed?.reason ?? BEHIND,
    failed?.tries ?? 0,
    Buffer.from(raw.value),
  );
};

// Rows that the version before has parked have no headers.
const HEADERS = `coalesce(headers, json_strip_nulls(json_build_object('ce_source', source, 'traceparent', traceparent))::text)`;

interface FirstParkedRow {
  readonly id: string;
  readonly partition: number;
  readonly offset: string;
  readonly value: Uint8Array;
  readonly headers: string;
}

/** The next message of a held key, with its id in the parking table. A quarantined one is no such message. */
export interface FirstParked {
  readonly id: string;
  readonly raw: RawRecord;
}

/** Locks the key against the consumer. Returns whether it is held at all. */
export const lockKey = async (tx: SqlTx, topic: string, key: string): Promise<boolean> => {
  const rows = await tx.$queryRawUnsafe<unknown[]>(
    `SELECT 1 AS held FROM messaging.parked_key WHERE topic = $1 AND key = $2 FOR UPDATE`,
    topic,
    key,
  );
  return rows.length > 0;
};

/** The first parked message of a key, or undefined when none is left. Call with the key locked. */
export const findFirstParked = async (tx: SqlTx, topic: string, key: string): Promise<FirstParked | undefined> => {
  const rows = await tx.$queryRawUnsafe<FirstParkedRow[]>(
    // The alias would be the text: 10 before 9.
    `SELECT id::text, partition, "offset"::text, value, ${HEADERS} AS headers FROM messaging.parked
     WHERE topic = $1 AND key = $2 AND state <> 'quarantined' ORDER BY parked.id LIMIT 1`,
    topic,
    key,
  );
  const row = rows[0];
  if (!row) return undefined;
  const { id, partition, value } = row;
  const headers = JSON.parse(row.headers) as RawRecord['headers'];
  return { id, raw: { partition, offset: BigInt(row.offset), key, value, headers } };
};

/** The message has been handled. */
export const unpark = (tx: SqlTx, id: string): Promise<number> =>
  tx.$executeRawUnsafe(`DELETE FROM messaging.parked WHERE id = $1::bigint`, id);

/** Nothing of the key is parked any more: let its messages through again. Call with the key locked. */
export const releaseKey = (tx: SqlTx, topic: string, key: string): Promise<number> =>
  tx.$executeRawUnsafe(`DELETE FROM messaging.parked_key WHERE topic = $1 AND key = $2`, topic, key);

/** The message failed again: it is the one that holds the key now. */
export const notePoison = (tx: SqlTx, id: string, reason: string): Promise<number> =>
  tx.$executeRawUnsafe(`UPDATE messaging.parked SET state = 'poison', reason = $2, tries = tries + 1 WHERE id = $1::bigint`, id, reason);

/** Parked messages of a key, or of all keys when none is named. */
export const countParked = async (tx: SqlTx, at?: { topic: string; key: string }): Promise<number> => {
  const rows = await tx.$queryRawUnsafe<{ parked: number }[]>(
    `SELECT count(*)::integer AS parked FROM messaging.parked WHERE $1::text IS NULL OR (topic = $1 AND key = $2)`,
    at?.topic ?? null,
    at?.key ?? null,
  );
  return rows[0]?.parked ?? 0;
};

/** Stretches of missing sequence numbers that are not closed. */
export const countGaps = async (tx: SqlTx): Promise<number> => {
  const rows = await tx.$queryRawUnsafe<{ gaps: number }[]>(`SELECT count(*)::integer AS gaps FROM messaging.gap WHERE closed_at IS NULL`);
  return rows[0]?.gaps ?? 0;
};
