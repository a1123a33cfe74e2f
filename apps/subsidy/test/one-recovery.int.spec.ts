// One recovery with its payment and the orders that demand it, its fund, and sums to the fen.
import type { SubsidyEffect } from '@hengji/contracts/enforcement/v1/order';
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { query, tellInstitution, type TestRow, until } from '@hengji/testing';
import { codeOf, importAll, NOW, payment, type ServiceUnderTest, startService } from './service';

const PROVINCE = Actor.fromPartial({ officerId: 'p1', role: 'PROVINCE_OFFICER', authority: 'LN' });
const EFFECT: SubsidyEffect = 'OPEN_RECOVERIES';
const OPEN: TestRow = { $case: 'subsidy', value: EFFECT, signedCount: 100n };
const TAKE_BACK: TestRow = { $case: 'subsidy', value: EFFECT, row: 2, undoesRow: 1 };
/** Amounts whose sum in floating point yuan would be wrong. */
const PAID = [payment(1, 1, { fen: 10n }), payment(1, 2, { fen: 20n, fundSource: 'EMPLOYMENT_FUND' }), payment(1, 3, { fen: 33n })];
const [FIRST, SECOND] = PAID.map(({ paymentId }) => paymentId) as [string, string];
const WHOLE = { institution: codeOf(1) };
const PART = { institution: codeOf(1), certificates: [PAID[0]?.certificateNumber ?? ''] };

let service: ServiceUnderTest;
const listed = (over: Partial<ListQuery>) =>
  service.subsidy('gateway').listRecoveries({ actor: PROVINCE, query: ListQuery.fromPartial(over) });
const read = (recoveryId: string) => service.subsidy('gateway').getRecovery({ recoveryId });

beforeAll(async () => {
  service = await startService();
  await importAll(service.subsidy('import'), PAID, [payment(2, 1)]);
  await tellInstitution(service.probe, { code: codeOf(1), name: '沈阳市技师学院', authority: '2101', area: '210102' });
  await service.enforcement.issue({ orderId: 'o1', epoch: 4n, scope: PART, rows: [OPEN] });
  await service.enforcement.receipt('o1', 1);
  await service.enforcement.issue({ orderId: 'o2', epoch: 7n, scope: WHOLE, rows: [OPEN] });
  await service.enforcement.receipt('o2', 1);
});

it('is read with its payment, its orders and the place of its institution', async () => {
  const place = await until(
    async () => (await read(`o1-${FIRST}`)).institution,
    (found) => found !== undefined,
  );
  expect(place).toEqual({ code: codeOf(1), name: '沈阳市技师学院', authority: '2101', area: '210102' });
  expect(await read(`o1-${FIRST}`)).toMatchObject({
    recovery: { orderId: 'o1', fen: 10n, state: 'DRAFT', fundSource: 'UNEMPLOYMENT_INSURANCE', institution: codeOf(1), revokedAt: '' },
    payment: PAID[0],
    demands: [
      { orderId: 'o1', epoch: 4n, liftedAt: '' },
      { orderId: 'o2', epoch: 7n, liftedAt: '' },
    ],
    openedBy: 'o1',
  });
  expect((await read(`o2-${SECOND}`)).recovery).toMatchObject({ fundSource: 'EMPLOYMENT_FUND', fen: 20n });
});

it.each(['', 'o1', `o3-${'x'.repeat(300)}`, `O1-${FIRST}`])('is unknown as “%s”', async (recoveryId) => {
  await expect(read(recoveryId)).rejects.toMatchObject({ kind: 'notFound', reason: 'recovery.unknown', detail: { field: 'recovery_id' } });
});

it('is narrowed by its fund, its state and its order, and summed to the fen', async () => {
  const found = async (...filters: [field: string, value: string][]) => {
    const { recoveries, total } = await listed({
      filters: filters.map(([field, value]) => ({ field, op: 'IS', values: [value] })),
      sum: 'fen',
    });
    return [recoveries.length, total];
  };
  expect(await found()).toEqual([3, { count: 3, more: false, sumFen: 63n }]);
  expect(await found(['fundSource', 'EMPLOYMENT_FUND'])).toEqual([1, { count: 1, more: false, sumFen: 20n }]);
  expect(await found(['fundSource', 'UNEMPLOYMENT_INSURANCE'], ['orderId', 'o2'])).toEqual([1, { count: 1, more: false, sumFen: 33n }]);
  expect(await found(['fundSource', 'SKILL_ACTION_ACCOUNT'])).toEqual([0, { count: 0, more: false, sumFen: 0n }]);
  await expect(listed({ sum: 'orderId' })).rejects.toMatchObject({ reason: 'list.field_unknown', detail: { field: 'sum' } });
});

it('names the order that has taken it over, and shows when it was revoked', async () => {
  await service.enforcement.lift({ orderId: 'o1', scope: PART, rows: [TAKE_BACK] });
  await service.enforcement.receipt('o1', 2);
  const taken = await read(`o1-${FIRST}`);
  expect(taken).toMatchObject({ recovery: { orderId: 'o2', state: 'DRAFT' }, openedBy: 'o1' });
  expect(taken.demands).toEqual([
    { orderId: 'o1', epoch: 4n, liftedAt: NOW.toISOString() },
    { orderId: 'o2', epoch: 7n, liftedAt: '' },
  ]);
  await service.enforcement.lift({ orderId: 'o2', scope: WHOLE, rows: [TAKE_BACK] });
  await service.enforcement.receipt('o2', 2);
  expect((await read(`o1-${FIRST}`)).recovery).toMatchObject({ state: 'REVOKED', revokedAt: NOW.toISOString() });
  const { total } = await listed({ filters: [{ field: 'state', op: 'IS', values: ['DRAFT'] }], sum: 'fen' });
  expect(total).toEqual({ count: 0, more: false, sumFen: 0n });
});

it('has its fund also where the version before has written it, and the fund never changes', async () => {
  const insert = `INSERT INTO recovery (recovery_id, order_id, payment_id, institution, debtor, fen, state, opened_at)
    SELECT 'old-' || payment_id, 'old', payment_id, institution, institution, fen, 'DRAFT', now() FROM payment WHERE payment_id = $1`;
  const { paymentId } = payment(2, 1);
  await query(service.url, insert, [paymentId]);
  expect((await read(`old-${paymentId}`)).recovery).toMatchObject({ fundSource: 'UNEMPLOYMENT_INSURANCE' });
  const change = query(service.url, `UPDATE recovery SET fund_source = 'EMPLOYMENT_FUND' WHERE payment_id = $1`, [paymentId]);
  await expect(change).rejects.toThrow('never changed');
});
