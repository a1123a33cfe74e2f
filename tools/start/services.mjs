// Every process of the platform, in one table: what it listens on, whom it asks, after whom it starts. Ports, addresses and
// environments are derived from it and written nowhere else.

import { keyFileIn, trustFileIn } from './key-files.mjs';

/**
 * @typedef {'GRPC_PORT' | 'HTTP_PORT' | 'HEALTH_PORT'} PortName
 * @typedef {object} Service
 * @property {string} name also of its folder below apps/, and of its database
 * @property {boolean} database
 * @property {boolean} kafka
 * @property {readonly PortName[]} ports
 * @property {readonly string[]} asks services whose gRPC address it is given
 * @property {readonly string[]} after services that are ready before it starts; a service that is asked need not be
 * @property {(platform: { url(name: string): string, secrets: Record<string, string> }) => Record<string, string>} [own] what only it needs
 */

const PARTICIPANTS = ['approval', 'exam', 'certificate', 'subsidy', 'exchange'];
const GRPC = /** @type {const} */ (['GRPC_PORT', 'HEALTH_PORT']);
const HTTP = /** @type {const} */ (['HTTP_PORT', 'HEALTH_PORT']);

/** @type {readonly Service[]} */
export const SERVICES = [
  {
    name: 'agency-sim',
    database: false,
    kafka: false,
    ports: HTTP,
    asks: [],
    after: [],
    own: ({ secrets }) => ({ AGENCY_SECRET: secrets.AGENCY_SECRET }),
  },
  // Participants ask enforcement for the fences they missed before they accept anything: it comes first.
  { name: 'enforcement', database: true, kafka: true, ports: GRPC, asks: PARTICIPANTS, after: [] },
  { name: 'approval', database: true, kafka: true, ports: GRPC, asks: ['enforcement'], after: ['enforcement'] },
  { name: 'exam', database: true, kafka: true, ports: GRPC, asks: ['approval', 'enforcement', 'certificate'], after: ['enforcement'] },
  { name: 'certificate', database: true, kafka: true, ports: GRPC, asks: ['exam', 'enforcement', 'exchange'], after: ['enforcement'] },
  { name: 'subsidy', database: true, kafka: true, ports: GRPC, asks: ['certificate', 'enforcement'], after: ['enforcement'] },
  {
    name: 'exchange',
    database: true,
    kafka: true,
    ports: GRPC,
    asks: ['enforcement', 'certificate'],
    after: ['enforcement'],
    own: ({ url, secrets }) => ({
      AGENCY_SECRET: secrets.AGENCY_SECRET,
      MINISTRY_URL: `${url('agency-sim')}/ministry`,
      POLICE_URL: `${url('agency-sim')}/police`,
      MARKET_REGULATOR_URL: `${url('agency-sim')}/regulator`,
      DISCIPLINE_URL: `${url('agency-sim')}/discipline`,
    }),
  },
  // Ready when the owners have confirmed what it has read; it asks until they do.
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

/** `agency-sim` → `AGENCY_SIM`, as in the names of environment variables. @param {string} name */
const variable = (name) => name.toUpperCase().replaceAll('-', '_');

/**
 * The addresses that neighbours, tests and the sample province are told: EXAM_ADDR=host:port for gRPC, VERIFY_URL=http://… for HTTP.
 * @param {Record<string, Record<string, number>>} ports by service
 * @returns {Record<string, string>}
 */
export const addressesOf = (ports) =>
  Object.fromEntries(
    SERVICES.map(({ name }) => {
      const { GRPC_PORT, HTTP_PORT } = ports[name];
      return HTTP_PORT === undefined
        ? [`${variable(name)}_ADDR`, `${HOST}:${GRPC_PORT}`]
        : [`${variable(name)}_URL`, `http://${HOST}:${HTTP_PORT}`];
    }),
  );

/**
 * The whole environment of one service, apart from what its process inherits.
 * @param {Service} service
 * @param {object} platform
 * @param {Record<string, Record<string, number>>} platform.ports
 * @param {Record<string, string>} platform.secrets
 * @param {string} platform.keys folder
 * @param {(service: string) => string} platform.databaseUrl
 * @param {string} platform.kafkaBrokers
 * @param {string} platform.topicPrefix
 * @returns {Record<string, string>}
 */
export const environmentOf = (service, platform) => {
  const addresses = addressesOf(platform.ports);
  const url = (name) => addresses[`${variable(name)}_URL`];
  const { CALLER_SECRET, SEAL_KEY, PERSON_KEY } = platform.secrets;
  return {
    ...Object.fromEntries(Object.entries(platform.ports[service.name]).map(([name, port]) => [name, String(port)])),
    CALLER_SECRET,
    ...(service.database && {
      DATABASE_URL: platform.databaseUrl(service.name),
      SEAL_KEY,
      PERSON_KEY,
      SIGNING_KEY_FILE: keyFileIn(platform.keys, service.name),
    }),
    TRUSTED_KEYS_FILE: trustFileIn(platform.keys),
    ...(service.kafka && { KAFKA_BROKERS: platform.kafkaBrokers, KAFKA_TOPIC_PREFIX: platform.topicPrefix }),
    ...Object.fromEntries(service.asks.map((name) => [`${variable(name)}_ADDR`, addresses[`${variable(name)}_ADDR`]])),
    ...service.own?.({ url, secrets: platform.secrets }),
  };
};
