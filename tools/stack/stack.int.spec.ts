// One contract for every way to provide PostgreSQL and Kafka: the same assertions run on each way that this machine has.
// What passes on one way therefore passes on the others. If containers cannot be tried, tools/test/containers.mts reports
// the reason.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, databaseSession } from '@hengji/host';
import { connectKafka } from '@hengji/messaging';
import { Client } from 'pg';
import { startStack } from './stack.mts';

interface RunningStack {
  readonly postgresUrl: string;
  readonly kafkaBrokers: string;
  stop(): Promise<void>;
}

const GIVEN = { DATABASE_URL_BASE: process.env['TEST_POSTGRES_URL'], KAFKA_BROKERS: process.env['TEST_KAFKA_BROKERS'] };
const START_LIMIT_MS = 240_000;
const folders: string[] = [];

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-stack-'));
  folders.push(folder);
  return folder;
};

const startBy = async (way: string, folder = newFolder()): Promise<RunningStack> => {
  const before = { ...process.env };
  Object.assign(process.env, { HENGJI_STACK: way }, way === 'given' ? GIVEN : {});
  try {
    return await startStack({ dataFolder: folder, log: () => undefined });
  } finally {
    for (const name of ['HENGJI_STACK', ...Object.keys(GIVEN)]) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
};

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new Client(databaseSession(url));
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const triesContainers = process.env['TEST_CONTAINERS_OBSTACLE'] === '' || process.env['REQUIRE_CONTAINERS'] === '1';
const ways = ['given', 'embedded', ...(triesContainers ? ['docker'] : [])];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.each(ways)('the stack, %s', (way) => {
  let stack: RunningStack;
  const database = `contract_${way}_${process.pid}`;

  beforeAll(async () => {
    stack = await startBy(way);
  }, START_LIMIT_MS);

  afterAll(async () => {
    await query(stack.postgresUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await stack.stop();
  }, START_LIMIT_MS);

  it('gives PostgreSQL 18 in UTF-8, where a database can be copied from another one', async () => {
    await query(stack.postgresUrl, `CREATE DATABASE ${database} TEMPLATE template0`);
    const [row] = await query(
      stack.postgresUrl,
      `SELECT current_setting('server_version_num')::int / 10000 AS major, pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = '${database}'`,
    );
    expect(row).toEqual({ major: 18, encoding: 'UTF8' });
  });

  it('accepts enough connections for every service at once', async () => {
    const [row] = await query(stack.postgresUrl, `SELECT current_setting('max_connections')::int AS connections`);
    expect(row?.['connections']).toBeGreaterThanOrEqual(400);
  });

  it('gives a broker that stores what is sent, and creates no topic by itself', async () => {
    const topicPrefix = `${database}.`;
    const kafka = connectKafka({
      brokers: stack.kafkaBrokers.split(','),
      clientId: 'contract',
      topicPrefix,
      log: createLog('contract', 'fatal'),
    });
    await kafka.createTopics([{ name: 'a.v1', settings: { partitions: 1, configs: {} } }]);
    const sender = kafka.sender();
    await sender.connect();
    await sender.send([{ topic: 'a.v1', records: [{ key: 'k', value: Buffer.from('值'), headers: {} }] }]);
    await expect(kafka.endOffsets('a.v1')).resolves.toEqual(new Map([[0, 1n]]));
    await expect(kafka.endOffsets('never-made.v1')).rejects.toThrow();
    await sender.disconnect();
  });
});

describe('an embedded stack', () => {
  it(
    'leaves no process and no data when it ends',
    async () => {
      const stack = await startBy('embedded');
      const folder = folders.at(-1) ?? '';
      expect(existsSync(join(folder, 'stack.json'))).toBe(true);
      await stack.stop();
      expect(existsSync(join(folder, 'stack.json'))).toBe(false);
      expect(existsSync(join(folder, 'kafka'))).toBe(false);
      await expect(query(stack.postgresUrl, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED|terminat/);
    },
    START_LIMIT_MS,
  );
});

for (const way of ways.filter((one) => one === 'docker'))
  describe('a stack of containers', () => {
    it(
      'is removed by the next run when its own run was killed',
      async () => {
        const parent = newFolder();
        const program = `import(${JSON.stringify(join(__dirname, 'stack.mts'))}).then(({ startStack }) => startStack({ dataFolder: process.argv[1], log: () => undefined })).then(({ postgresUrl }) => console.log(postgresUrl))`;
        const env = { ...process.env, HENGJI_STACK: way };
        const killed = spawn(process.execPath, ['-e', program, join(parent, 'killed')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
        const [said] = (await once(killed.stdout, 'data')) as [Buffer];
        const url = said.toString().trim();
        killed.kill('SIGKILL');
        await once(killed, 'exit');
        await expect(query(url, 'SELECT 1')).resolves.toHaveLength(1);
        const next = await startBy(way, join(parent, 'next'));
        await next.stop();
        await expect(query(url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED|terminat/);
      },
      START_LIMIT_MS,
    );
  });
