import type { Log, Part } from '@hengji/host';
import type { Kafka } from './kafka';

/** Publishes this database's outbox. */
export const outboxRelay = (o: { service: string; databaseUrl: string; kafka: Kafka; log: Log; keepDays?: number }): Part => {
  throw new Error(`not there yet: ${o.service}`);
};
