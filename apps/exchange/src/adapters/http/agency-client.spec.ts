// Answers of an agency over a real socket, and the result of the client: an answer, or one line that describes the fault.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AgencyFailure, agencyClient } from './agency-client';

let server: Server;
let answer: RequestListener;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (timeoutMs = 5_000) =>
  agencyClient({
    addresses: { MINISTRY: url, POLICE: url, MARKET_REGULATOR: url, DISCIPLINE: url },
    signer: { appId: 'hengji', secret: 's' },
    timeoutMs,
  })({ agency: 'MINISTRY', kind: 'upload', messageId: 'm1', body: {}, now: new Date() }, new AbortController().signal);
const says = (body: string | Uint8Array, status = 200): void => {
  answer = (_request, response) => response.writeHead(status).end(body);
};
const ROW = { number: 'S000021010003263000001', code: '00' };

it('reads a correct answer', async () => {
  says(JSON.stringify({ rows: [ROW], receiptNo: 'R-1' }));
  expect(await ask()).toEqual({ rows: [ROW], receiptNo: 'R-1', packageSha256: '', decision: null });
});

it.each<[string, string | Uint8Array, RegExp]>([
  ['is no JSON', '<html>', /不是JSON/],
  ['is empty', '', /不是JSON/],
  ['is not UTF-8', Buffer.concat([Buffer.from('{"rows":[],"receiptNo":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]), /不是UTF-8/],
  ['has no rows', '{}', /格式不符:rows/],
  ['has a number as code', JSON.stringify({ rows: [{ ...ROW, code: 0 }] }), /格式不符:rows\.0\.code/],
  ['has a control character in the receipt', JSON.stringify({ rows: [ROW], receiptNo: 'R\0' }), /格式不符:receiptNo/],
  ['has more rows than any message', JSON.stringify({ rows: Array(5_001).fill(ROW) }), /格式不符:rows/],
  ['is longer than any answer', Buffer.alloc(2 * 1024 * 1024 + 1, 0x20), /超过2097152字节/],
])('rejects an answer that %s', async (_what, body, why) => {
  says(body);
  const failure: unknown = await ask().catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(AgencyFailure);
  expect((failure as Error).message).toMatch(why);
});

it('stores a short line of an error page', async () => {
  says(`boom\0${'x'.repeat(10_000)}`, 500);
  await expect(ask()).rejects.toThrow(/^对方答复HTTP 500:boom x{195}$/);
});

it('does not wait for an endless answer', async () => {
  answer = (_request, response) => void response.writeHead(200).write('{');
  await expect(ask(200)).rejects.toThrow('对方200毫秒内未答复');
});
