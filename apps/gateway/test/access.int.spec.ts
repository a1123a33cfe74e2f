// Which roles may call which route: every role at every route, and every territory. The expectations are written a second time by hand,
// because expectations derived from the table could find no mistake in the table.
import type { Role } from '@hengji/province';
import { ROUTES } from '../src/adapters/http/routes';
import { compared, isCompared, nameOf } from './answers';
import { Browser, DALIAN, PROVINCE, SHENYANG, signedIn, startGateway, type Gateway } from './gateway';

const LOGINS: Readonly<Record<Role, string>> = {
  PROVINCE_OFFICER: 'province-a',
  CITY_OFFICER: 'shenyang-a',
  INSTITUTION: 'institution',
  OPERATOR: 'operator',
  AUDITOR: 'auditor',
};
/** Enforcement's table decides who takes which step. */
const STEP = { step: 'REPLY', text: '陈述申辩意见' };
const WRONG_USCC = '91210102MA0Y1Q2R8U';
const DRAFT = { scope: { institution: SHENYANG }, measures: ['STOP_EVALUATION'] };

/** P, C, I, O, A: province officer, city officer, institution, operator, auditor. */
const DOORS: readonly (readonly [string, string, unknown?])[] = [
  ['PCIOA', 'GET /me'],
  ...[
    'institutions',
    'notices',
    'decisions',
    'plans',
    'results',
    'certificates',
    'payments',
    'recoveries',
    'orders',
    'cases',
    'deadlines',
    'remedies',
  ].flatMap((list) => [['PCI.A', `GET /${list}`] as const, ['PCI.A', `GET /${list}/export`] as const]),
  ['PC.OA', 'GET /messages/export'],
  ['PC..A', 'GET /acts'],
  ['PC..A', 'GET /acts/export'],
  ['PC..A', 'POST /people/search', { name: '张三', idNumber: '210102199003070011', purpose: 'CASE', note: '核对证人' }],
  ['PCI.A', 'GET /institutions/:code'],
  ['PCI.A', 'GET /institutions/:code/counts'],
  ['PCI.A', 'GET /institutions/:code/plans'],
  ['PCI.A', 'GET /institutions/:code/results'],
  ['PCI.A', 'GET /institutions/:code/certificates'],
  ['PCI.A', 'GET /institutions/:code/payments'],
  ['PCI.A', 'GET /institutions/:code/recoveries'],
  ['PCI.A', 'GET /recoveries/:id'],
  ['PCI.A', 'GET /orders/:id'],
  ['PCI.A', 'GET /orders/:id/events'],
  ['PC...', 'POST /orders', DRAFT],
  ['PC...', 'POST /orders/:id/preview'],
  ['PC...', 'POST /orders/:id/sign'],
  ['PC...', 'POST /orders/:id/edit', { ...DRAFT, revision: 1 }],
  ['PC...', 'POST /orders/:id/superseding', { scope: DRAFT.scope, measures: DRAFT.measures }],
  ['PC...', 'POST /orders/:id/discard', { revision: 1, reason: '重复起草' }],
  ['PC..A', 'GET /orders/:id/versions'],
  ['PC...', 'POST /orders/:id/lift', { reason: '复议撤销', ground: 'RECONSIDERATION' }],
  ['PC...', 'POST /orders/numbers', { institution: SHENYANG, text: '1' }],
  ['PC...', 'GET /orders/:id/drift'],
  ['PC...', 'POST /orders/:id/confirm-drift', { seen: [{ row: 2, root: 'ab' }] }],
  ['PC...', 'POST /orders/:id/sweep'],
  ['PC...', 'POST /orders/:id/suspend', { reason: '法院裁定停止执行' }],
  ['PC...', 'POST /orders/:id/resume', { reason: '判决生效' }],
  ['PCI.A', 'GET /orders/:id/left'],
  ['PC...', 'POST /orders/:id/left', { row: 3, recordId: 'r1', decision: '维持现状' }],
  ['PCI.A', 'GET /orders/:id/certificate'],
  ['PCI.A', 'GET /orders/:id/certificate.pdf'],
  ['PCI.A', 'GET /orders/:id/proofs?row=3&record=r1'],
  ['..I..', 'POST /orders/:id/rectification/evidence', { text: '已整改' }],
  ['PC...', 'POST /orders/:id/rectification/checks', { passed: true, text: '现场复查合格' }],
  ['PC...', 'POST /orders/:id/follow-ups/:kind', { note: '已办结' }],
  ['PC...', 'POST /cases', { institution: SHENYANG, source: 'COMPLAINT', grounds: ['FORGED_PAPERS'], summary: '举报' }],
  ['PCI.A', 'GET /cases/:id'],
  ['PCI..', 'POST /cases/:id/steps', STEP],
  ['PC...', 'POST /cases/:id/notice-preview', { mask: ['张三'] }],
  ['PCI..', 'POST /cases/:id/attachments?name=a.txt', 'bytes'],
  ['PCI.A', 'GET /cases/:id/attachments/:attachmentId'],
  ['PC...', 'POST /cases/:id/documents', { kind: 'DEMAND' }],
  ['PCI.A', 'GET /documents/:id'],
  ['PCI.A', 'GET /documents/:id/pdf'],
  ['PC...', 'POST /documents/:id/serve', { mode: 'IN_PERSON', receiver: '吴某' }],
  [
    'PC...',
    'POST /cases/:id/remedies',
    { kind: 'SUIT', orderId: 'o1', applicant: '某校', body: '法院', bodyNo: '1号', receivedOn: '2026-11-20' },
  ],
  ['PCI.A', 'GET /remedies/:id'],
  ['PC...', 'POST /remedies/:id/steps', { step: 'RESULT', day: '2026-11-25', result: 'UPHELD', documentNo: '2号', text: '维持' }],
  ['PCI.A', 'GET /tasks'],
  ['PCI.A', 'GET /tasks/counts'],
  ['PC...', 'GET /tasks/officers'],
  ['PC...', 'POST /tasks/:service/:id/assign'],
  ['PC...', 'POST /tasks/:service/:id/hand-over', { to: 'a1' }],
  ['PC...', 'POST /tasks/:service/:id/take-back'],
  ['PCI..', 'GET /reminders'],
  ['PCI..', 'POST /reminders/:service/:id/read'],
  ['PCIOA', 'GET /calendar'],
  ['...O.', 'POST /calendar', { year: 2027, off: [{ from: '2027-01-01', until: '2027-01-03' }], worked: [], source: '通知' }],
  ['...O.', 'POST /calendar/confirm', { year: 2027, version: 1 }],
  ['PCIOA', 'GET /parameters'],
  [
    ...(['...O.', 'POST /parameters'] as const),
    { code: 'D-PEN-SERVE', validFrom: '2027-01-01', amount: 5, unit: 'WORKING_DAY', source: '文号', reason: '理由' },
  ],
  ['...O.', 'POST /parameters/confirm', { code: 'D-PEN-SERVE', version: 1 }],
  ['PC..A', 'GET /uscc-checks'],
  ['PC...', `POST /uscc-checks?uscc=${WRONG_USCC}&institution=${SHENYANG}&reason=x&name=a.pdf`, 'bytes'],
  ['PC...', 'POST /uscc-checks/confirm', { uscc: WRONG_USCC, institution: SHENYANG, licenceSha256: 'ab'.repeat(32) }],
  ['PC...', 'POST /uscc-checks/refuse', { uscc: WRONG_USCC, institution: SHENYANG, licenceSha256: 'ab'.repeat(32), reason: '不清晰' }],
  ['PC..A', 'GET /uscc-checks/:institution/:uscc/:version/licence'],
  ['PC...', 'POST /orders/:id/rows/:row/retry'],
  ['PC.OA', 'GET /messages'],
  ['P..O.', 'POST /messages/:id/retry'],
  ['P..OA', 'GET /parked/:service'],
  ['P..OA', 'GET /parked/:service/gaps'],
  ['P..OA', 'GET /parked/:service/discarded'],
  ['P..O.', 'GET /parked/:service/messages/:parked'],
  ['P..O.', 'POST /parked/:service/messages/:parked/replay'],
  ['P..O.', 'POST /parked/:service/messages/:parked/discard', { reason: '伪造' }],
  ['P..O.', 'POST /parked/:service/messages/:parked/discard/confirm', { version: 'ab' }],
  ['P..OA', 'GET /parked/:service/groups'],
  ['P..O.', 'POST /parked/:service/groups/discard', { topic: 'exam.v1', reason: '伪造' }],
  ['P..O.', 'POST /parked/:service/groups/:group/discard/confirm', { digest: 'ab'.repeat(32) }],
  ['P..OA', 'GET /parked'],
  ['P..O.', 'POST /parked/:service/replay', { topic: 'exam.v1', key: SHENYANG }],
  ['PCI.A', 'GET /services'],
  ['PCIOA', 'POST /sign-out'],
];
const DECISIONS = ['', '/:id', '/:id/entries', '/:id/pdf'].map((what) => `GET /public/decisions${what}`);
const PUBLIC = ['GET /public/directory', 'GET /public/notices', ...DECISIONS, 'GET /public/certificates/:number', 'GET /public/keys'];

