// exchange under test: the process that main.ts makes, with its own database, topics and enforcement, and the agency simulators with faults
// on demand.
import { randomUUID } from 'node:crypto';
import { TOPICS, type Body } from '@hengji/contracts';
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { ParticipantServiceDefinition, type ParticipantServiceClient } from '@hengji/contracts/enforcement/v1/participant_service';
import type { ExchangeEvent } from '@hengji/contracts/exchange/v1/exchange_events';
import { ExchangeServiceDefinition, type Upload, type ExchangeServiceClient } from '@hengji/contracts/exchange/v1/exchange_service';
import { grpcClient, readConfig } from '@hengji/host';
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
  topicPrefix,
  type FakeEnforcement,
  type KafkaProbe,
} from '@hengji/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- these tests are about the agency simulators
import { compose as composeAgencies } from '../../agency-sim/src/compose';
// eslint-disable-next-line @nx/enforce-module-boundaries -- see above
import { CONFIG as AGENCY_CONFIG } from '../../agency-sim/src/config';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

const AGENCY_SECRET = 'a secret between us and the agencies';

export type AgencyName = 'ministry' | 'police' | 'regulator' | 'discipline';

export interface ReceivedTransfer {
  readonly orderId: string;
  readonly items: { name: string; sha256: string }[];
  readonly packageSha256: string;
  readonly receiptNo: string;
  readonly withdrawn: boolean;
}

export interface Agencies {
  readonly url: string;
  fault(agency: AgencyName, fault: object): Promise<void>;
  mend(agency: AgencyName): Promise<void>;
  /** Numbers that the ministry already has. */
  load(numbers: readonly string[]): Promise<void>;
  count(institution?: string): Promise<{ standing: number; withdrawn: number }>;
  stateOf(number: string): Promise<string>;
  requests(): Promise<Record<AgencyName, { requests: number; ids: number }>>;
  /** Packages that the agency has received. */
  transfers(agency: 'police' | 'discipline'): Promise<ReceivedTransfer[]>;
  /** Sets the agency's decision on a transfer. */
  decide(agency: 'police' | 'discipline', orderId: string, decision: object): Promise<void>;
  notices(agency: 'police' | 'regulator'): Promise<{ orderId: string; documentNo: string; about: string }[]>;
}

/** What approval is asked. */
export interface FilingQuestion {
  readonly institution: string;
  readonly occupation: string;
  readonly level: string;
  readonly day: string;
}

