// Orders at subsidy: payments held, recoveries opened in chunks, overlapping, lifted, repeated, refused.
import { TOPICS } from '@hengji/contracts';
import type { SubsidyEffect } from '@hengji/contracts/enforcement/v1/order';
import { RowAsk } from '@hengji/contracts/enforcement/v1/order';
import type { TestRow } from '@hengji/testing';
import { alter, query, until } from '@hengji/testing';
import { codeOf, importAll, payment, payments, type ServiceUnderTest, startService } from './service';

let service: ServiceUnderTest;

beforeAll(async () => {
  service = await startService();
  await importAll(service.subsidy('import'), payments(1, 1000), payments(2, 30), payments(3, 30), payments(4, 30), payments(5, 30));
  await importAll(
    service.subsidy('import'),
    Array.from({ length: 1000 }, (_, i) => payment(1, 1001 + i)),
    Array.from({ length: 345 }, (_, i) => payment(1, 2001 + i)),
  );
});

const row = (value: SubsidyEffect, over: object = {}): TestRow => ({ $case: 'subsidy', value, ...over });
const undo = (value: SubsidyEffect, position: number, undoesRow: number): TestRow => ({
  $case: 'subsidy',
  value,
  row: position,
  undoesRow,
});
const open = (over: object = {}) => row('OPEN_RECOVERIES', { signedCount: 10_000n, ...over });
const takeBack = undo('OPEN_RECOVERIES', 2, 1);

const asking = (value: SubsidyEffect, undone = false) => RowAsk.fromPartial({ row: 1, undo: undone, effect: { $case: 'subsidy', value } });
const preview = async (scope: object & { institution: string }, effect: SubsidyEffect = 'OPEN_RECOVERIES') =>
  (await service.participant.preview({ scope, rows: [asking(effect)] })).rows[0];
const residual = async (orderId: string, scope: object & { institution: string }, undone = false) =>
  (await service.participant.countResidual({ orderId, scope, rows: [asking('OPEN_RECOVERIES', undone)] })).rows[0];
const counts = (n: number) => service.subsidy('gateway').countPayments({ institution: codeOf(n) });
const recoveries = async (filter: { institution?: string; orderId?: string }) =>
  (await service.subsidy('gateway').listRecoveries({ institution: '', orderId: '', ...filter, page: { after: '', limit: 1000 } }))
    .recoveries;
const events = async (orderId: string) =>
  (await service.probe.events(TOPICS.subsidy)).filter(({ meta }) => meta?.orderId === orderId).flatMap(({ body }) => body ?? []);

