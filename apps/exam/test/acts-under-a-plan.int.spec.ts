// The checks of every act under a plan, each time again: the filing (备案) on its day and at its place, the day of the plan, the held exam,
// the parts of a level.
import { query } from '@hengji/testing';
import { askedPlan, type ExamUnderTest, newInstitution, OFFICER, openedSession, sat, startExam, TODAY } from './exam-under-test';

let exam: ExamUnderTest;
beforeAll(async () => {
  exam = await startExam();
});
afterEach(() => Object.assign(exam.approval, { permitted: true, reason: '' }));

it.each(['filing.removed', 'filing.expired', 'filing.held'])(
  'checks the filing at each act under a plan, not only when the plan is made: %s',
  async (reason) => {
    const institution = newInstitution();
    const { planId, sessionId } = await openedSession(exam, institution);
    await exam.gateway.recordResults({ requestId: `before ${reason}`, actor: OFFICER, sessionId, results: sat(1) });
    const { results: recorded } = await exam.gateway.listResults({ institution, sessionId });
    Object.assign(exam.approval, { permitted: false, reason });
    const session = { planId, date: TODAY, area: '210102', venue: '第2考场' };
    const acts = [
      exam.gateway.openSession({ requestId: `open ${reason}`, actor: OFFICER, session }),
      exam.gateway.recordResults({ requestId: `record ${reason}`, actor: OFFICER, sessionId, results: sat(1, 5) }),
      exam.gateway.publishResults({ requestId: `publish ${reason}`, actor: OFFICER, sessionId }),
    ];
    for (const outcome of await Promise.allSettled(acts)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { kind: 'illegalMove', reason, detail: { rule: 'N2.3a' } } });
    }
    expect(await exam.gateway.countRecords({ institution })).toMatchObject({ sessions: 1n, results: 1n });
    const { results } = await exam.certificate.confirmResults({ resultIds: recorded.map(({ resultId }) => resultId) });
    expect(results).toMatchObject([{ obstacle: reason }]);
  },
);

it('checks the filing for the day and the place of the act', async () => {
  const institution = newInstitution();
  const { planId, sessionId } = await openedSession(exam, institution);
  await exam.gateway.recordResults({ requestId: 'asked 1', actor: OFFICER, sessionId, results: sat(1) });
  await exam.gateway.publishResults({ requestId: 'asked 2', actor: OFFICER, sessionId });
  const asked = exam.asked.filter((question) => question.institution === institution);
  expect(asked.map(({ day, area }) => [day, area])).toEqual([
    [TODAY, ''],
    [TODAY, '210102'],
    [TODAY, '210102'],
    [TODAY, '210102'],
  ]);
  Object.assign(exam.approval, { permitted: false, reason: 'filing.out_of_place' });
  const session = { planId, date: TODAY, area: '210202', venue: '大连考场' };
  await expect(exam.gateway.openSession({ requestId: 'asked 3', actor: OFFICER, session })).rejects.toMatchObject({
    reason: 'filing.out_of_place',
    detail: { field: 'session.area', rule: 'N3.5a' },
  });
});

it('opens no session outside the day of its plan, and records no result before the exam', async () => {
  const institution = newInstitution();
  const tomorrow = '2026-09-02';
  const { plan } = await exam.gateway.createPlan({
    requestId: 'day 1',
    actor: OFFICER,
    plan: { ...askedPlan(institution), examDate: tomorrow },
  });
  const session = { planId: plan?.planId ?? '', date: TODAY, area: '210102', venue: '第1考场' };
  await expect(exam.gateway.openSession({ requestId: 'day 2', actor: OFFICER, session })).rejects.toMatchObject({
    reason: 'session.date_outside_plan',
    detail: { field: 'session.date', rule: 'N3.7b' },
  });
  const opened = await exam.gateway.openSession({ requestId: 'day 3', actor: OFFICER, session: { ...session, date: tomorrow } });
  const sessionId = opened.session?.sessionId ?? '';
  await expect(exam.gateway.recordResults({ requestId: 'day 4', actor: OFFICER, sessionId, results: sat(1) })).rejects.toMatchObject({
    reason: 'result.before_exam',
    detail: { field: 'session_id', rule: 'N3.7b' },
  });
});

it('records no level 2 without its comprehensive review, and stores the review', async () => {
  const institution = newInstitution();
  const { plan } = await exam.gateway.createPlan({
    requestId: 'review 1',
    actor: OFFICER,
    plan: { ...askedPlan(institution), level: '2' },
  });
  const session = { planId: plan?.planId ?? '', date: TODAY, area: '210102', venue: '第1考场' };
  const sessionId = (await exam.gateway.openSession({ requestId: 'review 2', actor: OFFICER, session })).session?.sessionId ?? '';
  const record = (requestId: string, reviewTenths?: number) =>
    exam.gateway.recordResults({ requestId, actor: OFFICER, sessionId, results: sat(1).map((one) => ({ ...one, reviewTenths })) });
  await expect(record('review 3')).rejects.toMatchObject({
    reason: 'result.review_missing',
    detail: { field: 'results[0].review_tenths' },
  });
  const { results } = await record('review 4', 599);
  expect(results).toMatchObject([{ reviewTenths: 599, passed: false, publishedOn: '' }]);
  await exam.gateway.publishResults({ requestId: 'review 5', actor: OFFICER, sessionId });
  const { result } = await exam.gateway.getResult({ resultId: results[0]?.resultId ?? '' });
  expect(result).toMatchObject({ reviewTenths: 599, passed: false, state: 'PUBLISHED', publishedOn: TODAY });
  await expect(query(exam.database, `UPDATE result SET review_tenths = 900 WHERE session_id = $1`, [sessionId])).rejects.toThrow(
    'never changed',
  );
  await expect(query(exam.database, `UPDATE result SET published_on = NULL WHERE session_id = $1`, [sessionId])).rejects.toThrow(
    'never changed',
  );
});
