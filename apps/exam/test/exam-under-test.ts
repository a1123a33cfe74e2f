// Starts exam for its suites: through its own compose, on a real database and broker. approval and enforcement are fakes at their gRPC
// interface; clients of every allowed caller are ready.
import { ApprovalServiceDefinition, type CheckPermissionRequest } from '@hengji/contracts/approval/v1/approval_service';
import { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import { ParkingServiceDefinition } from '@hengji/contracts/messaging/v1/parking_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { grpcClient, type Part, readConfig } from '@hengji/host';
import {
  closeAfterSuite,
  fakeEnforcement,
  fakeNeighbour,
  grpcAddress,
  healthPort,
  kafkaProbe,
  startParts,
  TEST_CALLER_SECRET,
  testDatabase,
  testEnvironment,
  testPerson,
  topicPrefix,
} from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

export const TODAY = '2026-09-01';
export const OFFICER: Actor = { officerId: 'u1', name: '王科', role: 'PROVINCE_OFFICER', authority: 'LN', institution: '' };

const callingAs = (caller: string) => ({ caller, secret: TEST_CALLER_SECRET, deadlineMs: 20_000 });

const clientsOf = (address: string) => {
  const clients = {
    gateway: grpcClient(ExamServiceDefinition, address, callingAs('gateway')),
    loader: grpcClient(ExamServiceDefinition, address, callingAs('import')),
    certificate: grpcClient(ExamServiceDefinition, address, callingAs('certificate')),
    orders: grpcClient(ParticipantServiceDefinition, address, callingAs('enforcement')),
    parking: grpcClient(ParkingServiceDefinition, address, callingAs('gateway')),
  };
  closeAfterSuite(async () => Object.values(clients).forEach((client) => client.close()));
  return clients;
};

/** The answer of the fake approval; a suite may change it. */
export interface ApprovalAnswer {
  permitted: boolean;
  reason: string;
}

/**
 * Starts exam for a suite; `wayTo` gives the connection to its database. `restart` stops all its parts and starts them again on the same
 * database.
 */
export const startExam = async (wayTo: (databaseUrl: string) => Promise<string> = async (databaseUrl) => databaseUrl) => {
  const prefix = topicPrefix();
  const database = await testDatabase('exam');
  const approval: ApprovalAnswer = { permitted: true, reason: '' };
  const asked: CheckPermissionRequest[] = [];
  const approvalAt = await fakeNeighbour(ApprovalServiceDefinition, {
    checkPermission: async (request) => {
      asked.push(request);
      return { ...approval };
    },
  });
  const probe = kafkaProbe(prefix);
  await probe.createTopics();
  const enforcement = await fakeEnforcement(probe);
  const config = readConfig(CONFIG, {
    ...testEnvironment(prefix, 'exam'),
    DATABASE_URL: await wayTo(database.url),
    APPROVAL_ADDR: approvalAt.address,
    ENFORCEMENT_ADDR: enforcement.address,
    ACTS_PER_CHECKPOINT: '5',
  });
  const launch = async (): Promise<{ parts: Part[]; stop: () => Promise<void> }> => {
    const parts = compose(config, () => new Date(`${TODAY}T04:00:00Z`));
    return { parts, stop: await startParts(parts) };
  };
  const running = await launch();
  return {
    ...clientsOf(grpcAddress(running.parts)),
    address: grpcAddress(running.parts),
    config,
    approval,
    /** The calls that approval received, in order. */
    asked,
    enforcement,
    probe,
    database: database.url,
    healthPort: () => healthPort(running.parts),
    stop: running.stop,
    restart: async () => clientsOf(grpcAddress((await launch()).parts)),
  };
};

export type ExamUnderTest = Awaited<ReturnType<typeof startExam>>;

let institutions = 0;

/** An institution code that no other test of the suite uses. */
export const newInstitution = (): string => `S00002101${String((institutions += 1)).padStart(4, '0')}`;

export const askedPlan = (institution: string) => ({
  institution,
  name: '2026年第1批认定计划',
  occupation: '6-31-01-03',
  level: '4',
  examDate: TODAY,
});

/** A plan with a session of an institution, through the RPCs. */
export const openedSession = async (exam: Pick<ExamUnderTest, 'gateway'>, institution: string) => {
  const { plan } = await exam.gateway.createPlan({ requestId: `plan ${institution}`, actor: OFFICER, plan: askedPlan(institution) });
  const session = { planId: plan?.planId ?? '', date: TODAY, area: '210102', venue: '第1考场' };
  const opened = await exam.gateway.openSession({ requestId: `session ${institution}`, actor: OFFICER, session });
  return { planId: plan?.planId ?? '', sessionId: opened.session?.sessionId ?? '' };
};

/** People `from`..`from + count`, all passed unless the scores say otherwise. */
export const sat = (count: number, from = 0, theoryTenths = 700) =>
  Array.from({ length: count }, (_, i) => ({ candidate: testPerson(from + i), theoryTenths, skillTenths: 800 }));

/** A plan, a session and its published results. */
export const publishedResults = async (exam: Pick<ExamUnderTest, 'gateway'>, institution: string, count: number) => {
  const opened = await openedSession(exam, institution);
  const { sessionId } = opened;
  const { results } = await exam.gateway.recordResults({
    requestId: `record ${sessionId}`,
    actor: OFFICER,
    sessionId,
    results: sat(count),
  });
  await exam.gateway.publishResults({ requestId: `publish ${sessionId}`, actor: OFFICER, sessionId });
  return { ...opened, results };
};

/** The messages of an import stream. */
export async function* messages<M>(...list: readonly M[]): AsyncGenerator<M> {
  yield* list;
}

/** Every acknowledgement of an import stream. */
export const imported = async <Ack>(stream: AsyncIterable<Ack>): Promise<Ack[]> => {
  const acknowledged: Ack[] = [];
  for await (const ack of stream) acknowledged.push(ack);
  return acknowledged;
};
