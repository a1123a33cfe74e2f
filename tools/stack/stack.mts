// PostgreSQL and Apache Kafka for `npm start`, the tests and the bench. For each of the two, the first available way is
// used: a given address, Docker, embedded. One line reports the chosen way and the reason.
// HENGJI_STACK=given|docker|embedded forces a way.
import { resolve } from 'node:path';
import { SetupProblem } from '../launch/problem.mjs';
import { claimFolder } from './claim.mts';
import { dockerObstacle, removeLeftContainers, startDockerKafka, startDockerPostgres } from './docker.mts';
import { startEmbeddedKafka } from './embedded-kafka.mts';
import { startEmbeddedPostgres } from './embedded-postgres.mts';
import { givenKafka, givenPostgres } from './given.mts';

export type Way = 'given' | 'docker' | 'embedded';
/**
 * One server of the stack. A given server belongs to somebody else: it cannot be killed, restarted or paused (`freeze`,
 * `thaw`).
 */
export interface Server {
  stop(): Promise<void>;
  kill?(): Promise<unknown>;
  restart?(): Promise<unknown>;
  /** Pauses the server and its sessions, as SIGSTOP does; PostgreSQL only */
  freeze?(): Promise<unknown>;
  thaw?(): Promise<unknown>;
}

export interface Stack {
  /** Maintenance database, as a user who may create databases */
  readonly postgresUrl: string;
  /** Host:port, separated by commas */
  readonly kafkaBrokers: string;
  /** The session timeout of a consumer that the broker allows, where the broker is ours */
  readonly shortestSessionMs?: number | undefined;
  /** In words, for people */
  readonly how: { readonly postgres: string; readonly kafka: string };
  /** For tests of outages */
  readonly servers: { readonly postgres: Server; readonly kafka: Server };
  stop(): Promise<void>;
}

const WAYS: readonly string[] = ['given', 'docker', 'embedded'] satisfies Way[];

const forcedWay = (): Way | undefined => {
  const way = process.env['HENGJI_STACK'];
  if (!way) return undefined;
  if (WAYS.includes(way)) return way as Way;
  throw new SetupProblem({
    what: `HENGJI_STACK is '${way}'.`,
    why: 'choosing where PostgreSQL and Kafka come from',
    mend: `set it to ${WAYS.join(', ')}, or not at all`,
  });
};

const missingAddress = (variable: string) =>
  new SetupProblem({
    what: `HENGJI_STACK is 'given', but ${variable} is not set.`,
    why: 'using servers that already run',
    mend: `set ${variable}, or unset HENGJI_STACK`,
  });

/** Given addresses decide. Only if one is missing is Docker asked, once for both. */
const chooseWays = async () => {
  const forced = forcedWay();
  const addresses = { postgres: process.env['DATABASE_URL_BASE'] ?? '', kafka: process.env['KAFKA_BROKERS'] ?? '' };
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
  const wayOf = (address: string): Way => (useGiven && address ? 'given' : own);
  const why = forced ? 'HENGJI_STACK says so' : allGiven ? 'addresses are given' : (obstacle ?? 'a Docker engine with both images answers');
  return { addresses, postgres: wayOf(addresses.postgres), kafka: wayOf(addresses.kafka), why };
};

export interface StartStackOptions {
  /** One per running stack; below the project's `.stack/` */
  readonly dataFolder: string;
  readonly log?: ((line: string) => void) | undefined;
  /** Of PostgreSQL's server, where it is ours; UTC by default */
  readonly timeZone?: string | undefined;
  /** Reuse the data of an earlier run and keep it for a later one (embedded only); default false */
  readonly keep?: boolean | undefined;
}

/** How each of the two is started in each way. */
interface Begin {
  readonly postgres: Readonly<Record<Way, () => Promise<Server & { url: string; how: string }>>>;
  readonly kafka: Readonly<Record<Way, () => Promise<Server & { brokers: string; how: string; shortestSessionMs?: number }>>>;
}

/** Starts both, or uses existing servers. */
export const startStack = async ({ dataFolder, log = console.log, keep = false, timeZone }: StartStackOptions): Promise<Stack> => {
  const folder = resolve(dataFolder);
  const claim = await claimFolder(folder, log);
  const ways = await chooseWays();
  const common = { folder, keep, log, timeZone, started: claim.add };
  if (ways.postgres === 'docker' || ways.kafka === 'docker') await removeLeftContainers(folder);
  const begin: Begin = {
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
  const both = await Promise.allSettled([begin.postgres[ways.postgres](), begin.kafka[ways.kafka]()]);
  const stop = async () => {
    await Promise.all(both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stop()] : [])));
    claim.release();
  };
  const [first, second] = both;
  if (first.status === 'rejected' || second.status === 'rejected') {
    await stop();
    throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason;
  }
  const [postgres, kafka] = [first.value, second.value];
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
