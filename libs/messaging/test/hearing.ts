// A consumer, a relay and the parking service on one fixture, and events made by the tests.
import type { Body } from '@hengji/contracts';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { testKeyConfig, testSealer } from '@hengji/testing';
import { consumer, outboxRelay, parkingServer, sealReader, type Kafka, type SqlTx, type TopicSubscription } from '../src';
import { institution, keepAsked, listening, log, rowReleased, type Stage } from './stage';

export const KEY = institution(1);
export const OTHER = institution(2);

/** The trust list of every consumer of the fixture. */
export const seals = () => sealReader(testKeyConfig('exam'));

export const consumerOf = (at: Stage, subscription: TopicSubscription<SqlTx> = listening(), kafka: Kafka = at.kafka) =>
  consumer({ service: 'exam', db: at.db, kafka, topics: [subscription], seals: seals(), log });

export const relayOf = ({ databaseUrl, kafka }: Stage) =>
  outboxRelay({ service: 'enforcement', databaseUrl, kafka, signer: testSealer('enforcement'), log });

export const parkingOf = (at: Stage, subscription: TopicSubscription<SqlTx> = listening()) =>
  parkingServer({ service: 'exam', db: at.db, topics: [subscription], seals: seals(), keepAsked });

type Call = Parameters<ReturnType<typeof parkingServer>['listParked']>[1];
// The handlers use the request and the caller.
export const CALL = { caller: 'gateway' } as Call;

export const parkedRows = async (at: Stage) => (await parkingOf(at).listParked({ page: undefined }, CALL)).messages ?? [];
export const gapsOf = async (at: Stage) => (await parkingOf(at).listGaps({ page: undefined }, CALL)).gaps ?? [];

export const event = (sequence: number, body: Body<EnforcementEvent> = rowReleased('order-1', sequence)): EnforcementEvent => ({
  meta: {
    eventId: `01900000-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
    occurredAt: new Date(),
    institution: KEY,
    sequence: BigInt(sequence),
    orderId: '',
  },
  body,
});
