import type { Log } from '@hengji/host';
import type { Kafka } from './kafka';

/** Connects to Kafka when something is first sent or read. */
export const connectKafka = (o: { brokers: readonly string[]; clientId: string; topicPrefix: string; log: Log }): Kafka => {
  throw new Error(`not there yet: ${o.clientId}`);
};
