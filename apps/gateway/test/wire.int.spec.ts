// Input before any handler: many files at once, foreign hosts, malformed requests. Each is answered without a 5xx or closed, nothing of it
// is stored, and the gateway serves the next person.
import { connect } from 'node:net';
import { until } from '@hengji/testing';
import { SHENYANG, type Browser, signedIn, startGateway, type Gateway } from './gateway';

const CASE = `OPEN-${SHENYANG}`;
const FILE = new Uint8Array(1_000_000).fill(7);

/** The bytes of the response until the other side closes, or `ms` pass. */
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

describe('the HTTP server', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({ RATE_LIMIT_PER_MINUTE: '100000', SIGN_INS_PER_MINUTE: '1000' });
  });

  const upload = (officer: Browser) =>
    officer.fetch(`/api/cases/${CASE}/attachments?name=a.pdf`, {
      method: 'POST',
      headers: { 'content-type': 'application/pdf', 'x-hengji-csrf': '1', 'idempotency-key': crypto.randomUUID() },
      body: FILE,
    });

  it('takes a few of 60 files at once, and answers the others with Retry-After', async () => {
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

  it('lets one person watch twenty orders at once, and still serves everybody else', async () => {
    const [officer, other] = await Promise.all([signedIn(gateway, 'shenyang-c'), signedIn(gateway, 'shenyang-d')]);
    const leaving = new AbortController();
    const watch = (who: Browser) => who.fetch(`/api/orders/EXECUTING-${SHENYANG}/events`, { signal: leaving.signal });
    const first = await Promise.all(Array.from({ length: 20 }, () => watch(officer)));
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await watch(officer);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
    expect(((await refused.json()) as { code: string }).code).toBe('streams.too_many');
    expect((await watch(other)).status).toBe(200);
    expect((await officer.fetch(`/api/orders/EXECUTING-${SHENYANG}`)).status).toBe(200);
    leaving.abort();
    const again = new AbortController();
    await until(
      async () => (await officer.fetch(`/api/orders/EXECUTING-${SHENYANG}/events`, { signal: again.signal })).status,
      (status) => status === 200,
    );
    again.abort();
  });

  it('counts the files of one person together over all sessions', async () => {
    const sessions = await Promise.all(Array.from({ length: 8 }, () => signedIn(gateway, 'shenyang-b')));
    // Only the heads are sent: no file ends before all have begun.
    const answers = sessions.map((session) =>
      said(
        gateway.origin,
        `POST /api/cases/${CASE}/attachments?name=a.pdf HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: hengji_session=${session.cookieOf('hengji_session')}\r\n` +
          `Content-Type: application/pdf\r\nX-Hengji-Csrf: 1\r\nIdempotency-Key: ${crypto.randomUUID()}\r\nContent-Length: 1000\r\n\r\nx`,
        1_500,
      ),
    );
    const statuses = (await Promise.all(answers)).map(statusOf);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    // The accepted files have no answer; their connections are closed and their places are free.
    expect(statuses.filter((status) => status === 0)).toHaveLength(3);
    expect((await upload(sessions[0] as Browser)).status).toBe(201);
  });

  const uploadHead = (session: Browser, ...more: string[]): string =>
    [
      `POST /api/cases/${CASE}/attachments?name=a.pdf HTTP/1.1`,
      ...['Host: 127.0.0.1', `Cookie: hengji_session=${session.cookieOf('hengji_session')}`, 'X-Hengji-Csrf: 1'],
      ...[`Idempotency-Key: ${crypto.randomUUID()}`, ...more, '', ''],
    ].join('\r\n');

  it('refuses a file of more than 200 MB by its length, before the body is sent', async () => {
    const officer = await signedIn(gateway, 'shenyang-a');
    const before = gateway.asked.length;
    const answer = await said(gateway.origin, uploadHead(officer, `Content-Length: ${200 * 1024 * 1024 + 1}`));
    expect(statusOf(answer)).toBe(413);
    expect(answer).toContain('attachment.too_large');
    expect(gateway.asked.slice(before).filter(({ method }) => method === 'uploadAttachment')).toEqual([]);
  });

  it('passes on no interrupted file, and no end of it', async () => {
    const officer = await signedIn(gateway, 'shenyang-a');
    const seen = () => gateway.asked.filter(({ method }) => method === 'uploadAttachment').length;
    const before = seen();
    const { port } = new URL(gateway.origin);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`${uploadHead(officer, 'Content-Length: 1000000')}${'x'.repeat(100_000)}`);
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    // Then a complete file: if the other had been accepted, its record would come first.
    expect((await upload(officer)).status).toBe(201);
    const taken = gateway.asked.filter(({ method }) => method === 'uploadAttachment').slice(before);
    expect(taken.filter(({ request }) => (request as { isWhole: boolean }).isWhole)).toHaveLength(1);
  });

  it('answers a person without rights before the body is sent', async () => {
    const head = `POST /api/cases/${CASE}/attachments?name=a HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n`;
    expect(statusOf(await said(gateway.origin, head))).toBe(401);
  });

  it('redirects to its own address only, whatever host a request gives', async () => {
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

  it('gives its own address in the discovery document of the demo provider', async () => {
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
    ['trailers', `POST /api/orders HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n2\r\n{}\r\n0\r\nX-T: 1\r\n\r\n`],
    [
      'trailers of 100 kB',
      `POST /oidc/token HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\n\r\n0\r\nX-T: ${'x'.repeat(100_000)}\r\n\r\n`,
    ],
    ['a thousand headers', `GET /api/me HTTP/1.1\r\n${host}${'X: 1\r\n'.repeat(1_000)}\r\n`],
    ['an address of 12 kB', `GET /api/institutions/${'%E4%B8%AD'.repeat(1_300)} HTTP/1.1\r\n${host}\r\n`],
    ['an address of 100 kB', `GET /api/institutions?search=${'x'.repeat(100_000)} HTTP/1.1\r\n${host}\r\n`],
    ['ten thousand parameters', `GET /api/public/notices?${'a&'.repeat(6_000)} HTTP/1.1\r\n${host}\r\n`],
    ['a promise of 5 GB', `POST /api/sign-out HTTP/1.1\r\n${json}Content-Length: 5000000000\r\nExpect: 100-continue\r\n\r\n`],
    ['another expectation', `POST /api/sign-out HTTP/1.1\r\n${json}Content-Length: 2\r\nExpect: a miracle\r\n\r\n{}`],
    ['a transfer coding twice', `POST /api/orders HTTP/1.1\r\n${json}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`],
    ['an unknown transfer coding', `POST /api/orders HTTP/1.1\r\n${json}Transfer-Encoding: gzip\r\n\r\nx`],
    ['a length that is no number', `POST /api/orders HTTP/1.1\r\n${json}Content-Length: -1\r\n\r\n{}`],
    ['a header over two lines', `GET /api/me HTTP/1.1\r\n${host}X-A: 1\r\n b\r\n\r\n`],
    ['two hosts', `GET /api/sign-in HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`],
    [
      'a body on the sign-in form of 5 MB',
      `POST /oidc/sign-in/x HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000000\r\n\r\na=b`,
    ],
    [
      'a compressed body',
      `POST /oidc/sign-in/x HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\nContent-Encoding: zstd\r\nContent-Length: 2\r\n\r\nab`,
    ],
    ['TLS', Buffer.from('16030100c8010000c40303', 'hex')],
  ])('answers without a 5xx, or closes: %s', async (_, bytes) => {
    const answer = await said(gateway.origin, bytes, 3_000);
    expect(statusOf(answer)).toBeLessThan(500);
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
