// Kafka → handlers. Delivery is at least once, effects are exactly once: the inbox row and the effect commit together, and the offset is
// committed afterwards. One transaction handles many records; settle.ts decides about those that fail.
import { metrics, type Log, type Part } from '@hengji/host';
import type { BatchControl, IncomingBatch, IncomingRecord, Kafka, Reader } from '../kafka/kafka';
import type { SqlDb, SqlTx } from '../sql';
import type { TopicSubscription } from '../subscription';
import { keyPatience } from '../seal/key-patience';
import { sealKeyOf } from '../seal/record-seal';
import { KEY_UNKNOWN, sealCheck, type SealReader } from '../seal/seal-check';
import { isReadable, readRecord, unread, type Arrival, type RawRecord } from './arrival';
import { beginAlone, beginBatch, deadlyBatches, endAlone, hasRead, leaveBatch } from './attempts';
import { breather } from '../seal/breather';
import { countNotKept } from '../parked/quarantine';
import { countGaps, countParked } from './parking';
import { digestOf, positions, type Positions } from './positions';
import { progress, type Progress } from './progress';
import { Leaving, settleStretch, Unsettled, waitAlive, type Settling } from './settle';
import { stretchesOf } from './stretches';

export interface ConsumerOptions<Tx extends SqlTx> {
  /** Also the name of the consumer group. */
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly kafka: Kafka;
  readonly topics: readonly TopicSubscription<Tx>[];
  readonly seals: SealReader;
  /** How long the consumer waits for a key that is not in the trust list yet; 15 s unless a test sets another value. */
  readonly keyPatienceMs?: number;
  readonly log: Log;
  readonly now?: () => Date;
  /** With records waiting and none settled for this long, the consumer reports a failure. */
  readonly stuckAfterMs?: number;
}

/** The consumer retries a partition whose record can be neither handled nor parked after this time. */
const SET_ASIDE_MS = 5_000;
/** How often the reader is asked for a heartbeat; it sends one when one is due. */
const HEARTBEAT_MS = 300;
const KEY_PATIENCE_MS = 15_000;
const MEASURE_EVERY_MS = 5_000;

const parked = metrics.gauge('hengji_parked_messages', 'Messages in the parking table, by their state', ['service', 'state']);
const notKept = metrics.gauge('hengji_unsealed_not_kept', 'Unsealed records beyond the limit, which were counted and not kept', [
  'service',
]);
const gaps = metrics.gauge('hengji_sequence_gaps', 'Stretches of events that never arrived', ['service']);

const rawOf = (partition: number, { offset, key, keyBytes, value, headers, rawHeaders }: IncomingRecord): RawRecord => ({
  partition,
  offset,
  key,
  value,
  headers,
  keyBytes,
  rawHeaders,
});

interface Batch<Tx extends SqlTx> {
  readonly batch: IncomingBatch;
  readonly elementsOf: TopicSubscription<Tx>['elementsOf'];
  /** Checks the seals and decodes; waits a limited time for a key that is not in the trust list yet. */
  readonly read: (records: readonly IncomingRecord[]) => Promise<Arrival<Tx>[]>;
  /** Checks only the seal: a record that kills the process and has no valid seal holds no key. */
  readonly readNot: (record: IncomingRecord) => Arrival<Tx>;
  readonly settling: Settling<Tx>;
}

/** Ids of keys that are missing in the trust list. */
const lackingKeys = <Tx extends SqlTx>(stretch: readonly Arrival<Tx>[]): string[] =>
  stretch.flatMap((arrival) => (!isReadable(arrival) && arrival.reason === KEY_UNKNOWN ? [sealKeyOf(arrival.raw)] : []));

/** Settles the batch stretch by stretch. Returns early, with the rest not done, when the reader is stopping. */
const settleBatch = async <Tx extends SqlTx>({ batch, elementsOf, read, settling }: Batch<Tx>): Promise<void> => {
  for (const stretch of stretchesOf(batch.records, elementsOf)) {
    if (!settling.control.running()) throw new Leaving();
    await settleStretch(settling, await read(stretch));
    await settling.control.heartbeat();
  }
};

/**
 * Settles the records one by one, after the process died twice in this batch. A record that kills the process again and again is parked
 * unread.
 */
const settleAlone = async <Tx extends SqlTx>({ batch, read, readNot, settling }: Batch<Tx>): Promise<void> => {
  const { topic, partition } = batch;
  const { db } = settling.handling;
  for (const record of batch.records) {
    if (!settling.control.running()) throw new Leaving();
    const at = { topic, partition, offset: record.offset };
    const isDeadly = await beginAlone(db, at).catch(() => false);
    try {
      const arrivals = isDeadly ? [readNot(record)] : await read([record]);
      if (!isDeadly) await hasRead(db, at).catch(() => undefined);
      await settleStretch(settling, arrivals);
    } finally {
      if (!isDeadly) await endAlone(db, at).catch(() => undefined);
    }
    await settling.control.heartbeat();
  }
};

