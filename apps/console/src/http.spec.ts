import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isAnswered, Problem, write } from './http';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (failure: unknown) => failure,
  );

describe('a write whose answer was lost', () => {
  it.each([
    [400, true],
    [401, true],
    [403, true],
    [409, true],
    [413, true],
    [500, false],
    [502, false],
    [503, false],
    [504, false],
  ])('%s: answered for good: %s', (status, answered) => expect(isAnswered(new Problem(status, 'x', '…', {}))).toBe(answered));

  it('is none when nothing came at all', () => expect(isAnswered(new TypeError('fetch failed'))).toBe(false));

  it('says that the outcome is unknown, and keeps reason and words of the gateway', async () => {
    const answers = [503, 409];
    const server = createServer((_, response) => {
      const status = answers.shift();
      if (status === undefined) return void response.destroy();
      response
        .writeHead(status, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify({ detail: '服务未在时限内应答', code: 'c' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const real = globalThis.fetch;
    // The console asks the origin that its page came from.
    globalThis.fetch = (path, init) => real(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path as string}`, init);
    try {
      expect(await failureOf(write('/orders/o/sign'))).toMatchObject({
        status: 503,
        code: 'c',
        message: expect.stringMatching(/服务未在时限内应答.*处理结果未知.*再次提交/),
      });
      expect(await failureOf(write('/orders/o/sign'))).toMatchObject({ status: 409, message: '服务未在时限内应答' });
      expect(await failureOf(write('/orders/o/sign'))).toMatchObject({ message: expect.stringContaining('处理结果未知') });
    } finally {
      globalThis.fetch = real;
      server.close();
    }
  });
});
