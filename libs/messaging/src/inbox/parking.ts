// The parking table: messages that cannot be handled stay here with their bytes and hold their key. Later messages of the key wait behind
// them, so that no event of an institution is overtaken. All other keys continue.
import { hasManyWriters } from '@hengji/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { idOf, isReadable, isUnsealed, writerOf, type Arrival, type RawRecord } from './arrival';
import { headerTexts } from '../kafka/header-texts';
import type { RawHeader } from '../kafka/kafka';
import { execute, rowsOf, storable, type SqlTx } from '../sql';
import { holderOf } from './held-keys';

/** The message that failed, a message that waits behind it, or a message without a valid seal, which holds no key. */
export type ParkedState = 'poison' | 'behind' | 'quarantined';

export const BEHIND = 'waits behind a parked message of its key';

/** The headers as JSON text in bytes: PostgreSQL's text and JSON types cannot store every possible header. */
const headerBytes = (headers: readonly RawHeader[]): Buffer =>
  Buffer.from(JSON.stringify(headers.map(([name, value]) => [name, Buffer.from(value).toString('base64')])));

const holdKey = (tx: SqlTx, topic: string, raw: RawRecord): Promise<number> =>
  execute(
    tx,
    sql`INSERT INTO messaging.parked_key (topic, key, source) VALUES (${topic}, ${raw.key}, ${holderOf(topic, raw)}) ON CONFLICT DO NOTHING`,
  );

/** A different record at the same offset comes from an earlier topic with the same name: the earlier row moves to another offset. */
const moveFormer = (tx: SqlTx, topic: string, { partition, offset, value, keyBytes }: RawRecord, headers: Buffer): Promise<number> => {
  const key = keyBytes ? Buffer.from(keyBytes) : null;
  return execute(
    tx,
    sql`UPDATE messaging.parked SET former_offset = "offset", "offset" = -id
     WHERE topic = ${topic} AND partition = ${partition}::integer AND "offset" = ${String(offset)}::bigint
       AND (value <> ${Buffer.from(value)} OR (headers IS NOT NULL AND (headers <> ${headers} OR key_bytes IS DISTINCT FROM ${key})))`,
  );
};

// Unsealed records have a limit of their own and do not replace a sealed record. A quarantined record holds no key, so it does not replace
// a record that holds its key or waits.
const parkSql = (place: Sql, record: Sql): Sql => sql`
  INSERT INTO messaging.parked (topic, key, partition, "offset", event_id, type, source, state, reason, tries, value, key_bytes, headers,
    unsealed)
  SELECT r.*
  FROM (VALUES (${place}, ${record})) AS r (topic, key, partition, "offset", event_id, type, source, state, reason, tries, value, key_bytes,
    headers, unsealed)
  WHERE r.unsealed OR NOT EXISTS (
    SELECT 1 FROM messaging.parked AS p
    WHERE p.topic = r.topic AND p.event_id = r.event_id AND p.key = r.key AND p.source = r.source AND p.value = r.value AND NOT p.unsealed
      AND (r.state = 'quarantined' OR p.state <> 'quarantined'))
  ON CONFLICT (topic, partition, "offset") DO NOTHING`;

/**
 * Parks a record and holds its key, unless the record is quarantined; all in `tx`. A record that is already parked stays unchanged: the
 * same offset, or a sealed record of the same key, writer, event and bytes. Returns whether this call parked the record.
 */
export const park = async <Tx extends SqlTx>(tx: SqlTx, topic: string, arrival: Arrival<Tx>, state: ParkedState): Promise<boolean> => {
  const { raw, type } = arrival;
  const failed = state !== 'behind' && !isReadable(arrival) ? arrival : undefined;
  const headers = headerBytes(raw.rawHeaders ?? Object.entries(raw.headers).map(([name, value]) => [name, Buffer.from(value)]));
  if (state !== 'quarantined') await holdKey(tx, topic, raw);
  await moveFormer(tx, topic, raw, headers);
  const place = sql`${topic}, ${raw.key}, ${raw.partition}::integer, ${String(raw.offset)}::bigint`;
  const record = sql`${idOf(arrival)}, ${type}, ${storable(writerOf(raw))}, ${state}, ${storable(failed?.reason ?? BEHIND)},
    ${failed?.tries ?? 0}::integer, ${Buffer.from(raw.value)}::bytea, ${raw.keyBytes ? Buffer.from(raw.keyBytes) : null}::bytea,
    ${headers}::bytea, ${isUnsealed(arrival)}::boolean`;
  const parked = await execute(tx, parkSql(place, record));
  return parked > 0;
};

interface ParkedRow {
  readonly id: string;
  readonly partition: number;
  readonly offset: string;
  readonly value: Uint8Array;
  readonly source: string;
  readonly traceparent: string | null;
  readonly headers: Uint8Array | null;
}

/** A parked message with its id. */
export interface Parked {
  readonly id: string;
  readonly raw: RawRecord;
}

const RECORD = sql`id::text, partition, coalesce(former_offset, "offset")::text AS offset, value, source, traceparent, headers`;

/** The original headers; null for a row that the version before has parked. */
export const parkedHeaders = (headers: Uint8Array | null): RawHeader[] | undefined =>
  headers === null
    ? undefined
    : (JSON.parse(Buffer.from(headers).toString()) as [name: string, base64: string][]).map(([name, base64]) => [
        name,
        Buffer.from(base64, 'base64'),
      ]);

