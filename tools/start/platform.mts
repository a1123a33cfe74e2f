// The whole platform as one object: stack, databases, topics, services. `npm start`, the demo, the bench and the
// end-to-end tests start it here. Each platform has a separate data folder, so that several can run at once.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { claimFolder } from '../stack/claim.mts';
import { startStack, type Stack } from '../stack/stack.mts';
import { freePorts } from '../stack/ports.mts';
import type { ProcessRecord } from '../stack/processes.mts';
import { databaseUrl } from '../stack/templates.mts';
import { prepareDatabases } from './databases.mts';
import { addressesOf, environmentOf, SERVICES, type PlatformShape, type Service } from './services.mts';
import { inherited } from './inherited.mts';
import { makeKeys } from './keys.mts';
import { assignPorts, secretsIn } from './settings.mts';
import { createTopics } from './topics.mts';
import { supervised, type Supervised } from './supervised.mts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = (project: string) => join(root, 'dist', project, 'main.js');

interface Process extends Supervised {
  readonly metricsUrl: string;
}

type Processes = ReadonlyMap<string, Process>;

const named = (processes: Processes, name: string): Process => {
  const found = processes.get(name);
  if (!found) throw new Error(`the platform has no service ${name}`);
  return found;
};

/** Starts each service as soon as the services before it are ready. */
const startInOrder = async (processes: Processes) => {
  const ready = new Map<string, Promise<void>>();
  for (const { name, after } of SERVICES) {
    ready.set(
      name,
      Promise.all(after.flatMap((earlier) => ready.get(earlier) ?? [])).then(() => named(processes, name).start()),
    );
  }
  const results = await Promise.allSettled(ready.values());
  const failures = new Set(results.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : [])));
  if (failures.size > 0) throw new Error([...failures].join('\n\n'));
};

const stopInReverse = async (processes: Processes) => {
  const waves = [['gateway', 'verify'], SERVICES.map(({ name }) => name).filter((name) => !['gateway', 'verify'].includes(name))];
  for (const wave of waves) await Promise.all(wave.map((name) => named(processes, name).stop()));
};

const checkBuilt = () => {
  const missing = SERVICES.find(({ name }) => !existsSync(program(`apps/${name}`)));
  if (missing) throw new Error(`dist/apps/${missing.name}/main.js does not exist; build first: node tools/build/build.mts`);
};

const WITH_DATABASE = SERVICES.filter(({ database }) => database).map(({ name }) => name);

/** The settings that the processes of one platform share. */
interface House {
  readonly shape: PlatformShape;
  readonly environment: Readonly<Record<string, string>>;
  readonly environmentFor: Readonly<Record<string, Record<string, string>>>;
  logFile(service: string): string;
  readonly log: (line: string) => void;
  readonly started: (record: ProcessRecord) => void;
}

interface ProcessOptions {
  readonly name: string;
  readonly main: string;
  readonly own: Readonly<Record<string, string>>;
}

/** A process of a service that is not started yet; `own` holds the settings that only this process gets. */
const processOf = (house: House, service: Service, { name, main, own }: ProcessOptions): Process => {
  const { shape, environment, environmentFor, logFile, log, started } = house;
  const env: Record<string, string> = {
    ...inherited(),
    ...environmentOf(service, shape),
    ...environment,
    ...environmentFor[service.name],
    ...own,
  };
  const healthUrl = `http://127.0.0.1:${env['HEALTH_PORT']}`;
  const one = supervised({ name, program: main, env, cwd: root, logFile: logFile(name), readyUrl: `${healthUrl}/readyz`, log, started });
  return { ...one, metricsUrl: `${healthUrl}/metrics` };
};

const processesOf = (house: House): Processes =>
  new Map(
    SERVICES.map((service) => [
      service.name,
      processOf(house, service, { name: service.name, main: program(`apps/${service.name}`), own: {} }),
    ]),
  );

/** The environment of programs that call the platform. */
const toldToPrograms = (addresses: Record<string, string>, { secrets, keys }: PlatformShape): Record<string, string> => {
  const { CALLER_SECRET, SEAL_KEY, PERSON_KEY, DEMO_PASSWORD } = secrets;
  return { ...addresses, CALLER_SECRET, SEAL_KEY, PERSON_KEY, DEMO_PASSWORD, KEYS_FOLDER: keys };
};

/** A second process of a service, on ports of its own. */
const replicaOf = async (house: House, name: string, main = program(`apps/${name}`)): Promise<Process> => {
  const service = SERVICES.find((one) => one.name === name);
  if (!service) throw new Error(`the platform has no service ${name}`);
  const [port] = await freePorts(1);
  return processOf(house, service, { name: `${name}-2`, main, own: { GRPC_PORT: '0', HEALTH_PORT: String(port) } });
};