const filled = (path: string, institution = SHENYANG): string =>
  `/api${path}`
    .replace(':code', institution)
    .replace(':id', `EXECUTING-${institution}`)
    .replace(':attachmentId', 'a1')
    .replace(':kind', 'FEES_SETTLED')
    .replace(':row', '3')
    .replace(/(tasks|reminders)\/:service/, '$1/enforcement')
    .replace(':service', 'exam')
    .replace(':institution/:uscc/:version', `${SHENYANG}/${WRONG_USCC}/1`)
    .replace(':parked', '7')
    .replace(':group', '8')
    .replace(':number', 'S000021010001263000001');

const knock = async (browser: Browser, door: string, body?: unknown): Promise<{ status: number; code: string }> => {
  const [method = '', path = ''] = door.split(' ');
  const response = method === 'POST' ? await browser.post(path, body) : await browser.fetch(path);
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  if (isStream) await response.body?.cancel();
  const text = isStream ? '' : await response.text();
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  return { status: response.status, code: isProblem ? (JSON.parse(text) as { code: string }).code : '' };
};

describe('roles and territory', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });

  it('has an expectation for every route', () => {
    const table = ROUTES.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect([...DOORS.map(([, door]) => door.split('?')[0] ?? ''), ...PUBLIC].sort()).toEqual([...table].sort());
  });

  it.each(Object.entries(LOGINS).map(([role, login], place) => ({ role, login, place })))(
    'lets $role call exactly the expected routes',
    async ({ login, place }) => {
      const browser = await signedIn(gateway, login);
      const seen: string[] = [];
      const wanted: string[] = [];
      for (const [letters, door, body] of DOORS) {
        const [method = '', path = ''] = door.split(' ');
        const { status, code } = await knock(browser, `${method} ${filled(path)}`, body);
        seen.push(`${door} ${status === 403 ? code : 'open'}`);
        wanted.push(`${door} ${letters[place] === '.' ? 'role.not_allowed' : 'open'}`);
      }
      expect(seen).toEqual(wanted);
    },
  );

  it('has compared an answer of every route whose service is running with its schema', () => {
    // answers.int.spec.ts compares the answers of the other routes.
    const away = [
      ...[
        'GET /institutions/:code/counts',
        'GET /institutions/:code/certificates',
        'GET /certificates',
        'GET /acts',
        'POST /people/search',
        'GET /public/certificates/:number',
      ],
    ];
    const wanted = ROUTES.filter((route) => isCompared(route) && route.roles !== 'public').map(nameOf);
    expect(wanted.filter((name) => !compared.has(name) && !away.includes(name))).toEqual([]);
  });

  it('lets people without a session call the public routes only', async () => {
    const stranger = new Browser(gateway.origin);
    const seen: string[] = [];
    for (const door of [...DOORS.map(([, name]) => name), ...PUBLIC]) {
      const [method = '', path = ''] = door.split(' ');
      seen.push(`${door} ${(await knock(stranger, `${method} ${filled(path)}`, {})).status}`);
    }
    // verify is not running in this test and no trust list is configured, but the routes are not refused.
    expect(seen).toEqual([
      ...DOORS.map(([, door]) => `${door} 401`),
      'GET /public/directory 200',
      'GET /public/notices 200',
      ...DECISIONS.map((door) => `${door} 200`),
      'GET /public/certificates/:number 503',
      'GET /public/keys 404',
    ]);
  });

  it.each([
    ['province-a', [SHENYANG, DALIAN, PROVINCE]],
    ['auditor', [SHENYANG, DALIAN, PROVINCE]],
    ['shenyang-a', [SHENYANG]],
    ['dalian-a', [DALIAN]],
    ['institution', [SHENYANG]],
  ])('lets %s reach only its own territory', async (login, reached) => {
    const browser = await signedIn(gateway, login);
    const doors = [
      ...['', '/plans', '/results', '/payments'].map((what) => `GET /institutions/:code${what}`),
      ...['GET /orders/:id', 'POST /orders/:id/preview', 'POST /orders/:id/sign', 'POST /orders/:id/rows/:row/retry'],
      ...['GET /orders/:id/certificate', 'GET /orders/:id/left', 'POST /orders/:id/confirm-drift'],
      ...['GET /cases/:id', 'GET /cases/:id/attachments/:attachmentId', 'GET /documents/:id', 'GET /documents/:id/pdf'],
      'GET /recoveries/:id',
    ];
    const isOfficer = !['auditor', 'institution'].includes(login);
    for (const institution of [SHENYANG, DALIAN, PROVINCE]) {
      for (const door of doors.filter((name) => isOfficer || name.startsWith('GET'))) {
        const [method = '', path = ''] = door.split(' ');
        const body = path.endsWith('/confirm-drift') ? { seen: [{ row: 2, root: 'ab' }] } : undefined;
        const { code } = await knock(browser, `${method} ${filled(path, institution)}`, body);
        expect([door, institution, code]).toEqual([door, institution, reached.includes(institution) ? '' : 'territory.outside']);
      }
      if (!isOfficer) continue;
      const { code } = await knock(browser, 'POST /api/orders', { ...DRAFT, scope: { institution } });
      expect(code).toBe(reached.includes(institution) ? '' : 'territory.outside');
    }
  });

  it('does not call enforcement when a draft is outside the territory', async () => {
    const browser = await signedIn(gateway, 'dalian-a');
    const before = gateway.asked.length;
    await knock(browser, 'POST /api/orders', DRAFT);
    expect(gateway.asked.slice(before).map(({ method }) => method)).toEqual(['getInstitution']);
  });

  it.each([
    ['province-a', ['DRAFT-S', 'EXECUTING-S', 'DRAFT-D', 'EXECUTING-D']],
    ['shenyang-a', ['DRAFT-S', 'EXECUTING-S']],
    ['institution', ['EXECUTING-S']],
  ])('lists for %s only the orders that the person may know of', async (login, expected) => {
    const browser = await signedIn(gateway, login);
    const { items } = (await (await browser.fetch('/api/orders')).json()) as { items: { orderId: string }[] };
    expect(items.map(({ orderId }) => orderId.replace(SHENYANG, 'S').replace(DALIAN, 'D'))).toEqual(expected);
  });

  it('hides an unsigned order from the institution that the order is about', async () => {
    const browser = await signedIn(gateway, 'institution');
    expect(await knock(browser, `GET /api/orders/DRAFT-${SHENYANG}`)).toEqual({ status: 404, code: 'order.unknown' });
  });

  it('narrows the messages of a city officer in the query, so that pages are full', async () => {
    const asked = async (login: string) => {
      const before = gateway.asked.length;
      await (await signedIn(gateway, login)).fetch('/api/messages');
      return gateway.asked.slice(before).find(({ method }) => method === 'listMessages')?.request;
    };
    expect(await asked('dalian-a')).toMatchObject({ actor: { role: 'CITY_OFFICER', authority: '2102' }, query: { filters: [] } });
    expect(await asked('province-a')).toMatchObject({ actor: { role: 'PROVINCE_OFFICER', authority: 'LN' }, query: { filters: [] } });
  });

  it('shows a city officer only the messages of its own institutions', async () => {
    const of = async (login: string) => {
      const { items } = (await (await (await signedIn(gateway, login)).fetch('/api/messages')).json()) as {
        items: { institution: string }[];
      };
      return items.map(({ institution }) => institution);
    };
    expect(await of('dalian-a')).toEqual([DALIAN]);
    expect(await of('operator')).toEqual([SHENYANG, DALIAN]);
  });
});