describe('OPEN_RECOVERIES', () => {
  it('opens one draft per payment, in chunks of a thousand, and revokes exactly them when lifted', async () => {
    const scope = { institution: codeOf(1) };
    const expected = await preview(scope);
    expect(expected).toMatchObject({
      count: 2345n,
      fen: 469_000_000n,
      people: 2345n,
      sample: payments(1, 10).map(({ paymentId }) => paymentId),
    });
    expect(await residual('m1', scope)).toMatchObject({ count: 2345n });
    await service.enforcement.issue({ orderId: 'm1', scope, rows: [open({ signedCount: 2345n })] });
    const { receipt } = await service.enforcement.receipt('m1', 1);
    expect(receipt).toMatchObject({ matched: 2345n, changed: 2345n, already: 0n, fen: 469_000_000n });
    expect(await residual('m1', scope)).toMatchObject({ count: 0n });
    expect(await counts(1)).toEqual({ payments: 2345n, paidFen: 469_000_000n, recoveries: 2345n, recoveriesFen: 469_000_000n });
    expect((await recoveries({ orderId: 'm1' }))[0]).toEqual({
      recoveryId: `m1-${payment(1, 1).paymentId}`,
      orderId: 'm1',
      paymentId: payment(1, 1).paymentId,
      debtor: codeOf(1),
      fen: 200_000n,
      state: 'DRAFT',
      openedAt: '2026-03-02T02:00:00.000Z',
      fundSource: 'UNEMPLOYMENT_INSURANCE',
      institution: codeOf(1),
      revokedAt: '',
    });

    await service.enforcement.lift({ orderId: 'm1', scope, rows: [takeBack] });
    expect((await service.enforcement.receipt('m1', 2)).receipt).toMatchObject({ matched: 2345n, changed: 2345n, fen: 469_000_000n });
    expect(await residual('m1', scope, true)).toMatchObject({ count: 0n });
    expect(await counts(1)).toMatchObject({ payments: 2345n, recoveries: 0n, recoveriesFen: 0n });
    const told = await events('m1');
    expect(
      told.map(({ $case, value }) => [$case, 'paymentIds' in value ? value.paymentIds.length : 0, 'fen' in value ? value.fen : 0n]),
    ).toEqual([
      ['recoveriesOpened', 1000, 200_000_000n],
      ['recoveriesOpened', 1000, 200_000_000n],
      ['recoveriesOpened', 345, 69_000_000n],
      ['recoveriesRevoked', 1000, 200_000_000n],
      ['recoveriesRevoked', 1000, 200_000_000n],
      ['recoveriesRevoked', 345, 69_000_000n],
    ]);
  });

  it('continues after the last chunk when stopped in the middle', async () => {
    const scope = { institution: codeOf(1) };
    await service.enforcement.issue({ orderId: 'k1', epoch: 2n, scope, rows: [open()] });
    await until(
      () => query<{ n: number }>(service.url, `SELECT count(*)::int AS n FROM recovery WHERE order_id = 'k1'`),
      ([seen]) => (seen?.n ?? 0) > 0,
    );
    await service.restart();
    expect((await service.enforcement.receipt('k1', 1)).receipt).toMatchObject({ matched: 2345n, changed: 2345n, fen: 469_000_000n });
    expect((await events('k1')).map(({ value }) => ('paymentIds' in value ? value.paymentIds.length : 0))).toEqual([1000, 1000, 345]);
    expect(
      (await service.enforcement.reports()).filter(({ $case, value }) => $case === 'rowReported' && value.orderId === 'k1'),
    ).toHaveLength(1);
  });

  it('recovers a payment once when two orders overlap; the later order keeps it when the earlier is lifted', async () => {
    const whole = { institution: codeOf(2) };
    const part = { institution: codeOf(2), plans: ['P2-1', 'P2-2'] };
    await service.enforcement.issue({ orderId: 'a1', scope: part, rows: [open()] });
    expect((await service.enforcement.receipt('a1', 1)).receipt).toMatchObject({ matched: 20n, changed: 20n, fen: 4_000_000n });
    await service.enforcement.issue({ orderId: 'a2', epoch: 2n, scope: whole, rows: [open()] });
    expect((await service.enforcement.receipt('a2', 1)).receipt).toMatchObject({
      matched: 30n,
      changed: 10n,
      already: 20n,
      fen: 2_000_000n,
    });
    expect(await counts(2)).toMatchObject({ recoveries: 30n, recoveriesFen: 6_000_000n });

    await service.enforcement.lift({ orderId: 'a1', scope: part, rows: [takeBack] });
    expect((await service.enforcement.receipt('a1', 2)).receipt).toMatchObject({ matched: 20n, changed: 0n, already: 20n, fen: 0n });
    expect(await counts(2)).toMatchObject({ recoveries: 30n });
    expect(await recoveries({ orderId: 'a1' })).toEqual([]);
    expect((await recoveries({ orderId: 'a2' })).filter(({ state }) => state === 'DRAFT')).toHaveLength(30);
    expect(await residual('a1', part, true)).toMatchObject({ count: 0n });
    expect(await residual('a2', whole)).toMatchObject({ count: 0n });

    await service.enforcement.lift({ orderId: 'a2', scope: whole, rows: [takeBack] });
    expect((await service.enforcement.receipt('a2', 2)).receipt).toMatchObject({ matched: 30n, changed: 30n, fen: 6_000_000n });
    expect(await counts(2)).toMatchObject({ recoveries: 0n });
    expect((await recoveries({ institution: codeOf(2) })).map(({ state }) => state)).toEqual(Array.from({ length: 30 }, () => 'REVOKED'));
  });

  it('does not affect the earlier order when the later is lifted, and can be ordered again after lifting', async () => {
    const scope = { institution: codeOf(3) };
    await service.enforcement.issue({ orderId: 'b1', scope, rows: [open()] });
    await service.enforcement.receipt('b1', 1);
    await service.enforcement.issue({ orderId: 'b2', epoch: 2n, scope, rows: [open()] });
    await service.enforcement.receipt('b2', 1);
    await service.enforcement.lift({ orderId: 'b2', scope, rows: [takeBack] });
    expect((await service.enforcement.receipt('b2', 2)).receipt).toMatchObject({ changed: 0n, already: 30n });
    expect((await recoveries({ orderId: 'b1' })).every(({ state }) => state === 'DRAFT')).toBe(true);
    await service.enforcement.lift({ orderId: 'b1', scope, rows: [takeBack] });
    await service.enforcement.receipt('b1', 2);
    await service.enforcement.issue({ orderId: 'b3', epoch: 3n, scope, rows: [open()] });
    expect((await service.enforcement.receipt('b3', 1)).receipt).toMatchObject({ changed: 30n });
    expect(await counts(3)).toMatchObject({ recoveries: 30n, recoveriesFen: 6_000_000n });
  });

  it('recovers each payment once when several orders are executed and lifted at the same time', async () => {
    const scope = { institution: codeOf(4) };
    const ids = ['p1', 'p2', 'p3', 'p4'];
    for (const [i, orderId] of ids.entries()) await service.enforcement.issue({ orderId, epoch: BigInt(i + 1), scope, rows: [open()] });
    const receipts = await Promise.all(ids.map((orderId) => service.enforcement.receipt(orderId, 1)));
    expect(receipts.reduce((sum, { receipt }) => sum + (receipt?.changed ?? 0n), 0n)).toBe(30n);
    for (const orderId of ids.slice(0, 3)) await service.enforcement.lift({ orderId, scope, rows: [takeBack] });
    await service.enforcement.issue({ orderId: 'p5', epoch: 5n, scope, rows: [open()] });
    await Promise.all(ids.slice(0, 3).map((orderId) => service.enforcement.receipt(orderId, 2)));
    await service.enforcement.receipt('p5', 1);
    expect(await residual('p4', scope)).toMatchObject({ count: 0n });
    expect((await recoveries({ orderId: 'p4' })).filter(({ state }) => state === 'DRAFT')).toHaveLength(30);
    expect(await counts(4)).toMatchObject({ recoveries: 30n });
  });

  it.each<[string, object, bigint]>([
    ['a plan', { plans: ['P5-2'] }, 10n],
    ['a session', { sessions: ['P5-1-1', 'P5-3-1'] }, 20n],
    ['an occupation and level', { occupationLevels: [{ occupation: '6-31-01-03', level: '3' }] }, 30n],
    ['another level', { occupationLevels: [{ occupation: '6-31-01-03', level: '4' }] }, 0n],
    ['a person', { persons: [payment(5, 7).person] }, 1n],
    [
      'certificates',
      { certificates: [payment(5, 7).certificateNumber, payment(5, 8).certificateNumber, payment(4, 1).certificateNumber] },
      2n,
    ],
    ['exam dates until that day', { until: '2026-01-10' }, 30n],
    ['exam dates after it', { from: '2026-01-11' }, 0n],
    ['a plan and a person outside it', { plans: ['P5-2'], persons: [payment(5, 7).person] }, 0n],
  ])('selects by %s', async (_what, narrowed, count) => {
    expect(await preview({ institution: codeOf(5), ...narrowed })).toMatchObject({ count, fen: count * 200_000n, people: count });
  });

  it('refuses to open more than was signed, and opens nothing', async () => {
    await service.enforcement.issue({ orderId: 'x1', scope: { institution: codeOf(5) }, rows: [open({ signedCount: 29n })] });
    expect(await service.enforcement.refusal('x1', 1)).toMatchObject({ reason: 'order.more_than_signed', service: 'subsidy' });
    expect(await counts(5)).toMatchObject({ recoveries: 0n });
  });

  it('waits for the row before it', async () => {
    const scope = { institution: codeOf(5), plans: ['P5-3'] };
    await service.enforcement.issue({ orderId: 'x2', scope, rows: [open({ row: 7, afterRow: 6 })] });
    await service.enforcement.issue({ orderId: 'x3', epoch: 2n, scope: { institution: codeOf(5) }, rows: [row('HOLD_PAYMENTS')] });
    await service.enforcement.receipt('x3', 1);
    expect(await counts(5)).toMatchObject({ recoveries: 0n });
    await service.enforcement.release(codeOf(5), 'x2', 7);
    expect((await service.enforcement.receipt('x2', 7)).receipt).toMatchObject({ changed: 10n });
  });
});

