// The floor of the relay: kafkajs sending the records that the relay sent, and nothing else. The one place outside
// libs/messaging that imports kafkajs (see eslint.config.mjs): a floor made of our own code would not be one.
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import type { IncomingRecord } from '@hengji/messaging';

// As much as the relay puts into one send.
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
  /** Sends all records, one full send after the other, each acknowledged by all replicas. Returns milliseconds. */
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
