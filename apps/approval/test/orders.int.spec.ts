// Orders at approval: executed, lifted, overlapping, repeated, refused.
import { TOPICS } from '@hengji/contracts';
import type { ApprovalEffect } from '@hengji/contracts/enforcement/v1/order';
import { RowAsk } from '@hengji/contracts/enforcement/v1/order';
import type { TestRow } from '@hengji/testing';
import { alter, query, until } from '@hengji/testing';
import { codeOf, importAll, institution, type ServiceUnderTest, startService } from './service';

let service: ServiceUnderTest;

beforeAll(async () => {
  service = await startService();
  await importAll(
    service.approval('import'),
    Array.from({ length: 20 }, (_, i) => institution(i + 1)),
  );
});

const row = (value: ApprovalEffect, over: object = {}): TestRow => ({ $case: 'approval', value, ...over });
const undo = (value: ApprovalEffect, position: number, undoesRow: number): TestRow => ({
  $case: 'approval',
  value,
  row: position,
  undoesRow,
});
const shown = async (n: number) => (await service.approval('gateway').getInstitution({ code: codeOf(n) })).institution;
const events = async (n: number, orderId: string) =>
  (await service.probe.events(TOPICS.approval))
    .filter(({ meta }) => meta?.institution === codeOf(n) && meta.orderId === orderId)
    .map(({ body }) => body);
const residual = async (orderId: string, scope: { institution: string }, effect: ApprovalEffect, undone = false) => {
  const ask = RowAsk.fromPartial({ row: 1, undo: undone, effect: { $case: 'approval', value: effect } });
  return (await service.participant.countResidual({ orderId, scope, rows: [ask] })).rows[0];
};
const preview = async (scope: { institution: string }, effect: ApprovalEffect) =>
  (await service.participant.preview({ scope, rows: [RowAsk.fromPartial({ row: 1, effect: { $case: 'approval', value: effect } })] }))
    .rows[0];
const permission = async (n: number, level = '4') =>
  (
    await service
      .approval('exam')
      .checkPermission({ institution: codeOf(n), kind: 'LEVEL_RECOGNITION', occupation: '6-31-01-03', level, day: '2026-03-02' })
  ).reason;

describe('HOLD_FILING', () => {
  it('holds from the fence on, shows the order, and is released by the lifting of that order only', async () => {
    const scope = { institution: codeOf(1) };
    expect(await preview(scope, 'HOLD_FILING')).toMatchObject({ count: 1n, fen: 0n, sample: [codeOf(1)] });
    await service.participant.fence({ orderId: 'h1', epoch: 1n, scope, standing: true });
    expect(await shown(1)).toMatchObject({ status: 'HELD', holds: [{ orderId: 'h1' }] });
    expect(await permission(1)).toBe('filing.held');

    const measures = ['STOP_EVALUATION' as const];
    await service.enforcement.issue({ orderId: 'h1', scope, measures, rows: [row('HOLD_FILING')] });
    await service.enforcement.issue({ orderId: 'h2', epoch: 2n, scope, measures, rows: [row('HOLD_FILING')] });
    expect((await service.enforcement.receipt('h1', 1)).receipt).toMatchObject({ matched: 1n, changed: 1n });
    await service.enforcement.receipt('h2', 1);
    expect((await shown(1))?.holds.map(({ orderId }) => orderId)).toEqual(['h1', 'h2']);
    expect(await residual('h1', scope, 'HOLD_FILING')).toMatchObject({ count: 0n });

    await service.enforcement.lift({ orderId: 'h1', scope, rows: [undo('HOLD_FILING', 2, 1)] });
    await service.enforcement.receipt('h1', 2);
    expect(await shown(1)).toMatchObject({ status: 'HELD', holds: [{ orderId: 'h2' }] });
    await service.enforcement.lift({ orderId: 'h2', scope, rows: [undo('HOLD_FILING', 2, 1)] });
    await service.enforcement.receipt('h2', 2);
    expect(await shown(1)).toMatchObject({ status: 'ACTIVE', holds: [] });
    expect(await permission(1)).toBe('');
    expect(await residual('h1', scope, 'HOLD_FILING', true)).toMatchObject({ count: 0n });
    expect(await events(1, 'h1')).toEqual([
      { $case: 'filingHeld', value: { orderId: 'h1' } },
      { $case: 'filingReleased', value: { orderId: 'h1' } },
    ]);
  });

  it('stops only what a narrowed order names', async () => {
    const scope = { institution: codeOf(2), occupationLevels: [{ occupation: '6-31-01-03', level: '3' }] };
    await service.enforcement.issue({ orderId: 'h3', scope, measures: ['STOP_EVALUATION'], rows: [row('HOLD_FILING')] });
    expect((await service.enforcement.receipt('h3', 1)).receipt).toMatchObject({ matched: 1n });
    expect(await shown(2)).toMatchObject({ status: 'HELD' });
    expect(await permission(2, '3')).toBe('filing.held');
    expect(await permission(2, '4')).toBe('');
  });

  it('does not show a fence that only served an execution, and ends it on completion', async () => {
    const scope = { institution: codeOf(3) };
    await service.participant.fence({ orderId: 'f1', epoch: 1n, scope, standing: false });
    expect(await shown(3)).toMatchObject({ status: 'ACTIVE', holds: [] });
    expect(await permission(3)).toBe('filing.held');
    await service.enforcement.complete(codeOf(3), 'f1');
    await until(
      () => permission(3),
      (reason) => reason === '',
    );
  });

  it('places the fences in force before it answers any call', async () => {
    const scope = {
      institution: codeOf(4),
      plans: [],
      sessions: [],
      occupationLevels: [],
      persons: [],
      certificates: [],
      from: '',
      until: '',
    };
    service.enforcement.fences.push({ orderId: 'c1', epoch: 1n, scope, standing: true });
    await service.restart();
    service.enforcement.fences.pop();
    expect(await shown(4)).toMatchObject({ status: 'HELD', holds: [{ orderId: 'c1' }] });
  });
});

