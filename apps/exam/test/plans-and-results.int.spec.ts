// The acts of institutions and officers in exam: the successful path, and every refusal.
import { TOPICS } from '@hengji/contracts';
import { query, testPerson, until } from '@hengji/testing';
import {
  askedPlan,
  type ExamUnderTest,
  newInstitution,
  OFFICER,
  openedSession,
  publishedResults,
  sat,
  startExam,
  TODAY,
} from './exam-under-test';

let exam: ExamUnderTest;
beforeAll(async () => {
  exam = await startExam();
});
afterEach(() => Object.assign(exam.approval, { permitted: true, reason: '' }));

const eventsOf = async (institution: string) =>
  (await exam.probe.events(TOPICS.exam)).filter(({ meta }) => meta?.institution === institution);

describe('from plan to published results', () => {
  it('passes through all steps, with an event for each step in order', async () => {
    const institution = newInstitution();
    const { planId, sessionId } = await openedSession(exam, institution);
    const results = [...sat(2), { candidate: testPerson(9), theoryTenths: 599, skillTenths: 1000 }];
    const recorded = await exam.gateway.recordResults({ requestId: 'way 1', actor: OFFICER, sessionId, results });
    expect(recorded.results.map(({ passed, state }) => [passed, state])).toEqual([
      [true, 'RECORDED'],
      [true, 'RECORDED'],
      [false, 'RECORDED'],
    ]);
    expect(recorded.results[0]).toMatchObject({ planId, sessionId, institution, occupation: '6-31-01-03', level: '4', examDate: TODAY });
    expect(recorded.results[0]?.person).toMatch(/^[0-9a-f]{32}$/);
    expect(await exam.gateway.publishResults({ requestId: 'way 2', actor: OFFICER, sessionId })).toEqual({ published: 3 });
    expect(await exam.gateway.publishResults({ requestId: 'way 3', actor: OFFICER, sessionId })).toEqual({ published: 0 });

    const resultId = recorded.results[0]?.resultId ?? '';
    const { result } = await exam.gateway.getResult({ resultId });
    expect(result).toEqual({ ...recorded.results[0], state: 'PUBLISHED', publishedOn: TODAY });
    const { results: confirmed } = await exam.certificate.confirmResults({ resultIds: [resultId, 'nobody'] });
    expect(confirmed).toEqual([{ result, candidate: testPerson(0), heldBy: [], obstacle: '', kind: 'LEVEL_RECOGNITION' }]);
    expect(await exam.gateway.countRecords({ institution })).toEqual({ plans: 1n, sessions: 1n, results: 3n, cancelled: 0n });
    expect((await exam.gateway.listPlans({ institution })).plans).toMatchObject([{ planId, state: 'PUBLISHED', heldBy: [] }]);

    const events = await until(
      () => eventsOf(institution),
      (seen) => seen.length === 4,
    );
    expect(events.map(({ body }) => body?.$case)).toEqual(['planPublished', 'sessionOpened', 'resultsRecorded', 'resultsPublished']);
    expect(events.map(({ meta }) => meta?.sequence)).toEqual([1n, 2n, 3n, 4n]);
  });

  it('keeps names and ID numbers sealed, in tables and in events', async () => {
    const institution = newInstitution();
    await publishedResults(exam, institution, 1);
    const { name, idNumber } = testPerson(0);
    const rows = await query<{ row: string }>(
      exam.database,
      `SELECT result::text AS row FROM result WHERE institution = $1 UNION ALL SELECT encode(body, 'escape') FROM messaging.outbox`,
      [institution],
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ row }) => row.includes(idNumber) || row.includes(name))).toEqual([]);
  });

  it('pages through results', async () => {
    const institution = newInstitution();
    const { sessionId } = await publishedResults(exam, institution, 5);
    const seen: string[] = [];
    let after = '';
    do {
      const page = await exam.gateway.listResults({ institution, sessionId, page: { after, limit: 2 } });
      seen.push(...page.results.map(({ resultId }) => resultId));
      after = page.next;
    } while (after !== '');
    expect(new Set(seen).size).toBe(5);
  });
});

