import type { Log, Part } from '@hengji/host';
import type { Kafka } from './kafka';
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

/** Hears the topics, effects exactly once. */
export const consumer = <Tx extends SqlTx>(o: ConsumerOptions<Tx>): Part & { alive(): boolean } => {
  throw new Error(`not there yet: ${o.service}`);
};