describe('HOLD_PAYMENTS', () => {
  it('holds until the order is lifted; another order continues to hold', async () => {
    const scope = { institution: codeOf(6) };
    const loader = service.subsidy('import');
    await importAll(loader, payments(6, 2));
    const measures = ['STOP_EVALUATION' as const];
    await service.enforcement.issue({ orderId: 'h1', scope, measures, rows: [row('HOLD_PAYMENTS')] });
    await service.enforcement.issue({
      orderId: 'h2',
      epoch: 2n,
      scope: { ...scope, plans: ['P6-1'] },
      measures,
      rows: [row('HOLD_PAYMENTS')],
    });
    expect((await service.enforcement.receipt('h1', 1)).receipt).toMatchObject({ matched: 2n, fen: 400_000n });
    await service.enforcement.receipt('h2', 1);
    await expect(importAll(loader, payments(6, 3))).rejects.toMatchObject({
      reason: 'order.held',
      message: expect.stringContaining('h1') as string,
    });
    await service.enforcement.lift({ orderId: 'h1', scope, rows: [undo('HOLD_PAYMENTS', 2, 1)] });
    await service.enforcement.receipt('h1', 2);
    await expect(importAll(loader, payments(6, 3))).rejects.toMatchObject({
      reason: 'order.held',
      message: expect.stringContaining('h2') as string,
    });
    expect(await importAll(loader, [payment(6, 11)])).toEqual([{ imported: 1, already: 0 }]);
    await service.enforcement.lift({ orderId: 'h2', scope, rows: [undo('HOLD_PAYMENTS', 2, 1)] });
    await service.enforcement.receipt('h2', 2);
    expect(await importAll(loader, payments(6, 3))).toEqual([{ imported: 1, already: 2 }]);
    expect((await events('h1')).map(({ $case }) => $case)).toEqual(['paymentsHeld', 'paymentsReleased']);
  });
});

