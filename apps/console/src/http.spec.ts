import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOf, asFile, client, done, isAnswered, keyed, Problem, said, written } from './http';

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
  ])('%s: final answer: %s', (status, answered) => expect(isAnswered(new Problem(status, 'x', '…', {}))).toBe(answered));

  it('has no final answer when no answer came at all', () => expect(isAnswered(new TypeError('fetch failed'))).toBe(false));

  it('is reported as outcome unknown, with the reason and words of the gateway', async () => {
    const answers = [503, 409];
    const server = createServer((_, response) => {
      const status = answers.shift();
      if (status === undefined) return void response.destroy();
      response
        .writeHead(status, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify({ title: '服务未在时限内应答', code: 'c', ...(status === 503 ? { outcomeUnknown: true } : {}) }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // The console calls the origin of its own page.
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const sign = () => written(client.POST('/api/orders/{id}/sign', { baseUrl, params: { path: { id: 'o' }, header: keyed() }, body: {} }));
    try {
      expect(await failureOf(sign())).toMatchObject({
        status: 503,
        code: 'c',
        message: expect.stringMatching(/服务未在时限内应答.*处理结果未知.*再次提交/),
      });
      expect(await failureOf(sign())).toMatchObject({ status: 409, message: '服务未在时限内应答' });
      expect(await failureOf(sign())).toMatchObject({ message: expect.stringContaining('处理结果未知') });
      expect(await failureOf(answerOf(client.GET('/api/me')))).toMatchObject({ message: expect.stringContaining('未能连接平台') });
    } finally {
      server.close();
    }
  });
});

describe('a write that was refused temporarily', () => {
  const refusedWith = async (status: number, body: string): Promise<unknown> => {
    const fetched = () => Promise.resolve(new Response(body, { status, headers: { 'content-type': 'application/problem+json' } }));
    const params = { path: { id: 'o' }, header: keyed() };
    return failureOf(written(client.POST('/api/orders/{id}/sign', { baseUrl: 'http://127.0.0.1', fetch: fetched, params, body: {} })));
  };

  it('has no unknown outcome, unless the gateway says so or no gateway answered', async () => {
    const title = '考务服务暂时不可用，无法预览，请稍后再试';
    const code = 'order.preview_unavailable';
    expect(await refusedWith(503, JSON.stringify({ title, code }))).toMatchObject({ code, message: title });
    const unknown = { message: expect.stringContaining('处理结果未知') as string };
    expect(await refusedWith(503, JSON.stringify({ title, code: 'service.timeout', outcomeUnknown: true }))).toMatchObject(unknown);
    expect(await refusedWith(502, '<html>Bad Gateway</html>')).toMatchObject(unknown);
  });
});

describe('an answer', () => {
  const answered = async (status: number, body?: string): Promise<unknown> => {
    const fetched = () => Promise.resolve(new Response(body ?? null, { status, headers: { 'content-type': 'application/json' } }));
    const asked = { baseUrl: 'http://127.0.0.1', fetch: fetched, params: { header: keyed() } };
    return failureOf(
      status === 204
        ? done(client.POST('/api/sign-out', { ...asked, body: {} }))
        : answerOf(client.GET('/api/me', { ...asked, params: {} })),
    );
  };

  it('with 204 is done, without content is a problem, and as HTML of a proxy has the status', async () => {
    expect(await answered(204)).toBe('no failure');
    expect(await answered(200, '{"officerId":"a"}')).toBe('no failure');
    expect(await answered(502, '<html>Bad Gateway</html>')).toMatchObject({ status: 502, code: 'unknown', message: '请求失败(502)' });
    expect(await answered(401, '{"title":"请先登录","code":"session.missing"}')).toMatchObject({ status: 401, code: 'session.missing' });
  });
});

describe('a request', () => {
  it('is sent as the gateway reads it: key and header of a write, a file unchanged, a query without empty values', async () => {
    const seen: { url: string; headers: Record<string, unknown>; body: string }[] = [];
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        seen.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const key = '00000000-0000-4000-8000-000000000000';
    try {
      await client.GET('/api/orders', { baseUrl, params: { query: said({ institution: '', after: undefined, limit: '20' }) } });
      const params = { path: { id: 'c' }, query: { name: '笔录.pdf' }, header: keyed(key) };
      const file = new File(['%PDF'], '笔录.pdf', { type: 'application/pdf' });
      await client.POST('/api/cases/{id}/attachments', { baseUrl, params, ...asFile(file) });
    } finally {
      server.close();
    }
    expect(seen[0]?.url).toBe('/api/orders?limit=20');
    expect(seen[1]).toMatchObject({
      url: `/api/cases/c/attachments?name=${encodeURIComponent('笔录.pdf')}`,
      headers: { 'idempotency-key': key, 'x-hengji-csrf': '1', 'content-type': 'application/pdf' },
      body: '%PDF',
    });
  });
});
