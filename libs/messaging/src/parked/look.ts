// One parked message decoded for an operator: as JSON where it can be decoded, else its first bytes. Limited in size; sealed content stays
// sealed, and personal numbers are masked.
import type { GetParkedResponse, ParkedHeader } from '@hengji/contracts/messaging/v1/parking_service';
import sql from 'sql-template-tag';
import { describe, masked } from '../inbox/arrival';
import { parkedHeaders } from '../inbox/parking';
import { rowsOf, storable, type SqlTx } from '../sql';
import type { TopicSubscription } from '../subscription';
import { findParked } from './list';

const MOST_JSON = 200_000;
/** More elements would be cut off anyway, and a forged message must not use the memory. */
const MOST_ELEMENTS = 10_000;
const MOST_BYTES = 256;
const MOST_HEADERS = 50;
const MOST_HEADER = 200;

interface BytesRow {
  readonly value: Uint8Array;
  readonly key_bytes: Uint8Array | null;
  readonly headers: Uint8Array | null;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, MOST_BYTES)).toString('hex');

/** 64-bit numbers as text, because they may exceed JSON numbers; bytes as hexadecimal digits. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
};

const decoded = <Tx extends SqlTx>(subscription: TopicSubscription<Tx> | undefined, value: Uint8Array) => {
  const failed = (undecodable: string) => ({ json: '', cut: false, undecodable, head: hex(value) });
  if (!subscription) return failed('本服务已不再接收该主题');
  if (subscription.elementsOf(value) > MOST_ELEMENTS) return failed(`内容超过${MOST_ELEMENTS}项,不予解析`);
  try {
    const json = masked(JSON.stringify(plain(subscription.decode(value)), undefined, 2));
    return { json: storable(json, MOST_JSON), cut: json.length > MOST_JSON, undecodable: '', head: '' };
  } catch (failure) {
    return failed(describe(failure));
  }
};

const headersOf = (bytes: Uint8Array | null): ParkedHeader[] =>
  (parkedHeaders(bytes) ?? []).slice(0, MOST_HEADERS).map(([name, value]) => ({
    name: storable(name, MOST_HEADER),
    value: storable(masked(Buffer.from(value).toString()), MOST_HEADER),
  }));

/** The message, or undefined when no message is parked under this id. */
export const lookAt = async <Tx extends SqlTx>(
  db: SqlTx,
  topics: readonly TopicSubscription<Tx>[],
  parkedId: string,
): Promise<GetParkedResponse | undefined> => {
  const message = await findParked(db, parkedId);
  if (!message) return undefined;
  const rows = await rowsOf<BytesRow>(db, sql`SELECT value, key_bytes, headers FROM messaging.parked WHERE id = ${parkedId}::bigint`);
  const row = rows[0];
  if (!row) return undefined;
  const subscription = topics.find(({ topic }) => topic === message.topic);
  return { message, ...decoded(subscription, row.value), keyHex: hex(row.key_bytes ?? Buffer.alloc(0)), headers: headersOf(row.headers) };
};
