// PostgreSQL and Kafka as containers. A running engine is not enough: without the image, and without a registry that
// delivers it quickly, containers are not used, and the caller tries the next way. Containers have the data folder and the
// machine as labels, so that the containers of a killed run are found again. The labels replace testcontainers' own
// reaper, which would need one more image.
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { isClaimed } from './claim.mts';
import { freePorts } from './ports.mts';
import { SHORTEST_SESSION_MS } from './sessions.mts';
import type { getContainerRuntimeClient, StartedTestContainer } from 'testcontainers';

/** The type of the Docker client in testcontainers. */
type Docker = Awaited<ReturnType<typeof getContainerRuntimeClient>>['container']['dockerode'];

const POSTGRES_IMAGE = 'postgres:18-bookworm';
const KAFKA_IMAGE = 'apache/kafka:4.3.1';
const SETTINGS = ['-c', 'fsync=off', '-c', 'max_connections=400', '-c', 'shared_buffers=256MB'];
const PULL_LIMIT_MS = 5_000;
const LABEL = 'hengji.stack';
const labels = (folder: string) => ({ [LABEL]: folder, 'hengji.host': hostname() });

const library = async () => {
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  return import('testcontainers');
};

const engine = async (): Promise<Docker | undefined> => {
  const { getContainerRuntimeClient } = await library();
  try {
    return (await getContainerRuntimeClient()).container.dockerode;
  } catch {
    return undefined;
  }
};

const pull = async (docker: Docker, image: string) => {
  const stream = await docker.pull(image);
  await new Promise((resolve, reject) => docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve(undefined))));
  return true;
};

/** The engine continues to pull after the limit, so that the next start finds the image. */
const pulledInTime = (docker: Docker, image: string) => {
  const limit = new Promise((resolve) => setTimeout(resolve, PULL_LIMIT_MS, false).unref());
  return Promise.race([pull(docker, image).catch(() => false), limit]);
};

const hasImage = async (docker: Docker, image: string) => {
  try {
    await docker.getImage(image).inspect();
    return true;
  } catch {
    return pulledInTime(docker, image);
  }
};

const look = async () => {
  const docker = await engine();
  if (docker === undefined) return 'no Docker engine answers';
  for (const image of [POSTGRES_IMAGE, KAFKA_IMAGE]) {
    if (!(await hasImage(docker, image))) return `image ${image} is not here and did not arrive within ${PULL_LIMIT_MS / 1000} s`;
  }
  return undefined;
};

let looked: Promise<string | undefined> | undefined;

/**
 * The reason why containers cannot be used here, or nothing if they can. Checked once per process, because a failing pull
 * takes time.
 */
export const dockerObstacle = (): Promise<string | undefined> => (looked ??= look());

/**
 * Removes containers that earlier runs left: those of this data folder, and those of sibling folders whose owner is gone
 * (every test run has a separate folder).
 */
export const removeLeftContainers = async (folder: string) => {
  const docker = await engine();
  if (docker === undefined) return;
  const ours = await docker.listContainers({ all: true, filters: { label: [LABEL, `hengji.host=${hostname()}`] } });
  const left = ours.filter(({ Labels: { [LABEL]: of = '' } }) => of === folder || (dirname(of) === dirname(folder) && !isClaimed(of)));
  await Promise.all(left.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
};

const server = <T extends object>(container: StartedTestContainer, rest: T) => ({
  ...rest,
  stop: async () => void (await container.stop({ timeout: 0, remove: true, removeVolumes: true })),
  kill: async () => (await engine())?.getContainer(container.getId()).kill(),
  freeze: async () => (await engine())?.getContainer(container.getId()).pause(),
  thaw: async () => (await engine())?.getContainer(container.getId()).unpause(),
  restart: async () => (await engine())?.getContainer(container.getId()).restart({ t: 5 }),
});

/** @param timeZone of the server; UTC by default */
export const startDockerPostgres = async (folder: string, timeZone: string = 'UTC') => {
  const { GenericContainer, Wait } = await library();
  const [port = 0] = await freePorts(1);
  const container = await new GenericContainer(POSTGRES_IMAGE)
    .withEnvironment({ POSTGRES_USER: 'hengji', POSTGRES_PASSWORD: 'hengji', POSTGRES_DB: 'postgres' })
    .withLabels(labels(folder))
    .withExposedPorts({ container: 5432, host: port })
    .withCommand(['postgres', ...SETTINGS, '-c', `timezone=${timeZone}`])
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
    .start();
  return server(container, { url: `postgresql://hengji:hengji@${container.getHost()}:${port}/postgres`, how: `Docker ${POSTGRES_IMAGE}` });
};

/** A broker sends its address to its clients, so its port on the host is chosen before it starts. */
export const startDockerKafka = async (folder: string) => {
  const { GenericContainer, Wait } = await library();
  const [port = 0] = await freePorts(1);
  const container = await new GenericContainer(KAFKA_IMAGE)
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'CONTROLLER://localhost:9091,HOST://0.0.0.0:9092',
      KAFKA_ADVERTISED_LISTENERS: `HOST://localhost:${port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9091',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,HOST:PLAINTEXT',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'HOST',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: String(SHORTEST_SESSION_MS),
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    })
    .withLabels(labels(folder))
    .withExposedPorts({ container: 9092, host: port })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return server(container, { brokers: `localhost:${port}`, how: `Docker ${KAFKA_IMAGE}`, shortestSessionMs: SHORTEST_SESSION_MS });
};
