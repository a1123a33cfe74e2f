// Changes that another writer made in exchange's database after its rows were done: found by number or message, and by column.
import { RowAsk, type ExchangeEffect } from '@hengji/contracts/enforcement/v1/order';
import { alter, query } from '@hengji/testing';
import { codeOf, loadStanding, startService, uploads, type ServiceUnderTest } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});

const counted = async (orderId: string, n: number, value: ExchangeEffect) => {
  const rows = [RowAsk.fromPartial({ row: 1, effect: { $case: 'exchange', value } })];
  const [row] = (await service.participant.countResidual({ orderId, scope: { institution: codeOf(n) }, rows })).rows;
  return { count: row?.count, words: (row?.sample ?? []).join('\n') };
};

const carriedOut = async (orderId: string, n: number, value: ExchangeEffect): Promise<void> => {
  const scope = { institution: codeOf(n) };
  await service.enforcement.issue({ orderId, scope, rows: [{ $case: 'exchange', value, signedCount: 100n }] });
  await service.enforcement.receipt(orderId, 1);
  expect(await counted(orderId, n, value)).toEqual({ count: 0n, words: '' });
};

it.each<[number, string, string]>([
  [1, `UPDATE upload SET person = 'ff' WHERE number = $1`, 'upload.person'],
  [2, `UPDATE upload_claim SET before = 'REJECTED' WHERE number = $1`, 'upload_claim.before'],
  [3, `DELETE FROM upload WHERE number = $1`, 'upload 的记录已被删除'],
  [4, `DELETE FROM upload_claim WHERE number = $1`, '签封时6条，现有5条'],
])('order %i: %s', async (n, sql, word) => {
  await loadStanding(service, n, 6);
  const orderId = `u${n}`;
  await carriedOut(orderId, n, 'WITHDRAW_UPLOADS');
  await alter(service.url, sql, [uploads(n, 6)[2]?.number]);
  expect((await counted(orderId, n, 'WITHDRAW_UPLOADS')).words).toContain(word);
});

it.each<[string, string]>([
  [`UPDATE message SET notice = notice || '{"documentNo": "x"}' WHERE order_id = $1`, 'message.notice'],
  [`UPDATE message SET receipt_no = 'x' WHERE order_id = $1`, 'message.receipt_no'],
])('a letter: %s', async (sql, word) => {
  const orderId = `l-${word}`;
  await carriedOut(orderId, 5, 'NOTIFY_POLICE');
  await alter(service.url, sql, [orderId]);
  expect((await counted(orderId, 5, 'NOTIFY_POLICE')).words).toContain(`${word} 与执行时不符`);
});

it.each([`UPDATE message SET notice = '{}'`, `DELETE FROM upload_claim`, `UPDATE upload_claim SET before = 'REJECTED'`])(
  '%s is refused by the table',
  async (sql) => {
    await expect(query(service.url, sql)).rejects.toThrow(/never (changed|deleted)/);
  },
);
