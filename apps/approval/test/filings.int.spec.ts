// The register and the directory: imports, refusals and answers.
import { TOPICS } from '@hengji/contracts';
import type { ApprovalServiceClient } from '@hengji/contracts/approval/v1/approval_service';
import { query, until } from '@hengji/testing';
import { codeOf, importAll, institution, scopeLine, type ServiceUnderTest, startService } from './service';

let service: ServiceUnderTest;
let loader: ApprovalServiceClient;
let gateway: ApprovalServiceClient;

beforeAll(async () => {
  service = await startService();
  loader = service.approval('import');
  gateway = service.approval('gateway');
});

const filedEvents = async (code: string) =>
  (await service.probe.events(TOPICS.approval)).filter(
    ({ meta, body }) => meta?.institution === code && body?.$case === 'institutionFiled',
  );

describe('importInstitutions', () => {
  it('files, publishes once, and answers "already" to a repeat', async () => {
    expect(await importAll(loader, [institution(1), institution(2)], [institution(2), institution(3)])).toEqual([
      { imported: 2, already: 0 },
      { imported: 1, already: 1 },
    ]);
    expect(await importAll(loader, [institution(1), institution(1)])).toEqual([{ imported: 0, already: 2 }]);
    const [event, ...more] = await until(
      () => filedEvents(codeOf(1)),
      (events) => events.length > 0,
    );
    expect(event?.body?.value).toMatchObject({ institution: { code: codeOf(1), status: 'ACTIVE', authority: '2101' } });
    expect(more).toEqual([]);
    expect(await gateway.getInstitution({ code: codeOf(1) })).toEqual({ institution: { ...institution(1), status: 'ACTIVE' } });
  });

  it('takes codes and names as a file has them, in the one spelling of the register', async () => {
    const { uscc } = institution(30);
    const asTyped = { code: codeOf(30).toLowerCase(), uscc: ` ${uscc.slice(0, 8)} ${uscc.slice(8)}`.toLowerCase() };
    const spellings = ['沈阳"良匠"评价中心(大东)', '沈阳「良匠」 评价中心（大东）', '沈阳“良匠”评价中心（大东）'];
    for (const [i, name] of spellings.entries()) {
      expect(await importAll(loader, [institution(30, { ...asTyped, name })])).toEqual([
        i === 0 ? { imported: 1, already: 0 } : { imported: 0, already: 1 },
      ]);
    }
    const { institution: filed } = await gateway.getInstitution({ code: asTyped.code });
    expect(filed).toMatchObject({ code: codeOf(30), uscc, name: '沈阳“良匠”评价中心（大东）' });
    for (const search of ['良匠"评价', '良匠」评价中心(大东)', '沈阳 “良匠', asTyped.uscc]) {
      expect((await gateway.listInstitutions({ search, page: { limit: 10 } })).institutions.map(({ code }) => code)).toEqual([codeOf(30)]);
    }
    for (const value of ['（大东）', '(大东)', '良匠"评价']) {
      const query = { filters: [{ field: 'name', op: 'HAS' as const, values: [value] }], limit: 10 };
      expect((await gateway.listInstitutions({ query })).institutions.map(({ code }) => code)).toEqual([codeOf(30)]);
    }
  });

  it('never shows or finds a code that is also the ID number of a person, as a version before stored it', async () => {
    const personal = '210102199003070097';
    await importAll(loader, [institution(33)]);
    await query(service.url, 'UPDATE institution SET uscc = $1 WHERE code = $2', [personal, codeOf(33)]);
    expect((await gateway.getInstitution({ code: codeOf(33) })).institution).toMatchObject({ code: codeOf(33), uscc: '' });
    for (const search of [personal, personal.slice(0, 14)]) {
      expect((await gateway.listInstitutions({ search, page: { limit: 10 } })).institutions).toEqual([]);
    }
    const byCode = { filters: [{ field: 'uscc', op: 'IS' as const, values: [personal] }], limit: 10 };
    expect((await gateway.listInstitutions({ query: byCode })).institutions).toEqual([]);
    const { uscc } = institution(1);
    const other = { filters: [{ field: 'uscc', op: 'IS' as const, values: [uscc.toLowerCase()] }], limit: 10 };
    expect((await gateway.listInstitutions({ query: other })).institutions.map(({ code }) => code)).toEqual([codeOf(1)]);
  });

  it('ignores status, holds and the like', async () => {
    await importAll(loader, [
      institution(4, { status: 'REMOVED', holds: [{ orderId: 'x', placedAt: '' }], removedBy: ['x'], rectifyBy: '2026-01-01' }),
    ]);
    expect((await gateway.getInstitution({ code: codeOf(4) })).institution).toEqual({ ...institution(4), status: 'ACTIVE' });
  });

  it.each([
    [
      'a wrong USCC',
      [institution(11), institution(12, { uscc: '52210102MJ000001AA' })],
      'invalid',
      'institution.uscc_invalid',
      'institutions[1].uscc',
    ],
    [
      'a name with a character that no screen shows',
      [institution(11, { name: '沈阳\u200B匠心' })],
      'invalid',
      'institution.name_invalid',
      'institutions[0].name',
    ],
    ['a malformed code', [institution(11, { code: 'S1' })], 'invalid', 'institution.code_invalid', 'institutions[0].code'],
    [
      'the letter of another class',
      [institution(11, { institutionClass: 'EMPLOYER' })],
      'invalid',
      'institution.code_invalid',
      'institutions[0].code',
    ],
    [
      'no class',
      [institution(11, { institutionClass: 'UNSPECIFIED' })],
      'invalid',
      'institution.class_invalid',
      'institutions[0].institution_class',
    ],
    ['an unknown area', [institution(11, { area: '110101' })], 'invalid', 'institution.area_unknown', 'institutions[0].area'],
    [
      'an unknown authority',
      [institution(11, { authority: '2199' })],
      'invalid',
      'institution.authority_unknown',
      'institutions[0].authority',
    ],
    [
      'an end before its beginning',
      [institution(11, { validUntil: '2023-12-31' })],
      'invalid',
      'institution.validity_invalid',
      'institutions[0].valid_until',
    ],
    [
      'a restricted occupation',
      [institution(11, { scopeLines: [scopeLine({ occupation: '4-07-05-03', levels: ['5'] })] })],
      'invalid',
      'institution.scope_invalid',
      'institutions[0].scope_lines[0].occupation',
    ],
    ['no name', [institution(11, { name: '' })], 'invalid', 'institution.name_invalid', 'institutions[0].name'],
    [
      'another filing under a code that is taken',
      [institution(11), institution(1, { name: '另一家' })],
      'conflict',
      'institution.code_taken',
      'institutions[1].code',
    ],
    [
      'two filings under one code',
      [institution(11), institution(11, { name: '另一家' })],
      'conflict',
      'institution.code_taken',
      'institutions[1].code',
    ],
    ['a thousand and one', Array.from({ length: 1001 }, (_, i) => institution(3000 + i)), 'tooMuch', 'import.too_many', 'institutions'],
  ])('refuses the whole message for %s and writes nothing', async (...[, message, kind, reason, field]) => {
    const before = await query(
      service.url,
      'SELECT (SELECT count(*) FROM institution) AS filed, (SELECT count(*) FROM messaging.outbox) AS events',
    );
    await expect(importAll(loader, message)).rejects.toMatchObject({ name: 'Refusal', kind, reason, detail: { field } });
    expect(
      await query(service.url, 'SELECT (SELECT count(*) FROM institution) AS filed, (SELECT count(*) FROM messaging.outbox) AS events'),
    ).toEqual(before);
  });

  it('keeps what was acknowledged before a faulty message', async () => {
    const acks: unknown[] = [];
    const requests = async function* () {
      yield { institutions: [institution(21)] };
      yield { institutions: [institution(22, { area: '' })] };
      yield { institutions: [institution(23)] };
    };
    const stream = async () => {
      for await (const ack of loader.importInstitutions(requests())) acks.push(ack);
    };
    await expect(stream()).rejects.toMatchObject({ reason: 'institution.area_unknown' });
    expect(acks).toEqual([{ imported: 1, already: 0 }]);
    expect((await gateway.getInstitution({ code: codeOf(21) })).institution?.code).toBe(codeOf(21));
    await expect(gateway.getInstitution({ code: codeOf(23) })).rejects.toMatchObject({ reason: 'institution.unknown' });
  });

  it('files once when two loaders send the same at the same time, in any order', async () => {
    const message = Array.from({ length: 50 }, (_, i) => institution(100 + i));
    const [[a], [b]] = await Promise.all([importAll(loader, message), importAll(service.approval('import'), [...message].reverse())]);
    expect((a?.imported ?? 0) + (b?.imported ?? 0)).toBe(50);
    expect((a?.already ?? 0) + (b?.already ?? 0)).toBe(50);
    expect(
      await query(service.url, `SELECT count(*)::int AS n FROM messaging.outbox WHERE key BETWEEN $1 AND $2`, [codeOf(100), codeOf(149)]),
    ).toEqual([{ n: 50 }]);
  });

  it('accepts only one of two different filings with the same code', async () => {
    const outcomes = await Promise.allSettled([
      importAll(loader, [institution(200, { name: '甲中心' })]),
      importAll(service.approval('import'), [institution(200, { name: '乙中心' })]),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('the directory', () => {
  it('pages by code, searches name, code and USCC, and filters by authority', async () => {
    await importAll(loader, [
      institution(301, { authority: '2102', name: '大连启航培训学校' }),
      institution(302, { authority: '2102', name: '大连百业100%学校' }),
      institution(303, { authority: 'LN-SF', area: '210112', name: '沈抚启航学校' }),
    ]);
    const codes = async (request: { authority: string; search: string; page?: { after: string; limit: number } }) => {
      const { institutions, next } = await gateway.listInstitutions(request);
      return { codes: institutions.map(({ code }) => code), next };
    };
    const page = { after: '', limit: 1 };
    const first = await codes({ authority: '2102', search: '', page });
    expect(first).toEqual({ codes: [codeOf(301)], next: expect.stringMatching(/./) as string });
    expect(await codes({ authority: '2102', search: '', page: { after: first.next, limit: 2 } })).toEqual({
      codes: [codeOf(302)],
      next: '',
    });
    expect((await codes({ authority: '', search: '启航' })).codes).toEqual([codeOf(301), codeOf(303)]);
    expect((await codes({ authority: 'LN', search: '启航' })).codes).toEqual([codeOf(301), codeOf(303)]);
    expect((await codes({ authority: '2102', search: '启航' })).codes).toEqual([codeOf(301)]);
    expect((await codes({ authority: '', search: '0%' })).codes).toEqual([codeOf(302)]);
    expect((await codes({ authority: '', search: codeOf(303).toLowerCase() })).codes).toEqual([codeOf(303)]);
    expect((await codes({ authority: '', search: institution(301).uscc.toLowerCase() })).codes).toEqual([codeOf(301)]);
    expect((await codes({ authority: '', search: '没有这一家' })).codes).toEqual([]);
  });

  it('counts', async () => {
    const [row] = await query<{ n: bigint }>(service.url, 'SELECT count(*)::text AS n FROM institution');
    expect(await gateway.countInstitutions({})).toEqual({ total: BigInt(row?.n ?? 0) });
  });

  it.each([
    ['an unknown authority', { authority: '2115', search: '' }, 'institution.authority_unknown', 'authority'],
    ['a search of 101 characters', { authority: '', search: '名'.repeat(101) }, 'institution.search_invalid', 'search'],
    ['a NUL in the search', { authority: '', search: 'a\u0000' }, 'request.malformed', 'search'],
    ['a page of 1,001', { authority: '', search: '', page: { after: '', limit: 1001 } }, 'page.limit_invalid', 'page.limit'],
    ['a cursor of our own making', { authority: '', search: '', page: { after: "' OR 1", limit: 1 } }, 'page.cursor_invalid', 'page.after'],
  ])('refuses %s', async (_what, request, reason, field) => {
    await expect(gateway.listInstitutions(request)).rejects.toMatchObject({ kind: 'invalid', reason, detail: { field } });
  });

  it('refuses an unknown code, a malformed institution of notices, an invalid cursor', async () => {
    await expect(gateway.getInstitution({ code: codeOf(9999) })).rejects.toMatchObject({ kind: 'notFound', reason: 'institution.unknown' });
    await expect(gateway.getInstitution({ code: 'x\u0000' })).rejects.toMatchObject({ reason: 'request.malformed' });
    await expect(gateway.listNotices({ institution: 'S1' })).rejects.toMatchObject({ reason: 'institution.code_invalid' });
    await expect(gateway.listNotices({ institution: '', page: { after: 'x/y', limit: 1 } })).rejects.toMatchObject({
      reason: 'page.cursor_invalid',
    });
  });
});

describe('checkPermission', () => {
  const ask = (over: object = {}) =>
    service.approval('exam').checkPermission({
      institution: codeOf(1),
      kind: 'LEVEL_RECOGNITION',
      occupation: '6-31-01-03',
      level: '4',
      day: '2026-03-02',
      ...over,
    });

  it('answers yes, or no with the reason', async () => {
    expect(await ask()).toMatchObject({ permitted: true, reason: '', institution: { code: codeOf(1) } });
    expect(await ask({ level: '2' })).toMatchObject({ permitted: false, reason: 'filing.out_of_scope' });
    expect(await ask({ area: '210102' })).toMatchObject({ permitted: true });
    expect(await ask({ area: '210202' })).toMatchObject({ permitted: false, reason: 'filing.out_of_place' });
    expect(await ask({ day: '2028-01-01' })).toMatchObject({ permitted: false, reason: 'filing.expired' });
    expect(await ask({ day: '2023-12-31' })).toMatchObject({ permitted: false, reason: 'filing.not_yet_valid' });
    expect(await ask({ institution: codeOf(9999) })).toMatchObject({
      permitted: false,
      reason: 'institution.unknown',
      institution: undefined,
    });
    expect(await ask({ institution: 'nobody' })).toMatchObject({ permitted: false, reason: 'institution.unknown' });
  });

  it('refuses a malformed question', async () => {
    await expect(ask({ kind: 'UNSPECIFIED' })).rejects.toMatchObject({ reason: 'permission.kind_missing', detail: { field: 'kind' } });
    await expect(ask({ day: '2026-02-30' })).rejects.toMatchObject({ reason: 'permission.day_invalid', detail: { field: 'day' } });
    await expect(ask({ area: '110101' })).rejects.toMatchObject({ reason: 'permission.area_invalid', detail: { field: 'area' } });
  });
});

describe('callers', () => {
  it('refuses callers that are not in the table', async () => {
    await expect(importAll(gateway, [institution(1)])).rejects.toMatchObject({ kind: 'forbidden', reason: 'caller.not_allowed' });
    await expect(loader.getInstitution({ code: codeOf(1) })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(service.approval('exam').listInstitutions({ authority: '', search: '' })).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
