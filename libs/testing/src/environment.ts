// The addresses of the tests' PostgreSQL and Kafka. jest's global set-up finds or starts the servers and sets their
// addresses in environment variables. A spec does not know where the servers come from.
import { randomBytes } from 'node:crypto';
import { testKeyFiles } from './keys';

const given = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests through jest's global set-up (npx jest at the root), or set it yourself`);
  return value;
};

/** `postgres://user:password@host:port` of the cluster that holds the templates. */
export const testPostgresUrl = (): string => given('TEST_POSTGRES_URL');

/** `host:port` of each broker. */
export const testBrokers = (): string[] => given('TEST_KAFKA_BROKERS').split(',');

/** Lower-case letters and digits that no other suite has. */
export const unique = (): string => `${Date.now().toString(36)}${randomBytes(4).toString('hex')}`;

/** A prefix for topics and groups, so that suites on one broker do not consume each other's messages. */
export const topicPrefix = (): string => `t${unique()}.`;

/** The secret that every service under test shares; it only has to be equal, not secret. */
export const TEST_CALLER_SECRET = 'a caller secret for tests only';
export const TEST_SEAL_KEY = 'a1'.repeat(32);
export const TEST_PERSON_KEY = 'b2'.repeat(32);

/**
 * The common part of a service's environment, and its keys if it signs; the suite adds DATABASE_URL and the service's own
 * variables.
 */
export const testEnvironment = (prefix: string, service?: string): Record<string, string> => ({
  ...(service !== undefined && testKeyFiles(service)),
  KAFKA_BROKERS: testBrokers().join(','),
  KAFKA_TOPIC_PREFIX: prefix,
  CALLER_SECRET: TEST_CALLER_SECRET,
  SEAL_KEY: TEST_SEAL_KEY,
  PERSON_KEY: TEST_PERSON_KEY,
  LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'fatal',
  // Suites that replay events from before orders were sealed set this to true.
  ACCEPT_UNSEALED_ORDERS: process.env['TEST_ACCEPT_UNSEALED'] ?? 'false',
});
