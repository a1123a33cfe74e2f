// A record as a consumer gets it: seal checked, decoded and matched with its handler, or unreadable with the reason. Reading uses no
// database, so it runs before the transaction and never makes the transaction fail.
import { MAX_ELEMENTS } from '@hengji/contracts';
import type { EventMeta } from '@hengji/contracts/meta/v1/meta';
import { withoutPersonalNumbers } from '@hengji/host';
import { isEventId } from '../event-id';
import type { RawHeader } from '../kafka/kafka';
import { SEAL_HEADER } from '../seal/record-seal';
import type { SealCheck } from '../seal/seal-check';
import { storable, type SqlTx } from '../sql';
import type { AnyHandler, TopicSubscription } from '../subscription';

/** The raw record: from Kafka, or from the parking table when it is replayed. */
export interface RawRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes from Kafka, shown to an operator who looks at the parked record. */
  readonly keyBytes?: Uint8Array | null;
  readonly rawHeaders?: readonly RawHeader[];
}

/** An event with a handler, or `'ignored'` where the subscription ignores the type on purpose. */
export interface Readable<Tx extends SqlTx> {
  readonly raw: RawRecord;
  readonly meta: EventMeta;
  readonly type: string;
  readonly event: unknown;
  readonly handler: 'ignored' | AnyHandler<Tx>;
}

/** A record that will be parked, and the reason. */
export interface Unreadable {
  readonly raw: RawRecord;
  readonly meta: EventMeta | undefined;
  readonly type: string;
  readonly reason: string;
  readonly tries: number;
  /** False for a record without a seal of an entitled writer: it holds no key, and nothing in its content counts. */
  readonly holdsKey: boolean;
}

export type Arrival<Tx extends SqlTx> = Readable<Tx> | Unreadable;

export const isReadable = <Tx extends SqlTx>(arrival: Arrival<Tx>): arrival is Readable<Tx> => 'handler' in arrival;

/** Whether the record's own seal is invalid. A sealed record that refers to an unsealed order has another reason. */
export const isUnsealed = <Tx extends SqlTx>(arrival: Arrival<Tx>): arrival is Unreadable =>
  !isReadable(arrival) && !arrival.holdsKey && arrival.reason.startsWith('seal.');

/** Whether the record is parked without holding its key. */
export const isQuarantined = <Tx extends SqlTx>(arrival: Arrival<Tx>): boolean => !isReadable(arrival) && !arrival.holdsKey;

/** Thrown by a handler for a message without the right seal of its sender. The consumer quarantines the message at once. */
export class NotSealed extends Error {
  override readonly name = 'NotSealed';
}

/** Higher numbers fit neither a bigint of the database nor JSON. No writer reaches them. */
const LAST_SEQUENCE = BigInt(Number.MAX_SAFE_INTEGER);

/** More than a broker accepts by default; no service of the system writes such a record. */
export const MAX_RECORD_BYTES = 1_048_576;

const UNREADABLE = 'unreadable';

/** Whether the envelope agrees with the headers of its record; the seal covers both. */
const isHeadersOwn = ({ headers }: RawRecord, { eventId, sequence }: EventMeta): boolean =>
  headers[SEAL_HEADER] === undefined || (headers['ce_id'] === eventId && headers['ce_sequence'] === String(sequence));

/**
 * Reads a record. An unsealed, malformed, oversized, unnamed or unknown record is returned as Unreadable. Throws only what `check` throws:
 * that the trust list cannot be read.
 */
