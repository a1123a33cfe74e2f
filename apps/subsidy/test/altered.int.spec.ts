// Changes that another writer made in subsidy's database after recoveries were opened: found by column. A repeated row corrects a debtor,
// but not a payment.
import { RowAsk } from '@hengji/contracts/enforcement/v1/order';
import { alter, query, until } from '@hengji/testing';
import { codeOf, importAll, payment, payments, type ServiceUnderTest, startService } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
  await importAll(service.subsidy('import'), ...Array.from({ length: 8 }, (_, i) => payments(i + 1, 3)));
});

const counted = async (orderId: string, n: number) => {
  const rows = [RowAsk.fromPartial({ row: 1, effect: { $case: 'subsidy', value: 'OPEN_RECOVERIES' } })];
  const [row] = (await service.participant.countResidual({ orderId, scope: { institution: codeOf(n) }, rows })).rows;
  return { count: row?.count, words: (row?.sample ?? []).join('\n') };
};

it.each<[number, string, string, string]>([
  [1, 'a debtor', `UPDATE recovery SET debtor = 'S000021019999' WHERE payment_id = $1`, ''],
  [2, 'the money of payment and recovery alike', `UPDATE payment SET fen = 1 WHERE payment_id = $1`, 'payment.fen'],
  [3, 'the person who was paid for', `UPDATE payment SET person = 'ff' WHERE payment_id = $1`, 'payment.person'],
  [4, 'a payment deleted', `DELETE FROM payment WHERE payment_id = $1`, 'payment 的记录已被删除'],
  [5, 'a demand deleted', `DELETE FROM recovery_demand WHERE payment_id = $1`, '执行明细已被删除'],
])('order %i: %s', async (n, _, sql, word) => {
  const orderId = `a${n}`;
  const scope = { institution: codeOf(n) };
  await service.enforcement.issue({ orderId, scope, rows: [{ $case: 'subsidy', value: 'OPEN_RECOVERIES', signedCount: 3n }] });
  await service.enforcement.receipt(orderId, 1);
  expect(await counted(orderId, n)).toEqual({ count: 0n, words: '' });
  await alter(service.url, sql, [payment(n, 2).paymentId]);
  const found = await counted(orderId, n);
  expect(found.count).toBeGreaterThan(0n);
  expect(found.words).toContain(word);
  if (n !== 1) return;
  expect(found.words).toContain(payment(n, 2).paymentId);
  await service.enforcement.reopen(codeOf(n), orderId, [1]);
  await until(
    () => counted(orderId, n),
    ({ count }) => count === 0n,
  );
});

it.each([`UPDATE payment SET fen = 1`, `DELETE FROM recovery`, `UPDATE recovery_demand SET facts = NULL`])(
  '%s is refused by the table',
  async (sql) => {
    await expect(query(service.url, sql)).rejects.toThrow(/never (changed|deleted)/);
  },
);