/** The headers that the version before kept. */
const headersBefore = ({ source, traceparent }: ParkedRow): Record<string, string> => ({
  ce_source: source,
  ...(traceparent === null ? {} : { traceparent }),
});

const parkedOf = (row: ParkedRow, key: string): Parked => {
  const { id, partition, offset, value } = row;
  const rawHeaders = parkedHeaders(row.headers);
  const headers = rawHeaders ? headerTexts(rawHeaders) : headersBefore(row);
  return { id, raw: { partition, offset: BigInt(offset), key, value, headers, ...(rawHeaders && { rawHeaders }) } };
};

/** Locks the key against the consumer. Returns the rows that hold it, or none. */
export const lockKey = async (tx: SqlTx, topic: string, key: string): Promise<{ key: string; source: string }[]> =>
  rowsOf(tx, sql`SELECT key, source FROM messaging.parked_key WHERE topic = ${topic} AND key = ${key} ORDER BY source FOR UPDATE`);

/** The writers of the parked messages of a key: a replay keeps the order of each writer. '' where the topic has one writer. */
export const parkedWriters = async (tx: SqlTx, topic: string, key: string): Promise<string[]> => {
  if (!hasManyWriters(topic)) return [''];
  const rows = await rowsOf<{ source: string }>(
    tx,
    sql`SELECT DISTINCT source FROM messaging.parked WHERE topic = ${topic} AND key = ${key} AND state <> 'quarantined' ORDER BY source`,
  );
  // With no message left, the hold must still be removed.
  return rows.length === 0 ? [''] : rows.map(({ source }) => source);
};

/** The first parked message of a key and writer ('': any), or undefined when none is left. Call with the key locked. */
export const findFirstParked = async (tx: SqlTx, topic: string, key: string, writer: string): Promise<Parked | undefined> => {
  const rows = await rowsOf<ParkedRow>(
    tx,
    sql`SELECT ${RECORD} FROM messaging.parked
     WHERE topic = ${topic} AND key = ${key} AND state <> 'quarantined' AND (${writer} = '' OR source = ${writer}) ORDER BY parked.id LIMIT 1`,
  );
  return rows[0] && parkedOf(rows[0], key);
};

/** A quarantined message, locked, or undefined when there is none of this id. */
export const findQuarantined = async (tx: SqlTx, id: string): Promise<Parked | undefined> => {
  const rows = await rowsOf<ParkedRow & { readonly key: string }>(
    tx,
    sql`SELECT ${RECORD}, key FROM messaging.parked WHERE id = ${id}::bigint AND state = 'quarantined' FOR UPDATE`,
  );
  return rows[0] && parkedOf(rows[0], rows[0].key);
};

/** The message has been handled. */
export const unpark = (tx: SqlTx, id: string): Promise<number> => execute(tx, sql`DELETE FROM messaging.parked WHERE id = ${id}::bigint`);

/** Removes the holds without a parked message. Call with the key locked. */
export const releaseKey = (tx: SqlTx, topic: string, key: string): Promise<number> =>
  execute(
    tx,
    sql`DELETE FROM messaging.parked_key AS k WHERE topic = ${topic} AND key = ${key} AND NOT EXISTS (
       SELECT 1 FROM messaging.parked AS p
       WHERE p.topic = ${topic} AND p.key = ${key} AND p.state <> 'quarantined' AND (k.source = '' OR p.source = k.source))`,
  );

/**
 * The message failed again. As `poison` it now holds the key; as `quarantined` it holds no key and waits until the trust list has its key
 * or until an operator discards it.
 */
export const noteFailed = (tx: SqlTx, id: string, { state, reason }: { state: ParkedState; reason: string }): Promise<number> =>
  execute(tx, sql`UPDATE messaging.parked SET state = ${state}, reason = ${reason}, tries = tries + 1 WHERE id = ${id}::bigint`);

/** Messages that hold a key or wait behind such a message. */
export const countHeld = async (tx: SqlTx, topic: string, key: string): Promise<number> => {
  const rows = await rowsOf<{ parked: number }>(
    tx,
    sql`SELECT count(*)::integer AS parked FROM messaging.parked WHERE topic = ${topic} AND key = ${key} AND state <> 'quarantined'`,
  );
  return rows[0]?.parked ?? 0;
};

/** Counting stops here for each state: the count runs every few seconds and for every list. */
const MOST_COUNTED = 10_000;

/** All parked messages by state, each count at most 10,000. */
export const countParked = async (tx: SqlTx): Promise<Record<ParkedState, number>> => {
  const rows = await rowsOf<{ state: ParkedState; parked: number }>(
    tx,
    sql`SELECT s.state, (
       SELECT count(*)::integer FROM (SELECT 1 FROM messaging.parked AS p WHERE p.state = s.state LIMIT ${MOST_COUNTED}::integer) AS few) AS parked
     FROM (VALUES ('poison'), ('behind'), ('quarantined')) AS s (state)`,
  );
  return { poison: 0, behind: 0, quarantined: 0, ...Object.fromEntries(rows.map(({ state, parked }) => [state, parked])) };
};

/** Open stretches of missing sequence numbers. */
export const countGaps = async (tx: SqlTx): Promise<number> => {
  const rows = await rowsOf<{ gaps: number }>(tx, sql`SELECT count(*)::integer AS gaps FROM messaging.gap WHERE closed_at IS NULL`);
  return rows[0]?.gaps ?? 0;
};
