// A copy of facts, made anew from the beginning of its topic while its service is stopped: emptied, every event heard again in the order of
// the topic, each once; what the topic has forgotten comes as its owner's snapshot. Inbox and offsets stay: afterwards the service goes
// on where it was, and what it hears a second time changes nothing.
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

/** A copy that a service keeps of another's facts. */
export interface FactCopy<Tx extends SqlTx> {
  /** Its handlers write the copy and nothing else, and harmlessly a second time. */
  readonly subscription: TopicSubscription<Tx>;
  /** Takes everything out that the handlers write. All of it in `tx`. */
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

/** What a copy says of itself once it is rebuilt. */
export interface Rebuilt {
  readonly topic: string;
  /** Per partition the offset before which every record has been read. */
  readonly position: ReadonlyMap<number, bigint>;
  /** When the ends of the topic were asked for: the copy is as old as this. */
  readonly asOf: Date;
  /** Events that were handled. */
  readonly events: number;
  /** Keys whose missing events came as their owner's state. */
  readonly fromOwner: readonly string[];
  /** Keys of which something is missing that nobody could give. */
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

/** Hears a stretch in one transaction; returns how many events were handled. */
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
      // Parked and discarded events are not in the copy: a replay handles the parked ones in their turn.
      if (!('handler' in arrival) || settled.has(arrival)) continue;
      if (!once.isNew(writerOf(arrival.raw), arrival.raw.key, arrival.meta.sequence)) continue;
      await hear({ db, topic, now }, tx, arrival);
      if (arrival.handler !== 'ignored') handled += 1;
    }
    return handled;
  }, LONG_TRANSACTION);
};

/**
 * Rebuilds the copy. Throws when the service still listens; what a handler throws ends the rebuilding, which is then to be run again
 * before the service starts.
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
