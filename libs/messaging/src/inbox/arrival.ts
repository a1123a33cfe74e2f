// A record as a consumer sees it: its seal checked, decoded and matched with its handler, or unreadable with the reason why.
// Reading touches no database, so it is done before the transaction and never fails it.
import type { EventMeta } from '@hengji/contracts/meta/v1/meta';
import { isEventId } from '../event-id';
import { SEAL_HEADER } from '../seal/record-seal';
import type { SealCheck } from '../seal/seal-check';
import type { SqlTx } from '../sql';
import type { AnyHandler, TopicSubscription } from '../subscription';

/** The raw record: from Kafka, or from the parking table when it is replayed. */
export interface RawRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
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
  const unreadable = (reason: string, meta?: EventMeta, type = UNREADABLE): Unreadable => ({
    ...{ raw, meta, type, reason },
    tries: 0,
    holdsKey: true,
  });
  const verdict = check(raw);
  if (!verdict.holds) return { ...unreadable(verdict.reason), holdsKey: false };
  if (raw.value.length > MAX_RECORD_BYTES) return unreadable(`record has ${raw.value.length} bytes, more than ${MAX_RECORD_BYTES}`);
  try {
    const { meta, body } = subscription.decode(raw.value);
    if (!meta || !isEventId(meta.eventId)) return unreadable('envelope without meta or event id');
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

/** The same record, given up on: its handler failed too often. */
export const givenUp = <Tx extends SqlTx>(arrival: Readable<Tx>, failure: unknown, tries: number): Unreadable => ({
  raw: arrival.raw,
  meta: arrival.meta,
  type: arrival.type,
  reason: describe(failure),
  tries,
  holdsKey: true,
});

/** The writer that the record names; its seal says that it is so. */
export const writerOf = ({ headers }: RawRecord): string => headers['ce_source'] ?? '';

const MAX_REASON = 500;
const ID_NUMBER = /\d{17}[\dXx]/g;

/** A failure in a few words for the parking table and the task table; personal numbers do not get there. */
export const describe = (failure: unknown): string => {
  const text = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  return text.replace(ID_NUMBER, '***').slice(0, MAX_REASON);
};
