// The services as a cluster sees them: the environment of each service, derived from the table that `npm start` uses
// (tools/start/services.mts), split by where a cluster keeps each value.
import { basename } from 'node:path';
import { trustFileIn } from '../../start/key-files.mts';
import { environmentOf, SERVICES, type PlatformShape, type PortName, type Secrets, type Service } from '../../start/services.mts';

/** Of every pod; each service has an address of its own, so the ports need not differ. */
export const PORTS: Readonly<Record<PortName, { readonly name: string; readonly number: number }>> = {
  GRPC_PORT: { name: 'grpc', number: 50_051 },
  HTTP_PORT: { name: 'http', number: 8080 },
  HEALTH_PORT: { name: 'health', number: 9000 },
};

export const KEYS_FOLDER = '/keys';
export const ATTACHMENTS_FOLDER = '/attachments';
export const TRUST_FILE = basename(trustFileIn(KEYS_FOLDER));
/** Address of the broker in the overlay without operators. */
export const PLAIN_BROKERS = 'kafka:9092';

const SECRET = 'secret:';
/** The table reads whichever secrets it needs; each answers with its own name, so that no list of secrets is kept here. */
const namedSecrets = new Proxy({} as Secrets, { get: (_, name) => `${SECRET}${String(name)}` });

const SHAPE: PlatformShape = {
  ports: Object.fromEntries(SERVICES.map(({ name, ports }) => [name, Object.fromEntries(ports.map((port) => [port, PORTS[port].number]))])),
  hostOf: (name) => name,
  secrets: namedSecrets,
  keys: KEYS_FOLDER,
  objects: ATTACHMENTS_FOLDER,
  databaseUrl: () => `${SECRET}DATABASE_URL`,
  kafkaBrokers: PLAIN_BROKERS,
  topicPrefix: '',
};

export interface ClusterService {
  readonly name: string;
  readonly database: boolean;
  readonly kafka: boolean;
  readonly ports: readonly PortName[];
  /** A stand-in for a system of somebody else; never in production */
  readonly simulator: boolean;
  /** Variables that hold in every overlay */
  readonly settings: Readonly<Record<string, string>>;
  /** Variables that only a trial has: addresses of simulators, and demo accounts */
  readonly trial: Readonly<Record<string, string>>;
  /** Variables whose values are secret, with the secret's own name */
  readonly secrets: Readonly<Record<string, string>>;
  /** Secrets that only a trial has */
  readonly trialSecrets: Readonly<Record<string, string>>;
  /** Variables that name the folder of attachments, where the installation has no object store */
  readonly folders: Readonly<Record<string, string>>;
  /** Files of KEYS_FOLDER that only this service has */
  readonly keyFiles: readonly string[];
  /** It reads the list of everybody's public keys */
  readonly trusts: boolean;
  /** Services, itself included, whose addresses are in its settings */
  readonly calls: readonly { readonly name: string; readonly port: PortName }[];
  /** One process at a time: it keeps in its memory what a second process would not know */
  readonly alone: boolean;
}

const isSimulator = (name: string): boolean => name.endsWith('-sim');

/** `host:port` and `http://host:port/…`, where the host is a service. */
const addressed = (value: string): { name: string; port: PortName } | undefined => {
  const [, host, number] = /^(?:https?:\/\/)?([a-z-]+):(\d+)(?:\/|$)/.exec(value) ?? [];
  const port = (Object.keys(PORTS) as PortName[]).find((name) => PORTS[name].number === Number(number));
  return host !== undefined && port !== undefined && SERVICES.some(({ name }) => name === host) ? { name: host, port } : undefined;
};

const isOfTrial = ([name, value]: readonly [string, string]): boolean =>
  name.startsWith('DEMO_') || isSimulator(addressed(value)?.name ?? '');

const listens = (ports: readonly PortName[]): [string, string][] =>
  ports.filter((port) => port !== 'HEALTH_PORT').map((port) => [port.replace('PORT', 'HOST'), '0.0.0.0']);

const inCluster = (service: Service): ClusterService => {
  const { name, database, kafka, ports } = service;
  const simulator = isSimulator(name);
  const environment = Object.entries(environmentOf(service, SHAPE)).filter(([, value]) => value !== '');
  const isSecret = ([, value]: [string, string]) => value.startsWith(SECRET);
  const isFolder = ([, value]: [string, string]) => value === ATTACHMENTS_FOLDER;
  const open = [...environment.filter((one) => !isSecret(one) && !isFolder(one)), ...listens(ports)];
  const secret = environment.filter(isSecret).map(([variable, value]): [string, string] => [variable, value.slice(SECRET.length)]);
  const files = open.flatMap(([, value]) => (value.startsWith(`${KEYS_FOLDER}/`) ? [value.slice(KEYS_FOLDER.length + 1)] : []));
  // The images are made for production, in which simulators refuse to start.
  const ofTrial = [...open.filter((one) => isOfTrial(one)), ...(simulator ? [['NODE_ENV', 'development'] as const] : [])];
  return {
    ...{ name, database, kafka, ports, simulator },
    settings: Object.fromEntries(open.filter((one) => !isOfTrial(one))),
    trial: Object.fromEntries(ofTrial),
    secrets: Object.fromEntries(secret.filter((one) => !isOfTrial(one))),
    trialSecrets: Object.fromEntries(secret.filter((one) => isOfTrial(one))),
    folders: Object.fromEntries(environment.filter(isFolder)),
    keyFiles: files.filter((file) => file !== TRUST_FILE),
    trusts: files.includes(TRUST_FILE),
    calls: [...new Map(open.flatMap(([, value]) => addressed(value) ?? []).map((one) => [one.name, one])).values()],
    // The demo's identity provider keeps its sign-ins in memory, as simulators keep everything.
    alone: simulator || ofTrial.some(([variable]) => variable === 'DEMO_ACCOUNTS'),
  };
};

export const CLUSTER: readonly ClusterService[] = SERVICES.map(inCluster);
export const PERMANENT = CLUSTER.filter(({ simulator }) => !simulator);
export const SIMULATORS = CLUSTER.filter(({ simulator }) => simulator);
/** Services that read the topics as a group whose position the broker keeps; the group has the service's name. */
export const isGroup = ({ database, kafka }: ClusterService): boolean => database && kafka;
/** Services whose HTTP is for people outside. */
export const isPublic = ({ ports, simulator }: ClusterService): boolean => ports.includes('HTTP_PORT') && !simulator;

/** Of the secret with the variables of a service, and of the one with its key files. */
export const secretsOf = (name: string): string => `${name}-secrets`;
export const keysOf = (name: string): string => `${name}-keys`;
export const settingsOf = (name: string): string => `${name}-settings`;
export const TRUST = 'trust';

/** The image and the job that prepare databases and topics. */
export const PREPARE = 'prepare';
