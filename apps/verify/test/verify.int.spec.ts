// The public answer over real Kafka and HTTP. The tests cover the time from the order's signature to the lifting, a restart, repeated
// events, missing events, and invalid requests.
import { randomUUID } from 'node:crypto';
import { TOPICS, type Body } from '@hengji/contracts';
import { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { readConfig, signCaller } from '@hengji/host';
import {
  fakeEnforcement,
  fakeOwner,
  kafkaProbe,
  serveOwner,
  startParts,
  TEST_CALLER_SECRET,
  testEnvironment,
  topicPrefix,
  until,
  type FakeEnforcement,
  type FakeOwner,
  type KafkaProbe,
} from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

const prefix = topicPrefix();
let probe: KafkaProbe;
let enforcement: FakeEnforcement;
let owner: FakeOwner;
let addresses: Record<string, string>;
let url: string;
let stop: () => Promise<void>;

const start = async (more: Record<string, string> = {}): Promise<void> => {
  const parts = compose(
    readConfig(CONFIG, { ...testEnvironment(prefix, 'verify'), ...addresses, RATE_LIMIT_PER_MINUTE: '0', COUNTED_UP_LIMIT: '0', ...more }),
  );
  stop = await startParts(parts);
  const http = parts.find((part): part is (typeof parts)[number] & { url(): string } => 'url' in part);
  url = http?.url() ?? '';
};
const codeOf = (n: number): string => `S00002101${String(n).padStart(4, '0')}`;
const numberOf = (n: number, i: number): string => `${codeOf(n)}263${String(i).padStart(6, '0')}`;

const get = async (number: string) => {
  const response = await fetch(`${url}/v1/certificates/${encodeURIComponent(number)}`);
  return { http: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
};
const statusOf = async (number: string): Promise<unknown> => {
  const { http, body } = await get(number);
  return http === 200 ? body['status'] : body['code'];
};
const becomes = (number: string, status: string, withinMs = 10_000): Promise<unknown> =>
  until(
    () => statusOf(number),
    (seen) => seen === status,
    { withinMs },
  );

const sequences = new Map<string, bigint>();
const certificates = async (n: number, body: Body<CertificateEvent>, jump = 1n): Promise<void> => {
  const institution = codeOf(n);
  const sequence = (sequences.get(institution) ?? 0n) + jump;
  sequences.set(institution, sequence);
  const event: CertificateEvent = { meta: { eventId: randomUUID(), occurredAt: new Date(), institution, sequence, orderId: '' }, body };
  owner.remember(TOPICS.certificate, event);
  await probe.publish(TOPICS.certificate, event, event);
};
const issued = (n: number, count: number, first = 1): Body<CertificateEvent> => ({
  $case: 'certificatesIssued',
  value: {
    certificates: Array.from({ length: count }, (_, i) => ({
      number: numberOf(n, first + i),
      occupation: '6-31-01-03',
      issuedOn: '2026-01-31',
      maskedName: '张*',
      planId: `P${n}`,
      sessionId: `P${n}-${Math.ceil((first + i) / 10)}`,
      level: '3',
      person: (n * 1_000_000 + i).toString(16).padStart(32, '0'),
      examDate: '2026-01-10',
      resultId: `R${numberOf(n, first + i)}`,
    })),
  },
});
const voided = (orderId: string, numbers: string[]): Body<CertificateEvent> => ({
  $case: 'certificatesVoided',
  value: { orderId, documentNo: `辽人社鉴处〔2026〕${orderId}号`, voidedAt: new Date('2026-03-01T00:00:00Z'), numbers },
});
const VOID = { $case: 'certificate', value: 'VOID_CERTIFICATES' } as const;
const lift = { ...VOID, row: 2, undoesRow: 1 };

beforeAll(async () => {
  probe = kafkaProbe(prefix);
  await probe.createTopics();
  enforcement = await fakeEnforcement(probe);
  const institution = { code: codeOf(1), name: '沈阳市某职业培训学校' };
  const event = ApprovalEvent.fromPartial({
    meta: { eventId: randomUUID(), occurredAt: new Date(), institution: codeOf(1), sequence: 1n },
    body: { $case: 'institutionFiled', value: { institution } },
  });
  await probe.publish(TOPICS.approval, event);
  owner = fakeOwner(probe);
  const ownerAddress = await serveOwner(owner);
  addresses = { CERTIFICATE_ADDR: ownerAddress, APPROVAL_ADDR: ownerAddress, ENFORCEMENT_ADDR: enforcement.address };
  await start();
});

it('answers for a certificate that was issued or imported, with its facts and without caching', async () => {
  await certificates(1, issued(1, 30));
  await becomes(numberOf(1, 30), 'valid');
  const { http, headers, body } = await get(numberOf(1, 7));
  expect([http, headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(body).toEqual({
    number: numberOf(1, 7),
    status: 'valid',
    institution: codeOf(1),
    institutionName: '沈阳市某职业培训学校',
    ...{ occupation: '6-31-01-03', occupationName: '电工', level: '3', levelName: '三级/高级工' },
    issuedOn: '2026-01-31',
    asOf: expect.stringMatching(/^20\d\d-/),
  });
});

it.each([numberOf(1, 7).toLowerCase(), ` ${numberOf(1, 7).slice(0, 13)}-${numberOf(1, 7).slice(13)}`, numberOf(1, 7).replace('0', '０')])(
  'answers for a number as people type it: %s',
  async (typed) => expect(await get(typed)).toMatchObject({ http: 200, body: { number: numberOf(1, 7), status: 'valid' } }),
);

it('reports a number outside the register, and an invalid number', async () => {
  const unknown = await get(numberOf(1, 999));
  expect([unknown.http, unknown.body]).toEqual([
    404,
    expect.objectContaining({
      code: 'certificate.unknown',
      certificate: expect.objectContaining({ number: numberOf(1, 999), status: 'unknown' }),
    }),
  ]);
  expect(unknown.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  for (const wrong of ['S1', `${numberOf(1, 7)}x`, 'S000021010001263000000', '%00', "' OR 1=1"]) {
    const { http, body } = await get(wrong);
    expect([http, body['code'], body['field'], body['rule']]).toEqual([400, 'certificate.number_invalid', 'number', '人社鉴发〔2019〕2号']);
  }
  expect((await fetch(`${url}/v1/certificates/%E0%A4%A`)).status).toBe(400);
  expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
});

it('answers void from the signature on, with the notice, until the lifting has reinstated the certificate', async () => {
  const scope = { institution: codeOf(1), sessions: ['P1-1', 'P1-2'] };
  await enforcement.issue({ orderId: 'v1', scope, rows: [VOID] });
  // The legal time limit: signed here, answered there, within a second.
  await becomes(numberOf(1, 20), 'void', 1_000);
  expect((await get(numberOf(1, 1))).body).toMatchObject({
    status: 'void',
    voidDocumentNo: '辽人社鉴处〔2026〕v1号',
    orderId: 'v1',
  });
  expect(await statusOf(numberOf(1, 21))).toBe('valid');

  await certificates(1, voided('v1', [numberOf(1, 1), numberOf(1, 2)]));
  await until(
    async () => (await get(numberOf(1, 2))).body['voidSince'],
    (since) => since === '2026-03-01T00:00:00.000Z',
  );
  await enforcement.complete(codeOf(1), 'v1');
  await certificates(1, issued(1, 1, 31));
  await becomes(numberOf(1, 31), 'valid');

  await enforcement.lift({ orderId: 'v1', scope, rows: [lift] });
  await becomes(numberOf(1, 20), 'valid');
  expect(await statusOf(numberOf(1, 1))).toBe('void');
  await certificates(1, { $case: 'certificatesReinstated', value: { orderId: 'v1', numbers: [numberOf(1, 1)] } });
  await becomes(numberOf(1, 1), 'valid');
  expect(await statusOf(numberOf(1, 2))).toBe('void');
});

it('does not cover what is issued after the order was completed, and keeps two orders apart', async () => {
  await certificates(2, issued(2, 10));
  const scope = { institution: codeOf(2) };
  await enforcement.issue({ orderId: 'x1', scope, rows: [VOID] });
  await enforcement.issue({ orderId: 'x2', epoch: 2n, scope, rows: [VOID] });
  await becomes(numberOf(2, 1), 'void');
  await certificates(
    2,
    voided(
      'x1',
      Array.from({ length: 10 }, (_, i) => numberOf(2, i + 1)),
    ),
  );
  await until(
    async () => (await get(numberOf(2, 1))).body['voidSince'],
    (since) => since === '2026-03-01T00:00:00.000Z',
  );
  await enforcement.complete(codeOf(2), 'x1');
  await enforcement.complete(codeOf(2), 'x2');
  await enforcement.lift({ orderId: 'x1', scope, rows: [lift] });
  await until(
    async () => (await get(numberOf(2, 1))).body['orderId'],
    (orderId) => orderId === 'x2',
  );
  await certificates(2, issued(2, 1, 11));
  await becomes(numberOf(2, 11), 'valid');
  expect(await statusOf(numberOf(2, 1))).toBe('void');
});

it('shows the notice of the remaining order, where another is lifted in part', async () => {
  await certificates(8, issued(8, 20));
  const scope = { institution: codeOf(8) };
  await enforcement.issue({ orderId: 'h1', scope, rows: [VOID] });
  await enforcement.issue({ orderId: 'h2', epoch: 2n, scope, rows: [VOID] });
  await becomes(numberOf(8, 1), 'void');
  await certificates(8, voided('h1', [numberOf(8, 1), numberOf(8, 11)]));
  for (const orderId of ['h1', 'h2']) await enforcement.complete(codeOf(8), orderId);
  await enforcement.lift({ orderId: 'h1', scope: { ...scope, sessions: ['P8-1'] }, partial: true, rows: [lift] });
  const seen = await until(
    async () => (await get(numberOf(8, 1))).body,
    ({ orderId }) => orderId === 'h2',
  );
  expect(seen).toMatchObject({ status: 'void', voidDocumentNo: expect.stringContaining('h2') });
  expect((await get(numberOf(8, 11))).body).toMatchObject({ status: 'void', orderId: 'h1' });
});

it('does not answer "valid" while events of the institution are missing, still answers "void", and recovers', async () => {
  await certificates(3, issued(3, 2));
  await becomes(numberOf(3, 1), 'valid');
  owner.away = true;
  await certificates(3, voided('y1', [numberOf(3, 2)]), 2n);
  await becomes(numberOf(3, 2), 'void');
  const unsure = await get(numberOf(3, 1));
  expect([unsure.http, unsure.body['code'], unsure.body['because'], unsure.headers.get('retry-after')]).toEqual([
    503,
    'verify.not_caught_up',
    'complete',
    '2',
  ]);
  expect(await statusOf(numberOf(1, 7))).toBe('valid');
  await certificates(3, { $case: 'certificatesReinstated', value: { orderId: 'y0', numbers: [] } }, -1n);
  await becomes(numberOf(3, 1), 'valid');
  owner.away = false;
});

it('answers the same after a restart and after every event came again, and not before it has read everything', async () => {
  await stop();
  await enforcement.repeat();
  await certificates(4, issued(4, 1_000));
  const opening = start();
  const seen = new Set<unknown>();
  await opening;
  await until(
    async () => {
      const status = await statusOf(numberOf(4, 1_000));
      seen.add(status);
      return status;
    },
    (status) => status === 'valid',
  );
  expect([...seen].filter((status) => status !== 'valid' && status !== 'verify.not_caught_up')).toEqual([]);
  expect([
    await statusOf(numberOf(1, 1)),
    await statusOf(numberOf(1, 2)),
    await statusOf(numberOf(2, 1)),
    await statusOf(numberOf(2, 11)),
  ]).toEqual(['valid', 'void', 'void', 'valid']);
});

it('returns no personal data for a number, and for a name only whether it matches', async () => {
  const ask = async (query: string) =>
    (await (await fetch(`${url}/v1/certificates/${numberOf(1, 21)}${query}`)).json()) as Record<string, unknown>;
  const named = (name: string) => ask(`?name=${encodeURIComponent(name)}`);
  expect(JSON.stringify(await ask(''))).not.toMatch(/张|\*|"(?:masked)?name"/i);
  expect(await named('张三')).toMatchObject({ nameMatches: true });
  for (const other of ['李三', '张三丰', '张', '*']) expect(await named(other)).toMatchObject({ nameMatches: other === '张' });
  expect((await fetch(`${url}/v1/certificates/${numberOf(1, 21)}?name=a&name=b`)).status).toBe(400);
  expect((await fetch(`${url}/v1/certificates/${numberOf(1, 21)}?name=${'x'.repeat(65)}`)).status).toBe(400);
});

it('stops an address that enumerates numbers, also missing ones, and does not stop the gateway', async () => {
  await stop();
  await start({ RATE_LIMIT_PER_MINUTE: '0', COUNTED_UP_LIMIT: '30' });
  await becomes(numberOf(1, 21), 'valid');
  const ask = async (serial: number, headers = {}) => (await fetch(`${url}/v1/certificates/${numberOf(77, serial)}`, { headers })).status;
  const atOnce = await Promise.all(Array.from({ length: 200 }, (_, serial) => ask(serial + 1)));
  expect(atOnce.filter((status) => status !== 429).length).toBeLessThanOrEqual(30);
  const statuses: number[] = [...atOnce];
  for (let serial = 1; serial <= 40; serial += 1) statuses.push(await ask(serial));
  expect([statuses.filter((status) => status === 404).length, statuses.at(-1)]).toEqual([30, 429]);
  expect((await fetch(`${url}/v1/certificates/${numberOf(1, 21)}`)).headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await ask(41, { 'x-hengji-caller': signCaller('gateway', TEST_CALLER_SECRET) })).toBe(404);
  for (const forged of ['gateway', signCaller('exam', TEST_CALLER_SECRET), signCaller('gateway', 'another secret')])
    expect(await ask(42, { 'x-hengji-caller': forged })).toBe(429);
});

it('limits how often one address may send requests', async () => {
  await stop();
  await start({ RATE_LIMIT_PER_MINUTE: '5' });
  const answers: number[] = [];
  while (answers.length < 7) answers.push((await fetch(`${url}/v1/certificates/S1`)).status);
  expect(answers).toEqual([400, 400, 400, 400, 400, 429, 429]);
});
