// Kafka → handlers. Delivery is at least once, effects exactly once: inbox row and effect commit together, the offset
// only afterwards. Records are handled many to a transaction; what becomes of those that fail is in settle.ts.
import { metrics, type Log, type Part } from '@hengji/host';
import type { BatchControl, IncomingBatch, IncomingRecord, Kafka } from '../kafka/kafka';
import type { SqlDb, SqlTx } from '../sql';
import type { TopicSubscription } from '../subscription';
import { keyPatience } from '../seal/key-patience';
import { KEY_UNKNOWN, sealCheck, type SealReader } from '../seal/seal-check';
import { isReadable, readRecord, type Arrival, type RawRecord } from './arrival';
import { countGaps, countParked } from './parking';
import { Leaving, settleStretch, waitAlive } from './settle';

export interface ConsumerOptions<Tx extends SqlTx> {
  /** Also the name of the consumer group. */
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly kafka: Kafka;
  readonly topics: readonly TopicSubscription<Tx>[];
  readonly seals: SealReader;
  /** How long a record under a key that the trust list does not have yet is waited for; 15 s unless a test says otherwise. */
  readonly keyPatienceMs?: number;
  readonly log: Log;
  readonly now?: () => Date;
}

const RECORDS_A_TRANSACTION = 100;
/** So often the reader is asked to say that it lives; it does when it is due. */
const HEARTBEAT_MS = 300;
const KEY_PATIENCE_MS = 15_000;
const MEASURE_EVERY_MS = 5_000;

const lag = metrics.gauge('hengji_consumer_lag', 'Records of a partition not yet handled', ['service', 'topic', 'partition']);
const parked = metrics.gauge('hengji_parked_messages', 'Messages in the parking table', ['service']);
const gaps = metrics.gauge('hengji_sequence_gaps', 'Stretches of events that never arrived', ['service']);

const rawOf = (partition: number, { offset, key, value, headers }: IncomingRecord): RawRecord => ({
  partition,
  offset,
  key,
  value,
  headers,
});

const lacksKey = <Tx extends SqlTx>(stretch: readonly Arrival<Tx>[]): boolean =>
  stretch.some((arrival) => !isReadable(arrival) && arrival.reason === KEY_UNKNOWN);

/** Handles a batch stretch by stretch. Returns early, with the rest not done, when the reader is stopping. */
const batchHandler = <Tx extends SqlTx>({ service, db, topics, log, now = () => new Date(), ...o }: ConsumerOptions<Tx>) => {
  const { readPatiently } = keyPatience(o.keyPatienceMs ?? KEY_PATIENCE_MS, waitAlive);
  return async (batch: IncomingBatch, control: BatchControl): Promise<void> => {
    const { topic, partition, records, endOffset } = batch;
    const subscription = topics.find((candidate) => candidate.topic === topic);
    if (!subscription) throw new Error(`a batch of topic ${topic}, which was not subscribed to`);
    const check = sealCheck(o.seals, subscription);
    const settling = { service, handling: { db, topic, now }, control, log };
    for (let from = 0; from < records.length && control.running(); from += RECORDS_A_TRANSACTION) {
      const read = () =>
        records.slice(from, from + RECORDS_A_TRANSACTION).map((record) => readRecord(subscription, rawOf(partition, record), check));
      const stretch = await readPatiently(read, lacksKey, control);
      if (!control.running()) return;
      await settleStretch(settling, stretch);
      const next = (stretch.at(-1)?.raw.offset ?? -1n) + 1n;
      lag.set({ service, topic, partition }, Number(endOffset - next));
      await control.heartbeat();
    }
  };
};

/** A transaction may last longer than the group's patience. What a beat throws comes again at the next proper one. */
const beating = async (control: BatchControl, work: Promise<void>): Promise<void> => {
  const timer = setInterval(() => void control.heartbeat().catch(() => undefined), HEARTBEAT_MS);
  try {
    await work;
  } catch (failure) {
    if (!(failure instanceof Leaving)) throw failure;
  } finally {
    clearInterval(timer);
  }
};

/**
 * Hears the topics as one group named after the service. Starts also while Kafka or PostgreSQL is away. `alive` turns
 * false when nothing was heard from Kafka for a minute.
 */
export const consumer = <Tx extends SqlTx>(o: ConsumerOptions<Tx>): Part & { alive(): boolean } => {
  const { service, db } = o;
  const handle = batchHandler(o);
  const reader = o.kafka.reader({
    group: service,
    topics: o.topics.map(({ topic }) => topic),
    commit: true,
    onBatch: (batch, control) => beating(control, handle(batch, control)),
  });
  const measure = async (): Promise<void> => {
    parked.set({ service }, await countParked(db));
    gaps.set({ service }, await countGaps(db));
  };
  let measuring: NodeJS.Timeout | undefined;
  return {
    name: 'consumer',
    start: async () => {
      measuring = setInterval(() => void measure().catch(() => undefined), MEASURE_EVERY_MS);
      await reader.start();
    },
    stop: async () => {
      clearInterval(measuring);
      await reader.stop();
    },
    alive: () => reader.alive(),
  };
};