/** How the records of one batch are read. When the reader stops while it waits for a key, the batch is left. */
const readerOf = <Tx extends SqlTx>({ topics, seals, ...o }: ConsumerOptions<Tx>) => {
  const { readPatiently } = keyPatience(o.keyPatienceMs ?? KEY_PATIENCE_MS, waitAlive);
  return ({ topic, partition }: IncomingBatch, control: BatchControl): Omit<Batch<Tx>, 'batch' | 'settling'> => {
    const subscription = topics.find((candidate) => candidate.topic === topic);
    if (!subscription) throw new Error(`a batch of topic ${topic}, which was not subscribed to`);
    const check = sealCheck(seals, subscription);
    const read: Batch<Tx>['read'] = async (records) => {
      const readAll = async () => {
        const breathe = breather();
        const all: Arrival<Tx>[] = [];
        for (const record of records) {
          all.push(readRecord(subscription, rawOf(partition, record), check));
          await breathe();
        }
        return all;
      };
      const arrivals = await readPatiently(readAll, lackingKeys, control);
      if (!control.running()) throw new Leaving();
      return arrivals;
    };
    const readNot: Batch<Tx>['readNot'] = (record) => {
      const raw = rawOf(partition, record);
      const verdict = check(raw);
      const unseen = unread(raw, 'the process died whenever it handled this record');
      return verdict.holds ? unseen : { ...unseen, reason: verdict.reason, holdsKey: false };
    };
    return { read, readNot, elementsOf: subscription.elementsOf };
  };
};

/** Records the batch as begun, then handles it: a batch in which the process died twice is handled record by record the third time. */
const batchHandler = <Tx extends SqlTx>(o: ConsumerOptions<Tx>, { settled, recreated }: Progress, known: Positions) => {
  const { service, db, log, now = () => new Date() } = o;
  const reading = readerOf(o);
  return async (fetched: IncomingBatch, control: BatchControl): Promise<void> => {
    const { topic, partition, nextOffset } = fetched;
    const done: BatchControl['done'] = (offset) => {
      control.done(offset);
      settled(topic, partition, offset + 1n);
    };
    const shown = await known.compare(fetched);
    if (shown.recreated) {
      recreated(topic, partition);
      return control.rewind();
    }
    const { records } = shown;
    const [begins] = records;
    if (!begins) return done(nextOffset - 1n);
    const batch = { ...fetched, records };
    const settling = { service, handling: { db, topic, now }, control: { ...control, done }, log };
    const work = { batch, ...reading(batch, control), settling };
    const first = { topic, partition, offset: begins.offset };
    // A database outage is handled below, by waiting.
    const { carefully } = await beginBatch(db, first, digestOf(begins)).catch(() => ({ carefully: false }));
    if (carefully)
      log.error({ topic, partition, offset: String(first.offset) }, 'the process died twice in this batch: its records go one by one');
    try {
      await (carefully ? settleAlone(work) : settleBatch(work));
    } catch (failure) {
      await leaveBatch(db, first).catch(() => undefined);
      if (!(failure instanceof Unsettled)) throw failure;
      log.error({ err: failure, topic, partition }, 'a partition is set aside, the others go on');
      control.setAside(SET_ASIDE_MS);
    }
  };
};

/**
 * A transaction may last longer than the session timeout of the group. An error of a heartbeat here is thrown again by the next regular
 * heartbeat.
 */
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

/** A consumer as a part, with the status that an operator needs. */
export interface ConsumerPart extends Part {
  /** False when Kafka has not answered for a minute. */
  alive(): boolean;
  /** Why the consumer is not ready: a partition has records waiting, and none was settled for a minute. */
  trouble(): string | undefined;
}

/** Consumes the topics as one group named after the service. Starts also while Kafka or PostgreSQL is unavailable. */
export const consumer = <Tx extends SqlTx>(o: ConsumerOptions<Tx>): ConsumerPart => {
  const { service, db, log, stuckAfterMs } = o;
  const known = positions(db);
  const reader: Reader = o.kafka.reader({
    group: service,
    topics: o.topics.map(({ topic }) => topic),
    commit: true,
    lookBack: known.lookBack,
    onBatch: (batch, control) => beating(control, handle(batch, control)),
  });
  const getting = progress({ service, reader, log, stuckAfterMs, deadly: () => deadlyBatches(db) });
  const handle = batchHandler(o, getting, known);
  const count = async (): Promise<void> => {
    for (const [state, messages] of Object.entries(await countParked(db))) parked.set({ service, state }, messages);
    notKept.set({ service }, Number(await countNotKept(db)));
    gaps.set({ service }, await countGaps(db));
  };
  let measuring: NodeJS.Timeout | undefined;
  return {
    name: 'consumer',
    start: async () => {
      // Kafka or PostgreSQL may be unavailable: then the last figures stay.
      const measure = (): unknown => Promise.allSettled([count(), getting.measure()]);
      measuring = setInterval(measure, MEASURE_EVERY_MS);
      await reader.start();
      // Measures at once, so that a process in a crash loop is not ready before it dies again.
      measure();
    },
    stop: async () => {
      clearInterval(measuring);
      await reader.stop();
    },
    alive: () => reader.alive(),
    trouble: () => getting.trouble(),
  };
};
