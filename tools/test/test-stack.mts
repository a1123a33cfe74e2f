// PostgreSQL and Kafka for suites, and how suites are told. Order of preference: TEST_POSTGRES_URL and TEST_KAFKA_BROKERS, the stack of
// `npm run stack`, one of this process's own.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sweepAbandoned } from '../stack/claim.mts';
import { findSharedStack, STACK_FOLDER, TEST_SERVER_TIME_ZONE, type Standing } from '../stack/standing.mts';
import { startStack } from '../stack/stack.mts';

export interface TestStack extends Standing {
  /** Ends what was started here, and removes its data. */
  stop(): Promise<void>;
}

const borrowed = (standing: Standing): TestStack => ({ ...standing, stop: async () => undefined });

/** @param label of the data; a process that starts two gives each its own */
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
 * What suites read. A broker that was given is asked for nothing but Kafka's own least session, which is what services take by
 * themselves.
 */
export const environmentOf = ({ postgresUrl, kafkaBrokers, shortestSessionMs }: Standing): Record<string, string> => ({
  TEST_POSTGRES_URL: postgresUrl,
  TEST_KAFKA_BROKERS: kafkaBrokers,
  ...(shortestSessionMs !== undefined && { TEST_KAFKA_SHORTEST_SESSION_MS: String(shortestSessionMs) }),
});
