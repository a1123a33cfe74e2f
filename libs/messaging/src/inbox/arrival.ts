// A record as a consumer sees it: its seal checked, decoded and matched with its handler, or unreadable with the reason why.
// Reading touches no database, so it is done before the transaction and never fails it.
import { MAX_ELEMENTS } from '@hengji/contracts';
import type { EventMeta } from '@hengji/contracts/meta/v1/meta';
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
  /** As they came from Kafka, for whoever looks at the record once it is parked. */
  readonly keyBytes?: Uint8Array | null;
  readonly rawHeaders?: readonly RawHeader[];
}

/** An event with somebody to hear it (or `'ignored'`, which was said on purpose). */
export interface Readable<Tx extends SqlTx> {
  readonly raw: RawRecord;
  readonly meta: EventMeta;
  readonly type: string;
  readonly event: unknown;
  readonly handler: 'ignored' | AnyHandler<Tx>;
}

/** A record that is to be parked, and why. */
export interface Unreadable {
  readonly raw: RawRecord;
  readonly meta: EventMeta | undefined;
  readonly type: string;
  readonly reason: string;
  readonly tries: number;
  /** False for a record that nobody entitled has sealed: it stops nothing, and nothing that it says is believed. */
  readonly holdsKey: boolean;
}

export type Arrival<Tx extends SqlTx> = Readable<Tx> | Unreadable;

export const isReadable = <Tx extends SqlTx>(arrival: Arrival<Tx>): arrival is Readable<Tx> => 'handler' in arrival;

/** Of a record whose own seal does not hold. One that is sealed, and speaks of an order that is not, has another reason. */
export const isUnsealed = <Tx extends SqlTx>(arrival: Arrival<Tx>): arrival is Unreadable =>
  !isReadable(arrival) && !arrival.holdsKey && arrival.reason.startsWith('seal.');

/** Parked without holding its key. */
export const isQuarantined = <Tx extends SqlTx>(arrival: Arrival<Tx>): boolean => !isReadable(arrival) && !arrival.holdsKey;

/** Thrown by a handler for a message that its sender has not sealed, or not so: it is set aside at once (`quarantined`). */
export class NotSealed extends Error {
  override readonly name = 'NotSealed';
}

/** Higher numbers fit neither a bigint of the database nor JSON; nobody counts so far. */
const LAST_SEQUENCE = BigInt(Number.MAX_SAFE_INTEGER);

/** More than a broker takes by default: nobody of ours writes it. */
export const MAX_RECORD_BYTES = 1_048_576;

const UNREADABLE = 'unreadable';

/** Whether the envelope says what its record's headers say; its seal covers both. */
const isHeadersOwn = ({ headers }: RawRecord, { eventId, sequence }: EventMeta): boolean =>
  headers[SEAL_HEADER] === undefined || (headers['ce_id'] === eventId && headers['ce_sequence'] === String(sequence));

/**
 * Reads a record. Unsealed, malformed, oversized, unnamed or unknown ones come back as Unreadable; throws only what `check` throws:
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
    // Order is kept by key: under another key the event could overtake, or be overtaken by, those of its institution.
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

/** A record that is parked without being looked at. */
export const unread = (raw: RawRecord, reason: string): Unreadable => ({
  ...{ raw, meta: undefined, type: UNREADABLE, reason, tries: 0 },
  holdsKey: true,
});

/** The same record, given up on: its handler failed too often, or found it not sealed. */
export const givenUp = <Tx extends SqlTx>(arrival: Readable<Tx>, failure: unknown, tries: number): Unreadable => ({
  raw: arrival.raw,
  meta: arrival.meta,
  type: arrival.type,
  reason: describe(failure),
  tries,
  holdsKey: !(failure instanceof NotSealed),
});

/**
 * Its writer has given the number to another event already: its counter was set back, from a backup say. Which of the two is true
 * nobody here can know, so that neither this one is handled nor anything held up.
 */
export const numberTaken = <Tx extends SqlTx>({ raw, meta, type }: Readable<Tx>): Unreadable => ({
  ...{ raw, meta, type, tries: 0, holdsKey: false },
  reason: `sequence.number_taken: number ${meta.sequence} of the key was seen before, and this event was not handled then`,
});

/**
 * The record's number; of one that could not be read that of its sealed headers, or it would be taken for missing and asked for
 * again for ever.
 */
export const numberOf = <Tx extends SqlTx>({ meta, raw: { headers } }: Arrival<Tx>): bigint | undefined => {
  if (meta) return meta.sequence > LAST_SEQUENCE ? undefined : meta.sequence;
  const sealed = headers[SEAL_HEADER] === undefined ? '' : (headers['ce_sequence'] ?? '');
  return /^\d{1,15}$/.test(sealed) ? BigInt(sealed) : undefined;
};

/** The event's id; of one that could not be read that of its sealed headers; '' where nobody has sealed it. */
export const idOf = <Tx extends SqlTx>(arrival: Arrival<Tx>): string => {
  const { meta, raw } = arrival;
  if (meta) return meta.eventId;
  const id = raw.headers['ce_id'] ?? '';
  return !isQuarantined(arrival) && raw.headers[SEAL_HEADER] !== undefined && isEventId(id) ? id : '';
};

/** The writer that the record names; its seal says that it is so. */
export const writerOf = ({ headers }: RawRecord): string => headers['ce_source'] ?? '';

/** Anything else is no trace of ours, and is followed no further. */
const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** The trace that the record belongs to. */
export const traceparentOf = ({ headers }: RawRecord): string | undefined =>
  TRACEPARENT.test(headers['traceparent'] ?? '') ? headers['traceparent'] : undefined;

const MAX_REASON = 500;
const ID_NUMBER = /\d{17}[\dXx]/g;

/** The text without personal numbers. */
export const masked = (text: string): string => text.replace(ID_NUMBER, '***');

/** A failure in a few words for the parking table and the task table; personal numbers do not get there. */
export const describe = (failure: unknown): string => {
  const text = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  return storable(masked(text), MAX_REASON);
};
