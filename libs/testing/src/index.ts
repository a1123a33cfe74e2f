export { closeAfterEachTest, closeAfterSuite } from './cleanup';
export { EVERY_PLACE, EVERYBODY, placesOf } from './fakes/everybody';
export { pdfText } from './paper/pdf-text';
export { alter, databaseClient, query, scratchDatabase, testDatabase } from './database';
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
export { dumpOf, snapshotEvents } from './fakes/copy-reader';
export { fakeOwner, serveOwner } from './fakes/fake-owner';
export type { FakeOwner } from './fakes/fake-owner';
export { tellInstitution } from './fakes/told-institution';
export { keepsListPromises, LIST_PLACES } from './lists/list-promises';
export type { ListedPage, ListPlace, ListUnderTest } from './lists/list-promises';
export { testKeyConfig, testKeys, testSealer, testSigner } from './keys';
export { kafkaProbe, sealedBytes, sealedMessages } from './kafka-probe';
export type { KafkaProbe, ProbeMessage } from './kafka-probe';
export { grpcAddress, healthPort, startParts } from './parts';
export { testPeople, testPerson } from './people';
export type { TestPerson } from './people';
export { random } from './random';
export { forgeSamples, replaySamples, sendSamples } from './samples';
export { sealed, sealedNotice } from './sealed-order';
export { serviceClient } from './service-client';
export { droppingPooler } from './trouble/dropping-pooler';
export { lossyDatabase } from './trouble/lossy-database';
export type { LossyDatabase } from './trouble/lossy-database';
export { survivesTrouble } from './trouble/survives-trouble';
export type { StartTroubled, TroubledService } from './trouble/survives-trouble';
export { asPlainRole, MORE_TROUBLES, TROUBLES } from './trouble/troubles';
export type { Trouble } from './trouble/troubles';
export { until } from './until';
export { openDb } from './sql/open-db';
export { actsIn, actsOfWork } from './sql/acts-in';
export type { ActSeen } from './sql/acts-in';
