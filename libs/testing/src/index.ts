export { closeAfterSuite } from './cleanup';
export { databaseClient, query, scratchDatabase, testDatabase } from './database';
export type { TestDatabase } from './database';
export {
  TEST_CALLER_SECRET,
  TEST_PERSON_KEY,
  TEST_SEAL_KEY,
  testBrokers,
  testEnvironment,
  testPostgresUrl,
  topicPrefix,
  unique,
} from './environment';
export { fakeEnforcement } from './fake-enforcement';
export type { FakeEnforcement, TestOrder, TestRow } from './fake-enforcement';
export { fakeNeighbour, fakeService } from './fake-neighbour';
export type { FakeNeighbour } from './fake-neighbour';
export { testKeyConfig, testKeys, testSigner } from './keys';
export { kafkaProbe } from './kafka-probe';
export type { KafkaProbe, ProbeMessage } from './kafka-probe';
export { grpcAddress, startParts } from './parts';
export { testPeople, testPerson } from './people';
export type { TestPerson } from './people';
export { random } from './random';
export { replaySamples, sendSamples } from './samples';
export { sealed, sealedNotice } from './sealed-order';
export { serviceClient } from './service-client';
export { until } from './until';