export interface ServiceUnderTest {
  readonly url: string;
  healthPort(): number;
  readonly probe: KafkaProbe;
  readonly enforcement: FakeEnforcement;
  /** approval's reason against an upload, by institution; absent = permitted. */
  readonly filings: Map<string, (question: FilingQuestion) => string>;
  readonly agencies: Agencies;
  exchange(caller?: string): ExchangeServiceClient;
  readonly participant: ParticipantServiceClient;
  /** Publishes an event of certificate.v1 about the institution, twice. */
  certificates(institution: string, body: Body<CertificateEvent>): Promise<void>;
  /** The events that exchange has published about the institution, in order. */
  told(institution: string): Promise<Body<ExchangeEvent>[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

const ask = async <T>(url: string, init?: RequestInit): Promise<T> => {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
};
const sent = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const startAgencies = async (): Promise<Agencies> => {
  const parts = composeAgencies(readConfig(AGENCY_CONFIG, { AGENCY_SECRET, LOG_LEVEL: 'fatal' }));
  await startParts(parts);
  const http = parts.find((part): part is (typeof parts)[number] & { url(): string } => 'url' in part);
  if (!http) throw new Error('agency-sim has no HTTP part');
  const url = http.url();
  return {
    url,
    fault: async (agency, fault) => void (await ask(`${url}/admin/faults/${agency}`, sent('PUT', fault))),
    mend: async (agency) => void (await ask(`${url}/admin/faults/${agency}`, { method: 'DELETE' })),
    load: async (numbers) => void (await ask(`${url}/admin/ministry/uploads`, sent('POST', { numbers }))),
    count: (institution = '') => ask(`${url}/ministry/count?institution=${institution}`),
    stateOf: async (number) => (await ask<{ state: string }>(`${url}/ministry/certificates/${number}`)).state,
    requests: () => ask(`${url}/admin/requests`),
    transfers: async (agency) => (await ask<{ transfers: ReceivedTransfer[] }>(`${url}/${agency}/transfers`)).transfers,
    decide: async (agency, orderId, decision) =>
      void (await ask(`${url}/admin/${agency}/transfers/${orderId}/decision`, sent('PUT', decision))),
    notices: async (agency) =>
      (await ask<{ notices: { orderId: string; documentNo: string; about: string }[] }>(`${url}/${agency}/notices`)).notices,
  };
};

const QUICK = {
  AGENCY_TIMEOUT_MS: '400',
  AGENCY_RETRY_BASE_MS: '20',
  AGENCY_RETRY_CAP_MS: '200',
  AGENCY_POLL_MS: '20',
  HELD_RECHECK_MS: '50',
  FILING_RECHECK_MS: '50',
  AGENCY_INQUIRY_MS: '50',
};

/** `more` replaces variables of its environment; `wayTo` returns the URL of its database connection. */
export const startService = async (
  more: Record<string, string> = {},
  wayTo: (databaseUrl: string) => Promise<string> = async (databaseUrl) => databaseUrl,
): Promise<ServiceUnderTest> => {
  const prefix = topicPrefix();
  const probe = kafkaProbe(prefix);
  await probe.createTopics();
  const { url } = await testDatabase('exchange');
  const enforcement = await fakeEnforcement(probe);
  const filings = new Map<string, (question: FilingQuestion) => string>();
  const approval = await fakeNeighbour(ApprovalServiceDefinition, {
    checkPermission: async (question) => {
      const reason = filings.get(question.institution)?.(question) ?? '';
      return { permitted: reason === '', reason };
    },
  });
  const agencies = await startAgencies();
  const config = readConfig(CONFIG, {
    ...testEnvironment(prefix, 'exchange'),
    DATABASE_URL: await wayTo(url),
    ENFORCEMENT_ADDR: enforcement.address,
    APPROVAL_ADDR: approval.address,
    MINISTRY_URL: `${agencies.url}/ministry`,
    POLICE_URL: `${agencies.url}/police`,
    MARKET_REGULATOR_URL: `${agencies.url}/regulator`,
    DISCIPLINE_URL: `${agencies.url}/discipline`,
    AGENCY_SECRET,
    ...QUICK,
    ...more,
  });
  let parts = compose(config);
  let stop = await startParts(parts);
  const client = <D extends typeof ExchangeServiceDefinition | typeof ParticipantServiceDefinition>(definition: D, caller: string) => {
    const opened = grpcClient(definition, grpcAddress(parts), { caller, secret: TEST_CALLER_SECRET, deadlineMs: 30_000 });
    closeAfterSuite(async () => opened.close());
    return opened;
  };
  const sequences = new Map<string, bigint>();
  return {
    url,
    healthPort: () => healthPort(parts),
    probe,
    enforcement,
    filings,
    agencies,
    exchange: (caller = 'gateway') => client(ExchangeServiceDefinition, caller) as ExchangeServiceClient,
    get participant() {
      return client(ParticipantServiceDefinition, 'enforcement') as ParticipantServiceClient;
    },
    certificates: async (institution, body) => {
      const sequence = (sequences.get(institution) ?? 0n) + 1n;
      sequences.set(institution, sequence);
      const event: CertificateEvent = { meta: { eventId: randomUUID(), occurredAt: new Date(), institution, sequence, orderId: '' }, body };
      await probe.publish(TOPICS.certificate, event, event);
    },
    told: async (institution) =>
      (await probe.events(TOPICS.exchange)).filter(({ meta }) => meta?.institution === institution).flatMap(({ body }) => body ?? []),
    stop: () => stop(),
    start: async () => {
      parts = compose(config);
      stop = await startParts(parts);
    },
  };
};

/** The n-th institution, n ≥ 1. */
export const codeOf = (n: number): string => `S00002101${String(n).padStart(4, '0')}`;
/** The i-th certificate of the n-th institution, level 3 of 2026. */
export const numberOf = (n: number, i: number): string => `${codeOf(n)}263${String(i).padStart(6, '0')}`;

/** The i-th upload of the n-th institution; ten to a session. */
export const upload = (n: number, i: number): Upload => ({
  number: numberOf(n, i),
  institution: codeOf(n),
  planId: `P${n}`,
  sessionId: `P${n}-${Math.ceil(i / 10)}`,
  occupation: '6-31-01-03',
  level: '3',
  person: (n * 1_000_000 + i).toString(16).padStart(32, '0'),
  examDate: '2026-01-10',
});

export const uploads = (n: number, count: number): Upload[] => Array.from({ length: count }, (_, i) => upload(n, i + 1));

/** The event that certificate publishes for these records. */
export const issued = (records: readonly Upload[]): Body<CertificateEvent> => ({
  $case: 'certificatesIssued',
  value: {
    certificates: records.map(({ institution: _, ...record }) => ({
      ...record,
      issuedOn: '2026-01-31',
      maskedName: '张*',
      resultId: `R${record.number}`,
    })),
  },
});

/** Sends the messages through the import stream; returns the acknowledgements, or throws after the last one. */
export const importAll = async (
  client: ExchangeServiceClient,
  ...messages: Upload[][]
): Promise<{ imported: number; already: number }[]> => {
  const acknowledged: { imported: number; already: number }[] = [];
  const requests = async function* () {
    for (const message of messages) yield { uploads: message };
  };
  for await (const ack of client.importUploads(requests())) acknowledged.push(ack);
  return acknowledged;
};

/** Loads records at the ministry and at exchange, in messages of a thousand. */
export const loadStanding = async (service: ServiceUnderTest, n: number, count: number): Promise<void> => {
  const records = uploads(n, count);
  const messages = Array.from({ length: Math.ceil(count / 1_000) }, (_, i) => records.slice(i * 1_000, (i + 1) * 1_000));
  await importAll(service.exchange('import'), ...messages);
  for (const message of messages) await service.agencies.load(message.map(({ number }) => number));
};
