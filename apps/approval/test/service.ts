// approval under test: the process that main.ts makes, with its own database, topics, clock and enforcement.
import { type Institution, Institution as InstitutionCodec, ScopeLine } from '@hengji/contracts/approval/v1/approval';
import { ApprovalServiceDefinition, type ApprovalServiceClient } from '@hengji/contracts/approval/v1/approval_service';
import { ParticipantServiceDefinition, type ParticipantServiceClient } from '@hengji/contracts/enforcement/v1/participant_service';
import { usccCheckCharacter } from '@hengji/province';
import { grpcClient, readConfig } from '@hengji/host';
import {
  closeAfterSuite,
  fakeEnforcement,
  type FakeEnforcement,
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
  readonly clock: { now: Date };
  /** The client of one of the service's callers. */
  approval(caller: string): ApprovalServiceClient;
  readonly participant: ParticipantServiceClient;
  /** Stops the process and starts another on the same database and topics. */
  restart(): Promise<void>;
}

/** `wayTo` gives the URL of its database connection. */
export const startService = async (
  wayTo: (databaseUrl: string) => Promise<string> = async (databaseUrl) => databaseUrl,
): Promise<ServiceUnderTest> => {
  const prefix = topicPrefix();
  const probe = kafkaProbe(prefix);
  await probe.createTopics();
  const { url } = await testDatabase('approval');
  const enforcement = await fakeEnforcement(probe);
  const addresses = { DATABASE_URL: await wayTo(url), ENFORCEMENT_ADDR: enforcement.address };
  const config = readConfig(CONFIG, { ...testEnvironment(prefix, 'approval'), ...addresses });
  const clock = { now: new Date('2026-03-02T02:00:00Z') };
  let parts = compose(config, () => clock.now);
  let stop = await startParts(parts);
  const client = <D extends typeof ApprovalServiceDefinition | typeof ParticipantServiceDefinition>(definition: D, caller: string) => {
    const opened = grpcClient(definition, grpcAddress(parts), { caller, secret: TEST_CALLER_SECRET, deadlineMs: 20_000 });
    closeAfterSuite(async () => opened.close());
    return opened;
  };
  return {
    url,
    healthPort: () => healthPort(parts),
    address: () => grpcAddress(parts),
    probe,
    enforcement,
    clock,
    approval: (caller) => client(ApprovalServiceDefinition, caller) as ApprovalServiceClient,
    get participant() {
      return client(ParticipantServiceDefinition, 'enforcement') as ParticipantServiceClient;
    },
    restart: async () => {
      await stop();
      parts = compose(config, () => clock.now);
      stop = await startParts(parts);
    },
  };
};

/** A line of level recognition, unless another kind is given. */
export const scopeLine = (over: Partial<ScopeLine>): ScopeLine => ScopeLine.fromPartial({ kind: 'LEVEL_RECOGNITION', ...over });

/** The n-th social organisation, n ≥ 1, filed by Shenyang for electricians and tea masters. */
export const institution = (n: number, over: Partial<Institution> = {}): Institution => {
  const body = `52210102MJ${String(n).padStart(7, '0')}`;
  return InstitutionCodec.fromPartial({
    code: codeOf(n),
    uscc: body + usccCheckCharacter(body),
    name: `沈阳匠心职业技能评价中心（示例${n}）`,
    institutionClass: 'SOCIAL',
    area: '210102',
    authority: '2101',
    validFrom: '2024-01-01',
    validUntil: '2027-12-31',
    scopeLines: [scopeLine({ occupation: '6-31-01-03', levels: ['5', '4', '3'] }), scopeLine({ occupation: '4-03-02-07', levels: ['5'] })],
    ...over,
  });
};

export const codeOf = (n: number): string => `S00002101${String(n).padStart(4, '0')}`;

/** Sends the messages through the import stream; returns the acknowledgements, or throws after the last one. */
export const importAll = async (
  client: ApprovalServiceClient,
  ...messages: Institution[][]
): Promise<{ imported: number; already: number }[]> => {
  const acknowledged: { imported: number; already: number }[] = [];
  const requests = async function* () {
    for (const institutions of messages) yield { institutions };
  };
  for await (const ack of client.importInstitutions(requests())) acknowledged.push(ack);
  return acknowledged;
};