describe('the kind of evaluation', () => {
  it('is asked of approval, stored, and given to certificate', async () => {
    const institution = newInstitution();
    const plan = { ...askedPlan(institution), occupation: '4-07-05-03', kind: 'QUALIFICATION' as const };
    const made = (await exam.gateway.createPlan({ requestId: 'kind 1', actor: OFFICER, plan })).plan;
    expect(made).toMatchObject({ kind: 'QUALIFICATION', warnings: [] });
    expect(exam.asked.at(-1)).toMatchObject({ institution, kind: 'QUALIFICATION', occupation: '4-07-05-03' });
    const at = { planId: made?.planId ?? '', date: TODAY, area: '210102', venue: '第1考场' };
    const { session } = await exam.gateway.openSession({ requestId: 'kind 2', actor: OFFICER, session: at });
    const sessionId = session?.sessionId ?? '';
    const { results } = await exam.gateway.recordResults({ requestId: 'kind 3', actor: OFFICER, sessionId, results: sat(1) });
    const resultIds = results.map(({ resultId }) => resultId);
    expect((await exam.certificate.confirmResults({ resultIds })).results).toMatchObject([{ kind: 'QUALIFICATION' }]);
    expect(exam.asked.at(-1)).toMatchObject({ institution, kind: 'QUALIFICATION' });
    const filters = [{ field: 'kind', op: 'IS' as const, values: ['QUALIFICATION'] }];
    expect((await exam.gateway.listPlans({ actor: OFFICER, query: { filters } })).plans).toMatchObject([{ institution }]);
  });

  it('follows from the occupation in a row from before it was stored, also in the list', async () => {
    const institution = newInstitution();
    const { planId } = await openedSession(exam, institution);
    await query(exam.database, `UPDATE plan SET kind = '' WHERE plan_id = $1`, [planId]);
    const filters = [
      { field: 'kind', op: 'IS' as const, values: ['LEVEL_RECOGNITION'] },
      { field: 'institution', op: 'IS' as const, values: [institution] },
    ];
    expect((await exam.gateway.listPlans({ actor: OFFICER, query: { filters } })).plans).toMatchObject([
      { planId, kind: 'LEVEL_RECOGNITION' },
    ]);
  });

  it('is refused where it may not evaluate the occupation, and nothing is written', async () => {
    const institution = newInstitution();
    const plan = { ...askedPlan(institution), occupation: '4-07-05-03', kind: 'LEVEL_RECOGNITION' as const };
    await expect(exam.gateway.createPlan({ requestId: 'kind 4', actor: OFFICER, plan })).rejects.toMatchObject({
      kind: 'illegalMove',
      reason: 'plan.kind_invalid',
      detail: { field: 'plan.kind', rule: 'rules §4.3' },
    });
    expect(await exam.gateway.countRecords({ institution })).toMatchObject({ plans: 0n });
  });

  it('warns, and does not refuse, where a part of the occupation is 准入', async () => {
    const plan = { ...askedPlan(newInstitution()), occupation: '6-18-02-04' };
    const made = (await exam.gateway.createPlan({ requestId: 'kind 5', actor: OFFICER, plan })).plan;
    expect(made?.warnings).toEqual([expect.stringContaining('“民用核安全设备焊接人员”部分属于准入类')]);
  });
});