describe('the second time', () => {
  it('changes nothing: every message twice, after a restart', async () => {
    const tables = `SELECT (SELECT json_agg(r ORDER BY recovery_id) FROM recovery r)::text AS recoveries, (SELECT json_agg(d ORDER BY order_id, payment_id) FROM recovery_demand d)::text AS demands,
      (SELECT json_agg(h ORDER BY order_id) FROM messaging.hold h)::text AS holds, (SELECT count(*)::int FROM messaging.outbox) AS events, (SELECT count(*)::int FROM payment) AS payments`;
    const before = await query(service.url, tables);
    await service.restart();
    await service.enforcement.repeat();
    // A new order behind the repeated ones, at each of their institutions: when it is done, all repeated orders were consumed.
    for (let n = 1; n <= 6; n += 1) {
      await service.enforcement.issue({ orderId: `last${n}`, epoch: 50n, scope: { institution: codeOf(n) }, rows: [row('HOLD_PAYMENTS')] });
    }
    for (let n = 1; n <= 6; n += 1) await service.enforcement.receipt(`last${n}`, 1);
    await alter(service.url, `DELETE FROM messaging.hold WHERE order_id LIKE 'last%'`);
    await query(service.url, `DELETE FROM messaging.outbox WHERE order_id LIKE 'last%'`);
    expect(await query(service.url, tables)).toEqual(before);
  });
});
