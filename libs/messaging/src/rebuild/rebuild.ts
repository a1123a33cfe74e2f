// Rebuilds a copy of facts from the beginning of its topic while its service is stopped. The copy is emptied, and every event is handled
// again once, in the order of the topic; events that the topic has lost are replaced by their owner's snapshot. Inbox and offsets stay:
// afterwards the service continues at its old offset, and an event that it consumes a second time changes nothing.
import type { Log } from '@hengji/host';
import { readRecord, writerOf, type RawRecord } from '../inbox/arrival';
import { hear } from '../inbox/handle-arrivals';
import { stretchesOf } from '../inbox/stretches';
import type { IncomingBatch, IncomingRecord, Kafka } from '../kafka/kafka';
import type { Owners } from '../republish/owners';
import { sealCheck, type SealReader } from '../seal/seal-check';
import { LONG_TRANSACTION, type SqlDb, type SqlTx } from '../sql';
import type { TopicSubscription } from '../subscription';
import { settledAmong } from './settled';
import { heardOnce, type HeardOnce } from './heard-once';
import { topicToItsEnd } from './topic-to-its-end';
import { fromOwner } from './from-owner';

/** A service's copy of another service's facts. */
export interface FactCopy<Tx extends SqlTx> {
  /** Its handlers write the copy and nothing else, and may run twice without harm. */
  readonly subscription: TopicSubscription<Tx>;
  /** Deletes all rows that the handlers write. All of it in `tx`. */
  readonly empty: (tx: Tx) => Promise<unknown>;
}

export interface RebuildOptions<Tx extends SqlTx> {
  /** Also the name of the consumer group. */
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly kafka: Kafka;
  readonly seals: SealReader;
  readonly owners: Owners;
  readonly log: Log;
  readonly now?: () => Date;
}

/** The result of a rebuild. */
export interface Rebuilt {
  readonly topic: string;
  /** Per partition the offset before which every record has been read. */
  readonly position: ReadonlyMap<number, bigint>;
  /** When the ends of the topic were read: the copy is current as of this time. */
  readonly asOf: Date;
  /** How many events were handled. */
  readonly events: number;
  /** Keys whose missing events were replaced by their owner's state. */
  readonly fromOwner: readonly string[];
  /** Keys with missing events that no owner could provide. */
  readonly incomplete: readonly string[];
}

const checkStopped = async <Tx extends SqlTx>({ service, kafka }: RebuildOptions<Tx>): Promise<void> => {
  const inspector = kafka.inspector();
  try {
    const members = await inspector.members(service);
    if (members > 0) throw new Error(`${members} consumers of ${service} still listen: stop the service before a copy is rebuilt`);
  } finally {
    await inspector.close();
  }
};

const rawOf = (partition: number, record: IncomingRecord): RawRecord => ({ ...record, partition });

/** Handles a stretch in one transaction; returns how many events were handled. */
const hearStretch = async <Tx extends SqlTx>(
  { db, seals, now = () => new Date() }: RebuildOptions<Tx>,
  { subscription }: FactCopy<Tx>,
  once: HeardOnce,
  { partition, records }: Pick<IncomingBatch, 'partition' | 'records'>,
): Promise<number> => {
  const { topic } = subscription;
  const check = sealCheck(seals, subscription);
  const arrivals = records.map((record) => readRecord(subscription, rawOf(partition, record), check));
  return db.$transaction(async (tx) => {
    const settled = await settledAmong(tx, topic, arrivals);
    let handled = 0;
    for (const arrival of arrivals) {
      // Parked and discarded events are not in the copy: a replay handles the parked ones later.
      if (!('handler' in arrival) || settled.has(arrival)) continue;
      if (!once.isNew(writerOf(arrival.raw), arrival.raw.key, arrival.meta.sequence)) continue;
      await hear({ db, topic, now }, tx, arrival);
      if (arrival.handler !== 'ignored') handled += 1;
    }
    return handled;
  }, LONG_TRANSACTION);
};

/**
 * Rebuilds the copy. Throws when the service still consumes. If a handler throws, the rebuild stops and must be run again before the
 * service starts.
 */
export const rebuild = async <Tx extends SqlTx>(o: RebuildOptions<Tx>, copy: FactCopy<Tx>): Promise<Rebuilt> => {
  const { topic } = copy.subscription;
  await checkStopped(o);
  const asOf = (o.now ?? (() => new Date()))();
  await o.db.$transaction((tx) => copy.empty(tx), LONG_TRANSACTION);
  const once = heardOnce();
  let events = 0;
  const position = await topicToItsEnd(o.kafka, topic, async ({ partition, records }) => {
    for (const stretch of stretchesOf(records, copy.subscription.elementsOf))
      events += await hearStretch(o, copy, once, { partition, records: stretch });
  });
  const { given, incomplete } = await fromOwner(o, copy, once);
  const rebuilt = { topic, position, asOf, events, fromOwner: given, incomplete };
  const ageMs = (o.now ?? (() => new Date()))().getTime() - asOf.getTime();
  const told = { ...rebuilt, position: Object.fromEntries([...position].map(([partition, offset]) => [partition, String(offset)])), ageMs };
  if (incomplete.length > 0) o.log.error(told, 'a copy was rebuilt, but events of some keys are not to be had');
  else o.log.info(told, 'a copy was rebuilt');
  return rebuilt;
};
