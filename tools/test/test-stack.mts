// PostgreSQL and Kafka for suites, and the variables that pass their addresses to suites. The first available source is
// used: TEST_POSTGRES_URL and TEST_KAFKA_BROKERS, the stack of `npm run stack`, a new stack of this process.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sweepAbandoned } from '../stack/claim.mts';
import { findSharedStack, STACK_FOLDER, TEST_SERVER_TIME_ZONE, type Standing } from '../stack/standing.mts';
import { startStack } from '../stack/stack.mts';

export interface TestStack extends Standing {
  /** Stops what was started here, and removes its data. */
  stop(): Promise<void>;
}

const borrowed = (standing: Standing): TestStack => ({ ...standing, stop: async () => undefined });

/** @param label of the data; a process that starts two stacks gives each a different label */
export const findOrStartStack = async (label: string, log: (line: string) => void): Promise<TestStack> => {
  const { TEST_POSTGRES_URL, TEST_KAFKA_BROKERS } = process.env;
  if (TEST_POSTGRES_URL && TEST_KAFKA_BROKERS) return borrowed({ postgresUrl: TEST_POSTGRES_URL, kafkaBrokers: TEST_KAFKA_BROKERS });
  const shared = findSharedStack();
  if (shared !== undefined) return borrowed(shared);
  await sweepAbandoned(STACK_FOLDER, 'test-', log);
  const dataFolder = join(STACK_FOLDER, `test-${label}-${process.pid}`);
  const stack = await startStack({ dataFolder, timeZone: TEST_SERVER_TIME_ZONE, log });
  const stop = async () => {
    await stack.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  return { ...stack, stop };
};

/**
 * The variables that suites read. On a given broker, suites use Kafka's own minimum session timeout, which is also the
 * default of the services.
 */
export const environmentOf = ({ postgresUrl, kafkaBrokers, shortestSessionMs }: Standing): Record<string, string> => ({
  TEST_POSTGRES_URL: postgresUrl,
  TEST_KAFKA_BROKERS: kafkaBrokers,
  ...(shortestSessionMs !== undefined && { TEST_KAFKA_SHORTEST_SESSION_MS: String(shortestSessionMs) }),
});
