// Direct access to the broker below our own interface: any bytes as a key, no key, no value, compressed batches, transactions, and offsets
// of groups.
import { createRequire } from 'node:module';
import { closeAfterSuite, testBrokers, unique } from '@hengji/testing';

export interface RawMessage {
  readonly key: Buffer | string | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, Buffer | string>>;
}

interface Sending {
  send(o: { topic: string; compression: number; messages: (RawMessage & { partition: number })[] }): Promise<unknown>;
}
interface Transaction extends Sending {
  commit(): Promise<void>;
  abort(): Promise<void>;
}
interface Producer extends Sending {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  transaction(): Promise<Transaction>;
}
interface ProducerOptions {
  readonly transactionalId: string;
  readonly maxInFlightRequests: number;
  readonly idempotent: boolean;
}
interface Admin {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  setOffsets(o: { groupId: string; topic: string; partitions: { partition: number; offset: string }[] }): Promise<void>;
}
interface KafkaJs {
  readonly Kafka: new (o: { brokers: readonly string[]; logLevel: number }) => {
    producer(o?: ProducerOptions): Producer;
    admin(): Admin;
  };
}

const GZIP = 1;

/** Commits for a group without members that it has read each of three partitions up to the offset, whatever the topic has. */
export const setOffsets = async (prefix: string, group: string, topic: string, offset: number): Promise<void> => {
  const { Kafka } = createRequire(__filename)('kafkajs') as KafkaJs;
  const admin = new Kafka({ brokers: testBrokers(), logLevel: 0 }).admin();
  await admin.connect();
  const partitions = [0, 1, 2].map((partition) => ({ partition, offset: String(offset) }));
  await admin.setOffsets({ groupId: `${prefix}${group}`, topic: `${prefix}${topic}`, partitions });
  await admin.disconnect();
};

const connected = async (options?: ProducerOptions): Promise<Producer> => {
  const { Kafka } = createRequire(__filename)('kafkajs') as KafkaJs;
  const producer = new Kafka({ brokers: testBrokers(), logLevel: 0 }).producer(options);
  await producer.connect();
  closeAfterSuite(() => producer.disconnect());
  return producer;
};

/** Sends the messages to a partition in a transaction that stays open until the test ends it. */
export const openTransaction = async (prefix: string, topic: string, partition: number, messages: readonly RawMessage[]) => {
  const producer = await connected({ transactionalId: unique(), maxInFlightRequests: 1, idempotent: true });
  const transaction = await producer.transaction();
  await transaction.send({ topic: `${prefix}${topic}`, compression: 0, messages: messages.map((one) => ({ ...one, partition })) });
  return transaction;
};

/** Sends the messages to a partition, each batch compressed as one. */
export const rawProducer = async (prefix: string) => {
  const producer = await connected();
  return (topic: string, partition: number, messages: readonly RawMessage[], { gzip = false } = {}): Promise<unknown> =>
    producer.send({ topic: `${prefix}${topic}`, compression: gzip ? GZIP : 0, messages: messages.map((one) => ({ ...one, partition })) });
};
