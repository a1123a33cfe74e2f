// Measures how fast the relay empties an outbox into Kafka. The floor is a kafkajs producer that sends the same records.
// One run has events about one certificate each, the other has events about a thousand certificates each; orders produce
// the second kind.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TOPICS } from '@hengji/contracts';
import { createLog, keyring, signer } from '@hengji/host';
import { connectKafka, type IncomingRecord, type Kafka, outboxRelay } from '@hengji/messaging';
import { type Client } from 'pg';
import { withSession } from '../ground/floor-tables';
import type { Ground } from '../ground/ground';
import { type Stack, tools } from '../ground/neighbours';
import { type Figure, median, perSecond, type Report, round } from '../report';
import { type BareProducer, bareProducer } from './bare-producer';
import { fillOutbox, isWaiting } from './outbox-fill';

const ROUNDS = 3;
const LOOK_EVERY_MS = 2;
const PATIENCE_MS = 120_000;
const TOPIC = TOPICS.certificate.name;
const FLOOR_TOPIC = 'floor';

interface Shape {
  readonly name: string;
  readonly certificatesEach: number;
  /** One large event replaces this many small ones. */
  readonly weight: number;
}

const SHAPES: readonly Shape[] = [
  { name: 'one certificate an event', certificatesEach: 1, weight: 1 },
  { name: 'a thousand certificates an event', certificatesEach: 1_000, weight: 20 },
];

/** Milliseconds from the commit of these events until the last is marked as published. */
const relayOnce = async (client: Client, events: number, shape: Shape): Promise<number> => {
  await client.query('BEGIN');
  await fillOutbox(client, events, shape.certificatesEach);
  const started = performance.now();
  await client.query('COMMIT');
  for (const limit = started + PATIENCE_MS; await isWaiting(client); await pause(LOOK_EVERY_MS)) {
    if (performance.now() > limit) throw new Error(`the relay has not emptied the outbox in ${PATIENCE_MS / 1000} s`);
  }
  return performance.now() - started;
};

/** The last `count` records of the topic, as the relay sent them. */
const readBack = async (kafka: Kafka, count: number): Promise<IncomingRecord[]> => {
  const ends = await kafka.endOffsets(TOPIC);
  const total = Number([...ends.values()].reduce((sum, end) => sum + end, 0n));
  const records: IncomingRecord[] = [];
  let complete: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (complete = resolve));
  const reader = kafka.reader({
    group: `bench-${process.pid}-${count}-${total}`,
    topics: [TOPIC],
    commit: false,
    onBatch: async (batch) => {
      records.push(...batch.records);
      if (records.length >= total) complete();
    },
  });
  await reader.start();
  await all;
  await reader.stop();
  return records.slice(-count);
};

interface Measured {
  readonly relayed: number;
  readonly bare: number;
}

const measure = async (
  o: { client: Client; kafka: Kafka; bare: BareProducer; floorTopic: string },
  events: number,
  shape: Shape,
): Promise<Measured> => {
  const { client, kafka, bare, floorTopic } = o;
  const relayed: number[] = [];
  const direct: number[] = [];
  await relayOnce(client, Math.ceil(events / 10), shape);
  let records: readonly IncomingRecord[] | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    relayed.push(await relayOnce(client, events, shape));
    if (!records) {
      records = await readBack(kafka, events);
      await bare.send(floorTopic, records.slice(0, Math.ceil(events / 10)));
    }
    direct.push(await bare.send(floorTopic, records));
  }
  return { relayed: (events / median(relayed)) * 1000, bare: (events / median(direct)) * 1000 };
};

const DATABASE = 'bench_relay';

/** A service's database, migrated and empty. */
const newDatabase = async (postgresUrl: string): Promise<string> => {
  const { prepareDatabases } = await tools.databases();
  await prepareDatabases({ postgresUrl, services: ['certificate'], nameOf: () => DATABASE, keep: false });
  return Object.assign(new URL(postgresUrl), { pathname: `/${DATABASE}` }).toString();
};

const onGround = async (stack: Stack, events: number): Promise<[Shape, Measured][]> => {
  const databaseUrl = await newDatabase(stack.postgresUrl);
  const log = createLog('bench', 'warn');
  const brokers = stack.kafkaBrokers.split(',');
  const topicPrefix = `bench-relay-${process.pid}.`;
  const kafka = connectKafka({ brokers, clientId: 'bench', topicPrefix, log });
  const { settings } = TOPICS.certificate;
  await kafka.createTopics([TOPIC, FLOOR_TOPIC].map((name) => ({ name, settings })));
  const keys = keyring(mkdtempSync(join(tmpdir(), 'hengji-bench-keys-')));
  keys.make('bench', 'ED25519');
  const relaying = outboxRelay({ service: 'bench', databaseUrl, kafka, signer: signer({ keyFile: keys.keyFile('bench') }), log });
  await relaying.start();
  const bare = await bareProducer(brokers);
  const results: [Shape, Measured][] = [];
  try {
    await withSession(databaseUrl, async (client) => {
      const o = { client, kafka, bare, floorTopic: `${topicPrefix}${FLOOR_TOPIC}` };
      for (const shape of SHAPES) results.push([shape, await measure(o, Math.ceil(events / shape.weight), shape)]);
    });
  } finally {
    await relaying.stop();
    await bare.close();
    rmSync(dirname(keys.trustFile), { recursive: true, force: true });
  }
  return results;
};

/** Relays this many small events, and a twentieth as many large ones. */
export const relay = async (ground: Ground, events: number): Promise<Report> => {
  const results = await onGround(await ground.stack(), events);
  const figures = results.map(([{ name }, { relayed, bare }]): Figure => ({
    what: name,
    measured: perSecond(relayed),
    floor: perSecond(bare),
    ratio: round(relayed / bare),
  }));
  const shapes = results.map(([{ certificatesEach }, { relayed, bare }]) => ({
    certificatesEach,
    eventsPerSecond: Math.round(relayed),
    floorPerSecond: Math.round(bare),
    ratio: round(relayed / bare),
  }));
  return { floorIs: 'a kafkajs producer sending the same records', figures, json: { events, shapes } };
};
