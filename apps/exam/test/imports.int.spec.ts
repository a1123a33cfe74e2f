// Import of existing records: a thousand per message, without effect when repeated, refused as a whole when one row is faulty.
import { TOPICS } from '@hengji/contracts';
import { testPerson, type TestOrder, unique, until } from '@hengji/testing';
import { askedPlan, type ExamUnderTest, imported, messages, newInstitution, startExam } from './exam-under-test';

let exam: ExamUnderTest;
beforeAll(async () => {
  exam = await startExam();
});

const planWithSession = (institution: string) => {
  const planId = `${institution}2609-1`;
  const plan = { ...askedPlan(institution), planId, state: 'DONE' as const, examDate: '2025-03-01' };
  const session = { sessionId: `${planId}-1`, planId, institution, date: '2025-03-01', area: '210102', venue: '第1考场' };
  return { plans: [plan], sessions: [session] };
};

const rowsOf = (institution: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({
    result: {
      resultId: `${institution}-${from + i}`,
      sessionId: `${institution}2609-1-1`,
      institution,
      theoryTenths: 700,
      skillTenths: 650,
      state: 'PUBLISHED' as const,
    },
    candidate: testPerson(from + i),
  }));

const loadPlans = async (...institutions: string[]): Promise<void> => {
  const message = institutions.map(planWithSession);
  await imported(
    exam.loader.importPlans(
      messages({ plans: message.flatMap(({ plans }) => plans), sessions: message.flatMap(({ sessions }) => sessions) }),
    ),
  );
};

const results = async (institution: string): Promise<bigint> => (await exam.loader.countRecords({ institution })).results;

describe('import of plans', () => {
  it('imports plans with their sessions, and counts a repeat as already there', async () => {
    const message = planWithSession(newInstitution());
    expect(await imported(exam.loader.importPlans(messages(message, message)))).toEqual([
      { imported: 1, already: 0 },
      { imported: 0, already: 1 },
    ]);
  });

  it('takes codes and names as a file has them: another spelling is no other person', async () => {
    const institution = newInstitution();
    const { plans, sessions } = planWithSession(institution);
    const lower = { institution: institution.toLowerCase() };
    const asTyped = {
      plans: plans.map((plan) => ({ ...plan, ...lower, occupation: '6310103' })),
      sessions: sessions.map((session) => ({ ...session, ...lower })),
    };
    expect(await imported(exam.loader.importPlans(messages(asTyped, { plans, sessions })))).toEqual([
      { imported: 1, already: 0 },
      { imported: 0, already: 1 },
    ]);
    const rows = rowsOf(institution, 1);
    const named = (name: string, idNumber: string) => ({ results: rows.map(({ result }) => ({ result, candidate: { name, idNumber } })) });
    const { idNumber } = testPerson(0);
    const fullWidth = idNumber.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect(await imported(exam.loader.importResults(messages(named('张 三', fullWidth), named('张三', idNumber))))).toEqual([
      { imported: 1, already: 0 },
      { imported: 0, already: 1 },
    ]);
  });

  it("accepts sessions of an earlier message's plans", async () => {
    const { plans, sessions } = planWithSession(newInstitution());
    const acks = await imported(exam.loader.importPlans(messages({ plans }, { sessions })));
    expect(acks).toEqual([
      { imported: 1, already: 0 },
      { imported: 1, already: 0 },
    ]);
  });

  it('refuses another plan or session under the same id, and names the id', async () => {
    const { plans, sessions } = planWithSession(newInstitution());
    await imported(exam.loader.importPlans(messages({ plans, sessions })));
    const renamed = plans.map((plan) => ({ ...plan, name: '另一计划' }));
    await expect(imported(exam.loader.importPlans(messages({ plans: renamed })))).rejects.toMatchObject({
      kind: 'conflict',
      reason: 'plan.id_taken',
      detail: { field: 'plans[0].plan_id' },
    });
    const moved = sessions.map((session) => ({ ...session, venue: '另一考场' }));
    await expect(imported(exam.loader.importPlans(messages({ sessions: moved })))).rejects.toMatchObject({
      reason: 'session.id_taken',
      detail: { field: 'sessions[0].session_id' },
    });
    await expect(imported(exam.loader.importPlans(messages({ plans: [...plans, ...plans] })))).rejects.toMatchObject({
      detail: { field: 'plans[1].plan_id' },
    });
  });

  it('refuses sessions of unknown plans and malformed rows, and writes nothing of the message', async () => {
    const institution = newInstitution();
    const { plans, sessions } = planWithSession(institution);
    const lost = sessions.map((session) => ({ ...session, planId: 'nowhere' }));
    await expect(imported(exam.loader.importPlans(messages({ plans, sessions: lost })))).rejects.toMatchObject({
      kind: 'notFound',
      reason: 'plan.unknown',
      detail: { field: 'sessions[0].plan_id' },
    });
    const faulty = [...plans, { ...askedPlan(institution), planId: 'p-2', state: 'UNSPECIFIED' as const }];
    await expect(imported(exam.loader.importPlans(messages({ plans: faulty })))).rejects.toMatchObject({
      reason: 'plan.state_invalid',
      detail: { field: 'plans[1].state' },
    });
    expect(await exam.loader.countRecords({ institution })).toMatchObject({ plans: 0n, sessions: 0n });
  });

  it('refuses more than a thousand plans', async () => {
    const institution = newInstitution();
    const plans = Array.from({ length: 1001 }, (_, i) => ({
      ...askedPlan(institution),
      planId: `${institution}-${i}`,
      state: 'DONE' as const,
    }));
    await expect(imported(exam.loader.importPlans(messages({ plans })))).rejects.toMatchObject({
      kind: 'tooMuch',
      reason: 'import.too_many',
    });
  });
});

