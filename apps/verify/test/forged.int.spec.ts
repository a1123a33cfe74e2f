// Records without the seal of their owner: another writer to a topic changes no public answer, and delays no true record.
import { randomUUID } from 'node:crypto';
import { TOPICS, type Body, type Envelope, type Topic } from '@hengji/contracts';
import { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { OrderCompleted, OrderIssued, OrderLifted, type EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { RowAsk } from '@hengji/contracts/enforcement/v1/order';
import { readConfig } from '@hengji/host';
import {
  fakeEnforcement,
  fakeOwner,
  kafkaProbe,
  serveOwner,
  startParts,
  testEnvironment,
  topicPrefix,
  until,
  type FakeEnforcement,
  type FakeOwner,
  type KafkaProbe,
} from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

const INSTITUTION = 'S000021010001';
const UNHEARD_OF = 'S000021010002';
const numberOf = (i: number, institution = INSTITUTION): string => `${institution}263${String(i).padStart(6, '0')}`;
const VOID = { $case: 'certificate', value: 'VOID_CERTIFICATES' } as const;

let probe: KafkaProbe;
let owner: FakeOwner;
let enforcement: FakeEnforcement;
let url: string;
let sequence = 0n;

const metaOf = (institution: string, number: bigint) => ({
  eventId: randomUUID(),
  occurredAt: new Date(),
  institution,
  sequence: number,
  orderId: '',
});

/** Publishes an event and adds it to the owner's state. */
const publish = async <E extends Envelope>(topic: Topic<E>, event: E): Promise<void> => {
  owner.remember(topic, event);
  await probe.publish(topic, event);
};

const say = async (body: Body<CertificateEvent>): Promise<void> => {
  sequence += 1n;
  await publish(TOPICS.certificate, { meta: metaOf(INSTITUTION, sequence), body });
};

/** The record as the owner would send it, except for what only the owner can make. */
const forge = async <E extends Envelope>(topic: Topic<E>, body: Body<E>, institution = INSTITUTION): Promise<void> => {
  const meta = metaOf(institution, sequence + 1n);
  const headers = {
    ce_id: meta.eventId,
    ce_source: `hengji/${topic.owner}`,
    ce_type: `hengji.${topic.name}.${body.$case}`,
    ce_time: meta.occurredAt.toISOString(),
    ce_subject: institution,
    ce_sequence: String(meta.sequence),
  };
  await probe.produce(topic.name, { key: institution, value: topic.codec.encode({ meta, body } as E).finish(), headers });
};

const statusOf = async (number: string): Promise<unknown> => {
  const response = await fetch(`${url}/v1/certificates/${number}`);
  const { status, code } = (await response.json()) as Record<string, unknown>;
  return response.status === 200 ? status : code;
};

const facts = (institution: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ number: numberOf(i + 1, institution), occupation: '6-31-01-03', issuedOn: '2026-01-31', maskedName: '张*', planId: 'P1' },
    ...{ sessionId: 'P1-1', level: '3', person: String(i).padStart(32, '0'), examDate: '2026-01-10', resultId: `R${i}` },
  }));

/** Waits until all records in the topic so far are consumed: a later true event has its effect. */
const heardSoFar = async (): Promise<void> => {
  const marker = numberOf(500 + Number(sequence));
  const [first] = facts(INSTITUTION, 1);
  if (!first) throw new Error('no facts');
  await say({ $case: 'certificatesIssued', value: { certificates: [{ ...first, number: marker, planId: 'P9', sessionId: 'P9-9' }] } });
  await until(
    () => statusOf(marker),
    (status) => status === 'valid',
  );
};

beforeAll(async () => {
  const prefix = topicPrefix();
  probe = kafkaProbe(prefix);
  await probe.createTopics();
  owner = fakeOwner(probe);
  enforcement = await fakeEnforcement(probe);
  const address = await serveOwner(owner);
  const addresses = { CERTIFICATE_ADDR: address, APPROVAL_ADDR: address, ENFORCEMENT_ADDR: enforcement.address };
  const limits = { RATE_LIMIT_PER_MINUTE: '0', COUNTED_UP_LIMIT: '0' };
  const parts = compose(readConfig(CONFIG, { ...testEnvironment(prefix, 'verify'), ...addresses, ...limits }));
  await startParts(parts);
  url = parts.find((part): part is (typeof parts)[number] & { url(): string } => 'url' in part)?.url() ?? '';
  await say({ $case: 'certificatesIssued', value: { certificates: facts(INSTITUTION, 3) } });
  const voidedAt = new Date('2026-03-01T00:00:00Z');
  await say({ $case: 'certificatesVoided', value: { orderId: 'v1', documentNo: '文1', voidedAt, numbers: [numberOf(2)] } });
  await until(
    () => statusOf(numberOf(2)),
    (status) => status === 'void',
  );
});

