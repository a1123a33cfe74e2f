// Records that become large in memory, read by a process with the heap size of the container image: the process survives and continues with
// the records behind them.
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TOPICS } from '@hengji/contracts';
import { closeAfterSuite, kafkaProbe, sealedBytes, startParts, testBrokers, testKeyConfig, testSealer, until } from '@hengji/testing';
import { buildSync } from 'esbuild';
import { consumer, type Kafka } from '../src';
import { event, KEY, OTHER, parkedRows, relayOf, seals } from './hearing';
import { rawBatch, sendRawBatch, type RawRecordContent } from './raw-batch';
import { effectsOf, listening, log, rowReleased, stage, upTo, type Stage } from './stage';

const HEAP_MB = 192;
/** After a process died, its group waits this long. */
const SESSION_MS = Number(process.env['TEST_KAFKA_SHORTEST_SESSION_MS'] ?? '6000');
const TOPIC = TOPICS.enforcement.name;
const root = resolve(__dirname, '../../..');
// Below node_modules, where the packages outside the bundle are found.
const folder = mkdtempSync(join(root, 'node_modules/.hengji-heard-'));
const program = join(folder, 'heard.cjs');

beforeAll(() => {
  buildSync({
    ...{ entryPoints: [join(__dirname, 'fixtures/heard.ts')], outfile: program, bundle: true, platform: 'node', target: 'node24' },
    ...{ format: 'cjs', tsconfig: join(root, 'tsconfig.base.json'), external: ['kafkajs', 'pg', 'pg-native'], logLevel: 'error' },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Heard {
  readonly child: ChildProcess;
  /** Undefined while the process runs. */
  exit(): string | undefined;
  /** How many events a tail has passed on, by partition. */
  told(): ReadonlyMap<number, number>;
}

const hear = (at: Stage, mode: 'consumer' | 'tail', deadlyRow = 0): Heard => {
  testSealer('enforcement');
  const { TRUSTED_KEYS_FILE: trustFile } = testKeyConfig('exam');
  const { databaseUrl, prefix } = at;
  const child = fork(
    program,
    [JSON.stringify({ mode, databaseUrl, prefix, trustFile, deadlyRow, sessionMs: SESSION_MS, brokers: testBrokers() })],
    {
      execArgv: [`--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=8'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  );
  closeAfterSuite(async () => void child.kill('SIGKILL'));
  let exit: string | undefined;
  let told = new Map<number, number>();
  child.once('exit', (code, signal) => (exit = String(code ?? signal)));
  child.on('message', (message) => (told = new Map(message as [number, number][])));
  return { child, exit: () => exit, told: () => told };
};

/** Polls until the condition holds, or the process has died. */
const untilLiving = async <T>(heard: Heard, look: () => T | Promise<T>, holds: (seen: T) => boolean): Promise<void> => {
  await until(
    async () => ({ seen: await look(), exit: heard.exit() }),
    ({ seen, exit }) => exit !== undefined || holds(seen),
    { withinMs: 45_000 },
  );
  expect(heard.exit()).toBeUndefined();
};

const emptyRows = Buffer.alloc(900_000, Buffer.from([0x32, 0x00]));
const NOTHING = Buffer.alloc(0);
const shortNames = upTo(150_000).map((n): [string, Buffer] => [n.toString(36), NOTHING]);

/** The record with the seal of the topic's owner, so that it is decoded. */
const sealedBomb = (value: Buffer): RawRecordContent => {
  const [message] = sealedBytes(TOPICS.enforcement, [{ event: event(1), value }]);
  const headers = Object.entries(message?.headers ?? {}).map(([name, own]): [string, Buffer] => [name, Buffer.from(own)]);
  return { key: Buffer.from(KEY), value, headers };
};

interface Bomb {
  readonly batches: number;
  readonly records: number;
  readonly content: () => RawRecordContent;
}

const BOMBS: Readonly<Record<string, Bomb>> = {
  '110,000 records of no bytes in a batch': { batches: 1, records: 110_000, content: () => ({ key: null, value: null }) },
  '450,000 elements in a record, eight times': { batches: 8, records: 1, content: () => sealedBomb(emptyRows) },
  'a value of 1 MB, fifty times': {
    batches: 50,
    records: 1,
    content: () => ({ key: Buffer.from(KEY), value: Buffer.alloc(1_000_000, 1) }),
  },
  '150,000 headers in a record, twice': { batches: 2, records: 1, content: () => ({ key: null, value: null, headers: shortNames }) },
};

const sendAll = async ({ prefix }: Stage, partition: number, { batches, records, content }: Bomb): Promise<void> => {
  const batch = rawBatch(records, content());
  for (let sent = 0; sent < batches; sent += 1) await sendRawBatch(`${prefix}${TOPIC}`, partition, batch);
};

describe(`with a heap of ${HEAP_MB} MB`, () => {
  it.each(Object.entries(BOMBS))('%s: a tail reads them and the records behind them', async (_what, bomb) => {
    const at = await stage();
    for (const partition of [0, 1]) await sendAll(at, partition, bomb);
    const ends = await at.kafka.endOffsets(TOPIC);
    const tailing = hear(at, 'tail');
    await untilLiving(tailing, tailing.told, (told) => [...ends].every(([partition, end]) => (told.get(partition) ?? 0) >= Number(end)));
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(1));
    const sum = [...ends.values()].reduce((all, end) => all + Number(end), 0);
    await untilLiving(tailing, tailing.told, (told) => [...told.values()].reduce((all, end) => all + end, 0) === sum + 1);
  });

  it.each(Object.entries(BOMBS))('%s: a consumer handles or parks them and all other records', async (_what, bomb) => {
    const at = await stage();
    await startParts([relayOf(at)]);
    await at.say(OTHER, 1);
    const inspector = at.kafka.inspector();
    closeAfterSuite(inspector.close);
    const bounds = await until(
      () => inspector.bounds(TOPIC),
      (all) => [...all.values()].some(({ high }) => high > 0n),
    );
    const [others] = [...bounds].find(([, { high }]) => high > 0n) ?? [0];
    const bombed = (others + 1) % 3;
    await sendAll(at, bombed, bomb);
    const hearing = hear(at, 'consumer');
    await at.say(OTHER, 2);
    await untilLiving(
      hearing,
      () => effectsOf(at.db, OTHER),
      (rows) => rows.length === 2,
    );
    // Thousands of small records need more than one fetch; all of them would be parked one by one.
    const enough = Math.min(bomb.batches * bomb.records, 3_000);
    const done = async (): Promise<number> => Number((await inspector.committed('exam', TOPIC)).get(bombed) ?? 0n);
    await untilLiving(hearing, done, (offset) => offset >= enough);
  });

  it('a process that dies twice at a record handles the records before it, and then that record, once', async () => {
    const at = await stage();
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, ...upTo(5).map((n) => event(n, rowReleased('order-1', n))));
    for (const _death of upTo(2)) {
      const dying = hear(at, 'consumer', 3);
      await until(dying.exit, (exit) => exit === 'SIGKILL', { withinMs: 30_000 });
      expect(await effectsOf(at.db, KEY)).toEqual([]);
    }
    const careful = hear(at, 'consumer', 3);
    await until(careful.exit, (exit) => exit === 'SIGKILL', { withinMs: 30_000 });
    expect(await effectsOf(at.db, KEY)).toEqual([1, 2]);
    // A process that has just started, without a partition, already reports the deaths of the earlier ones.
    const waitingToJoin: Kafka = { ...at.kafka, reader: (o) => ({ ...at.kafka.reader(o), start: async () => undefined }) };
    const started = consumer({
      ...{ service: 'exam', db: at.db, kafka: waitingToJoin, topics: [listening()], seals: seals(), log, stuckAfterMs: 1_000 },
    });
    await startParts([started]);
    await until(started.trouble, (trouble) => trouble?.includes('5 records wait') ?? false);
    const mended = hear(at, 'consumer');
    await untilLiving(
      mended,
      () => effectsOf(at.db, KEY),
      (rows) => rows.length === 5,
    );
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(5));
    expect(await parkedRows(at)).toEqual([]);
  });
});