describe('REMOVE_FILING', () => {
  it('removes while any order demands it, and never gives the code to another institution', async () => {
    const scope = { institution: codeOf(5) };
    expect(await preview(scope, 'REMOVE_FILING')).toMatchObject({ count: 1n, sample: [codeOf(5)] });
    expect(await residual('r1', scope, 'REMOVE_FILING')).toMatchObject({ count: 1n, sample: [codeOf(5)] });
    await service.enforcement.issue({
      orderId: 'r1',
      scope,
      measures: ['REMOVE_FROM_DIRECTORY'],
      rows: [row('REMOVE_FILING', { signedCount: 1n })],
    });
    expect((await service.enforcement.receipt('r1', 1)).receipt).toMatchObject({ matched: 1n, changed: 1n, already: 0n });
    await service.enforcement.issue({ orderId: 'r2', epoch: 2n, scope, measures: ['REMOVE_FROM_DIRECTORY'], rows: [row('REMOVE_FILING')] });
    expect((await service.enforcement.receipt('r2', 1)).receipt).toMatchObject({ matched: 1n, changed: 0n, already: 1n });
    expect(await shown(5)).toMatchObject({ status: 'REMOVED', removedBy: ['r1', 'r2'] });
    await service.enforcement.complete(codeOf(5), 'r1');
    await service.enforcement.complete(codeOf(5), 'r2');
    expect(await permission(5)).toBe('filing.removed');

    const loader = service.approval('import');
    const refiled = institution(5, { validFrom: '2026-01-01', validUntil: '2029-12-31' });
    await expect(importAll(loader, [refiled])).rejects.toMatchObject({ kind: 'conflict', reason: 'institution.code_taken' });
    expect(await importAll(loader, [institution(5)])).toEqual([{ imported: 0, already: 1 }]);
    expect(await shown(5)).toMatchObject({ status: 'REMOVED' });

    await service.enforcement.lift({ orderId: 'r1', scope, rows: [undo('REMOVE_FILING', 2, 1)] });
    expect((await service.enforcement.receipt('r1', 2)).receipt).toMatchObject({ matched: 1n, changed: 0n });
    expect(await shown(5)).toMatchObject({ status: 'REMOVED', removedBy: ['r2'] });
    await service.enforcement.lift({ orderId: 'r2', scope, rows: [undo('REMOVE_FILING', 2, 1)] });
    expect((await service.enforcement.receipt('r2', 2)).receipt).toMatchObject({ changed: 1n });
    expect(await shown(5)).toMatchObject({ status: 'ACTIVE', removedBy: [] });
    expect(await query(service.url, 'SELECT removed_at FROM institution WHERE code = $1', [codeOf(5)])).toEqual([{ removed_at: null }]);
    expect(await events(5, 'r2')).toEqual([{ $case: 'filingReinstated', value: { orderId: 'r2' } }]);
    expect(await events(5, 'r1')).toEqual([{ $case: 'filingRemoved', value: { orderId: 'r1' } }]);
  });

  it('cannot remove a part of an institution', async () => {
    const scope = { institution: codeOf(6), plans: ['p1'] };
    expect(await preview(scope, 'REMOVE_FILING')).toMatchObject({ count: 0n });
    await service.enforcement.issue({ orderId: 'r3', scope, rows: [row('REMOVE_FILING')] });
    expect((await service.enforcement.receipt('r3', 1)).receipt).toMatchObject({ matched: 0n, changed: 0n });
    expect(await shown(6)).toMatchObject({ status: 'ACTIVE' });
  });

  it('refuses to change more than was signed', async () => {
    const scope = { institution: codeOf(7) };
    await service.enforcement.issue({ orderId: 'r4', scope, rows: [row('REMOVE_FILING', { signedCount: 0n })] });
    expect(await service.enforcement.refusal('r4', 1)).toMatchObject({ reason: 'order.more_than_signed', service: 'approval' });
    expect(await shown(7)).toMatchObject({ status: 'ACTIVE' });
  });
});

