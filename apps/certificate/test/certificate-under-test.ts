// Starts certificate for its suites: through its own compose, on a real database and broker. exam and enforcement are fakes at their gRPC
// interface; clients of every allowed caller are ready.
import { CertificateServiceDefinition, type ImportedCertificate } from '@hengji/contracts/certificate/v1/certificate_service';
import { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { type ConfirmedResult, ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import { RepublishServiceDefinition } from '@hengji/contracts/messaging/v1/republish_service';
import { ParkingServiceDefinition } from '@hengji/contracts/messaging/v1/parking_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { Refusal } from '@hengji/domain-kit';
import { grpcClient, type Part, personalData, readConfig } from '@hengji/host';
import {
  closeAfterSuite,
  fakeEnforcement,
  fakeNeighbour,
  grpcAddress,
  healthPort,
  kafkaProbe,
  startParts,
  TEST_CALLER_SECRET,
  TEST_PERSON_KEY,
  TEST_SEAL_KEY,
  testDatabase,
  testEnvironment,
  testPerson,
  topicPrefix,
} from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

export const TODAY = '2026-09-01';
export const OFFICER: Actor = { officerId: 'u1', name: '王科', role: 'PROVINCE_OFFICER', authority: 'LN', institution: '' };

const people = personalData({ sealKey: TEST_SEAL_KEY, personKey: TEST_PERSON_KEY });
export const pseudonymOf = (n: number): string => people.pseudonym(testPerson(n).idNumber);

const callingAs = (caller: string) => ({ caller, secret: TEST_CALLER_SECRET, deadlineMs: 20_000 });

const clientsOf = (address: string) => {
  const clients = {
    gateway: grpcClient(CertificateServiceDefinition, address, callingAs('gateway')),
    loader: grpcClient(CertificateServiceDefinition, address, callingAs('import')),
    subsidy: grpcClient(CertificateServiceDefinition, address, callingAs('subsidy')),
    /** The calls of enforcement. */
    listing: grpcClient(CertificateServiceDefinition, address, callingAs('enforcement')),
    orders: grpcClient(ParticipantServiceDefinition, address, callingAs('enforcement')),
    verify: grpcClient(RepublishServiceDefinition, address, callingAs('verify')),
    parking: grpcClient(ParkingServiceDefinition, address, callingAs('gateway')),
  };
  closeAfterSuite(async () => Object.values(clients).forEach((client) => client.close()));
  return clients;
};

/** The results of the fake exam, by id. `away` makes it unavailable. */
export interface FakeExam {
  readonly results: Map<string, ConfirmedResult>;
  away: boolean;
}

/** Starts certificate for a suite; `wayTo` gives the connection to its database. `restart` starts its parts again on the same database. */
export const startCertificate = async (wayTo: (databaseUrl: string) => Promise<string> = async (databaseUrl) => databaseUrl) => {
  const prefix = topicPrefix();
  const database = await testDatabase('certificate');
  const exam: FakeExam = { results: new Map(), away: false };
  const examAt = await fakeNeighbour(ExamServiceDefinition, {
    confirmResults: async ({ resultIds }) => {
      if (exam.away) throw new Refusal('unavailable', 'service.unavailable', '服务暂不可用');
      return { results: resultIds.flatMap((id) => exam.results.get(id) ?? []) };
    },
  });
  const probe = kafkaProbe(prefix);
  await probe.createTopics();
  const enforcement = await fakeEnforcement(probe);
  const config = readConfig(CONFIG, {
    ...testEnvironment(prefix, 'certificate'),
    DATABASE_URL: await wayTo(database.url),
    EXAM_ADDR: examAt.address,
    ENFORCEMENT_ADDR: enforcement.address,
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
    exam,
    enforcement,
    probe,
    database: database.url,
    healthPort: () => healthPort(running.parts),
    stop: running.stop,
    restart: async () => clientsOf(grpcAddress((await launch()).parts)),
  };
};

export type CertificateUnderTest = Awaited<ReturnType<typeof startCertificate>>;

let institutions = 0;

/** An institution code that no other test of the suite uses. */
export const newInstitution = (): string => `S00002101${String((institutions += 1)).padStart(4, '0')}`;

export const planOf = (institution: string): string => `${institution}-p`;

/** Adds passed and published results to the fake exam, people `from`..; returns their ids. */
export const passedResults = (
  { exam }: Pick<CertificateUnderTest, 'exam'>,
  institution: string,
  count: number,
  change: Partial<NonNullable<ConfirmedResult['result']>> & { from?: number } = {},
): string[] => {
  const { from = 0, ...rest } = change;
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const resultId = `${institution}-r${n}`;
    const result = {
      resultId,
      sessionId: `${institution}-s`,
      planId: planOf(institution),
      institution,
      occupation: '6-31-01-03',
      level: '4',
      person: pseudonymOf(n),
      examDate: '2026-08-10',
      theoryTenths: 700,
      skillTenths: 800,
      passed: true,
      state: 'PUBLISHED' as const,
      publishedOn: '2026-08-11',
      ...rest,
    };
    exam.results.set(resultId, { result, candidate: testPerson(n), heldBy: [], obstacle: '', kind: 'UNSPECIFIED' });
    return resultId;
  });
};

/** Existing certificates of an institution, sequences `from + 1`.. of 2025, level 4. */
export const existing = (institution: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => {
    const n = from + i;
    return {
      certificate: {
        number: `${institution}254${String(n + 1).padStart(6, '0')}`,
        resultId: `${institution}-x${n}`,
        institution,
        planId: planOf(institution),
        sessionId: `${institution}-s`,
        occupation: '6-31-01-03',
        level: '4',
        examDate: '2025-03-01',
        issuedOn: '2025-03-22',
      },
      holder: testPerson(n),
    };
  }) satisfies { certificate: Partial<ImportedCertificate['certificate']>; holder: ImportedCertificate['holder'] }[];

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

/** Imports existing certificates of an institution; returns their numbers. */
export const loaded = async ({ loader }: Pick<CertificateUnderTest, 'loader'>, institution: string, count: number): Promise<string[]> => {
  const rows = existing(institution, count);
  const chunks = Array.from({ length: Math.ceil(count / 1000) }, (_, i) => ({ certificates: rows.slice(i * 1000, (i + 1) * 1000) }));
  await imported(loader.importCertificates(messages(...chunks)));
  return rows.map(({ certificate }) => certificate.number);
};
