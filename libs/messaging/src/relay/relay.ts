// Outbox → Kafka, the only way to publish. NOTIFY at commit starts a pass, and the relay also polls. After a power failure between Kafka's
// acknowledgement and the mark, rows are sent again: consumers recognize them by their ids.
import { databaseSession, failureKind, type Log, type Part, type Signer } from '@hengji/host';
import { Client } from 'pg';
import type { Kafka, Sender } from '../kafka/kafka';
import { endUnanswered } from '../database/unanswered';
import { bell, pauses, within } from '../pauses';
import { housekeeping } from './pass';
import { holdSession } from './session';

const STOP_WITHIN_MS = 5_000;
const CLOSE_WITHIN_MS = 2_500;
const KEEP_DAYS = 14;

export interface RelayOptions {
  readonly service: string;
  readonly databaseUrl: string;
  readonly kafka: Kafka;
  /** Seals the records with the service's own key. */
  readonly signer: Signer;
  readonly log: Log;
  /** How many days published rows are kept, for `republish`. */
  readonly keepDays?: number;
}

/** Connects with the first send; after a failed connection, again with the next send. */
const connectingSender = (inner: Sender): Sender => {
  let connected = false;
  return {
    connect: () => inner.connect(),
    disconnect: () => inner.disconnect(),
    send: async (batches) => {
      if (!connected) await inner.connect();
      connected = true;
      await inner.send(batches);
    },
  };
};

/**
 * Publishes this database's outbox: in commit order per key, at least once. Starts also while Kafka or PostgreSQL is unavailable. Its
 * listening connection also wakes the tasks of this process.
 */
export const outboxRelay = (o: RelayOptions): Part => {
  const { service, log, signer } = o;
  const sender = connectingSender(o.kafka.sender());
  const housekeep = housekeeping(service, o.keepDays ?? KEEP_DAYS);
  const rest = bell();
  const reconnect = pauses({ firstMs: 200, longestMs: 5_000 });
  const kafkaAway = pauses({ firstMs: 200, longestMs: 2_000 });
  let isRunning = false;
  let loop: Promise<void> = Promise.resolve();
  let client: Client | undefined;
  const running = (): boolean => isRunning;

  const keepRunning = async (): Promise<void> => {
    while (isRunning) {
      client = new Client(databaseSession(o.databaseUrl, { name: `${service}-relay`, limits: 'office' }));
      endUnanswered(client, o);
      try {
        await holdSession({ service, signer, client, sender, log, rest, kafkaAway, housekeep, running, connected: reconnect.reset });
      } catch (failure) {
        if (!isRunning) break;
        log.warn({ err: failure, kind: failureKind(failure) }, 'the relay lost PostgreSQL, trying again');
        await reconnect.next();
      } finally {
        // The server may never answer the end of the connection.
        await within(CLOSE_WITHIN_MS, client.end());
      }
    }
  };

  return {
    name: 'outbox-relay',
    start: async () => {
      isRunning = true;
      loop = keepRunning();
    },
    stop: async () => {
      isRunning = false;
      rest.ring();
      kafkaAway.cancel();
      reconnect.cancel();
      // A send to an unavailable Kafka may take longer than the stop may take: its rows are unmarked, and the next relay sends them.
      await within(STOP_WITHIN_MS, loop);
      await within(CLOSE_WITHIN_MS, Promise.all([client?.end(), sender.disconnect()]));
    },
  };
};
