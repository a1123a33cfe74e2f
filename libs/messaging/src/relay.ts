// Outbox → Kafka. One relay per database works at a time: it holds an advisory lock on the very connection it reads
// with, so that losing the connection is losing the office. Others stand by. It is woken by NOTIFY and polls as well.
// If the power fails between Kafka's answer and the mark, the rows go out once more: readers know them by their ids.
import { metrics, type Log, type Part } from '@hengji/host';
import { Client } from 'pg';
import type { Kafka, Sender } from './kafka';
import { bell, pauses, within } from './pauses';
import { backlog, batchesOf, forgetPublished, markPublished, sendable, sourceOf, waitingRows } from './relay-rows';
import { CHANNELS, wake } from './wake';

const POLL_MS = 500;
const STANDBY_MS = 1_000;
const MEASURE_EVERY_MS = 5_000;
const TIDY_EVERY_MS = 600_000;
const STOP_WITHIN_MS = 5_000;
/** Any number, the same in every relay: PostgreSQL counts advisory locks per database. */
const RELAY_LOCK = 727_001;

const depth = metrics.gauge('hengji_outbox_depth', 'Events written and not yet published', ['service']);
const age = metrics.gauge('hengji_outbox_oldest_seconds', 'Seconds that the oldest unpublished event has waited', ['service']);
const published = metrics.counter('hengji_outbox_published_total', 'Events published', ['service']);
const failures = metrics.counter('hengji_relay_failures_total', 'Passes that failed, by what was away', ['service', 'side']);

export interface RelayOptions {
  readonly service: string;
  readonly databaseUrl: string;
  readonly kafka: Kafka;
  readonly log: Log;
  /** Days for which published rows are kept, for `republish`. */
  readonly keepDays?: number;
}

/** Publishes this database's outbox: in commit order per key, at least once. Starts also while Kafka or PostgreSQL is away. */
export const outboxRelay = (o: RelayOptions): Part => {
  const { service, log, keepDays = 14 } = o;
  const labels = { service };
  const rest = bell();
  const reconnect = pauses({ firstMs: 200, longestMs: 5_000 });
  const kafkaAway = pauses({ firstMs: 200, longestMs: 5_000 });
  let running = false;
  let loop: Promise<void> = Promise.resolve();
  let current: Client | undefined;

  /** Sends what waits, stretch by stretch; marks one stretch while the next is on its way. Returns how many rows went. */
  const pass = async (client: Client, sender: Sender): Promise<number> => {
    const rows = await waitingRows(client);
    let marked: Promise<void> = Promise.resolve();
    for (const stretch of sendable(rows)) {
      try {
        await sender.send(batchesOf(stretch, sourceOf(service)));
      } catch (failure) {
        await marked;
        throw new KafkaAway(failure);
      }
      await marked;
      published.inc(labels, stretch.length);
      marked = markPublished(client, stretch);
      // Its failure is thrown by the await above; this keeps it from being called unhandled meanwhile.
      marked.catch(() => undefined);
    }
    await marked;
    return rows.length;
  };

  const chores = housekeeping(async (client) => {
    const waiting = await backlog(client);
    depth.set(labels, waiting.depth);
    age.set(labels, waiting.oldestSeconds);
  }, keepDays);

  const publishOrRest = async (client: Client, sender: Sender): Promise<void> => {
    try {
      const sent = await pass(client, sender);
      kafkaAway.reset();
      await chores(client);
      if (sent === 0) await rest.wait(POLL_MS);
    } catch (failure) {
      if (!(failure instanceof KafkaAway)) throw failure;
      failures.inc({ service, side: 'kafka' });
      log.error({ err: failure.cause }, 'Kafka does not take events; they wait in the outbox');
      await chores(client);
      await kafkaAway.next();
    }
  };

  /** One connection's life: listens, waits for the office, works until something fails or the part stops. */
  const hold = async (client: Client, sender: Sender): Promise<void> => {
    let broken: Error | undefined;
    client.on('error', (failure) => {
      broken = failure;
      rest.ring();
    });
    client.on('notification', ({ channel }) => {
      wake(channel);
      rest.ring();
    });
    await client.connect();
    for (const channel of CHANNELS) await client.query(`LISTEN ${channel}`);
    reconnect.reset();
    let inOffice = false;
    while (running) {
      if (broken) throw broken;
      inOffice ||= await takeOffice(client);
      if (inOffice) await publishOrRest(client, sender);
      else await rest.wait(STANDBY_MS);
    }
  };

  const keepRunning = async (sender: Sender): Promise<void> => {
    while (running) {
      const client = new Client({ connectionString: o.databaseUrl, keepAlive: true, application_name: `${service}-relay` });
      current = client;
      try {
        await hold(client, sender);
      } catch (failure) {
        if (!running) break;
        failures.inc({ service, side: 'postgresql' });
        log.warn({ err: failure }, 'the relay lost PostgreSQL, trying again');
        await reconnect.next();
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  };

  let sender: Sender | undefined;
  return {
    name: 'outbox-relay',
    start: async () => {
      running = true;
      sender = connectingSender(o.kafka.sender());
      loop = keepRunning(sender);
    },
    stop: async () => {
      running = false;
      rest.ring();
      kafkaAway.cancel();
      reconnect.cancel();
      // A send to a Kafka that is away may take longer than we may: its rows are unmarked, the next relay sends them.
      await within(STOP_WITHIN_MS, loop);
      await within(STOP_WITHIN_MS / 2, Promise.all([current?.end(), sender?.disconnect()]));
    },
  };
};

class KafkaAway extends Error {
  constructor(override readonly cause: unknown) {
    super('Kafka away');
  }
}

const takeOffice = async (client: Client): Promise<boolean> => {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [RELAY_LOCK]);
  return rows[0]?.taken === true;
};

/** Connects with the first send, and again with the next one when that failed. */
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

/** Measures every few seconds and forgets old rows every few minutes, between passes. */
const housekeeping = (measure: (client: Client) => Promise<void>, keepDays: number) => {
  let measuredAt = 0;
  let tidiedAt = Date.now();
  return async (client: Client): Promise<void> => {
    const now = Date.now();
    if (now - measuredAt > MEASURE_EVERY_MS) {
      await measure(client);
      measuredAt = now;
    }
    if (now - tidiedAt > TIDY_EVERY_MS) {
      const gone = await forgetPublished(client, keepDays);
      // A full bite means that there is more: take the next one soon.
      if (gone === 0) tidiedAt = now;
    }
  };
};
