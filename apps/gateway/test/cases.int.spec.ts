// Cases over HTTP: files are uploaded and downloaded unchanged, nobody reads beyond the territory, wrong input is refused by field.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DALIAN, SHENYANG, signedIn, startGateway, type Browser, type Gateway } from './gateway';

const CASE = `OPEN-${SHENYANG}`;
const ORDER = `EXECUTING-${SHENYANG}`;

interface Problem {
  code: string;
  field?: string;
  title: string;
}

describe('cases', () => {
  let gateway: Gateway;
  let officer: Browser;
  let institution: Browser;
  const keys = join(mkdtempSync(join(tmpdir(), 'hengji-keys-')), 'trusted-keys.json');
  beforeAll(async () => {
    writeFileSync(keys, '{"keys":[]}');
    gateway = await startGateway({ TRUSTED_KEYS_FILE: keys });
    officer = await signedIn(gateway, 'shenyang-a');
    institution = await signedIn(gateway, 'institution');
  });
  const upload = (body: string | Uint8Array, headers: Record<string, string>, name = '笔录.pdf') =>
    officer.post(`/api/cases/${CASE}/attachments?name=${encodeURIComponent(name)}`, body, headers);
  const problemOf = async (response: Response): Promise<[number, string, string | undefined]> => {
    const { code, field } = (await response.json()) as Problem;
    return [response.status, code, field];
  };

  it.each([4, 6_000_000])('takes a file unchanged, with its Chinese name: %s bytes', async (size) => {
    const bytes = randomBytes(size);
    const sha256 = createHash('sha256').update(bytes).digest();
    // The sender may declare any media type.
    const query = `name=${encodeURIComponent('笔录.pdf')}&kind=TESTIMONY&sha256=${sha256.toString('hex')}`;
    const response = await officer.post(`/api/cases/${CASE}/attachments?${query}`, bytes, { 'content-type': 'text/html' });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ name: '笔录.pdf', bytes: size });
    const asked = gateway.asked.at(-1);
    const about = { caseId: CASE, actor: { officerId: 'shenyang-a' }, kind: 'TESTIMONY', bytes: BigInt(size), sha256, isWhole: true };
    expect(asked).toMatchObject({ method: 'uploadAttachment', request: about });
    expect((asked?.request as { content: Buffer }).content.equals(bytes)).toBe(true);
  });

  it.each([
    'application/x-zip-compressed',
    'application/vnd.ms-excel',
    'application/octet-stream',
    'image/jpg',
    'image/pjpeg',
    'text/xml',
    '',
  ])('takes a file whatever type the browser declares: %j', async (mediaType) => {
    expect((await upload('姓名,得分', { 'content-type': mediaType }, '成绩.csv')).status).toBe(201);
    expect(gateway.asked.at(-1)).toMatchObject({ method: 'uploadAttachment', request: { name: '成绩.csv', isWhole: true } });
  });

  it.each<[string, [string | Uint8Array, string, string], [number, string, string | undefined]]>([
    ['an empty file', ['', 'application/pdf', 'a.pdf'], [400, 'request.invalid', 'content']],
    ['a name with a folder', ['x', 'text/plain', '../a.txt'], [400, 'request.invalid', 'name']],
    ['a name with a control character', ['x', 'text/plain', 'a\u0000.txt'], [400, 'request.invalid', 'name']],
  ])('refuses %s and calls no service', async (_, [body, mediaType, name], expected) => {
    const before = gateway.asked.filter(({ method }) => method === 'uploadAttachment').length;
    expect(await problemOf(await upload(body, { 'content-type': mediaType }, name))).toEqual(expected);
    expect(gateway.asked.filter(({ method }) => method === 'uploadAttachment')).toHaveLength(before);
  });

  it('sends a file of another person as a download that the browser never runs', async () => {
    const { headers } = await officer.fetch(`/api/cases/${CASE}/attachments/a1`);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="_1_.html"; filename*=UTF-8''${encodeURIComponent('现场笔录 ')}%27%281%29%2A.html`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await problemOf(await officer.fetch(`/api/cases/${CASE}/attachments/of-another-case`))).toEqual([
      404,
      'attachment.unknown',
      'attachmentId',
    ]);
  });

  it.each<[string, Record<string, string>, [status: number, range: string | null, text: string]]>([
    ['whole', {}, [200, null, '<script>alert(1)</script>']],
    ['a part', { range: 'bytes=8-15' }, [206, 'bytes 8-15/25', 'alert(1)']],
    ['the end', { range: 'bytes=-9', 'if-range': '"ab"' }, [206, 'bytes 16-24/25', '</script>']],
    ['whole, where another file was begun', { range: 'bytes=8-15', 'if-range': '"cd"' }, [200, null, '<script>alert(1)</script>']],
    ['whole, where several parts are asked for', { range: 'bytes=0-1,4-5' }, [200, null, '<script>alert(1)</script>']],
  ])('sends %s', async (_, headers, [status, range, text]) => {
    const response = await officer.fetch(`/api/cases/${CASE}/attachments/a1`, { headers });
    expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([status, range, text]);
    expect([response.headers.get('accept-ranges'), response.headers.get('etag')]).toEqual(['bytes', '"ab"']);
    expect(response.headers.get('content-length')).toBe(String(text.length));
  });

  it('reports the length of the file to a request for a range behind its end', async () => {
    const response = await officer.fetch(`/api/cases/${CASE}/attachments/a1`, { headers: { range: 'bytes=25-' } });
    expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */25']);
    expect(((await response.json()) as Problem).code).toBe('attachment.range_beyond');
  });

  it('shows a document as PDF with its number in the name', async () => {
    const response = await officer.fetch(`/api/documents/${CASE}/pdf`);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('辽人社鉴告〔2026〕3号'));
    expect(await response.text()).toBe('%PDF-1.7');
  });

  it('sends the completion certificate and proofs byte for byte as they were signed', async () => {
    expect(await (await officer.fetch(`/api/orders/${ORDER}/certificate`)).text()).toBe('{"b":1,"a":"完成"}');
    const paper = await officer.fetch(`/api/orders/${ORDER}/certificate.pdf`);
    expect(paper.headers.get('content-type')).toBe('application/pdf');
    // The signed file does not contain the order's later change of state.
    expect(paper.headers.get('hengji-later-state')).toBe('LIFTING');
    expect((await officer.fetch(`/api/orders/${ORDER}/certificate`)).headers.get('hengji-later-state')).toBe('LIFTING');
    const proof = await officer.fetch(`/api/orders/${ORDER}/proofs?row=3&record=S000021010001263000001`);
    expect(await proof.json()).toEqual({ record: 'S000021010001263000001' });
    expect(await problemOf(await officer.fetch(`/api/orders/${ORDER}/proofs?row=3`))).toEqual([400, 'request.invalid', 'record']);
  });

  it('publishes the trust list to everyone, unchanged', async () => {
    expect(await (await fetch(`${gateway.origin}/api/public/keys`)).text()).toBe('{"keys":[]}');
    writeFileSync(keys, '{"keys":["rotated"]}');
    expect(await (await fetch(`${gateway.origin}/api/public/keys`)).text()).toBe('{"keys":["rotated"]}');
  });

  it.each([
    ['a document that is not in its file', `/api/documents/DRAFT-${SHENYANG}`, [404, 'document.unknown', 'id']],
    ["another institution's case", `/api/cases/OPEN-${DALIAN}`, [403, 'territory.outside', 'institution']],
    ["another institution's document", `/api/documents/OPEN-${DALIAN}`, [403, 'territory.outside', 'institution']],
  ])('hides %s from an institution', async (_, path, expected) => {
    expect(await problemOf(await institution.fetch(path))).toEqual(expected);
  });

  it('passes a step to enforcement with the person who takes the step', async () => {
    expect((await institution.post(`/api/cases/${CASE}/steps`, { step: 'WAIVE_REPLY' })).status).toBe(200);
    expect(gateway.asked.at(-1)).toMatchObject({ method: 'takeStep', request: { step: 'WAIVE_REPLY', actor: { role: 'INSTITUTION' } } });
    expect((await officer.post(`/api/cases/${CASE}/steps`, { step: 'PROPOSE', text: '建议', orderId: ORDER })).status).toBe(200);
    expect(gateway.asked.at(-1)).toMatchObject({ method: 'takeStep', request: { step: 'PROPOSE', orderId: ORDER } });
  });

  it('passes what a step states to enforcement', async () => {
    const findings = [{ point: 'FACTS', passed: false, remark: '事实不清' }];
    const discussion = { heldOn: '2026-11-23', participants: ['甲', '乙', '丙'], conclusion: '同意' };
    const particulars = { credential: '21010001', noInterest: true, waived: ['HEARING'], legalFindings: findings, discussion };
    expect((await officer.post(`/api/cases/${CASE}/steps`, { step: 'VERIFY', text: '核查', particulars })).status).toBe(200);
    const asked = { step: 'VERIFY', particulars: { ...particulars, receivedOn: '', officerId: '', officerName: '' } };
    expect(gateway.asked.at(-1)).toMatchObject({ method: 'takeStep', request: asked });
  });

  it('passes the facts and the proof of a service to enforcement', async () => {
    const service = {
      servedAt: '2026-11-23T10:00:00+08:00',
      capacity: 'LEGAL_REPRESENTATIVE',
      servers: ['张明'],
      credentials: ['21010001'],
      postNumber: 'EA1',
    };
    const served = { mode: 'POST', receiver: '王立新', attachmentIds: ['a1'], service };
    const facts = { ...service, servedAt: new Date('2026-11-23T02:00:00Z'), witness: '' };
    const asked = { mode: 'POST', receiver: '王立新', attachmentIds: ['a1'], service: facts };
    expect((await officer.post(`/api/cases/${CASE}/steps`, { step: 'SERVE_NOTICE', ...served })).status).toBe(200);
    expect(gateway.asked.at(-1)).toMatchObject({ method: 'takeStep', request: { step: 'SERVE_NOTICE', ...asked } });
    expect((await officer.post(`/api/documents/${CASE}/serve`, served)).status).toBe(200);
    expect(gateway.asked.at(-1)).toMatchObject({ method: 'serveDocument', request: asked });
  });

  it('passes the names that people type in the one spelling of the records', async () => {
    const service = { servers: ['张 明', '买买提•艾力'], witness: '　李 四　' };
    const particulars = { discussion: { participants: ['甲 乙', 'O’Neil', '丙'] }, officerName: '阿依古丽．买买提' };
    expect((await officer.post(`/api/cases/${CASE}/steps`, { step: 'VERIFY', receiver: '王 立新', service, particulars })).status).toBe(
      200,
    );
    expect(gateway.asked.at(-1)?.request).toMatchObject({
      ...{ receiver: '王立新', service: { servers: ['张明', '买买提·艾力'], witness: '李四' } },
      particulars: { discussion: { participants: ['甲乙', "O'Neil", '丙'] }, officerName: '阿依古丽·买买提' },
    });
    expect((await officer.post(`/api/documents/${CASE}/serve`, { mode: 'POST', receiver: '王 立新' })).status).toBe(200);
    expect(gateway.asked.at(-1)?.request).toMatchObject({ receiver: '王立新' });
  });

  it('lists no case outside the territory, whatever enforcement answers', async () => {
    for (const browser of [institution, officer]) {
      const { items } = (await (await browser.fetch('/api/cases')).json()) as { items: { caseId: string }[] };
      expect(items.map(({ caseId }) => caseId)).toEqual([CASE]);
    }
  });

  it('shows limits within the territory, and never those of a criminal transfer to the institution', async () => {
    const codes = async (browser: Browser) =>
      ((await (await browser.fetch('/api/deadlines')).json()) as { items: { code: string }[] }).items.map(({ code }) => code);
    expect(await codes(officer)).toEqual(['D-TRANSFER-SEND', 'D-PEN-SERVE']);
    expect(await codes(institution)).toEqual(['D-PEN-SERVE']);
  });

  it.each<[string, unknown, string]>([
    ['/steps', { step: 'JUMP' }, 'step'],
    ['/steps', { step: 'VERIFY', text: 7 }, 'text'],
    ['/steps', { step: 'VERIFY', mode: 'FAX' }, 'mode'],
    ['/steps', { step: 'SERVE_NOTICE', service: { servedAt: '2026-11-23 10:00' } }, 'service.servedAt'],
    ['/steps', { step: 'SERVE_NOTICE', service: { capacity: 'DOOR_KEEPER' } }, 'service.capacity'],
    ['/steps', { step: 'WAIVE_REPLY', particulars: { waived: ['LIFE'] } }, 'particulars.waived[0]'],
    ['/steps', { step: 'REPLY', particulars: { receivedOn: '11-23' } }, 'particulars.receivedOn'],
    ['/steps', { step: 'SERVE_NOTICE', receiver: '王*' }, 'receiver'],
    ['/steps', { step: 'SERVE_NOTICE', service: { servers: ['张明', '李\u200B四'] } }, 'service.servers[1]'],
    ['/steps', { step: 'SERVE_NOTICE', service: { witness: '李4' } }, 'service.witness'],
    ['/steps', { step: 'DISCUSS', particulars: { discussion: { participants: ['王?'] } } }, 'particulars.discussion.participants[0]'],
    ['/documents', { kind: 'UNSPECIFIED' }, 'kind'],
  ])('refuses a wrong %s by field', async (path, body, field) => {
    expect(await problemOf(await officer.post(`/api/cases/${CASE}${path}`, body))).toEqual([400, 'request.invalid', field]);
  });

  it('opens no case outside the territory', async () => {
    const lead = { institution: DALIAN, source: 'COMPLAINT', grounds: ['FORGED_PAPERS'], summary: '举报' };
    expect(await problemOf(await officer.post('/api/cases', lead))).toEqual([403, 'territory.outside', 'institution']);
  });
});
