// Every process of the platform, in one table: its ports, the services it calls, and the services it starts after. Ports,
// addresses and environments are derived from this table and written nowhere else.

import { PARTICIPANTS } from '../../libs/contracts/src/services.mts';
import { keyFileIn, trustFileIn } from './key-files.mts';

export type PortName = 'GRPC_PORT' | 'HTTP_PORT' | 'HEALTH_PORT';
export type PortsByService = Readonly<Record<string, Readonly<Partial<Record<PortName, number>>>>>;
export type Secrets = Readonly<
  Record<'CALLER_SECRET' | 'SEAL_KEY' | 'PERSON_KEY' | 'SESSION_KEY' | 'AGENCY_SECRET' | 'DEMO_PASSWORD', string>
>;

export interface Service {
  /** Also of its folder below apps/, and of its database */
  readonly name: string;
  readonly database: boolean;
  readonly kafka: boolean;
  /** It stores personal data, and so gets the keys that seal it and that make pseudonyms */
  readonly people?: boolean;
  readonly ports: readonly PortName[];
  /** Services whose gRPC address it gets */
  readonly asks: readonly string[];
  /** Services that must be ready before it starts; a service that it calls need not be */
  readonly after: readonly string[];
  /** Settings that only this service needs */
  readonly own?: (platform: { url(name: string): string; secrets: Secrets; objects: string }) => Record<string, string>;
}

const GRPC: readonly PortName[] = ['GRPC_PORT', 'HEALTH_PORT'];
const HTTP: readonly PortName[] = ['HTTP_PORT', 'HEALTH_PORT'];

export const SERVICES: readonly Service[] = [
  {
    name: 'agency-sim',
    database: false,
    kafka: false,
    ports: HTTP,
    asks: [],
    after: [],
    own: ({ secrets }) => ({ AGENCY_SECRET: secrets.AGENCY_SECRET }),
  },
  // Participants ask enforcement for the fences they missed before they accept requests, so enforcement starts first.
  {
    name: 'enforcement',
    database: true,
    kafka: true,
    ports: GRPC,
    asks: PARTICIPANTS,
    after: [],
    own: ({ objects }) => ({ ATTACHMENTS_FOLDER: objects }),
  },
  { name: 'approval', database: true, kafka: true, ports: GRPC, asks: ['enforcement'], after: ['enforcement'] },
  {
    name: 'exam',
    database: true,
    kafka: true,
    people: true,
    ports: GRPC,
    asks: ['approval', 'enforcement', 'certificate'],
    after: ['enforcement'],
  },
  {
    name: 'certificate',
    database: true,
    kafka: true,
    people: true,
    ports: GRPC,
    asks: ['exam', 'enforcement', 'exchange', 'approval'],
    after: ['enforcement'],
  },
  { name: 'subsidy', database: true, kafka: true, ports: GRPC, asks: ['certificate', 'enforcement', 'approval'], after: ['enforcement'] },
  {
    name: 'exchange',
    database: true,
    kafka: true,
    ports: GRPC,
    asks: ['enforcement', 'certificate', 'approval'],
    after: ['enforcement'],
    own: ({ url, secrets }) => ({
      AGENCY_SECRET: secrets.AGENCY_SECRET,
      MINISTRY_URL: `${url('agency-sim')}/ministry`,
      POLICE_URL: `${url('agency-sim')}/police`,
      MARKET_REGULATOR_URL: `${url('agency-sim')}/regulator`,
      DISCIPLINE_URL: `${url('agency-sim')}/discipline`,
    }),
  },
  // The service is ready when the owners have confirmed what it has consumed; it repeats its request until they do.
  { name: 'verify', database: false, kafka: true, ports: HTTP, asks: ['certificate', 'enforcement', 'approval'], after: ['certificate'] },
  {
    name: 'gateway',
    database: false,
    kafka: true,
    ports: HTTP,
    asks: [...PARTICIPANTS, 'enforcement'],
    after: [...PARTICIPANTS, 'verify'],
    own: ({ url, secrets }) => ({
      PUBLIC_URL: url('gateway'),
      VERIFY_URL: url('verify'),
      SESSION_KEY: secrets.SESSION_KEY,
      DEMO_ACCOUNTS: 'true',
      DEMO_PASSWORD: secrets.DEMO_PASSWORD,
    }),
  },
];

const HOST = '127.0.0.1';

/** `agency-sim` → `AGENCY_SIM`, as in the names of environment variables. */
const variable = (name: string) => name.toUpperCase().replaceAll('-', '_');

/**
 * The addresses that other services, tests and the sample province get: EXAM_ADDR=host:port for gRPC, VERIFY_URL=http://…
 * for HTTP.
 * @param ports by service
 * @param hostOf a service; by default this machine
 */
export const addressesOf = (ports: PortsByService, hostOf: (service: string) => string = () => HOST): Record<string, string> =>
  Object.fromEntries(
    SERVICES.map(({ name }) => {
      const { GRPC_PORT, HTTP_PORT } = ports[name] ?? {};
      return HTTP_PORT === undefined
        ? [`${variable(name)}_ADDR`, `${hostOf(name)}:${GRPC_PORT}`]
        : [`${variable(name)}_URL`, `http://${hostOf(name)}:${HTTP_PORT}`];
    }),
  );

/** A simulator of somebody else's system has nothing of ours: no database, no topics, and no service that it calls. */
const isOurs = ({ database, kafka, asks }: Service): boolean => database || kafka || asks.length > 0;

/** The settings of one running platform. */
export interface PlatformShape {
  readonly ports: PortsByService;
  /** Host of a service; by default all are on this machine */
  readonly hostOf?: (service: string) => string;
  readonly secrets: Secrets;
  /** Folder */
  readonly keys: string;
  /** Folder that holds the bytes of attachments */
  readonly objects: string;
  readonly databaseUrl: (service: string) => string;
  readonly kafkaBrokers: string;
  readonly topicPrefix: string;
}

/** The whole environment of one service, without what its process inherits. */
export const environmentOf = (service: Service, platform: PlatformShape): Record<string, string> => {
  const addresses = addressesOf(platform.ports, platform.hostOf);
  const url = (name: string) => addresses[`${variable(name)}_URL`] ?? '';
  const { CALLER_SECRET, SEAL_KEY, PERSON_KEY } = platform.secrets;
  return {
    ...Object.fromEntries(Object.entries(platform.ports[service.name] ?? {}).map(([name, port]) => [name, String(port)])),
    ...(isOurs(service) && { CALLER_SECRET, TRUSTED_KEYS_FILE: trustFileIn(platform.keys) }),
    ...(service.database && {
      DATABASE_URL: platform.databaseUrl(service.name),
      SIGNING_KEY_FILE: keyFileIn(platform.keys, service.name),
    }),
    ...(service.people && { SEAL_KEY, PERSON_KEY }),
    ...(service.kafka && { KAFKA_BROKERS: platform.kafkaBrokers, KAFKA_TOPIC_PREFIX: platform.topicPrefix }),
    ...Object.fromEntries(service.asks.map((name) => [`${variable(name)}_ADDR`, addresses[`${variable(name)}_ADDR`] ?? ''])),
    ...service.own?.({ url, secrets: platform.secrets, objects: platform.objects }),
  };
};
