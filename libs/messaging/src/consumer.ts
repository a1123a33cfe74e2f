// Kafka → handlers. Delivery is at least once, effects exactly once: inbox row and effect commit together, the offset
// only afterwards. Records are handled many to a transaction; when that fails, one by one, so that the one which fails is
// found, tried a few times, and parked with its key. PostgreSQL being away is nobody's fault: then it waits.
import { metrics, type Log, type Part } from '@hengji/host';
import { describe, givenUp, isReadable, readRecord, type Arrival } from './arrival';
import { handleArrivals, type Handling, type Outcome } from './handle';
import type { BatchControl, IncomingBatch, IncomingRecord, Kafka } from './kafka';
import { countGaps, countParked } from './parking';
import { bell, pauseMs } from './pauses';
import type { SqlDb, SqlTx } from './sql';
import type { TopicSubscription } from './subscription';

export interface ConsumerOptions<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly kafka: Kafka;
  readonly topics: readonly TopicSubscription<Tx>[];
  readonly log: Log;
  readonly now?: () => Date;
}

const RECORDS_A_TRANSACTION = 200;
const TRIES = 5;
const PAUSE = { firstMs: 100, longestMs: 3_000 };
const HEARTBEAT_MS = 1_000;
const MEASURE_EVERY_MS = 5_000;

const consumed = metrics.counter('hengji_consumed_total', 'Events that arrived, by what became of them', ['service', 'topic', 'outcome']);
const lag = metrics.gauge('hengji_consumer_lag', 'Records of a partition not yet handled', ['service', 'topic', 'partition']);
const parked = metrics.gauge('hengji_parked_messages', 'Messages in the parking table', ['service']);
const gaps = metrics.gauge('hengji_sequence_gaps', 'Stretches of events that never arrived', ['service']);

/** Thrown to leave a batch whose rest belongs to the next run. */
class Leaving extends Error {}

const rawOf = (partition: number, { offset, key, value, headers }: IncomingRecord) => ({
  partition,
  offset,
  key,
  value,
  source: headers['ce_source'] ?? '',
  traceparent: headers['traceparent'],
});

const databaseAnswers = (db: SqlTx): Promise<boolean> =>
  db.$queryRawUnsafe('SELECT 1 AS alive').then(
    () => true,
    () => false,
  );

/** Hears the topics as one group named after the service. Starts also while Kafka or PostgreSQL is away. */
export const consumer = <Tx extends SqlTx>(o: ConsumerOptions<Tx>): Part & { alive(): boolean } => {
  const { service, db, log, now = () => new Date() } = o;
  const subscriptions = new Map(o.topics.map((subscription) => [subscription.topic, subscription]));

  const count = (topic: string, outcomes: readonly Outcome[]): void => {
    for (const outcome of outcomes) consumed.inc({ service, topic, outcome });
  };

  /** One record until it is handled or parked. Leaves the batch when the reader is stopping. */
  const settle = async (h: Handling<Tx>, arrival: Arrival<Tx>, control: BatchControl): Promise<void> => {
    let current = arrival;
    for (let failed = 0, waits = 1; ; waits += 1) {
      if (!control.running()) throw new Leaving();
      try {
        count(h.topic, await handleArrivals(h, [current]));
        return;
      } catch (failure) {
        const answers = await databaseAnswers(db);
        if (answers) failed += 1;
        log.warn({ err: failure, topic: h.topic, type: current.type, failed, databaseAnswers: answers }, 'an event was not handled');
        if (answers && failed >= TRIES && isReadable(current)) {
          log.error({ topic: h.topic, type: current.type, reason: describe(failure) }, 'an event is parked with its key');
          current = givenUp(current, failure, failed);
          continue;
        }
      }
      await waitAlive(pauseMs(waits, PAUSE), control);
    }
  };

  const handleStretch = async (h: Handling<Tx>, stretch: readonly Arrival<Tx>[], control: BatchControl): Promise<void> => {
    try {
      count(h.topic, await handleArrivals(h, stretch));
    } catch (failure) {
      log.debug({ err: failure, topic: h.topic }, 'a stretch failed, going one by one');
      for (const arrival of stretch) {
        await settle(h, arrival, control);
        control.done(arrival.raw.offset);
      }
    }
  };

  const onBatch = async (batch: IncomingBatch, control: BatchControl): Promise<void> => {
    const subscription = subscriptions.get(batch.topic);
    if (!subscription) return;
    const h: Handling<Tx> = { db, topic: batch.topic, now };
    const stopBeating = beatWhileWorking(control);
    try {
      for (let from = 0; from < batch.records.length && control.running(); from += RECORDS_A_TRANSACTION) {
        const records = batch.records.slice(from, from + RECORDS_A_TRANSACTION);
        const stretch = records.map((record) => readRecord(subscription, rawOf(batch.partition, record)));
        await handleStretch(h, stretch, control);
        const last = records.at(-1)?.offset ?? 0n;
        control.done(last);
        lag.set({ service, topic: batch.topic, partition: batch.partition }, Number(batch.endOffset - last - 1n));
        await control.heartbeat();
      }
    } catch (failure) {
      if (!(failure instanceof Leaving)) throw failure;
    } finally {
      stopBeating();
    }
  };

  const measure = async (): Promise<void> => {
    parked.set({ service }, await countParked(db));
    gaps.set({ service }, await countGaps(db));
  };

  const reader = o.kafka.reader({ group: service, topics: [...subscriptions.keys()], commit: true, onBatch });
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

/** Waits without being taken for dead; a rebalance ends the wait by throwing. */
const waitAlive = async (totalMs: number, control: BatchControl): Promise<void> => {
  const rest = bell();
  for (let left = totalMs; left > 0 && control.running(); left -= HEARTBEAT_MS) {
    await rest.wait(Math.min(left, HEARTBEAT_MS));
    await control.heartbeat();
  }
};

/** A transaction may last longer than the group's patience. What a beat throws comes again at the next proper one. */
const beatWhileWorking = (control: BatchControl): (() => void) => {
  const timer = setInterval(() => void control.heartbeat().catch(() => undefined), HEARTBEAT_MS);
  return () => clearInterval(timer);
};
