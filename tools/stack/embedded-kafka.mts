// Real Apache Kafka from its published jars: one node in KRaft mode, broker and controller in one process.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findJava } from './java.mts';
import { kafkaJars } from './kafka-jars.mts';
import { freePorts } from './ports.mts';
import { endProcess, type ProcessRecord } from './processes.mts';
import { startServer } from './server.mts';
import { SHORTEST_SESSION_MS } from './sessions.mts';

const START_LIMIT_MS = 180_000;

/**
 * Replication factors are one because there is one node. The short session lets a broker that was killed come back after
 * four seconds instead of eleven. With few partitions of the offsets topic, the first consumer group joins faster.
 */
const properties = ({ port, controllerPort, dataFolder }: { port: number; controllerPort: number; dataFolder: string }) =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': dataFolder,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 3,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 3,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': SHORTEST_SESSION_MS,
    'auto.create.topics.enable': false,
    'broker.session.timeout.ms': 2000,
    'broker.heartbeat.interval.ms': 300,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

export interface StartEmbeddedKafkaOptions {
  readonly folder: string;
  /** Reuse the data of an earlier run, and keep it for a later one */
  readonly keep: boolean;
  readonly started: (record: ProcessRecord) => void;
  readonly log: (line: string) => void;
}

export const startEmbeddedKafka = async ({
  folder,
  keep,
  started,
  log,
}: StartEmbeddedKafkaOptions): Promise<{
  brokers: string;
  how: string;
  shortestSessionMs: number;
  stop(): Promise<void>;
  restart(): Promise<void>;
  kill(): Promise<void>;
}> => {
  const java = findJava(log);
  const jars = await kafkaJars(log);
  const classPath = ['-cp', join(jars.folder, '*')];
  const dataFolder = join(folder, 'kafka');
  const config = join(folder, 'kafka.properties');
  if (!keep) rmSync(dataFolder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [port = 0, controllerPort = 0] = await freePorts(2);
  writeFileSync(config, properties({ port, controllerPort, dataFolder }));
  if (!existsSync(dataFolder)) {
    const clusterId = randomBytes(16).toString('base64url');
    await promisify(execFile)(java, [
      '-Xmx128m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      ...classPath,
      'kafka.tools.StorageTool',
      'format',
      '--standalone',
      // As one argument, because an id may begin with a dash.
      `--cluster-id=${clusterId}`,
      '-c',
      config,
    ]);
  }
  const start = () =>
    startServer({
      name: 'Kafka',
      command: java,
      args: ['-Xmx512m', '-Xms256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', ...classPath, 'kafka.Kafka', config],
      logFile: join(folder, 'kafka.log'),
      isReady: (output) => output.includes('Kafka Server started'),
      limitMs: START_LIMIT_MS,
      started,
    });
  let server = await start();
  return {
    brokers: `127.0.0.1:${port}`,
    how: `embedded Apache Kafka ${jars.version}`,
    shortestSessionMs: SHORTEST_SESSION_MS,
    stop: async () => {
      // Data that is never read again does not need a clean shutdown: this saves two seconds in every test run.
      await endProcess(server, { signal: keep ? 'SIGTERM' : 'SIGKILL' });
      if (!keep) rmSync(dataFolder, { recursive: true, force: true });
    },
    kill: () => endProcess(server, { signal: 'SIGKILL' }),
    restart: async () => {
      await endProcess(server);
      server = await start();
    },
  };
};
