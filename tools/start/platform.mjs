// The whole platform as one object: stack, databases, topics, services. `npm start`, the demo, the bench and the end-to-end
// tests start it here, each in a data folder of its own, so that several can run side by side.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { claimFolder } from '../stack/claim.mjs';
import { startStack } from '../stack/stack.mjs';
import { freePorts } from '../stack/ports.mjs';
import { databaseUrl } from '../stack/templates.mjs';
import { prepareDatabases } from './databases.mjs';
import { addressesOf, environmentOf, SERVICES } from './services.mjs';
import { inherited } from './inherited.mjs';
import { makeKeys } from './keys.mjs';
import { assignPorts, secretsIn } from './settings.mjs';
import { createTopics } from './topics.mjs';
import { supervised } from './supervised.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = (project) => join(root, 'dist', project, 'main.js');

/** Starts each service as soon as those before it are ready. */
const startInOrder = async (processes) => {
  const ready = new Map();
  for (const { name, after } of SERVICES) {
    ready.set(
      name,
      Promise.all(after.map((earlier) => ready.get(earlier))).then(() => processes.get(name).start()),
    );
  }
  const results = await Promise.allSettled(ready.values());
  const failures = new Set(results.filter(({ status }) => status === 'rejected').map(({ reason }) => reason.message));
  if (failures.size > 0) throw new Error([...failures].join('\n\n'));
};

const stopInReverse = async (processes) => {
  const waves = [['gateway', 'verify'], SERVICES.map(({ name }) => name).filter((name) => !['gateway', 'verify'].includes(name))];
  for (const wave of waves) await Promise.all(wave.map((name) => processes.get(name).stop()));
};

const checkBuilt = () => {
  const missing = SERVICES.find(({ name }) => !existsSync(program(`apps/${name}`)));
  if (missing) throw new Error(`dist/apps/${missing.name}/main.js does not exist; build first: node tools/build/build.mjs`);
};

const WITH_DATABASE = SERVICES.filter(({ database }) => database).map(({ name }) => name);

/** A process of a service that is not started yet; `own` is what this one is told that its siblings are not. */
const processOf = ({ shape, environment, environmentFor, logFile, log, started }, service, { name, main, own }) => {
  const env = { ...inherited(), ...environmentOf(service, shape), ...environment, ...environmentFor[service.name], ...own };
  const readyUrl = `http://127.0.0.1:${env.HEALTH_PORT}/readyz`;
  const one = supervised({ name, program: main, env, cwd: root, logFile: logFile(name), readyUrl, log, started });
  return { ...one, metricsUrl: `http://127.0.0.1:${env.HEALTH_PORT}/metrics` };
};

const processesOf = (o) =>
  new Map(
    SERVICES.map((service) => [
      service.name,
      processOf(o, service, { name: service.name, main: program(`apps/${service.name}`), own: {} }),
    ]),
  );

/** What programs that talk to the platform need to know. */
const toldToPrograms = (addresses, { secrets: { CALLER_SECRET, SEAL_KEY, PERSON_KEY, DEMO_PASSWORD }, keys }) => ({
  ...addresses,
  ...{ CALLER_SECRET, SEAL_KEY, PERSON_KEY, DEMO_PASSWORD, KEYS_FOLDER: keys },
});

/** A second process of a service, on ports of its own. */
const replicaOf = async (house, name, main = program(`apps/${name}`)) => {
  const service = SERVICES.find((one) => one.name === name);
  const [port] = await freePorts(1);
  return processOf(house, service, { name: `${name}-2`, main, own: { GRPC_PORT: '0', HEALTH_PORT: String(port) } });
};

const startReplica = async (house, replicas, { name, main }) => {
  const second = await replicaOf(house, name, main);
  replicas.push(second);
  await second.start();
  return { metricsUrl: second.metricsUrl };
};

