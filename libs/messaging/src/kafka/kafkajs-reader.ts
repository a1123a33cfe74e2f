// One member of a consumer group that always reconnects. kafkajs gives up finally on some errors, and restarts on others in a state that
// was observed to hang (tulios/kafkajs#1441, #1513). So its own restart is switched off, and after any crash this file makes a new
// consumer. It commits only offsets that `done` has named.
import type { Consumer, EachBatchPayload, IHeaders, Kafka as KafkaJs, KafkaMessage } from 'kafkajs';
import type { Log } from '@hengji/host';
import type { BatchControl, IncomingBatch, IncomingRecord, RawHeader, Reader, ReaderOptions } from './kafka';
import { watchClock } from './clock-put-back';
import { headerTexts } from './header-texts';
import { keyText } from './key-text';
import { pauses, within } from '../pauses';
import { standings } from './standings';
import type { FetchedRecord } from './wire/record-batches';

/** This many heartbeats may get lost before the session ends. */
const HEARTBEATS_A_SESSION = 6;
const REBALANCE_WITHIN_MS = 30_000;
/**
 * The broker answers a fetch at its first record. The fetch may wait this long for a record, and a stop may wait this long for the fetch.
 */
const IDLE_FETCH_MS = 500;
const SILENT_TOO_LONG_MS = 60_000;
const DISCONNECT_WITHIN_MS = 5_000;
const HEARTBEAT_WHILE_WAITING_MS = 1_000;
const PARTITIONS_AT_ONCE = 3;
/** Compressed size, as sent; the folder wire limits the uncompressed size. The broker sends a larger single batch all the same. */
const FETCH_BYTES = 2_097_152;
const PARTITION_BYTES = 524_288;

const rawHeaders = (headers: IHeaders | undefined): RawHeader[] =>
  Object.entries(headers ?? {}).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): RawHeader => [name, typeof one === 'string' ? Buffer.from(one) : one]),
  );

const incoming = (message: KafkaMessage): IncomingRecord => ({
  offset: BigInt(message.offset),
  key: keyText(message.key),
  keyBytes: message.key,
  rawHeaders: rawHeaders(message.headers),
  value: message.value ?? Buffer.alloc(0),
  headers: headerTexts(rawHeaders(message.headers)),
  writtenAt: BigInt(message.timestamp),
});

const isRecord = (message: KafkaMessage): boolean => !(message as unknown as FetchedRecord).isMarker;

const incomingBatch = ({ batch }: EachBatchPayload, prefix: string): IncomingBatch => ({
  topic: batch.topic.slice(prefix.length),
  partition: batch.partition,
  records: batch.messages.filter(isRecord).map(incoming),
  nextOffset: BigInt(batch.lastOffset()) + 1n,
});

/** Done offsets include the markers behind them. */
const control = (consumer: Consumer, payload: EachBatchPayload, { records, nextOffset }: IncomingBatch): BatchControl => ({
  done: (offset) => payload.resolveOffset(String(offset === records.at(-1)?.offset ? nextOffset - 1n : offset)),
  setAside: (forMs) => void setTimeout(payload.pause(), forMs).unref(),
  rewind: () => consumer.seek({ topic: payload.batch.topic, partition: payload.batch.partition, offset: '0' }),
  heartbeat: () => payload.heartbeat(),
  running: () => payload.isRunning() && !payload.isStale(),
});

interface KafkajsReaderOptions extends ReaderOptions {
  readonly prefix: string;
  readonly sessionMs: number;
  readonly log: Log;
}

const newConsumer = (client: KafkaJs, o: KafkajsReaderOptions): Consumer =>
  client.consumer({
    groupId: `${o.prefix}${o.group}`,
    sessionTimeout: o.sessionMs,
    rebalanceTimeout: REBALANCE_WITHIN_MS,
    heartbeatInterval: Math.floor(o.sessionMs / HEARTBEATS_A_SESSION),
    maxWaitTimeInMs: IDLE_FETCH_MS,
    maxBytes: FETCH_BYTES,
    maxBytesPerPartition: PARTITION_BYTES,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async () => false },
  });

/** A reader that commits nothing would begin at the beginning at each rebalance. */
const goOn = (consumer: Consumer, o: KafkajsReaderOptions, assigned: Readonly<Record<string, number[]>>): void => {
  for (const [topic, partitions] of Object.entries(assigned)) {
    for (const partition of partitions) {
      const offset = o.goOnAt?.(topic.slice(o.prefix.length), partition);
      if (offset !== undefined) consumer.seek({ topic, partition, offset: String(offset) });
    }
  }
};

/** Offsets to which partitions were set back, by topic and partition; kept until the first batch after that. */
type SetBack = Map<string, string>;
const placeOf = (topic: string, partition: number): string => `${topic}[${partition}]`;

/** Sets partitions back to the records that must be read again. */
const lookBack = async (consumer: Consumer, o: KafkajsReaderOptions, standing: Reader['standings'], setBack: SetBack): Promise<void> => {
  const back = (await o.lookBack?.(await standing())) ?? [];
  for (const { topic: name, partition, offset } of back) {
    const topic = `${o.prefix}${name}`;
    setBack.set(placeOf(topic, partition), String(offset));
    consumer.seek({ topic, partition, offset: String(offset) });
  }
};

