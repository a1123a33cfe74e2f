// Changes that another writer made in exam's database after results were cancelled: found by id and column.
import { alter, query } from '@hengji/testing';
import { type ExamUnderTest, newInstitution, publishedResults, startExam } from './exam-under-test';
import { CANCEL, orderOf } from './orders';

let exam: ExamUnderTest;
beforeAll(async () => {
  exam = await startExam();
});

it.each<[string, string, string]>([
  ['a score', `UPDATE result SET skill_tenths = 1000 WHERE result_id = $1`, 'result.skill_tenths'],
  ['whether it was passed', `UPDATE result SET passed = NOT passed WHERE result_id = $1`, 'result.passed'],
  ['whose it is', `UPDATE result SET person = 'ff', sealed_candidate = 'x' WHERE result_id = $1`, 'result.person、result.sealed_candidate'],
  ['a result deleted', `DELETE FROM result WHERE result_id = $1`, 'result 的记录已被删除'],
])('%s', async (_, sql, word) => {
  const institution = newInstitution();
  await publishedResults(exam, institution, 3);
  const order = orderOf(institution, [CANCEL]);
  await exam.enforcement.issue(order);
  await exam.enforcement.receipt(order.orderId, 1);
  const counted = async () =>
    (await exam.orders.countResidual({ orderId: order.orderId, scope: order.scope, rows: [{ row: 1, effect: CANCEL }] })).rows[0];
  expect(await counted()).toMatchObject({ count: 0n, sample: [] });
  const [one] = await query<{ id: string }>(exam.database, 'SELECT min(result_id) AS id FROM result WHERE institution = $1', [institution]);
  await alter(exam.database, sql, [one?.id]);
  const found = await counted();
  expect(found?.count).toBeGreaterThan(0n);
  expect(found?.sample.join('\n')).toContain(`${one?.id}：${word}`);
});
