// kafkajs behind a narrow type of our own. Plain producer, acks from all replicas, one send at a time: a repeated send may duplicate
// records but never reorders them, and every inbox expects duplicates. Kafka transactions are not used.
import { Kafka as KafkaJs, Partitioners, type LogEntry, type Producer } from 'kafkajs';
import type { Log } from '@hengji/host';
import type { Kafka, OutgoingBatch, ReaderOptions, Sender } from './kafka';
import { createTopics, kafkajsInspector, moveGroup, removeRecords, removeTopic } from './kafkajs-admin';
import { kafkajsReader } from './kafkajs-reader';
import { kafkajsTopicWatch } from './kafkajs-topic-watch';
import { quietQueues } from './quiet-queues';
import { boundedWire } from './wire/kafkajs-wire';

const CONNECT_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 10_000;
/** The minimum that brokers allow by default: after a reader is killed, its group waits this long. */
const SESSION_MS = 6_000;
const RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 };

/** All kafkajs logs go to debug: kafkajs retries by itself, and relay and reader report lasting failures with their meaning. */
const toLog =
  (log: Log) =>
  () =>
  ({ namespace, log: entry }: LogEntry): void => {
    const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...rest } = entry;
    log.debug({ kafkajs: namespace, ...rest }, message);
  };

const sender = (client: KafkaJs, named: (topic: string) => string): Sender => {
  const producer: Producer = client.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    retry: RETRY,
  });
  return {
    connect: () => producer.connect(),
    disconnect: () => producer.disconnect(),
    send: async (batches: readonly OutgoingBatch[]) => {
      const topicMessages = batches.map(({ topic, records }) => ({
        topic: named(topic),
        messages: records.map(({ key, value, headers }) => ({
          key,
          value: Buffer.from(value.buffer, value.byteOffset, value.length),
          headers,
        })),
      }));
      await producer.sendBatch({ acks: -1, timeout: REQUEST_TIMEOUT_MS, topicMessages });
    },
  };
};

export interface KafkaOptions {
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Separates several provinces or tests. */
  readonly topicPrefix: string;
  /** A reader without a heartbeat for this long counts as dead; by default the minimum that brokers allow. */
  readonly sessionMs?: number;
  readonly log: Log;
}

/** The Kafka settings in a service's configuration. */
export const kafkaOf = (config: {
  KAFKA_BROKERS: readonly string[];
  KAFKA_TOPIC_PREFIX: string;
  KAFKA_SESSION_MS: number;
}): Pick<KafkaOptions, 'brokers' | 'topicPrefix' | 'sessionMs'> => ({
  brokers: config.KAFKA_BROKERS,
  topicPrefix: config.KAFKA_TOPIC_PREFIX,
  sessionMs: config.KAFKA_SESSION_MS,
});

/** Connects to Kafka at the first send or read. */
export const connectKafka = (o: KafkaOptions): Kafka => {
  quietQueues();
  boundedWire();
  const client = new KafkaJs({
    clientId: o.clientId,
    brokers: [...o.brokers],
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: RETRY,
    logCreator: toLog(o.log),
  });
  const named = (topic: string): string => `${o.topicPrefix}${topic}`;
  const unnamed = (topic: string): string => topic.slice(o.topicPrefix.length);
  const inspector = () => kafkajsInspector(client, named, unnamed);
  return {
    sender: () => sender(client, named),
    reader: (options: ReaderOptions) =>
      kafkajsReader(client, { ...options, prefix: o.topicPrefix, sessionMs: o.sessionMs ?? SESSION_MS, log: o.log }),
    createTopics: (topics) =>
      createTopics(
        client,
        topics.map(({ name, settings }) => ({ name: named(name), settings })),
      ),
    inspector,
    topicWatch: () => kafkajsTopicWatch(client, named, unnamed),
    moveGroup: (group, topic, to) => moveGroup(client, named(group), named(topic), to),
    removeTopic: (topic) => removeTopic(client, named(topic)),
    removeRecords: (topic) => removeRecords(client, named(topic)),
    endOffsets: async (topic) => {
      const once = inspector();
      try {
        return new Map([...(await once.bounds(topic))].map(([partition, { high }]) => [partition, high]));
      } finally {
        await once.close();
      }
    },
  };
};