type Addresses = Pick<Stack, 'postgresUrl' | 'kafkaBrokers'>;

export interface Platform {
  /** EXAM_ADDR …, GATEWAY_URL, VERIFY_URL, AGENCY_SIM_URL */
  readonly addresses: Record<string, string>;
  /** Addresses and shared secrets, for programs that talk to the platform */
  readonly environment: Record<string, string>;
  readonly stack: Addresses;
  /** For tests of outages; throws if the stack is shared, because a shared stack belongs to somebody else. */
  servers(): Stack['servers'];
  /** Of a service */
  databaseUrl(name: string): string;
  /** Of a service */
  logFile(name: string): string;
  pid(name: string): number | undefined;
  /** SIGKILL; the service starts again after a second unless it must stay down */
  kill(name: string, o?: { stayDown?: boolean }): Promise<void>;
  /** Starts it (again) and waits until it is ready */
  restart(name: string): Promise<void>;
  untilReady(name: string): Promise<void>;
  /** Of a service's first process */
  metricsUrl(name: string): string;
  /**
   * Starts a second process of a service that uses only its database and Kafka, on ports of its own. `main` may name
   * another build, so that two versions run at once
   */
  replica(name: string, main?: string): Promise<{ metricsUrl: string }>;
  stop(): Promise<void>;
}

export interface StartPlatformOptions {
  readonly dataFolder: string;
  readonly log?: ((line: string) => void) | undefined;
  /** Reuse the data of an earlier run */
  readonly keep?: boolean | undefined;
  /** HTTP port by service, used if free */
  readonly preferredPorts?: Record<string, number> | undefined;
  /** Added to the environment of every service */
  readonly environment?: Record<string, string> | undefined;
  /** Added to the environment of the named services */
  readonly environmentFor?: Record<string, Record<string, string>> | undefined;
  /** Use this stack, and leave it running at the end */
  readonly stack?: Addresses | undefined;
  /** Of PostgreSQL's server, where it is started here; UTC by default */
  readonly timeZone?: string | undefined;
  /** Of databases (`<name>_exam`); on a shared stack, a name that nobody else uses */
  readonly name?: string | undefined;
  readonly topicPrefix?: string | undefined;
}

const startReplica = async (house: House, replicas: Process[], { name, main }: { name: string; main: string | undefined }) => {
  const second = await replicaOf(house, name, main);
  replicas.push(second);
  await second.start();
  return { metricsUrl: second.metricsUrl };
};

/** What a caller may do to each service by its name. */
const controlsOf = (processes: Processes): Pick<Platform, 'metricsUrl' | 'pid' | 'kill' | 'restart' | 'untilReady'> => ({
  metricsUrl: (name) => named(processes, name).metricsUrl,
  pid: (name) => named(processes, name).pid(),
  kill: (name, how) => named(processes, name).kill(how),
  restart: async (name) => {
    await named(processes, name).stop();
    await named(processes, name).start();
  },
  untilReady: (name) => named(processes, name).untilReady(),
});

export const startPlatform = async (o: StartPlatformOptions): Promise<Platform> => {
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
  const objects = join(dataFolder, 'attachments');
  if (!keep) for (const folder of [join(dataFolder, 'logs'), objects]) rmSync(folder, { recursive: true, force: true });
  const own = borrowed ? undefined : await startStack({ dataFolder, log, keep, timeZone });
  const stack = borrowed ?? own;
  if (!stack) throw new Error('there is no stack');
  const secrets = secretsIn(dataFolder);
  const ports = await assignPorts(preferredPorts, log);
  const nameOf = (service: string) => `${prefix}_${service.replaceAll('-', '_')}`;
  const logFile = (service: string) => join(dataFolder, 'logs', `${service}.log`);
  const shape: PlatformShape = {
    ports,
    secrets,
    keys: join(dataFolder, 'keys'),
    objects,
    databaseUrl: (service: string) => databaseUrl(stack.postgresUrl, nameOf(service)),
    kafkaBrokers: stack.kafkaBrokers,
    topicPrefix,
  };
  const house: House = { shape, environment, environmentFor, logFile, log, started: claim.add };
  const processes = processesOf(house);
  const replicas: Process[] = [];
  const stop = async () => {
    await Promise.all(replicas.map((one) => one.stop()));
    await stopInReverse(processes);
    await own?.stop();
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
    servers: () => {
      if (!own) throw new Error('the stack is borrowed: its servers are not ours to stop');
      return own.servers;
    },
    databaseUrl: shape.databaseUrl,
    logFile,
    ...controlsOf(processes),
    replica: (name, main) => startReplica(house, replicas, { name, main }),
    stop,
  };
};
