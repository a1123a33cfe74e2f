// A hand on the broker below our own port: any bytes as a key, no key, no value, and compressed batches.
import { createRequire } from 'node:module';
import { closeAfterSuite, testBrokers } from '@hengji/testing';

export interface RawMessage {
  readonly key: Buffer | string | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, Buffer | string>>;
}

interface Producer {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  send(o: { topic: string; compression: number; messages: (RawMessage & { partition: number })[] }): Promise<unknown>;
}
interface KafkaJs {
  readonly Kafka: new (o: { brokers: readonly string[]; logLevel: number }) => { producer(): Producer };
}

const GZIP = 1;

/** Sends the messages to a partition, each batch compressed as one. */
export const rawProducer = async (prefix: string) => {
  const { Kafka } = createRequire(__filename)('kafkajs') as KafkaJs;
  const producer = new Kafka({ brokers: testBrokers(), logLevel: 0 }).producer();
  await producer.connect();
  closeAfterSuite(() => producer.disconnect());
  return (topic: string, partition: number, messages: readonly RawMessage[], { gzip = false } = {}): Promise<unknown> =>
    producer.send({ topic: `${prefix}${topic}`, compression: gzip ? GZIP : 0, messages: messages.map((one) => ({ ...one, partition })) });
};