const answers = async (): Promise<unknown[]> => [
  await statusOf(numberOf(1)),
  await statusOf(numberOf(2)),
  await statusOf(numberOf(99)),
  await statusOf(numberOf(1, UNHEARD_OF)),
];
const TRUE_ANSWERS = ['valid', 'void', 'certificate.unknown', 'certificate.unknown'];

it.each<[string, string, Body<CertificateEvent>]>([
  [
    'voids a valid one',
    INSTITUTION,
    { $case: 'certificatesVoided', value: { orderId: 'x', documentNo: 'x', voidedAt: new Date(), numbers: [numberOf(1)] } },
  ],
  ['reinstates a void one', INSTITUTION, { $case: 'certificatesReinstated', value: { orderId: 'v1', numbers: [numberOf(2)] } }],
  ['issues one that never was', INSTITUTION, { $case: 'certificatesIssued', value: { certificates: facts(INSTITUTION, 99).slice(98) } }],
  [
    'imports one of an institution unheard of',
    UNHEARD_OF,
    { $case: 'certificatesImported', value: { certificates: facts(UNHEARD_OF, 1) } },
  ],
])('an unsealed record of certificate.v1 that %s changes nothing', async (_what, institution, body) => {
  await forge(TOPICS.certificate, body, institution);
  await heardSoFar();
  expect(await answers()).toEqual(TRUE_ANSWERS);
});

it('orders, liftings and completions without a seal of enforcement change nothing', async () => {
  const scope = { institution: INSTITUTION };
  const row = RowAsk.fromPartial({ row: 1, effect: VOID });
  const undo = RowAsk.fromPartial({ row: 2, effect: VOID, undo: true, undoesRow: 1 });
  const forged: Body<EnforcementEvent>[] = [
    {
      $case: 'orderIssued',
      value: OrderIssued.fromPartial({ orderId: 'x1', documentNo: '文x', signedAt: new Date(), scope, rows: [row] }),
    },
    { $case: 'orderLifted', value: OrderLifted.fromPartial({ orderId: 'v9', scope, rows: [undo] }) },
    { $case: 'orderCompleted', value: OrderCompleted.fromPartial({ orderId: 'v9', completedAt: new Date(0) }) },
  ];
  await enforcement.issue({ orderId: 'v9', scope: { institution: INSTITUTION, sessions: ['P1-1'] }, rows: [VOID] });
  await until(
    () => statusOf(numberOf(1)),
    (status) => status === 'void',
  );
  for (const body of forged) await forge(TOPICS.enforcement, body);
  // A true order about another certificate is consumed after them.
  const [other] = facts(INSTITUTION, 1);
  if (!other) throw new Error('no facts');
  await say({ $case: 'certificatesIssued', value: { certificates: [{ ...other, number: numberOf(400), sessionId: 'P1-2' }] } });
  await enforcement.issue({ orderId: 'v10', epoch: 2n, scope: { institution: INSTITUTION, sessions: ['P1-2'] }, rows: [VOID] });
  await until(
    () => statusOf(numberOf(400)),
    (status) => status === 'void',
  );
  const { orderId } = (await (await fetch(`${url}/v1/certificates/${numberOf(1)}`)).json()) as { orderId: string };
  expect([orderId, await statusOf(numberOf(1)), await statusOf(numberOf(2))]).toEqual(['v9', 'void', 'void']);
  await enforcement.lift({ orderId: 'v9', scope, rows: [{ ...VOID, row: 2, undoesRow: 1 }] });
  await until(
    () => statusOf(numberOf(1)),
    (status) => status === 'valid',
  );
});

it('a name without a seal of approval is not shown', async () => {
  const named = (name: string): Body<ApprovalEvent> => ({
    $case: 'institutionFiled',
    value: ApprovalEvent.fromPartial({ body: { $case: 'institutionFiled', value: { institution: { code: INSTITUTION, name } } } }).body
      ?.value as never,
  });
  await publish(TOPICS.approval, ApprovalEvent.fromPartial({ meta: metaOf(INSTITUTION, 1n), body: named('真校') }));
  const nameOf = async () =>
    ((await (await fetch(`${url}/v1/certificates/${numberOf(1)}`)).json()) as Record<string, unknown>)['institutionName'];
  await until(nameOf, (name) => name === '真校');
  await forge(TOPICS.approval, named('假校'));
  await publish(
    TOPICS.approval,
    ApprovalEvent.fromPartial({ meta: metaOf(INSTITUTION, 2n), body: { $case: 'institutionFiled', value: {} } }),
  );
  await heardSoFar();
  expect(await nameOf()).toBe('真校');
});