describe('a request id', () => {
  it('gives the same answer again and writes nothing more', async () => {
    const institution = newInstitution();
    const request = { requestId: 'again 1', actor: OFFICER, plan: askedPlan(institution) };
    const first = await exam.gateway.createPlan(request);
    expect(await exam.gateway.createPlan(request)).toEqual(first);
    expect(await exam.gateway.countRecords({ institution })).toMatchObject({ plans: 1n });
  });

  it('works once also when sent twice at the same time', async () => {
    const institution = newInstitution();
    const { sessionId } = await openedSession(exam, institution);
    const request = { requestId: 'parallel 1', actor: OFFICER, sessionId, results: sat(20) };
    const [a, b] = await Promise.all([exam.gateway.recordResults(request), exam.gateway.recordResults(request)]);
    expect(a).toEqual(b);
    expect(await exam.gateway.countRecords({ institution })).toMatchObject({ results: 20n });
  });

  it('is refused for another request, and when it is missing', async () => {
    const institution = newInstitution();
    await exam.gateway.createPlan({ requestId: 'reused 1', actor: OFFICER, plan: askedPlan(institution) });
    const other = { ...askedPlan(institution), level: '3' };
    await expect(exam.gateway.createPlan({ requestId: 'reused 1', actor: OFFICER, plan: other })).rejects.toMatchObject({
      kind: 'conflict',
      reason: 'request.reused',
    });
    await expect(exam.gateway.createPlan({ actor: OFFICER, plan: other })).rejects.toMatchObject({ reason: 'request.id_missing' });
    expect(await exam.gateway.countRecords({ institution })).toMatchObject({ plans: 1n });
  });
});