/**
 * @typedef {object} Platform
 * @property {Record<string, string>} addresses EXAM_ADDR …, GATEWAY_URL, VERIFY_URL, AGENCY_SIM_URL
 * @property {Record<string, string>} environment addresses and shared secrets, for programs that talk to the platform
 * @property {import('../stack/stack.mjs').Stack} stack
 * @property {(name: string) => string} databaseUrl of a service
 * @property {(name: string) => string} logFile of a service
 * @property {(name: string) => number | undefined} pid
 * @property {(name: string, o?: { stayDown?: boolean }) => Promise<void>} kill SIGKILL; it comes back after a second unless it shall stay down
 * @property {(name: string) => Promise<void>} restart brings it up (again) and waits until it is ready
 * @property {(name: string) => Promise<void>} untilReady
 * @property {(name: string) => string} metricsUrl of a service's first process
 * @property {(name: string, main?: string) => Promise<{ metricsUrl: string }>} replica starts a second process of a service that lives by its database
 *   and Kafka, on ports of its own; from another build where `main` names one: two versions at once
 * @property {() => Promise<void>} stop
 */

/**
 * @param {object} o
 * @param {string} o.dataFolder
 * @param {(line: string) => void} [o.log]
 * @param {boolean} [o.keep] go on with the data of an earlier run
 * @param {Record<string, number>} [o.preferredPorts] HTTP port by service, where free
 * @param {Record<string, string>} [o.environment] added to every service's
 * @param {Record<string, Record<string, string>>} [o.environmentFor] added to that of the services named
 * @param {{ postgresUrl: string, kafkaBrokers: string }} [o.stack] use this one, and leave it running at the end
 * @param {string} [o.timeZone] of PostgreSQL's server, where it is started here; UTC unless told
 * @param {string} [o.name] of databases (`<name>_exam`); with a stack that others use too, one that nobody else has
 * @param {string} [o.topicPrefix]
 * @returns {Promise<Platform>}
 */
export const startPlatform = async (o) => {
  const {
    dataFolder,
    log = console.log,
    keep = false,
    preferredPorts = {},
    environment = {},
    environmentFor = {},
    stack: borrowed,
    timeZone,
    name: prefix = 'hengji',
    topicPrefix = '',
  } = o;
  checkBuilt();
  const claim = await claimFolder(join(dataFolder, 'services'), log);
  if (!keep) rmSync(join(dataFolder, 'logs'), { recursive: true, force: true });
  const stack = borrowed ?? (await startStack({ dataFolder, log, keep, timeZone }));
  const secrets = secretsIn(dataFolder);
  const ports = await assignPorts(preferredPorts, log);
  const nameOf = (service) => `${prefix}_${service.replaceAll('-', '_')}`;
  const logFile = (service) => join(dataFolder, 'logs', `${service}.log`);
  const shape = {
    ports,
    secrets,
    keys: join(dataFolder, 'keys'),
    databaseUrl: (service) => databaseUrl(stack.postgresUrl, nameOf(service)),
    kafkaBrokers: stack.kafkaBrokers,
    topicPrefix,
  };
  const house = { shape, environment, environmentFor, logFile, log, started: claim.add };
  const processes = processesOf(house);
  const replicas = [];
  const stop = async () => {
    await Promise.all(replicas.map((one) => one.stop()));
    await stopInReverse(processes);
    if (!borrowed) await stack.stop();
    claim.release();
  };
  try {
    await Promise.all([
      prepareDatabases({ postgresUrl: stack.postgresUrl, services: WITH_DATABASE, nameOf, keep }),
      createTopics(stack.kafkaBrokers, topicPrefix),
      makeKeys(shape.keys),
    ]);
    await startInOrder(processes);
  } catch (error) {
    await stop();
    throw error;
  }
  const addresses = addressesOf(ports);
  return {
    addresses,
    environment: toldToPrograms(addresses, shape),
    stack,
    databaseUrl: shape.databaseUrl,
    logFile,
    metricsUrl: (name) => processes.get(name).metricsUrl,
    pid: (name) => processes.get(name).pid(),
    kill: (name, how) => processes.get(name).kill(how),
    restart: async (name) => {
      await processes.get(name).stop();
      await processes.get(name).start();
    },
    untilReady: (name) => processes.get(name).untilReady(),
    replica: (name, main) => startReplica(house, replicas, { name, main }),
    stop,
  };
};