/**
 * Whether the batch was fetched before its partition was set back: it is read again, after the earlier records. At most one batch of a
 * partition is in flight.
 */
const isFetchedBefore = ({ batch }: EachBatchPayload, setBack: SetBack): boolean => {
  const place = placeOf(batch.topic, batch.partition);
  const offset = setBack.get(place);
  setBack.delete(place);
  // kafkajs has this property; its types do not.
  return offset !== undefined && (batch as { readonly fetchedOffset?: string }).fetchedOffset !== offset;
};

/** Waits and keeps the membership of the group. */
const waitFor = async (work: Promise<void>, { heartbeat }: EachBatchPayload): Promise<void> => {
  let isOver = false;
  const over = work.then(() => (isOver = true));
  while (!isOver) {
    await within(HEARTBEAT_WHILE_WAITING_MS, over);
    await heartbeat();
  }
};

/** Partitions of a member, by the full name of their topic. */
type Assignment = Readonly<Record<string, readonly number[]>>;

interface Run {
  readonly heard: () => void;
  readonly joined: (assignment: Assignment) => void;
  readonly standings: Reader['standings'];
  readonly stopped: Promise<void>;
}

/** Runs one consumer until it crashes, the clock is set back, or `stopped` resolves; always disconnects it. */
const runOnce = async (consumer: Consumer, o: KafkajsReaderOptions, { heard, joined, standings: asked, stopped }: Run): Promise<void> => {
  const crashed = new Promise<never>((_, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  });
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => goOn(consumer, o, payload.memberAssignment));
  consumer.on(consumer.events.HEARTBEAT, heard);
  consumer.on(consumer.events.FETCH, heard);
  let setBack: SetBack = new Map();
  let lookingBack: Promise<void> = Promise.resolve();
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    joined(payload.memberAssignment);
    setBack = new Map();
    if (!o.lookBack) return;
    const cannot = (err: unknown): void => o.log.warn({ err, group: o.group }, 'what was read last cannot be compared');
    lookingBack = lookBack(consumer, o, asked, setBack).catch(cannot);
  });
  const clock = watchClock(o.sessionMs / HEARTBEATS_A_SESSION);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: o.topics.map((topic) => `${o.prefix}${topic}`), fromBeginning: true });
    await consumer.run({
      autoCommit: o.commit,
      // A reader that commits nothing loses nothing: a batch that returned counts as read.
      eachBatchAutoResolve: !o.commit,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: async (payload) => {
        // A record that is fetched meanwhile may come after records that must be read again.
        await waitFor(lookingBack, payload);
        if (isFetchedBefore(payload, setBack)) return;
        const batch = incomingBatch(payload, o.prefix);
        if (batch.records.length === 0) payload.resolveOffset(String(batch.nextOffset - 1n));
        await o.onBatch(batch, control(consumer, payload, batch));
      },
    });
    await Promise.race([stopped, crashed, clock.putBack]);
  } finally {
    clock.end();
    crashed.catch(() => undefined);
    joined({});
    await within(DISCONNECT_WITHIN_MS, consumer.disconnect());
  }
};

/** A reader that always reconnects. */
export const kafkajsReader = (client: KafkaJs, o: KafkajsReaderOptions): Reader => {
  const pause = pauses({ firstMs: 200, longestMs: 2_000 });
  let running = false;
  const standing = standings(client);
  let assignment: Assignment = {};
  let lastHeard = performance.now();
  let loop: Promise<void> = Promise.resolve();
  let stopNow: () => void = () => undefined;
  let stopped: Promise<void> = Promise.resolve();

  const heard = (): void => {
    lastHeard = performance.now();
    pause.reset();
  };

  const asked: Reader['standings'] = async () => {
    const found = await standing.of(
      `${o.prefix}${o.group}`,
      o.topics.map((topic) => `${o.prefix}${topic}`),
    );
    return found.map(({ topic, ...rest }) => ({
      ...{ ...rest, topic: topic.slice(o.prefix.length) },
      assigned: assignment[topic]?.includes(rest.partition) ?? false,
    }));
  };

  const keepRunning = async (): Promise<void> => {
    while (running) {
      try {
        await runOnce(newConsumer(client, o), o, { heard, joined: (its) => (assignment = its), standings: asked, stopped });
      } catch (failure) {
        o.log.warn({ err: failure, group: o.group }, 'reading from Kafka failed, trying again');
        await pause.next();
      }
    }
  };

  return {
    start: async () => {
      running = true;
      lastHeard = performance.now();
      stopped = new Promise((resolve) => (stopNow = resolve));
      loop = keepRunning();
    },
    stop: async () => {
      running = false;
      stopNow();
      pause.cancel();
      await Promise.all([loop, standing.stop()]);
    },
    standings: asked,
    alive: () => performance.now() - lastHeard < SILENT_TOO_LONG_MS,
  };
};
