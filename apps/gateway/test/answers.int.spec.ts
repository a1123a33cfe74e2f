// Answers with all other services running, compared with the schemas of their routes (answers.ts). A wrong answer must be detected.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareAnswer, compared } from './answers';
import { PSEUDONYM, SHENYANG, signedIn, startGateway, type Browser, type Gateway } from './gateway';

const VALID = {
  ...{ number: `${SHENYANG}263000001`, status: 'valid', institution: SHENYANG, institutionName: '某评价机构' },
  ...{ occupation: '6-31-01-03', level: '3', issuedOn: '2026-01-05', asOf: '2026-03-01T00:00:00.000Z' },
};

describe('answers of routes', () => {
  let gateway: Gateway;
  let officer: Browser;
  const verify = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(VALID)));
  beforeAll(async () => {
    await new Promise<void>((resolve) => verify.listen(0, '127.0.0.1', resolve));
    const keys = join(mkdtempSync(join(tmpdir(), 'hengji-keys-')), 'trusted-keys.json');
    writeFileSync(keys, '{"keys":[]}');
    const VERIFY_URL = `http://127.0.0.1:${(verify.address() as AddressInfo).port}`;
    gateway = await startGateway({ TRUSTED_KEYS_FILE: keys, VERIFY_URL }, { allThere: true });
    officer = await signedIn(gateway, 'province-a');
  });
  afterAll(() => void verify.close());

  it.each([
    ['GET /institutions/:code/counts', `/api/institutions/${SHENYANG}/counts`],
    ['GET /institutions/:code/certificates', `/api/institutions/${SHENYANG}/certificates`],
    ['GET /public/certificates/:number', `/api/public/certificates/${VALID.number}`],
    ['GET /acts', '/api/acts?keptBy=exam,certificate'],
    ['GET /public/directory', '/api/public/directory'],
    ['GET /public/notices', '/api/public/notices'],
    ['GET /public/decisions', '/api/public/decisions?authority=2101&search=%E6%9F%90'],
    ['GET /public/decisions/:id', '/api/public/decisions/n1'],
    ['GET /public/decisions/:id/entries', '/api/public/decisions/n1/entries?page=2'],
    ['GET /public/keys', '/api/public/keys'],
  ])('of %s match the schema', async (route, path) => {
    expect((await officer.fetch(path)).status).toBe(200);
    expect([...compared]).toContain(route);
  });

  it('of a search of a person are those of the services that store names, and the payments on the found certificates', async () => {
    const body = { name: '张三', idNumber: '210102199003070011', purpose: 'CASE', note: '核对证人' };
    const response = await officer.post('/api/people/search', body);
    const { items, institutions } = (await response.json()) as { items: { recordId: string }[]; institutions: unknown[] };
    expect(items.map(({ recordId }) => recordId)).toEqual(['c1', 'c1', 'p1']);
    expect(institutions).toHaveLength(1);
    const looks = gateway.asked.filter(({ method }) => method === 'lookUpPerson').map(({ request }) => request);
    expect(looks).toMatchObject([
      body,
      body,
      { name: '', idNumber: '', person: PSEUDONYM, certificateNumbers: ['c1', 'c1'], purpose: 'CASE' },
    ]);
    expect([...compared]).toContain('POST /people/search');
  });

  it.each<[string, unknown]>([
    ['has a field that the schema has not', { items: [], next: '', total: 3 }],
    ['lacks a field', { items: [] }],
    ['has a field of another kind', { items: [{ noticeId: 7 }], next: '' }],
  ])('are reported as wrong when the answer %s', async (_, answer) => {
    const wrong = new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
    await expect(compareAnswer('GET', '/api/public/notices', wrong)).rejects.toThrow('GET /public/notices');
  });
});
