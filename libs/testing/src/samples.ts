// Sends every event that was ever released to the service under test, as stored in libs/contracts/samples: byte for byte,
// each twice, in the order of their sequence, in newly sealed records. A service that can no longer decode one of them
// would stop at that event in production.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CANARY_TOPIC, TOPICS, type Envelope, type Topic } from '@hengji/contracts';
import { query } from './database';
import { sealedBytes, type KafkaProbe, type ProbeMessage } from './kafka-probe';
import { until } from './until';

const SAMPLES = join(__dirname, '../../contracts/samples');

interface Sent {
  readonly topic: string;
  readonly key: string;
  readonly last: bigint;
}

const unsealed = ({ headers: { hengji_seal: _seal, ...headers } = {}, ...message }: ProbeMessage): ProbeMessage => ({
  ...message,
  headers,
});

const send = async (probe: KafkaProbe, topic: Topic<Envelope>, isSealed: boolean): Promise<Sent> => {
  const samples = JSON.parse(await readFile(join(SAMPLES, `${topic.name}.json`), 'utf8')) as { base64: string }[];
  const values = samples.map(({ base64 }) => Buffer.from(base64, 'base64'));
  const key = topic.codec.decode(values[0] ?? Buffer.alloc(0)).meta?.institution ?? '';
  // A progress report does not contain its writer.
  const writer = topic.owner === 'many' ? { writer: 'exam' } : {};
  const records = values.flatMap((value) => sealedBytes(topic, [{ value, event: topic.codec.decode(value) }], writer));
  await probe.produce(topic.name, ...records.map((record) => (isSealed ? record : unsealed(record))).flatMap((record) => [record, record]));
  return { topic: topic.name, key, last: BigInt(samples.length) };
};

/** Sends every sample of every topic; returns the last sequence of each topic. For consumers without a database. */
export const sendSamples = async (probe: KafkaProbe, isSealed = true): Promise<readonly Sent[]> => {
  const sent: Sent[] = [];
  for (const topic of Object.values(TOPICS) as Topic<Envelope>[]) sent.push(await send(probe, topic, isSealed));
  return sent;
};

interface Heard {
  readonly parked: readonly object[];
  readonly seen: readonly { readonly topic: string; readonly last: bigint }[];
}

/** One transaction writes a parked message and the sequence that marks it as seen, so both are read together. */
const hearing = async (databaseUrl: string): Promise<Heard> => {
  const seen = await query<{ topic: string; last: string }>(databaseUrl, `SELECT topic, last::text FROM messaging.seen_sequence`);
  const parked = await query<object>(
    databaseUrl,
    `SELECT topic, type, state, reason FROM messaging.parked WHERE state <> 'quarantined' ORDER BY id`,
  );
  return { parked, seen: seen.map(({ topic, last }) => ({ topic, last: BigInt(last) })) };
};

/**
 * Replays all released samples to a running service and waits until it has settled those of `heard`, the topics that the
 * service subscribes to. Fails when an event is parked, when an event leaves a gap, or when the service consumes a topic
 * that is not in `heard`.
 */
export const replaySamples = async (probe: KafkaProbe, databaseUrl: string, heard: readonly { readonly name: string }[]): Promise<void> => {
  const names = heard.map(({ name }) => name).sort();
  const sent = (await sendSamples(probe)).filter(({ topic }) => names.includes(topic));
  const { parked, seen } = await until(
    () => hearing(databaseUrl),
    (now) => now.parked.length > 0 || sent.every(({ topic, last }) => now.seen.some((one) => one.topic === topic && one.last >= last)),
    { withinMs: 30_000 },
  );
  expect(parked).toEqual([]);
  expect(seen.map(({ topic }) => topic).sort()).toEqual(names);
  expect(await query(databaseUrl, `SELECT topic, key, first_missing, last_missing FROM messaging.gap`)).toEqual([]);
};

/**
 * Sends all released samples without a seal, as any writer with access to the topics could. Waits until the service has
 * quarantined those of `heard`. Fails when one of them is handled, counted, or holds its institution.
 */
export const forgeSamples = async (probe: KafkaProbe, databaseUrl: string, heard: readonly { readonly name: string }[]): Promise<void> => {
  const names = heard.map(({ name }) => name);
  const sent = (await sendSamples(probe, false)).filter(({ topic }) => names.includes(topic));
  const count = sent.reduce((sum, { last }) => sum + Number(last) * 2, 0);
  const rows = await until(
    () => query<{ state: string; reason: string }>(databaseUrl, `SELECT state, reason FROM messaging.parked`),
    (parked) => parked.length >= count,
    { withinMs: 30_000 },
  );
  expect(new Set(rows.map(({ state, reason }) => `${state} ${reason}`))).toEqual(new Set(['quarantined seal.missing']));
  for (const table of ['inbox', 'seen_sequence', 'gap', 'parked_key'])
    expect([table, await query(databaseUrl, `SELECT 1 FROM messaging.${table} LIMIT 1`)]).toEqual([table, []]);
  // certificate voids its canary whatever arrives.
  expect(await query(databaseUrl, `SELECT type FROM messaging.outbox WHERE topic <> $1`, [CANARY_TOPIC.name])).toEqual([]);
};