describe('import of results', () => {
  it('imports a thousand per message, of several institutions, and publishes each institution’s count', async () => {
    const [a, b] = [newInstitution(), newInstitution()];
    await loadPlans(a, b);
    const acks = await imported(exam.loader.importResults(messages({ results: [...rowsOf(b, 400, 2000), ...rowsOf(a, 600)] })));
    expect(acks).toEqual([{ imported: 1000, already: 0 }]);
    const counts = await until(
      async () =>
        (await exam.probe.events(TOPICS.exam)).flatMap(({ meta, body }) =>
          body?.$case === 'resultsImported' && [a, b].includes(meta?.institution ?? '') ? [[meta?.institution, body.value.count]] : [],
        ),
      (seen) => seen.length === 2,
    );
    expect(Object.fromEntries(counts)).toEqual({ [a]: 600, [b]: 400 });
    const { results: listed } = await exam.gateway.listResults({ institution: a, page: { after: '', limit: 1 } });
    expect(listed).toMatchObject([{ passed: true, planId: `${a}2609-1`, occupation: '6-31-01-03', level: '4', examDate: '2025-03-01' }]);
  });

  it('counts a repeat as already there, also in part', async () => {
    const institution = newInstitution();
    await loadPlans(institution);
    const acks = await imported(
      exam.loader.importResults(
        messages({ results: rowsOf(institution, 5) }, { results: rowsOf(institution, 5) }, { results: rowsOf(institution, 8) }),
      ),
    );
    expect(acks).toEqual([
      { imported: 5, already: 0 },
      { imported: 0, already: 5 },
      { imported: 3, already: 5 },
    ]);
  });

  it('keeps what was acknowledged when a later message is faulty, and ends the stream there', async () => {
    const institution = newInstitution();
    await loadPlans(institution);
    const faulty = rowsOf(institution, 20, 100);
    faulty[17] = { ...(faulty[17] as (typeof faulty)[number]), candidate: { name: '张三', idNumber: '210102199003070012' } };
    const stream = exam.loader.importResults(
      messages({ results: rowsOf(institution, 3) }, { results: faulty }, { results: rowsOf(institution, 3, 500) }),
    );
    await expect(imported(stream)).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'person.id_invalid',
      detail: { field: 'results[17].candidate.id_number', rule: 'GB 11643-1999' },
    });
    expect(await results(institution)).toBe(3n);
  });

  it.each([
    [{ sessionId: 'nowhere' }, 'session.unknown', 'session_id'],
    [{ planId: 'p-other' }, 'plan.mismatch', 'plan_id'],
    [{ institution: 'S000021019999' }, 'institution.mismatch', 'institution'],
    [{ occupation: '6-31-01-04' }, 'occupation.mismatch', 'occupation'],
    [{ level: '1' }, 'level.mismatch', 'level'],
    [{ examDate: '2025-03-02' }, 'exam_date.mismatch', 'exam_date'],
    [{ person: 'f'.repeat(32) }, 'person.mismatch', 'person'],
    [{ resultId: '' }, 'result.id_invalid', 'result_id'],
    [{ theoryTenths: 1001 }, 'result.score_invalid', 'theory_tenths'],
    [{ state: 'UNSPECIFIED' as const }, 'result.state_invalid', 'state'],
  ])('refuses %j', async (change, reason, path) => {
    const institution = newInstitution();
    await loadPlans(institution);
    const rows = rowsOf(institution, 2).map((row, i) => (i === 1 ? { ...row, result: { ...row.result, ...change } } : row));
    await expect(imported(exam.loader.importResults(messages({ results: rows })))).rejects.toMatchObject({
      reason,
      detail: { field: `results[1].result.${path}`, rule: expect.any(String) as string },
    });
    expect(await results(institution)).toBe(0n);
  });

  it('refuses rows that contradict an existing result, and repetitions within a message', async () => {
    const institution = newInstitution();
    await loadPlans(institution);
    await imported(exam.loader.importResults(messages({ results: rowsOf(institution, 2) })));
    const [first, second] = rowsOf(institution, 2) as [ReturnType<typeof rowsOf>[number], ReturnType<typeof rowsOf>[number]];
    const contradictions = [
      [{ ...first, result: { ...first.result, theoryTenths: 999 } }],
      [{ ...first, candidate: { ...first.candidate, name: '李四' } }],
      [{ ...first, result: { ...first.result, resultId: `${institution}-new` } }],
      [first, { ...second, candidate: first.candidate }],
      [first, { ...second, result: { ...second.result, resultId: first.result.resultId } }],
    ];
    for (const rows of contradictions) {
      await expect(imported(exam.loader.importResults(messages({ results: rows })))).rejects.toMatchObject({
        kind: 'conflict',
        reason: 'result.duplicate',
      });
    }
    expect(await results(institution)).toBe(2n);
  });

  it('refuses more than a thousand rows, and rows without result', async () => {
    const institution = newInstitution();
    await loadPlans(institution);
    await expect(imported(exam.loader.importResults(messages({ results: rowsOf(institution, 1001) })))).rejects.toMatchObject({
      kind: 'tooMuch',
      reason: 'import.too_many',
      detail: { field: 'results' },
    });
    await expect(imported(exam.loader.importResults(messages({ results: [{ candidate: testPerson(1) }] })))).rejects.toMatchObject({
      reason: 'result.missing',
      detail: { field: 'results[0].result' },
    });
  });

  it('is refused inside the scope of a fence', async () => {
    const institution = newInstitution();
    await loadPlans(institution);
    const order: TestOrder = { orderId: `o-${unique()}`, scope: { institution }, rows: [] };
    await exam.orders.fence({ orderId: order.orderId, epoch: 1n, scope: order.scope, standing: false });
    await expect(imported(exam.loader.importResults(messages({ results: rowsOf(institution, 1) })))).rejects.toMatchObject({
      reason: 'order.held',
    });
    await expect(imported(exam.loader.importPlans(messages(planWithSession(institution))))).rejects.toMatchObject({ reason: 'order.held' });
  });

  it('accepts the loader only', async () => {
    await expect(imported(exam.gateway.importResults(messages({ results: [] })))).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
