import type { Envelope, Topic } from '@hengji/contracts';
import type { Log, Part } from '@hengji/host';
import type { Kafka } from './kafka';

export interface TailOptions<E extends Envelope> {
  readonly kafka: Kafka;
  readonly topic: Topic<E>;
  readonly onEvent: (event: E, headers: Readonly<Record<string, string>>) => void;
  readonly log: Log;
}

/** Reads the whole topic from its beginning. */
export const tail = <E extends Envelope>(o: TailOptions<E>): Part & { caughtUp(): boolean; alive(): boolean } => {
  throw new Error(`not there yet: ${o.topic.name}`);
};
