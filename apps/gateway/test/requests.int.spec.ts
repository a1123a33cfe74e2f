// Requests and responses of routes: problem bodies, repeated requests, bad input, pages of other sites, live events.
import { randomUUID } from 'node:crypto';
import { until } from '@hengji/testing';
import { type Browser, DALIAN, SHENYANG, signedIn, startGateway, type Gateway } from './gateway';

const ORDER = `EXECUTING-${SHENYANG}`;
const DRAFT = {
  scope: { institution: SHENYANG },
  measures: ['STOP_EVALUATION', 'VOID_CERTIFICATES'],
  grounds: ['FORGED_PAPERS'],
  reason: '查实',
};

describe('requests', () => {
  let gateway: Gateway;
  let officer: Browser;
  beforeAll(async () => {
    gateway = await startGateway();
    officer = await signedIn(gateway, 'province-a');
  });
  const lastAsked = (method: string) => gateway.asked.filter((one) => one.method === method).at(-1);

  it('passes a draft to enforcement with the person as actor and the key as request id', async () => {
    const key = randomUUID();
    const response = await officer.post('/api/orders', DRAFT, { 'idempotency-key': key });
    expect(response.status).toBe(201);
    expect(lastAsked('draftOrder')).toMatchObject({
      caller: 'gateway',
      request: {
        requestId: key,
        actor: { officerId: 'province-a', role: 'PROVINCE_OFFICER', authority: 'LN' },
        scope: { institution: SHENYANG, certificates: [], from: '' },
        measures: ['STOP_EVALUATION', 'VOID_CERTIFICATES'],
        grounds: ['FORGED_PAPERS'],
      },
    });
  });

  it('passes an edited draft with the version that was read; neither its case nor an edit without a version', async () => {
    const edit = { ...DRAFT, revision: 3, title: ' 第二份 ' };
    expect((await officer.post(`/api/orders/${ORDER}/edit`, edit)).status).toBe(200);
    expect(lastAsked('editDraft')?.request).toMatchObject({
      orderId: ORDER,
      revision: 3,
      title: '第二份',
      repeatSteps: false,
      reason: '查实',
    });
    for (const wrong of [{ ...edit, caseId: 'c1' }, DRAFT, { ...edit, revision: 0 }, { ...edit, title: '名'.repeat(61) }])
      expect((await officer.post(`/api/orders/${ORDER}/edit`, wrong)).status).toBe(400);
    expect((await officer.post(`/api/orders/${ORDER}/discard`, { revision: 3 })).status).toBe(400);
    expect((await officer.post(`/api/orders/${ORDER}/discard`, { revision: 3, reason: '重复起草' })).status).toBe(200);
    expect(lastAsked('discardDraft')?.request).toMatchObject({ orderId: ORDER, revision: 3, reason: '重复起草' });
  });

  it('passes a pasted list of a megabyte to enforcement, unread', async () => {
    const text = `证书编号：Ｓ０００\n${'x'.repeat(999_980)}`;
    const response = await officer.post('/api/orders/numbers', { institution: ` ${SHENYANG.toLowerCase()}`, text });
    expect([response.status, ((await response.json()) as { items: unknown[] }).items.length]).toEqual([200, 1]);
    expect(lastAsked('checkNumbers')?.request).toMatchObject({ institution: SHENYANG, text, actor: { officerId: 'province-a' } });
    const tooLong = await officer.post('/api/orders/numbers', { institution: SHENYANG, text: `${text}${'x'.repeat(20)}` });
    expect([tooLong.status, await tooLong.json()]).toEqual([400, expect.objectContaining({ code: 'request.invalid', field: 'text' })]);
    expect((await (await signedIn(gateway, 'shenyang-a')).post('/api/orders/numbers', { institution: DALIAN, text })).status).toBe(403);
  });

  it('answers messages as JSON: dates as text, counts as numbers, bytes as hex', async () => {
    const parked = (await (await officer.fetch('/api/parked')).json()) as { services: Record<string, unknown>[] };
    expect(parked.services.find(({ service }) => service === 'exam')).toMatchObject({
      total: 1,
      messages: [{ parkedId: '7', valueBytes: 2, value: '' }],
    });
    const page = await (await officer.fetch('/api/parked/exam?after=7&limit=3')).json();
    expect(page).toMatchObject({ items: [{ parkedId: '7' }], next: '' });
    expect(gateway.asked.findLast(({ method }) => method === 'listParked')?.request).toMatchObject({ page: { after: '7', limit: 3 } });
  });

  it('names the person who discards a parked message', async () => {
    const operator = await signedIn(gateway, 'operator-b');
    expect((await operator.post('/api/parked/exam/messages/7/discard', { reason: '伪造' })).status).toBe(200);
    expect((await operator.post('/api/parked/exam/messages/7/discard/confirm', {})).status).toBe(400);
    expect((await operator.post('/api/parked/exam/messages/7/discard/confirm', { version: 'ab12' })).status).toBe(200);
    expect(gateway.asked.findLast(({ method }) => method === 'confirmDiscard')?.request).toMatchObject({ version: 'ab12' });
    for (const method of ['proposeDiscard', 'confirmDiscard'])
      expect(gateway.asked.findLast((one) => one.method === method)?.request).toMatchObject({ parkedId: '7', actor: { role: 'OPERATOR' } });
    expect((await operator.fetch('/api/parked/exam/messages/x')).status).toBe(400);
  });

  it('names the person who discards a group, the filter, and the digest that was seen', async () => {
    const operator = await signedIn(gateway, 'operator-b');
    const group = { topic: 'exam.v1', parkedReason: 'seal.missing', parkedFrom: '2026-01-31T08:00:00Z', reason: '伪造' };
    expect(await (await operator.post('/api/parked/exam/groups/discard', group)).json()).toMatchObject({ groupId: '8' });
    expect(gateway.asked.findLast(({ method }) => method === 'proposeGroupDiscard')?.request).toMatchObject({
      filter: { topic: 'exam.v1', reason: 'seal.missing', parkedFrom: new Date('2026-01-31T08:00:00Z'), parkedUntil: undefined },
      reason: '伪造',
      actor: { role: 'OPERATOR' },
    });
    for (const wrong of [{ ...group, parkedFrom: '昨天' }, { ...group, reason: '' }, { reason: '伪造' }])
      expect((await operator.post('/api/parked/exam/groups/discard', wrong)).status).toBe(400);
    const digest = 'ab'.repeat(32);
    expect(await (await operator.post('/api/parked/exam/groups/8/discard/confirm', { digest })).json()).toEqual({ discarded: 3 });
    expect(gateway.asked.findLast(({ method }) => method === 'confirmGroupDiscard')?.request).toMatchObject({ groupId: '8', digest });
  });

  it('shows the parked messages of the other services when one service is unavailable', async () => {
    const parked = (await (await officer.fetch('/api/parked')).json()) as { services: Record<string, unknown>[] };
    expect(parked.services.filter(({ unreachable }) => unreachable).map(({ service }) => service)).toEqual(['certificate']);
  });

  it('answers problems by RFC 9457 with code, field, rule and trace', async () => {
    const response = await officer.fetch('/api/institutions/S000021990001/plans');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as { traceId: string };
    expect(problem).toMatchObject({
      type: 'urn:hengji:problem:institution.unknown',
      title: '没有这个机构',
      status: 404,
      code: 'institution.unknown',
      field: 'code',
    });
    expect(problem.traceId).toBe(response.headers.get('x-trace-id'));
    expect(problem.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('reports that a service is unavailable, and when to try again', async () => {
    const response = await officer.fetch(`/api/institutions/${SHENYANG}/certificates`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({ code: 'service.unavailable', title: '服务暂不可用:certificate' });
  });

  it.each([
    ['no key', { 'idempotency-key': '' }, 400, 'request.id_invalid'],
    ['a key that is no UUID', { 'idempotency-key': '1' }, 400, 'request.id_invalid'],
    ['no CSRF header', { 'x-hengji-csrf': '' }, 403, 'csrf.refused'],
    ['another site (fetch metadata)', { 'sec-fetch-site': 'cross-site' }, 403, 'csrf.refused'],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }, 403, 'csrf.refused'],
    ['another origin', { origin: 'https://evil.example' }, 403, 'csrf.refused'],
    ['an opaque origin', { origin: 'null' }, 403, 'csrf.refused'],
  ])('refuses a write with %s', async (_, headers, status, code) => {
    const before = gateway.asked.length;
    const response = await officer.post('/api/orders', DRAFT, headers as Record<string, string>);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
    expect(gateway.asked.length).toBe(before);
  });

  it.each<[string, unknown, string, string]>([
    ['an unknown field', { ...DRAFT, urgent: true }, 'request.invalid', 'urgent'],
    ['an unknown field inside', { ...DRAFT, scope: { ...DRAFT.scope, province: 'LN' } }, 'request.invalid', 'scope.province'],
    ['an institution code that is none', { ...DRAFT, scope: { institution: 'S00002101000' } }, 'request.invalid', 'scope.institution'],
    ['a number as text', { ...DRAFT, reason: 7 }, 'request.invalid', 'reason'],
    ['text that no database can store', { ...DRAFT, reason: 'a\0b' }, 'request.invalid', 'reason'],
    ['half of a character', { ...DRAFT, reason: 'a\ud800b' }, 'request.invalid', 'reason'],
    ['text as a list', { ...DRAFT, measures: 'STOP_EVALUATION' }, 'request.invalid', 'measures'],
    ['an unknown measure', { ...DRAFT, measures: ['STOP_EVALUATION', 'FINE'] }, 'request.invalid', 'measures[1]'],
    ['a measure unspecified', { ...DRAFT, measures: ['UNSPECIFIED'] }, 'request.invalid', 'measures[0]'],
    ['a day that is none', { ...DRAFT, scope: { ...DRAFT.scope, from: '2026-02-30' } }, 'request.invalid', 'scope.from'],
    [
      'a certificate number that is none',
      { ...DRAFT, scope: { ...DRAFT.scope, certificates: ['S000021010001263000000'] } },
      'request.invalid',
      'scope.certificates[0]',
    ],
    [
      'more entries than a list may have',
      { ...DRAFT, scope: { ...DRAFT.scope, plans: Array<string>(1_001).fill('p') } },
      'request.invalid',
      'scope.plans',
    ],
  ])('refuses %s by field', async (_, body, code, field) => {
    const response = await officer.post('/api/orders', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code, field });
  });

  it('reads numbers of certificates with their labels and spaces', async () => {
    const number = `${SHENYANG}263000001`;
    const certificates = [`证书编号：${number.toLowerCase().slice(0, 13)} ${number.slice(13)}。`, `No. ${number.slice(0, -1)}2`];
    expect((await officer.post('/api/orders', { ...DRAFT, scope: { ...DRAFT.scope, certificates } })).status).toBe(201);
    expect(lastAsked('draftOrder')?.request).toMatchObject({ scope: { certificates: [number, `${number.slice(0, -1)}2`] } });
  });

  it.each([
    ['name', { name: '张\u200B三' }, '零宽空格 U+200B（第2个字）'],
    ['name', { name: '刘\uE900' }, '自造字 U+E900（第2个字）'],
    ['name', { name: '' }, '姓名不能为空'],
    ['note', { note: '核对\u202E证人' }, '文字方向控制符'],
  ])('names the fault of the %s of a person', async (field, change, words) => {
    const body = { name: '张三', idNumber: '210102199003070011', purpose: 'CASE', note: '核对证人', ...change };
    const response = await officer.post('/api/people/search', body);
    expect(await response.json()).toMatchObject({ code: 'request.invalid', field, title: expect.stringContaining(words) });
  });

  it('passes the one spelling of a name, and standard codes for those of GBK', async () => {
    const body = { name: '刘 \uE863', idNumber: '210102199003070011', purpose: 'CASE', note: '核对\uE863的证言' };
    await officer.post('/api/people/search', body);
    expect(lastAsked('lookUpPerson')?.request).toMatchObject({ name: '刘䶮', note: '核对䶮的证言' });
  });

  it.each<[string, string | Uint8Array, number, string]>([
    ['no JSON', '{"scope"', 400, 'request.malformed'],
    ['a list', '[]', 400, 'request.invalid'],
    ['null', 'null', 400, 'request.invalid'],
    ['bytes that are not UTF-8', Uint8Array.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), 400, 'request.malformed'],
    ['more than 256 kB', JSON.stringify({ ...DRAFT, reason: 'x'.repeat(262_144) }), 413, 'request.too_large'],
  ])('refuses a body with %s', async (_, body, status, code) => {
    const response = await officer.post('/api/orders', body);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  });

  it('refuses a body of another content type', async () => {
    const response = await officer.post('/api/orders', 'scope=1', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([415, 'request.not_json']);
  });

  it.each([
    ['/api/institutions?limit=0', 400, 'limit'],
    ['/api/institutions?limit=1001', 400, 'limit'],
    ['/api/institutions?limit=ten', 400, 'limit'],
    ['/api/institutions?limit=1&limit=2', 400, 'limit'],
    ['/api/institutions?order=name', 400, 'order'],
    ['/api/institutions/nonsense', 400, 'code'],
    ['/api/institutions/%ff', 400, undefined],
    ['/api/institutions?search=%c3%28', 400, undefined],
    [`/api/orders/${'x'.repeat(65)}`, 400, 'id'],
    ['/api/orders/UNKNOWN-x', 404, undefined],
    ['/api/nothing', 404, undefined],
  ])('refuses %s', async (path, status, field) => {
    const response = await officer.fetch(path);
    const problem = (await response.json()) as { field?: string };
    expect([response.status, problem.field]).toEqual([status, field]);
  });

  it('streams an order as it changes, and reconnects after the stream broke', async () => {
    const response = await officer.fetch(`/api/orders/${ORDER}/events`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    // The fake ends its stream after two events: a third event means that the gateway called again.
    const events = await until(
      async () => {
        text += (await reader?.read())?.value ?? '';
        return [...text.matchAll(/^event: order\ndata: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as { orderId: string });
      },
      (seen) => seen.length >= 3,
    );
    expect(events[0]).toMatchObject({ orderId: ORDER, state: 'EXECUTING' });
    await reader?.cancel();
  });

  it('does not stream an order outside the territory', async () => {
    const city = await signedIn(gateway, 'shenyang-a');
    expect((await city.fetch(`/api/orders/EXECUTING-${DALIAN}/events`)).status).toBe(403);
  });

  it('serves the OpenAPI document of every route, and a page for it without a CDN', async () => {
    const document = (await (await officer.fetch('/api/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/orders/{id}/rows/{row}/retry');
    expect(document.paths['/api/orders']?.['post']).toMatchObject({ requestBody: { required: true } });
    const page = await (await officer.fetch('/docs')).text();
    expect(page).not.toMatch(/https?:/);
    for (const asset of page.match(/\/docs\/[\w.-]+/g) ?? []) expect((await officer.fetch(asset)).status).toBe(200);
  });

  it('answers differently for a console that is not built and for a missing file', async () => {
    expect(await (await officer.fetch('/orders/1')).json()).toMatchObject({ code: 'console.not_built' });
    expect(await (await officer.fetch('/missing.js')).json()).toMatchObject({ code: 'route.unknown' });
  });

  it('sends the headers that block other sites', async () => {
    const { headers } = await officer.fetch('/api/me');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

it('limits how often one address may send requests', async () => {
  const gateway = await startGateway({ RATE_LIMIT_PER_MINUTE: '3' });
  const answers = [];
  for (let i = 0; i < 4; i += 1) answers.push(await fetch(`${gateway.origin}/api/public/notices`));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(await answers.at(-1)?.json()).toMatchObject({ code: 'rate.exceeded', status: 429 });
});

it('stops while a browser is watching', async () => {
  const gateway = await startGateway();
  const officer = await signedIn(gateway, 'province-a');
  const response = await officer.fetch(`/api/orders/${ORDER}/events`);
  const ended = response.text();
  const from = Date.now();
  await gateway.stop();
  await ended;
  expect(Date.now() - from).toBeLessThan(5_000);
});