export const readRecord = <Tx extends SqlTx>(subscription: TopicSubscription<Tx>, raw: RawRecord, check: SealCheck): Arrival<Tx> => {
  const unreadable = (reason: string, meta?: EventMeta, type = UNREADABLE): Unreadable => ({ ...unread(raw, reason), meta, type });
  const verdict = check(raw);
  if (!verdict.holds) return { ...unreadable(verdict.reason), holdsKey: false };
  if (raw.value.length > MAX_RECORD_BYTES) return unreadable(`record has ${raw.value.length} bytes, more than ${MAX_RECORD_BYTES}`);
  if (subscription.elementsOf(raw.value) > MAX_ELEMENTS) return unreadable(`record has more than ${MAX_ELEMENTS} elements`);
  try {
    const { meta, body } = subscription.decode(raw.value);
    if (!meta || !isEventId(meta.eventId)) return unreadable('envelope without meta or event id');
    if (meta.sequence > LAST_SEQUENCE) return unreadable(`sequence ${meta.sequence} is more than ${LAST_SEQUENCE}`);
    // Events are ordered by key: under another key the event could overtake the events of its institution, or be overtaken by them.
    if (meta.institution !== raw.key) return unreadable(`key ${raw.key} is not the institution ${meta.institution} of the envelope`);
    if (!isHeadersOwn(raw, meta)) return unreadable('envelope of another event than the headers of its record', meta);
    if (!body) return unreadable('envelope without a body known here: its producer is newer than this service', meta);
    const handler = subscription.handlers.get(body.$case);
    if (!handler) return unreadable(`no handler for ${body.$case}`, meta, body.$case);
    return { raw, meta, type: body.$case, event: body.value, handler };
  } catch (failure) {
    return unreadable(`malformed bytes: ${describe(failure)}`);
  }
};

/** A record that is parked without being read. */
export const unread = (raw: RawRecord, reason: string): Unreadable => ({
  ...{ raw, meta: undefined, type: UNREADABLE, reason, tries: 0 },
  holdsKey: true,
});

/** The same record, given up: its handler failed too often, or found the record unsealed. */
export const givenUp = <Tx extends SqlTx>(arrival: Readable<Tx>, failure: unknown, tries: number): Unreadable => ({
  raw: arrival.raw,
  meta: arrival.meta,
  type: arrival.type,
  reason: describe(failure),
  tries,
  holdsKey: !(failure instanceof NotSealed),
});

/**
 * The writer has already given this number to another event: its counter was set back, for example by a backup. This service cannot know
 * which of the two events is right, so it does not handle this one and holds no key.
 */
export const numberTaken = <Tx extends SqlTx>({ raw, meta, type }: Readable<Tx>): Unreadable => ({
  ...{ raw, meta, type, tries: 0, holdsKey: false },
  reason: `sequence.number_taken: number ${meta.sequence} of the key was seen before, and this event was not handled then`,
});

/**
 * The record's number. For an unreadable record: the number in its sealed headers; otherwise the number would count as missing and be
 * requested for ever.
 */
export const numberOf = <Tx extends SqlTx>({ meta, raw: { headers } }: Arrival<Tx>): bigint | undefined => {
  if (meta) return meta.sequence > LAST_SEQUENCE ? undefined : meta.sequence;
  const sealed = headers[SEAL_HEADER] === undefined ? '' : (headers['ce_sequence'] ?? '');
  return /^\d{1,15}$/.test(sealed) ? BigInt(sealed) : undefined;
};

/** The event's id. For an unreadable record: the id in its sealed headers; '' where the record has no valid seal. */
export const idOf = <Tx extends SqlTx>(arrival: Arrival<Tx>): string => {
  const { meta, raw } = arrival;
  if (meta) return meta.eventId;
  const id = raw.headers['ce_id'] ?? '';
  return !isQuarantined(arrival) && raw.headers[SEAL_HEADER] !== undefined && isEventId(id) ? id : '';
};

/** The writer that the record names; the seal proves that the name is true. */
export const writerOf = ({ headers }: RawRecord): string => headers['ce_source'] ?? '';

/** A header with another format is not a trace of this system and is not followed. */
const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** The trace that the record belongs to. */
export const traceparentOf = ({ headers }: RawRecord): string | undefined =>
  TRACEPARENT.test(headers['traceparent'] ?? '') ? headers['traceparent'] : undefined;

const MAX_REASON = 500;

/** The text without personal numbers. */
export const masked = (text: string): string => withoutPersonalNumbers(text, () => '***');

/** A failure in a few words for the parking table and the task table, without personal numbers. */
export const describe = (failure: unknown): string => {
  const text = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  return storable(masked(text), MAX_REASON);
};
