// One connection that works as a relay. One relay per database works at a time: it holds its office on the connection it reads with, so a
// lost connection is a lost office. Other relays wait.
import { metrics, type Log, type Signer } from '@hengji/host';
import type { Client } from 'pg';
import { PROBE } from '../database/write-probe';
import type { Sender } from '../kafka/kafka';
import type { Bell, Pauses } from '../pauses';
import { CHANNELS, wake } from '../wake';
import { type Office, takeOffice } from './office';
import { NotSent, publishWaiting } from './pass';

const POLL_MS = 1_000;
const STANDBY_MS = 1_000;

const failures = metrics.counter(
  'hengji_relay_failures_total',
  'Passes that failed because Kafka was away or the signing key could not be used',
  ['service'],
);

export interface Session {
  readonly service: string;
  readonly signer: Signer;
  readonly client: Client;
  readonly sender: Sender;
  readonly log: Log;
  /** Rung when there may be something to publish, when the connection breaks, and when the relay stops. */
  readonly rest: Bell;
  readonly kafkaAway: Pauses;
  readonly housekeep: (client: Client) => Promise<void>;
  readonly running: () => boolean;
  /** Called when PostgreSQL has answered, and has taken a write from the office holder. */
  readonly connected: () => void;
}

const publishOrRest = async (s: Session, office: Office): Promise<void> => {
  try {
    const sent = await publishWaiting({ client: s.client, sender: s.sender, office, by: s });
    s.kafkaAway.reset();
    await s.housekeep(s.client);
    if (sent === 0) await s.rest.wait(POLL_MS);
  } catch (failure) {
    if (!(failure instanceof NotSent)) throw failure;
    failures.inc({ service: s.service });
    s.log.error({ err: failure.cause }, `${failure.message}; they wait in the outbox`);
    await s.housekeep(s.client);
    await s.kafkaAway.next();
  }
};

/** A relay that cannot mark what it sent would send it again and again; so it writes before its first send. */
const takeOfficeAndWrite = async (client: Client): Promise<Office | undefined> => {
  const office = await takeOffice(client);
  if (office) await client.query(PROBE);
  return office;
};

/** Listens, waits for the office, publishes; until the part stops, or throws when the PostgreSQL connection is lost. */
export const holdSession = async (s: Session): Promise<void> => {
  let broken: Error | undefined;
  s.client.on('error', (failure) => {
    broken = failure;
    s.rest.ring();
  });
  s.client.on('notification', ({ channel }) => {
    wake(channel);
    s.rest.ring();
  });
  await s.client.connect();
  for (const channel of CHANNELS) await s.client.query(`LISTEN ${channel}`);
  let office: Office | undefined;
  while (s.running()) {
    if (broken) throw broken;
    office ??= await takeOfficeAndWrite(s.client);
    s.connected();
    if (office) await publishOrRest(s, office);
    else await s.rest.wait(STANDBY_MS);
  }
};
