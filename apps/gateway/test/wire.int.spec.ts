// What comes over the wire before any handler: files by the dozen, hosts that are not ours, requests that are none. Each is answered
// without a 5xx or closed, nothing of it is kept, and the gateway answers the next person.
import { connect } from 'node:net';
import { SHENYANG, type Browser, signedIn, startGateway, type Gateway } from './gateway';

const CASE = `OPEN-${SHENYANG}`;
const FILE = new Uint8Array(1_000_000).fill(7);

/** What comes back for these bytes until the other side closes, or `ms` pass. */
const said = (origin: string, bytes: string | Buffer, ms = 5_000): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    let answer = '';
    const done = (): void => {
      clearTimeout(limit);
      socket.destroy();
      resolve(answer);
    };
    const limit = setTimeout(done, ms);
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      if (/\r\n\r\n/.test(answer)) done();
    });
    socket.on('error', done).on('close', done);
    socket.write(bytes);
  });
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

describe('the wire', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });

  const upload = (officer: Browser) =>
    officer.fetch(`/api/cases/${CASE}/attachments?name=a.pdf`, {
      method: 'POST',
      headers: { 'content-type': 'application/pdf', 'x-hengji-csrf': '1', 'idempotency-key': crypto.randomUUID() },
      body: FILE,
    });

  it('takes a few of 60 files at once, and tells the others when to come again', async () => {
    const officers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((letter) => signedIn(gateway, `shenyang-${letter}`)));
    const answers = await Promise.all(officers.flatMap((officer) => Array.from({ length: 12 }, () => upload(officer))));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => ![201, 429, 503].includes(status))).toEqual([]);
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status !== 201).length).toBeGreaterThan(10);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(((await answer.json()) as { code: string }).code).toMatch(/^files\.(too_many|busy)$/);
    }
    const officer = await signedIn(gateway, 'shenyang-a');
    for (let n = 0; n < 5; n += 1) expect((await upload(officer)).status).toBe(201);
  });

  it('answers who may not before the body has come', async () => {
    const head = `POST /api/cases/${CASE}/attachments?name=a HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n`;
    expect(statusOf(await said(gateway.origin, head))).toBe(401);
  });

  it('redirects to its own address only, whatever host a request names', async () => {
    for (const line of [
      'GET http://evil.example/api/sign-in',
      'GET //evil.example/api/sign-in',
      'GET /api/sign-in',
      'GET http://evil.example@x/api/sign-in?return=/a',
    ]) {
      const answer = await said(gateway.origin, `${line} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n\r\n`);
      const location = /^location: (.*)\r$/im.exec(answer)?.[1];
      if (location !== undefined) expect(new URL(location).origin).toBe(gateway.origin);
      expect(answer.split('\r\n\r\n')[0]).not.toMatch(/location:.*evil/i);
    }
  });

  it('names its own address in the discovery of the demo provider', async () => {
    for (const line of ['GET /oidc', 'GET http://evil.example/oidc']) {
      const head = `${line}/.well-known/openid-configuration HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n`;
      const answer = await said(gateway.origin, head);
      expect(statusOf(answer)).toBe(200);
      expect(answer).not.toContain('evil.example');
    }
    const found = (await (await fetch(`${gateway.origin}/oidc/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
    expect(found['issuer']).toBe(`${gateway.origin}/oidc`);
  });

  const host = 'Host: 127.0.0.1\r\n';
  const json = `${host}Content-Type: application/json\r\n`;
  it.each<[string, string | Buffer]>([
    ['two lengths', `POST /api/orders HTTP/1.1\r\n${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['length and chunks', `POST /api/orders HTTP/1.1\r\n${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a chunk that does not end', `POST /api/orders HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nx`],
    ['HTTP/1.0 without a host', 'GET /api/me HTTP/1.0\r\n\r\n'],
    ['HTTP/1.1 without a host', 'GET /api/me HTTP/1.1\r\n\r\n'],
    ['a thousand requests in one packet', `GET /api/me HTTP/1.1\r\n${host}\r\n`.repeat(1_000)],
    ['headers of 1 MB', `GET /api/me HTTP/1.1\r\n${host}X-Long: ${'x'.repeat(1_000_000)}\r\n\r\n`],
    ['ten thousand cookies', `GET /api/me HTTP/1.1\r\n${host}Cookie: ${'hengji_session=x; '.repeat(800)}\r\n\r\n`],
    ['another method', `PROPFIND /api/me HTTP/1.1\r\n${host}\r\n`],
    ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
    ['an upgrade', `GET /api/me HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
    ['HTTP/2 in clear', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['OPTIONS *', `OPTIONS * HTTP/1.1\r\n${host}\r\n`],
    ['TLS', Buffer.from('16030100c8010000c40303', 'hex')],
  ])('answers without a 5xx, or closes: %s', async (_, bytes) => {
    expect(statusOf(await said(gateway.origin, bytes, 3_000))).toBeLessThan(500);
    expect((await fetch(`${gateway.origin}/api/me`)).status).toBe(401);
  });

  it('refuses JSON a hundred thousand levels deep', async () => {
    const officer = await signedIn(gateway, 'shenyang-a');
    const response = await officer.post('/api/orders', `{"scope":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(response.status).toBe(400);
  });

  it('refuses a copy of the session after sign-out', async () => {
    const officer = await signedIn(gateway, 'auditor');
    const copy = officer.cookieOf('hengji_session');
    const asked = () => fetch(`${gateway.origin}/api/me`, { headers: { cookie: `hengji_session=${copy}` } });
    expect((await asked()).status).toBe(200);
    await officer.post('/api/sign-out');
    expect((await asked()).status).toBe(401);
  });
});
