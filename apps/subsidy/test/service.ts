// subsidy under test: the process that main.ts makes, with its own database, topics, clock, enforcement and certificate service.
import { Certificate, type CertificateState } from '@hengji/contracts/certificate/v1/certificate';
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { ParticipantServiceDefinition, type ParticipantServiceClient } from '@hengji/contracts/enforcement/v1/participant_service';
import { Payment } from '@hengji/contracts/subsidy/v1/subsidy';
import { SubsidyServiceDefinition, type SubsidyServiceClient } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { grpcClient, readConfig } from '@hengji/host';
import {
  closeAfterSuite,
  fakeEnforcement,
  type FakeEnforcement,
  fakeNeighbour,
  grpcAddress,
  healthPort,
  type KafkaProbe,
  kafkaProbe,
  startParts,
  TEST_CALLER_SECRET,
  testDatabase,
  testEnvironment,
  topicPrefix,
} from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

export interface ServiceUnderTest {
  readonly url: string;
  healthPort(): number;
  /** The address of its gRPC server. */
  address(): string;
  readonly probe: KafkaProbe;
  readonly enforcement: FakeEnforcement;
  /** The certificates of the fake, by number; and, if set, what the fake does before it answers. */
  readonly certificates: Map<string, Certificate>;
  readonly hooks: { beforeAnswer?: () => Promise<void> };
  /** approval's reason for a refusal, by institution; absent = permitted. */
  readonly obstacles: Map<string, string>;
  subsidy(caller: string): SubsidyServiceClient;
  readonly participant: ParticipantServiceClient;
  /** Stops the process and starts another on the same database and topics. */
  restart(): Promise<void>;
}

export const NOW = new Date('2026-03-02T02:00:00Z');

/** `wayTo` gives the URL of its database connection. */
export const startService = async (
  wayTo: (databaseUrl: string) => Promise<string> = async (databaseUrl) => databaseUrl,
): Promise<ServiceUnderTest> => {
  const prefix = topicPrefix();
  const probe = kafkaProbe(prefix);
  await probe.createTopics();
  const { url } = await testDatabase('subsidy');
  const enforcement = await fakeEnforcement(probe);
  const certificates = new Map<string, Certificate>();
  const hooks: ServiceUnderTest['hooks'] = {};
  const certificate = await fakeNeighbour(CertificateServiceDefinition, {
    holdsCertificates: async ({ numbers }) => {
      const known = numbers.flatMap((number) => certificates.get(number) ?? []);
      await hooks.beforeAnswer?.();
      return { certificates: known };
    },
  });
  const obstacles = new Map<string, string>();
  const approval = await fakeNeighbour(ApprovalServiceDefinition, {
    checkPermission: async ({ institution }) => {
      const reason = obstacles.get(institution) ?? '';
      return { permitted: reason === '', reason };
    },
  });
  const environment = {
    ...testEnvironment(prefix, 'subsidy'),
    DATABASE_URL: await wayTo(url),
    ENFORCEMENT_ADDR: enforcement.address,
    CERTIFICATE_ADDR: certificate.address,
    APPROVAL_ADDR: approval.address,
  };
  const config = readConfig(CONFIG, environment);
  let parts = compose(config, () => NOW);
  let stop = await startParts(parts);
  const client = <D extends typeof SubsidyServiceDefinition | typeof ParticipantServiceDefinition>(definition: D, caller: string) => {
    const opened = grpcClient(definition, grpcAddress(parts), { caller, secret: TEST_CALLER_SECRET, deadlineMs: 30_000 });
    closeAfterSuite(async () => opened.close());
    return opened;
  };
  return {
    url,
    healthPort: () => healthPort(parts),
    address: () => grpcAddress(parts),
    probe,
    enforcement,
    certificates,
    hooks,
    obstacles,
    subsidy: (caller) => client(SubsidyServiceDefinition, caller) as SubsidyServiceClient,
    get participant() {
      return client(ParticipantServiceDefinition, 'enforcement') as ParticipantServiceClient;
    },
    restart: async () => {
      await stop();
      parts = compose(config, () => NOW);
      stop = await startParts(parts);
    },
  };
};

/** The n-th institution, n ≥ 1. */
export const codeOf = (n: number): string => `S00002101${String(n).padStart(4, '0')}`;
/** The i-th certificate of the n-th institution, level 3 of 2026. */
export const numberOf = (n: number, i: number): string => `${codeOf(n)}263${String(i).padStart(6, '0')}`;

const attributes = (n: number, i: number) => ({
  institution: codeOf(n),
  planId: `P${n}-${Math.ceil(i / 10)}`,
  sessionId: `P${n}-${Math.ceil(i / 10)}-1`,
  occupation: '6-31-01-03',
  level: '3',
  person: (n * 1_000_000 + i).toString(16).padStart(32, '0'),
  examDate: '2026-01-10',
});

export const certificate = (n: number, i: number, state: CertificateState = 'ISSUED'): Certificate =>
  Certificate.fromPartial({ number: numberOf(n, i), state, issuedOn: '2026-01-31', ...attributes(n, i) });

/** A payment of 2,000 yuan made before, on the i-th certificate of the n-th institution. */
export const payment = (n: number, i: number, over: Partial<Payment> = {}): Payment =>
  Payment.fromPartial({
    paymentId: `B${numberOf(n, i)}`,
    certificateNumber: numberOf(n, i),
    ...attributes(n, i),
    fen: 200_000n,
    fundSource: 'UNEMPLOYMENT_INSURANCE',
    paidOn: '2026-02-10',
    ...over,
  });

/** Payments 1..count of the n-th institution. */
export const payments = (n: number, count: number): Payment[] => Array.from({ length: count }, (_, i) => payment(n, i + 1));

/** Sends the messages through the import stream; returns the acknowledgements, or throws after the last one. */
export const importAll = async (
  client: SubsidyServiceClient,
  ...messages: Payment[][]
): Promise<{ imported: number; already: number }[]> => {
  const acknowledged: { imported: number; already: number }[] = [];
  const requests = async function* () {
    for (const message of messages) yield { payments: message };
  };
  for await (const ack of client.importPayments(requests())) acknowledged.push(ack);
  return acknowledged;
};