describe('PUBLISH_NOTICE', () => {
  const notices = async (n: number) => (await service.approval('gateway').listNotices({ institution: codeOf(n) })).notices;

  it('publishes after its row is released, withdraws on lifting, deletes nothing', async () => {
    const scope = { institution: codeOf(8), certificates: [`${codeOf(8)}263000001`] };
    expect(await preview(scope, 'PUBLISH_NOTICE')).toMatchObject({ count: 1n, sample: [codeOf(8)] });
    await service.enforcement.issue({ orderId: 'n1', scope, rows: [row('PUBLISH_NOTICE', { row: 3, afterRow: 2 })] });
    await service.enforcement.issue({ orderId: 'n2', epoch: 2n, scope, rows: [row('PUBLISH_NOTICE')] });
    expect((await service.enforcement.receipt('n2', 1)).receipt).toMatchObject({ matched: 1n, changed: 1n });
    expect((await notices(8)).map(({ orderId }) => orderId)).toEqual(['n2']);
    expect(await residual('n1', scope, 'PUBLISH_NOTICE')).toMatchObject({ count: 1n, sample: [codeOf(8)] });
    service.clock.now = new Date(service.clock.now.getTime() + 60_000);
    await service.enforcement.release(codeOf(8), 'n1', 3);
    await service.enforcement.receipt('n1', 3);
    expect(await residual('n1', scope, 'PUBLISH_NOTICE')).toMatchObject({ count: 0n });
    expect(await notices(8)).toMatchObject([
      { noticeId: 'N-n1', documentNo: '辽人社鉴处〔2026〕n1号', institutionName: institution(8).name, withdrawnAt: '' },
      { noticeId: 'N-n2', withdrawnAt: '' },
    ]);
    const gateway = service.approval('gateway');
    const first = await gateway.listNotices({ institution: codeOf(8), page: { after: '', limit: 1 } });
    const second = await gateway.listNotices({ institution: codeOf(8), page: { after: first.next, limit: 1 } });
    expect([first, second].map((page) => page.notices.map(({ noticeId }) => noticeId))).toEqual([['N-n1'], ['N-n2']]);
    expect(second.next).toBe('');

    await service.enforcement.lift({ orderId: 'n1', scope, rows: [undo('PUBLISH_NOTICE', 4, 3)] });
    await service.enforcement.receipt('n1', 4);
    expect(await notices(8)).toMatchObject([
      { noticeId: 'N-n1', withdrawnAt: service.clock.now.toISOString() },
      { noticeId: 'N-n2', withdrawnAt: '' },
    ]);
    expect(await residual('n1', scope, 'PUBLISH_NOTICE', true)).toMatchObject({ count: 0n });
    expect(await residual('n2', scope, 'PUBLISH_NOTICE', true)).toMatchObject({ count: 1n });
    expect(await events(8, 'n1')).toMatchObject([
      { $case: 'noticePublished', value: { notice: { noticeId: 'N-n1' } } },
      { $case: 'noticeWithdrawn', value: { noticeId: 'N-n1', orderId: 'n1' } },
    ]);
  });

  it('has one responsible row only: after a lifting the lifting’s, after a lifting in part the order’s own', async () => {
    const scope = { institution: codeOf(10) };
    const ask = (position: number, over: object = {}) =>
      RowAsk.fromPartial({ row: position, effect: { $case: 'approval', value: 'PUBLISH_NOTICE' }, ...over });
    const count = async (asked: Parameters<typeof service.participant.countResidual>[0]) =>
      (await service.participant.countResidual(asked)).rows[0]?.count;
    await service.enforcement.issue({ orderId: 'n4', scope, rows: [row('PUBLISH_NOTICE')] });
    await service.enforcement.receipt('n4', 1);
    await service.enforcement.lift({ orderId: 'n4', scope, rows: [undo('PUBLISH_NOTICE', 3, 1)] });
    await service.enforcement.receipt('n4', 3);
    expect(await count({ orderId: 'n4', scope, rows: [ask(1)] })).toBe(1n);
    expect(await count({ orderId: 'n4', scope, rows: [ask(1)], lifted: [{ scope, rows: [1] }] })).toBe(0n);
    const part = { ...scope, certificates: [`${codeOf(10)}263000001`] };
    expect(await count({ orderId: 'n4', scope, rows: [ask(1)], lifted: [{ scope: part, rows: [1] }] })).toBe(1n);
    expect(await count({ orderId: 'n4', scope: part, rows: [ask(2, { undo: true, undoesRow: 1 })] })).toBe(0n);
  });

  it('refuses the row when the code has no filing', async () => {
    await service.enforcement.issue({ orderId: 'n3', scope: { institution: codeOf(999) }, rows: [row('PUBLISH_NOTICE')] });
    expect(await service.enforcement.refusal('n3', 1)).toMatchObject({ reason: 'institution.unknown' });
    expect(await preview({ institution: codeOf(999) }, 'PUBLISH_NOTICE')).toMatchObject({ count: 0n, sample: [] });
  });
});

