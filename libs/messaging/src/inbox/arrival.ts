// A record as a consumer sees it: decoded and matched with its handler, or unreadable with the reason why. Reading
// touches no database, so it is done before the transaction and never fails it.
import type { EventMeta } from '@hengji/contracts/meta/v1/meta';
import { isEventId } from '../event-id';
import type { SqlTx } from '../sql';
import type { AnyHandler, TopicSubscription } from '../subscription';

/** The raw record: from Kafka, or from the parking table when it is replayed. */
export interface RawRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
  readonly value: Uint8Array;
  readonly source: string;
  readonly traceparent: string | undefined;
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
}

export type Arrival<Tx extends SqlTx> = Readable<Tx> | Unreadable;

export const isReadable = <Tx extends SqlTx>(arrival: Arrival<Tx>): arrival is Readable<Tx> => 'handler' in arrival;

/** More than a broker takes by default: nobody of ours writes it. */
export const MAX_RECORD_BYTES = 1_048_576;

const UNREADABLE = 'unreadable';

/** Reads a record. Never throws: malformed, oversized, unnamed or unknown come back as Unreadable. */
export const readRecord = <Tx extends SqlTx>(subscription: TopicSubscription<Tx>, raw: RawRecord): Arrival<Tx> => {
  const unreadable = (reason: string, meta?: EventMeta, type = UNREADABLE): Unreadable => ({ raw, meta, type, reason, tries: 0 });
  if (raw.value.length > MAX_RECORD_BYTES) return unreadable(`record has ${raw.value.length} bytes, more than ${MAX_RECORD_BYTES}`);
  try {
    const { meta, body } = subscription.decode(raw.value);
    if (!meta || !isEventId(meta.eventId)) return unreadable('envelope without meta or event id');
    // Order is kept by key: under another key the event could overtake, or be overtaken by, those of its institution.
    if (meta.institution !== raw.key) return unreadable(`key ${raw.key} is not the institution ${meta.institution} of the envelope`);
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
});

const MAX_REASON = 500;
const ID_NUMBER = /\d{17}[\dXx]/g;

/** A failure in a few words for the parking table and the task table; personal numbers do not get there. */
export const describe = (failure: unknown): string => {
  const text = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  return text.replace(ID_NUMBER, '***').slice(0, MAX_REASON);
};
