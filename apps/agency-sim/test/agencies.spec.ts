// The simulators over real HTTP: which requests they refuse, and what a repeated id gets.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { readConfig } from '@hengji/host';
import { startParts } from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

const SECRET = 'a secret between us and the agencies';
const ONE = 'S000021010003263000001';
let url: string;

beforeAll(async () => {
  const parts = compose(readConfig(CONFIG, { AGENCY_SECRET: SECRET, LOG_LEVEL: 'fatal' }));
  await startParts(parts);
  const http = parts.find((part): part is (typeof parts)[number] & { url(): string } => 'url' in part);
  url = http?.url() ?? '';
});

interface Sending {
  readonly id?: string;
  readonly secret?: string;
  readonly at?: number;
  readonly nonce?: string;
  readonly appId?: string;
  /** The signed body, where it differs from the sent body. */
  readonly signedBody?: string;
}

const post = async (path: string, body: object, how: Sending = {}) => {
  const text = JSON.stringify(body);
  const [timestamp, nonce] = [String(how.at ?? Date.now()), how.nonce ?? randomUUID()];
  const hash = createHash('sha256')
    .update(how.signedBody ?? text)
    .digest('hex');
  const sign = createHmac('sha256', how.secret ?? SECRET)
    .update(['POST', path, '', hash, timestamp, nonce].join('\n'))
    .digest('hex');
  const headers = {
    'x-app-id': how.appId ?? 'hengji',
    'x-timestamp': timestamp,
    'x-nonce': nonce,
    'x-sign': sign,
    'x-request-id': how.id ?? randomUUID(),
  };
  const response = await fetch(url + path, { method: 'POST', headers, body: text });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const upload = (how: Sending = {}, numbers = [ONE]) =>
  post('/ministry/uploads', { certificates: numbers.map((number) => ({ number, level: '3' })) }, how);

it.each<[string, Sending, string]>([
  ['a forged signature', { secret: 'another secret' }, 'X-Sign 不符'],
  ['another body than was signed', { signedBody: '{}' }, 'X-Sign 不符'],
  ['an old timestamp', { at: Date.now() - 301_000 }, 'X-Timestamp 超出5分钟'],
  ['a future timestamp', { at: Date.now() + 301_000 }, 'X-Timestamp 超出5分钟'],
  ['an unknown app', { appId: 'nobody' }, 'X-App-Id 未知'],
])('refuses %s', async (_what, how, title) => {
  expect(await upload(how)).toMatchObject({ status: 401, body: { title } });
  expect(await (await fetch(`${url}/ministry/certificates/${ONE}`)).json()).toEqual({ number: ONE, state: 'unknown' });
});

it('accepts a nonce once', async () => {
  const nonce = randomUUID();
  expect((await post('/ministry/withdrawals', { numbers: [] }, { nonce })).status).toBe(200);
  expect(await post('/ministry/withdrawals', { numbers: [] }, { nonce })).toMatchObject({ status: 401, body: { title: 'X-Nonce 重复' } });
});

it('distinguishes a withdrawal requested twice from a repeated request for its answer', async () => {
  const number = 'S000021010003263000009';
  const known = async (): Promise<unknown> => (await fetch(`${url}/ministry/certificates/${number}/withdrawals`)).json();
  await upload({}, [number]);
  expect(await known()).toEqual({ accepted: 0, repeated: 0 });
  const id = randomUUID();
  await post('/ministry/withdrawals', { numbers: [number] }, { id });
  await post('/ministry/withdrawals', { numbers: [number] }, { id });
  expect(await known()).toEqual({ accepted: 1, repeated: 0 });
  await post('/ministry/withdrawals', { numbers: [number] });
  expect(await known()).toEqual({ accepted: 1, repeated: 1 });
});

it('makes the same distinction for an upload', async () => {
  const number = 'S000021010003263000010';
  const known = async (): Promise<unknown> => (await fetch(`${url}/ministry/certificates/${number}/uploads`)).json();
  expect(await known()).toEqual({ accepted: 0, repeated: 0 });
  const id = randomUUID();
  await upload({ id }, [number]);
  await upload({ id }, [number]);
  expect(await known()).toEqual({ accepted: 1, repeated: 0 });
  await upload({}, [number]);
  expect(await known()).toEqual({ accepted: 1, repeated: 1 });
});

it('answers the same id with the same answer, and refuses it with another body', async () => {
  const id = randomUUID();
  const first = await upload({ id });
  expect(first).toMatchObject({ status: 200, body: { rows: [{ number: ONE, code: '00' }] } });
  await post('/ministry/withdrawals', { numbers: [ONE] });
  expect(await upload({ id })).toEqual(first);
  expect(await (await fetch(`${url}/ministry/certificates/${ONE}`)).json()).toEqual({ number: ONE, state: 'withdrawn' });
  expect((await upload({ id }, ['S000021010003263000002'])).status).toBe(409);
});

it('refuses more than a thousand rows and unreadable bodies', async () => {
  expect((await post('/ministry/withdrawals', { numbers: Array.from({ length: 1_001 }, () => ONE) })).status).toBe(413);
  expect((await post('/ministry/withdrawals', { number: ONE })).status).toBe(400);
  expect((await post('/police/notices', { orderId: 'o1' })).status).toBe(400);
});

it('returns a receipt for a notice, and refuses an unknown fault', async () => {
  const notice = { orderId: 'o1', documentNo: '辽人社鉴处〔2026〕1号', institution: 'S000021010003', about: 'order' };
  expect(await post('/regulator/notices', notice)).toMatchObject({
    status: 200,
    body: { receiptNo: expect.stringMatching(/^regulator-/), rows: [{ number: 'o1', code: '00' }] },
  });
  const wrong = await fetch(`${url}/admin/faults/ministry`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"fault":"moody"}',
  });
  expect(wrong.status).toBe(400);
});

it('does not start in production', () => {
  expect(() => readConfig(CONFIG, { AGENCY_SECRET: SECRET, NODE_ENV: 'production' })).toThrow('NODE_ENV');
});