describe('SHOW_RECTIFICATION', () => {
  it('shows the nearest day of the orders in force', async () => {
    const scope = { institution: codeOf(9) };
    const rows = [row('SHOW_RECTIFICATION')];
    await service.enforcement.issue({ orderId: 's1', scope, rows, rectifyBy: '2026-06-30' });
    await service.enforcement.issue({ orderId: 's2', epoch: 2n, scope, rows, rectifyBy: '2026-04-30' });
    await service.enforcement.receipt('s1', 1);
    await service.enforcement.receipt('s2', 1);
    expect(await shown(9)).toMatchObject({ rectifyBy: '2026-04-30' });
    await service.enforcement.lift({ orderId: 's2', scope, rows: [undo('SHOW_RECTIFICATION', 2, 1)] });
    await service.enforcement.receipt('s2', 2);
    expect(await shown(9)).toMatchObject({ rectifyBy: '2026-06-30' });
    await service.enforcement.lift({ orderId: 's1', scope, rows: [undo('SHOW_RECTIFICATION', 2, 1)] });
    await service.enforcement.receipt('s1', 2);
    expect(await shown(9)).toMatchObject({ rectifyBy: '' });
    expect(await events(9, 's2')).toEqual([
      { $case: 'rectificationShown', value: { orderId: 's2', rectifyBy: '2026-04-30', documentNo: expect.any(String) as string } },
      { $case: 'rectificationWithdrawn', value: { orderId: 's2' } },
    ]);
  });

  it('refuses an order without a day', async () => {
    await service.enforcement.issue({ orderId: 's3', scope: { institution: codeOf(9) }, rows: [row('SHOW_RECTIFICATION')] });
    expect(await service.enforcement.refusal('s3', 1)).toMatchObject({ reason: 'order.rectify_by_missing' });
  });
});

describe('the second time', () => {
  it('changes nothing: every message twice, after a restart', async () => {
    const tables = `SELECT (SELECT json_agg(i ORDER BY code) FROM institution i)::text AS filings, (SELECT json_agg(n ORDER BY notice_id) FROM notice n)::text AS notices,
      (SELECT json_agg(r ORDER BY order_id) FROM rectification r)::text AS rectifications, (SELECT json_agg(h ORDER BY order_id) FROM messaging.hold h)::text AS holds,
      (SELECT count(*)::int FROM messaging.outbox) AS events`;
    const before = await query(service.url, tables);
    await service.restart();
    await service.enforcement.repeat();
    // A new order behind the repeated ones, at each of their institutions: when it is done, all repeated orders were consumed.
    for (const n of [1, 2, 3, 5, 6, 7, 8, 9, 999]) {
      await service.enforcement.issue({ orderId: `last${n}`, epoch: 50n, scope: { institution: codeOf(n) }, rows: [row('HOLD_FILING')] });
    }
    for (const n of [1, 2, 3, 5, 6, 7, 8, 9, 999]) await service.enforcement.receipt(`last${n}`, 1);
    await alter(service.url, `DELETE FROM messaging.hold WHERE order_id LIKE 'last%'`);
    await query(service.url, `DELETE FROM messaging.outbox WHERE order_id LIKE 'last%'`);
    expect(await query(service.url, tables)).toEqual(before);
  });
});
