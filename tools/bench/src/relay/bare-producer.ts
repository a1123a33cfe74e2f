// The floor of the relay: kafkajs sends the records that the relay sent, and does nothing else. Outside libs/messaging,
// only this file imports kafkajs (see eslint.config.mjs): a floor must not be made of our own code.
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import type { IncomingRecord } from '@hengji/messaging';

// The number of records that the relay puts into one send.
const BYTES_A_SEND = 950_000;
const BYTES_AROUND_RECORD = 1_200;

const sendsOf = (records: readonly IncomingRecord[]): IncomingRecord[][] => {
  const sends: IncomingRecord[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const size = record.value.length + BYTES_AROUND_RECORD;
    if (bytes + size > BYTES_A_SEND) {
      sends.push([]);
      bytes = 0;
    }
    sends.at(-1)?.push(record);
    bytes += size;
  }
  return sends;
};

export interface BareProducer {
  /** Sends all records in full batches, one batch after the other, each acknowledged by all replicas. Returns milliseconds. */
  send(topic: string, records: readonly IncomingRecord[]): Promise<number>;
  close(): Promise<void>;
}

export const bareProducer = async (brokers: readonly string[]): Promise<BareProducer> => {
  const client = new Kafka({ clientId: 'bench-floor', brokers: [...brokers], logLevel: logLevel.NOTHING });
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false });
  await producer.connect();
  return {
    send: async (topic, records) => {
      const sends = sendsOf(records).map((some) => some.map(({ key, value, headers }) => ({ key, value, headers })));
      const started = performance.now();
      for (const messages of sends) await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages }] });
      return performance.now() - started;
    },
    close: () => producer.disconnect(),
  };
};
