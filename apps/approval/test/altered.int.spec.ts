// Changes that another writer made in approval's database after an order was executed there: found by column, and corrected where possible
// when the row is repeated.
import { TOPICS } from '@hengji/contracts';
import { RowAsk, type ApprovalEffect } from '@hengji/contracts/enforcement/v1/order';
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

const counted = async (orderId: string, n: number, effect: ApprovalEffect) => {
  const rows = [RowAsk.fromPartial({ row: 1, effect: { $case: 'approval', value: effect } })];
  const [row] = (await service.participant.countResidual({ orderId, scope: { institution: codeOf(n) }, rows })).rows;
  return { count: row?.count, words: (row?.sample ?? []).join('\n') };
};

const carriedOut = async (orderId: string, n: number, effect: ApprovalEffect): Promise<void> => {
  const scope = { institution: codeOf(n) };
  await service.enforcement.issue({ orderId, scope, rows: [{ $case: 'approval', value: effect }], rectifyBy: '2026-06-30' });
  await service.enforcement.receipt(orderId, 1);
  expect(await counted(orderId, n, effect)).toEqual({ count: 0n, words: '' });
};

const workAgain = async (orderId: string, n: number): Promise<void> => {
  const receipts = async () =>
    (await service.enforcement.reports()).filter(({ $case, value }) => $case === 'rowReported' && value.orderId === orderId).length;
  const before = await receipts();
  await service.enforcement.reopen(codeOf(n), orderId, [1]);
  await until(receipts, (now) => now > before);
};

const published = async (orderId: string) =>
  (await service.probe.events(TOPICS.approval)).filter(({ meta, body }) => meta?.orderId === orderId && body?.$case === 'noticePublished');

it.each<[string, string, string]>([
  ['withdrawn', `UPDATE notice SET withdrawn_at = now() WHERE order_id = $1`, codeOf(1)],
  ['deleted', `DELETE FROM notice WHERE order_id = $1`, '已被删除'],
  ['of another title', `UPDATE notice SET title = '更正' WHERE order_id = $1`, 'notice.title'],
  ['of another document', `UPDATE notice SET document_no = 'x' WHERE order_id = $1`, 'notice.document_no'],
])('a notice %s is found, published once more, and then nothing is left', async (what, sql, word) => {
  const orderId = `n-${Buffer.from(what).toString('hex')}`;
  await carriedOut(orderId, 1, 'PUBLISH_NOTICE');
  await alter(service.url, sql, [orderId]);
  const found = await counted(orderId, 1, 'PUBLISH_NOTICE');
  expect(found.count).toBeGreaterThan(0n);
  expect(found.words).toContain(word);
  await workAgain(orderId, 1);
  expect(await counted(orderId, 1, 'PUBLISH_NOTICE')).toEqual({ count: 0n, words: '' });
  await until(
    () => published(orderId),
    (all) => all.length === 2,
  );
});

it('the day of a notice cannot be corrected: the row stays open under that name', async () => {
  await carriedOut('n-day', 2, 'PUBLISH_NOTICE');
  await alter(service.url, `UPDATE notice SET published_at = published_at - interval '1 year' WHERE order_id = $1`, ['n-day']);
  await workAgain('n-day', 2);
  const found = await counted('n-day', 2, 'PUBLISH_NOTICE');
  expect(found.count).toBe(1n);
  expect(found.words).toContain('notice.published_at 与执行时不符，须从备份恢复');
});

it('a rectification with another day, or withdrawn, is shown again as ordered', async () => {
  await carriedOut('r1', 3, 'SHOW_RECTIFICATION');
  await alter(service.url, `UPDATE rectification SET rectify_by = '2099-01-01', withdrawn_at = now() WHERE order_id = 'r1'`);
  expect((await counted('r1', 3, 'SHOW_RECTIFICATION')).words).toContain('rectification.rectify_by');
  await workAgain('r1', 3);
  expect(await counted('r1', 3, 'SHOW_RECTIFICATION')).toEqual({ count: 0n, words: '' });
});

it('a filing that was removed is compared with what was removed', async () => {
  await carriedOut('f1', 4, 'REMOVE_FILING');
  await alter(service.url, `UPDATE institution SET authority = '2199', valid_until = '2099-12-31' WHERE code = $1`, [codeOf(4)]);
  expect((await counted('f1', 4, 'REMOVE_FILING')).words).toContain('institution.authority、institution.valid_until');
  await carriedOut('f2', 5, 'REMOVE_FILING');
  await alter(service.url, `UPDATE institution SET removed_at = now() + interval '1 day' WHERE code = $1`, [codeOf(5)]);
  expect((await counted('f2', 5, 'REMOVE_FILING')).words).toContain('institution.removed_at');
});

it.each([`DELETE FROM notice`, `UPDATE notice SET published_at = now()`, `DELETE FROM institution`, `DELETE FROM rectification`])(
  '%s is refused by the table',
  async (sql) => {
    await expect(query(service.url, sql)).rejects.toThrow(/never (changed|deleted)/);
  },
);
