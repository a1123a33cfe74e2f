// PostgreSQL and Apache Kafka for whoever needs them: `npm start`, the tests, the bench. Each of the two is taken from where it
// is easiest, in this order: an address that is given, Docker, embedded. One line says which way was taken and why.
// HENGJI_STACK=given|docker|embedded forces a way.
import { resolve } from 'node:path';
import { SetupProblem } from '../launch/problem.mjs';
import { claimFolder } from './claim.mjs';
import { dockerObstacle, removeLeftContainers, startDockerKafka, startDockerPostgres } from './docker.mjs';
import { startEmbeddedKafka } from './embedded-kafka.mjs';
import { startEmbeddedPostgres } from './embedded-postgres.mjs';
import { givenKafka, givenPostgres } from './given.mjs';

/** @typedef {'given' | 'docker' | 'embedded'} Way */
/**
 * One server of the stack. A given one is somebody else's: it cannot be killed, restarted or stopped for a while (`freeze`, `thaw`).
 * @typedef {object} Server
 * @property {() => Promise<void>} stop
 * @property {() => Promise<unknown>} [kill]
 * @property {() => Promise<unknown>} [restart]
 * @property {() => Promise<unknown>} [freeze] it and its sessions stand where they are, as SIGSTOP does; PostgreSQL only
 * @property {() => Promise<unknown>} [thaw]
 */

/**
 * @typedef {object} Stack
 * @property {string} postgresUrl maintenance database, as a user who may create databases
 * @property {string} kafkaBrokers host:port, separated by commas
 * @property {number} [shortestSessionMs] of a consumer that the broker allows, where the broker is ours
 * @property {{ postgres: string, kafka: string }} how in words, for people
 * @property {{ postgres: Server, kafka: Server }} servers for tests of outages
 * @property {() => Promise<void>} stop
 */

const WAYS = ['given', 'docker', 'embedded'];

const forcedWay = () => {
  const way = process.env.HENGJI_STACK;
  if (!way || WAYS.includes(way)) return way || undefined;
  throw new SetupProblem({
    what: `HENGJI_STACK is '${way}'.`,
    why: 'choosing where PostgreSQL and Kafka come from',
    mend: `set it to ${WAYS.join(', ')}, or not at all`,
  });
};

const missingAddress = (variable) =>
  new SetupProblem({
    what: `HENGJI_STACK is 'given', but ${variable} is not set.`,
    why: 'using servers that already run',
    mend: `set ${variable}, or unset HENGJI_STACK`,
  });

/** Addresses decide for themselves; only where one is missing is Docker asked, once for both. */
const chooseWays = async () => {
  const forced = forcedWay();
  const addresses = { postgres: process.env.DATABASE_URL_BASE, kafka: process.env.KAFKA_BROKERS };
  if (forced === 'given') {
    if (!addresses.postgres) throw missingAddress('DATABASE_URL_BASE');
    if (!addresses.kafka) throw missingAddress('KAFKA_BROKERS');
  }
  const useGiven = forced === undefined || forced === 'given';
  const allGiven = useGiven && addresses.postgres && addresses.kafka;
  const obstacle = allGiven || forced === 'embedded' ? undefined : await dockerObstacle();
  if (forced === 'docker' && obstacle) {
    throw new SetupProblem({
      what: `HENGJI_STACK is 'docker', but ${obstacle}.`,
      why: 'PostgreSQL and Kafka as containers',
      mend: 'start Docker and pull the images (docker-compose pull), or unset HENGJI_STACK',
    });
  }
  const own = forced === 'embedded' || obstacle ? 'embedded' : 'docker';
  const wayOf = (address) => (useGiven && address ? 'given' : own);
  const why = forced ? 'HENGJI_STACK says so' : allGiven ? 'addresses are given' : (obstacle ?? 'a Docker engine with both images answers');
  return { addresses, postgres: wayOf(addresses.postgres), kafka: wayOf(addresses.kafka), why };
};

/**
 * Starts both, or uses what is there.
 * @param {object} o
 * @param {string} o.dataFolder one per running stack; below the project's `.stack/`
 * @param {(line: string) => void} [o.log]
 * @param {string} [o.timeZone] of PostgreSQL's server, where it is ours; UTC unless told
 * @param {boolean} [o.keep] use the data of an earlier run and leave it for a later one (embedded only); default false
 * @returns {Promise<Stack>}
 */
export const startStack = async ({ dataFolder, log = console.log, keep = false, timeZone }) => {
  const folder = resolve(dataFolder);
  const claim = await claimFolder(folder, log);
  const ways = await chooseWays();
  const common = { folder, keep, log, timeZone, started: claim.add };
  if (ways.postgres === 'docker' || ways.kafka === 'docker') await removeLeftContainers(folder);
  const begin = {
    postgres: {
      given: () => givenPostgres(ways.addresses.postgres),
      docker: () => startDockerPostgres(folder, timeZone),
      embedded: () => startEmbeddedPostgres(common),
    },
    kafka: {
      given: () => givenKafka(ways.addresses.kafka),
      docker: () => startDockerKafka(folder),
      embedded: () => startEmbeddedKafka(common),
    },
  };
  const began = Date.now();
  const results = await Promise.allSettled([begin.postgres[ways.postgres](), begin.kafka[ways.kafka]()]);
  const stop = async () => {
    await Promise.all(results.map((result) => result.value?.stop()));
    claim.release();
  };
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const [postgres, kafka] = results.map((result) => result.value);
  log(`${postgres.how}, ${kafka.how} (${ways.why}), ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return {
    postgresUrl: postgres.url,
    kafkaBrokers: kafka.brokers,
    shortestSessionMs: kafka.shortestSessionMs,
    how: { postgres: postgres.how, kafka: kafka.how },
    servers: { postgres, kafka },
    stop,
  };
};
