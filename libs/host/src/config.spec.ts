import { PERSONAL_DATA_CONFIG, SERVICE_CONFIG, readConfig } from './config';

const GOOD = { DATABASE_URL: 'postgres://u@h:5432/exam', KAFKA_BROKERS: 'a:1,b:2', CALLER_SECRET: '0123456789abcdef' };
const KEYS = { SIGNING_KEY_FILE: 'keys/exam.key.json', TRUSTED_KEYS_FILE: 'keys/trust.json' };

describe('readConfig', () => {
  it('fills in defaults and splits lists', () => {
    expect(readConfig(SERVICE_CONFIG, { ...GOOD, ...KEYS })).toEqual({
      ...GOOD,
      ...KEYS,
      KAFKA_BROKERS: ['a:1', 'b:2'],
      KAFKA_TOPIC_PREFIX: '',
      KAFKA_SESSION_MS: 6_000,
      GRPC_HOST: '127.0.0.1',
      GRPC_PORT: 0,
      HEALTH_PORT: 0,
      ACCEPT_UNSEALED_ORDERS: false,
      ACCEPT_UNSEALED_RECORDS: false,
      LOG_LEVEL: 'info',
    });
  });

  it('names every wrong variable with its rule, and prints no value', () => {
    const env = { DATABASE_URL: 'mysql://secret', KAFKA_BROKERS: 'no port', GRPC_PORT: '70000', SEAL_KEY: 'short', LOG_LEVEL: '' };
    const read = () => readConfig({ ...SERVICE_CONFIG, ...PERSONAL_DATA_CONFIG }, env);
    expect(read).toThrow(/DATABASE_URL: must be a postgres:\/\/ URL/);
    for (const line of [
      'KAFKA_BROKERS: must be host:port',
      'GRPC_PORT:',
      'CALLER_SECRET: is missing',
      'SEAL_KEY: must be 64 hex',
      'PERSON_KEY: is missing',
    ]) {
      expect(read).toThrow(line);
    }
    expect(read).not.toThrow('LOG_LEVEL');
    expect(read).not.toThrow('secret\n');
    expect(read).not.toThrow('mysql');
  });
});
