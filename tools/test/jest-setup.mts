// Runs once before integration and end-to-end suites: finds PostgreSQL and Kafka or starts them, builds the templates, and
// leaves the addresses where libs/testing looks for them. Order of preference: TEST_POSTGRES_URL and TEST_KAFKA_BROKERS, the
// stack of `npm run stack`, one of this run's own.
import { join } from 'node:path';
import { sweepAbandoned } from '../stack/claim.mts';
import { containersNotTried, tellContainers } from './containers.mts';
import { findSharedStack, STACK_FOLDER, TEST_SERVER_TIME_ZONE, type Standing } from '../stack/standing.mts';
import { startStack } from '../stack/stack.mts';
import { buildTemplates } from '../stack/templates.mts';

const log = (line: string): void => void process.stderr.write(`${line}\n`);

declare global {
  var testStackIsReady: boolean | undefined;
  var stopTestStack: (() => Promise<void>) | undefined;
}

const findOrStart = async (): Promise<Standing> => {
  const { TEST_POSTGRES_URL, TEST_KAFKA_BROKERS } = process.env;
  if (TEST_POSTGRES_URL && TEST_KAFKA_BROKERS) return { postgresUrl: TEST_POSTGRES_URL, kafkaBrokers: TEST_KAFKA_BROKERS };
  const shared = findSharedStack();
  if (shared !== undefined) return shared;
  await sweepAbandoned(STACK_FOLDER, 'test-', log);
  const stack = await startStack({ dataFolder: join(STACK_FOLDER, `test-${process.pid}`), timeZone: TEST_SERVER_TIME_ZONE, log });
  globalThis.stopTestStack = stack.stop;
  return stack;
};

/** A broker that was given is asked for nothing but Kafka's own least session, which is what services take by themselves. */
const tellSuites = ({ postgresUrl, kafkaBrokers, shortestSessionMs }: Standing) => {
  process.env['TEST_POSTGRES_URL'] = postgresUrl;
  process.env['TEST_KAFKA_BROKERS'] = kafkaBrokers;
  if (shortestSessionMs !== undefined) process.env['TEST_KAFKA_SHORTEST_SESSION_MS'] = String(shortestSessionMs);
};

export default async () => {
  // Two jest projects share this file; the second finds the work done.
  if (globalThis.testStackIsReady) return;
  globalThis.testStackIsReady = true;
  const isNews = await tellContainers();
  const notTried = containersNotTried();
  if (isNews && notTried !== undefined) log(notTried);
  const stack = await findOrStart();
  tellSuites(stack);
  const failures = await buildTemplates(stack.postgresUrl);
  for (const [service, error] of failures) log(`no template for ${service}, its suites will fail: ${error.message}`);
};
