// 特级技师 and 首席技师, the levels above 1 (rules §1.5): from the plan to the published result.
import { askedPlan, type ExamUnderTest, newInstitution, OFFICER, sat, startExam, TODAY } from './exam-under-test';

let exam: ExamUnderTest;
beforeAll(async () => {
  exam = await startExam();
});

it('passes through all steps for 特级技师 of an employer, and needs the comprehensive review', async () => {
  const institution = newInstitution().replace('S', 'Y');
  const plan = { ...askedPlan(institution), level: 'T' };
  const planId = (await exam.gateway.createPlan({ requestId: 'special 1', actor: OFFICER, plan })).plan?.planId ?? '';
  expect(exam.asked.at(-1)).toMatchObject({ institution, level: 'T' });
  const at = { planId, date: TODAY, area: '210102', venue: '第1考场' };
  const sessionId = (await exam.gateway.openSession({ requestId: 'special 2', actor: OFFICER, session: at })).session?.sessionId ?? '';
  const record = (requestId: string, reviewTenths?: number) =>
    exam.gateway.recordResults({ requestId, actor: OFFICER, sessionId, results: sat(1).map((one) => ({ ...one, reviewTenths })) });
  await expect(record('special 3')).rejects.toMatchObject({ reason: 'result.review_missing' });
  expect((await record('special 4', 700)).results).toMatchObject([{ level: 'T', reviewTenths: 700, passed: true }]);
  expect(await exam.gateway.publishResults({ requestId: 'special 5', actor: OFFICER, sessionId })).toEqual({ published: 1 });
  const filters = [{ field: 'level', op: 'IS' as const, values: ['T'] }];
  expect((await exam.gateway.listResults({ actor: OFFICER, query: { filters } })).results).toMatchObject([{ institution, level: 'T' }]);
  const reviewed = (value: string) =>
    exam.gateway.listResults({
      actor: OFFICER,
      query: { filters: [...filters, { field: 'reviewTenths', op: 'FROM' as const, values: [value] }] },
    });
  expect([(await reviewed('700')).results.length, (await reviewed('701')).results.length]).toEqual([1, 0]);
  const social = { ...plan, institution: newInstitution() };
  await expect(exam.gateway.createPlan({ requestId: 'special 6', actor: OFFICER, plan: social })).rejects.toMatchObject({
    kind: 'illegalMove',
    reason: 'level.employer_only',
  });
});