describe('refusals', () => {
  it.each(['filing.held', 'filing.expired', 'filing.removed', 'filing.out_of_scope', 'institution.unknown'])(
    'returns approval’s “%s” and writes nothing',
    async (reason) => {
      const institution = newInstitution();
      Object.assign(exam.approval, { permitted: false, reason });
      await expect(
        exam.gateway.createPlan({ requestId: `no ${reason}`, actor: OFFICER, plan: askedPlan(institution) }),
      ).rejects.toMatchObject({ reason, detail: { rule: 'N2.3a' } });
      expect(await exam.gateway.countRecords({ institution })).toMatchObject({ plans: 0n });
    },
  );

  it.each([
    ['institution', 'S00002101', 'institution.code_invalid', 'plan.institution'],
    ['examDate', '2026-08-31', 'plan.date_invalid', 'plan.exam_date'],
    ['examDate', '2026-02-30', 'plan.date_invalid', 'plan.exam_date'],
    ['level', '9', 'level.invalid', 'plan.level'],
    ['occupation', 'electrician', 'occupation.code_invalid', 'plan.occupation'],
    ['name', '', 'plan.name_invalid', 'plan.name'],
  ])('names field and rule of a plan with %s “%s”', async (field, value, reason, path) => {
    const plan = { ...askedPlan(newInstitution()), [field]: value };
    await expect(exam.gateway.createPlan({ requestId: `plan ${path} ${value}`, actor: OFFICER, plan })).rejects.toMatchObject({
      kind: 'invalid',
      reason,
      detail: { field: path, rule: expect.any(String) as string },
    });
  });

  it('refuses a request without plan, actor or role', async () => {
    const plan = askedPlan(newInstitution());
    await expect(exam.gateway.createPlan({ requestId: 'x1', actor: OFFICER })).rejects.toMatchObject({ reason: 'request.field_missing' });
    await expect(exam.gateway.createPlan({ requestId: 'x2', plan })).rejects.toMatchObject({ reason: 'actor.missing' });
    const auditor = { ...OFFICER, role: 'AUDITOR' as const };
    await expect(exam.gateway.createPlan({ requestId: 'x3', actor: auditor, plan })).rejects.toMatchObject({
      kind: 'forbidden',
      reason: 'actor.role_forbidden',
    });
  });

  it('lets an institution act for itself only', async () => {
    const institution = newInstitution();
    const own = { ...OFFICER, role: 'INSTITUTION' as const, institution };
    const { plan } = await exam.gateway.createPlan({ requestId: 'own 1', actor: own, plan: askedPlan(institution) });
    const other = { ...own, institution: newInstitution() };
    const session = { planId: plan?.planId ?? '', date: TODAY, area: '210102', venue: '第1考场' };
    await expect(exam.gateway.openSession({ requestId: 'own 2', actor: other, session })).rejects.toMatchObject({
      kind: 'forbidden',
      reason: 'actor.other_institution',
    });
  });

  it('refuses unknown plans, sessions and results', async () => {
    const session = { planId: 'nowhere', date: TODAY, area: '210102', venue: '第1考场' };
    await expect(exam.gateway.openSession({ requestId: 'u1', actor: OFFICER, session })).rejects.toMatchObject({
      kind: 'notFound',
      reason: 'plan.unknown',
    });
    const recording = { requestId: 'u2', actor: OFFICER, sessionId: 'nowhere', results: sat(1) };
    await expect(exam.gateway.recordResults(recording)).rejects.toMatchObject({ kind: 'notFound', reason: 'session.unknown' });
    await expect(exam.gateway.publishResults({ requestId: 'u3', actor: OFFICER, sessionId: 'nowhere' })).rejects.toMatchObject({
      reason: 'session.unknown',
    });
    await expect(exam.gateway.getResult({ resultId: 'nowhere' })).rejects.toMatchObject({ kind: 'notFound', reason: 'result.unknown' });
  });

  it('names field and rule of a faulty result, and records no result of its request', async () => {
    const institution = newInstitution();
    const { sessionId } = await openedSession(exam, institution);
    const wrong = { ...testPerson(1), idNumber: testPerson(1).idNumber.replace(/.$/, (last) => (last === '0' ? '1' : '0')) };
    const cases = [
      [{ ...sat(1, 5)[0], candidate: wrong }, 'person.id_invalid', 'results[1].candidate.id_number'],
      [{ ...sat(1, 5)[0], candidate: { ...testPerson(5), name: '' } }, 'person.name_invalid', 'results[1].candidate.name'],
      [{ theoryTenths: 600, skillTenths: 600 }, 'person.name_invalid', 'results[1].candidate.name'],
      [{ ...sat(1, 5)[0], theoryTenths: 1001 }, 'result.score_invalid', 'results[1].theory_tenths'],
      [{ ...sat(1, 5)[0], skillTenths: 4_000_000_000 }, 'result.score_invalid', 'results[1].skill_tenths'],
      [sat(1)[0], 'result.duplicate', 'results[1].candidate.id_number'],
    ] as const;
    for (const [second, reason, field] of cases) {
      const results = [...sat(1), { ...second }];
      await expect(
        exam.gateway.recordResults({ requestId: `faulty ${reason} ${field}`, actor: OFFICER, sessionId, results }),
      ).rejects.toMatchObject({ reason, detail: { field, rule: expect.any(String) as string } });
    }
    expect(await exam.gateway.countRecords({ institution })).toMatchObject({ results: 0n });
  });

  it('refuses a second result of a person in a session', async () => {
    const institution = newInstitution();
    const { sessionId } = await openedSession(exam, institution);
    await exam.gateway.recordResults({ requestId: 'twice 1', actor: OFFICER, sessionId, results: sat(1) });
    await expect(
      exam.gateway.recordResults({ requestId: 'twice 2', actor: OFFICER, sessionId, results: [...sat(1, 3), ...sat(1)] }),
    ).rejects.toMatchObject({ kind: 'conflict', reason: 'result.duplicate', detail: { field: 'results[1].candidate.id_number' } });
    expect(await exam.gateway.countRecords({ institution })).toMatchObject({ results: 1n });
  });

  it('refuses more than a thousand rows', async () => {
    const { sessionId } = await openedSession(exam, newInstitution());
    await expect(exam.gateway.recordResults({ requestId: 'many', actor: OFFICER, sessionId, results: sat(1001) })).rejects.toMatchObject({
      kind: 'tooMuch',
      reason: 'result.too_many',
    });
    const resultIds = Array.from({ length: 1001 }, (_, i) => `r${i}`);
    await expect(exam.certificate.confirmResults({ resultIds })).rejects.toMatchObject({ kind: 'tooMuch' });
    await expect(exam.gateway.listPlans({ institution: newInstitution(), page: { after: '', limit: 1001 } })).rejects.toMatchObject({
      reason: 'page.limit_invalid',
    });
  });

  it('refuses callers that are not on the list', async () => {
    await expect(exam.certificate.countRecords({})).rejects.toMatchObject({ kind: 'forbidden', reason: 'caller.not_allowed' });
    await expect(exam.gateway.confirmResults({ resultIds: [] })).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
