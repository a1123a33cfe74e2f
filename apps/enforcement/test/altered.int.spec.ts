// Direct changes in enforcement's own database after an order was completed, with triggers switched off. Each change opens
// the order again at the next sweep, and a row of the ledger reports it. When the signed values are restored, the order is
// completed once more.
import { randomUUID } from 'node:crypto';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { alter, query, testKeys, until } from '@hengji/testing';
import { checkFile } from '../../../tools/verifier/src/check-file';
import { DRAFTER, must, rowOf, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const completed = (order: Order): Promise<Order> =>
  until(
    () => world.carryOut(order),
    ({ state }) => state === 'COMPLETED',
  );

const carriedOut = async (): Promise<Order> => completed(await world.sign(anInstitution()));
const sweep = async ({ orderId }: Order): Promise<Order> => must((await world.client().sweepOrder({ actor: SIGNER, orderId })).order);
const wordsOf = (order: Order): string =>
  order.rows.map(({ disputeReason, disputeDetail }) => `${disputeReason} ${disputeDetail}`).join('\n');

/** `$1` is the order. */
const CASE = `case_id = (SELECT case_id FROM orders WHERE id = $1)`;

it.each<[string, string, string]>([
  ['who signed', `UPDATE orders SET signed_by = 'another' WHERE id = $1`, 'orders.signedBy'],
  ['who drafted', `UPDATE orders SET drafted_by = 'another' WHERE id = $1`, 'orders.draftedBy'],
  ['the reason', `UPDATE orders SET reason = '另一理由' WHERE id = $1`, 'orders.reason'],
  ['the grounds', `UPDATE orders SET grounds = '{CERTIFICATES_TRADED}' WHERE id = $1`, 'orders.grounds'],
  ['the scope', `UPDATE orders SET sessions = '{s1}' WHERE id = $1`, 'orders.scope'],
  ['the authority', `UPDATE orders SET institution_name = '另一机构' WHERE id = $1`, 'orders.institutionName'],
  ['the document number', `UPDATE orders SET document_no = document_no || '甲' WHERE id = $1`, 'orders.documentNo'],
  ['when it was issued', `UPDATE orders SET issued_at = issued_at + interval '1 minute' WHERE id = $1`, 'times.issued'],
  ['a seal', `UPDATE orders SET seals = jsonb_set(seals::jsonb, '{0,value}', '"00"') WHERE id = $1`, 'orders.seals'],
  ['all seals', `UPDATE orders SET seals = '[]' WHERE id = $1`, 'orders.seals 已被删除'],
  ['a ledger row deleted', `DELETE FROM ledger_row WHERE order_id = $1 AND effect = 'NOTIFY_POLICE'`, '行已被删除'],
  ['a count that was signed', `UPDATE ledger_row SET signed_count = 9 WHERE order_id = $1 AND effect = 'NOTIFY_POLICE'`, 'signedCount'],
  ['a previewed root', `UPDATE ledger_row SET preview_root = '\\x00' WHERE order_id = $1 AND effect = 'NOTIFY_POLICE'`, 'signedRoot'],
  ['a fence', `UPDATE fence SET placed_at = placed_at - interval '1 second' WHERE order_id = $1 AND service = 'exam'`, 'fence.placed_at'],
  ['a count deleted', `UPDATE attested_count SET statements = '[]' WHERE order_id = $1`, 'residual'],
  ['the certificate deleted', `DELETE FROM completion_certificate WHERE order_id = $1`, 'completion_certificate 已被删除'],
  [
    'the certificate altered',
    `UPDATE completion_certificate SET json = replace(json, '"COMPLETED"', '"LIFTED"') WHERE order_id = $1`,
    '与其签名不符',
  ],
  ['kept receipts deleted', `DELETE FROM kept_receipt WHERE order_id = $1`, 'kept_receipt'],
  ['a kept receipt altered', `UPDATE kept_receipt SET content = '{}' WHERE order_id = $1 AND row = 1`, '与执行完成证明所记不符'],
  [
    'a step of the case rewritten',
    `UPDATE case_entry SET text = '另一记载', by_name = '他人' WHERE number = 1 AND ${CASE}`,
    'case_entry 1',
  ],
  ['when a step was taken', `UPDATE case_entry SET at = at - interval '1 day' WHERE number = 2 AND ${CASE}`, 'case_entry 2'],
  ['a step deleted', `DELETE FROM case_entry WHERE number = 2 AND ${CASE}`, 'case_entry 2 已被删除'],
  [
    'the bytes of an attachment, added after the certificate',
    `INSERT INTO attachment (id, case_id, name, media_type, content, bytes, sha256, added_by, institution, added_at)
     SELECT 'x-' || id, case_id, '附件', 'text/plain', '\\x00', 1, sha256('\\x01'), 'a', '', now() FROM orders WHERE id = $1`,
    'attachment x-',
  ],
  ['the case’s summary', `UPDATE case_file SET summary = '另一摘要' WHERE id = (SELECT case_id FROM orders WHERE id = $1)`, 'case_file'],
])('%s', async (_, sql, word) => {
  const order = await carriedOut();
  expect((await sweep(order)).state).toBe('COMPLETED');
  await alter(world.url, sql, [order.orderId]);
  const opened = await sweep(order);
  expect(opened.state).toBe('EXECUTING');
  expect(wordsOf(opened)).toContain('evidence.altered');
  expect(wordsOf(opened)).toContain(word);
  expect(wordsOf(opened)).toContain('须从备份恢复');
});

it('the bytes of a document are hashed again, even if the constraint that compares them was dropped', async () => {
  const order = await carriedOut();
  await query(world.url, 'ALTER TABLE procedure.document DROP CONSTRAINT document_hashed');
  await alter(world.url, `UPDATE document SET pdf = '\\x00' WHERE number = (SELECT min(number) FROM document WHERE ${CASE})`, [
    order.orderId,
  ]);
  const opened = await sweep(order);
  expect(opened.state).toBe('EXECUTING');
  expect(wordsOf(opened)).toMatch(/document \S+ 的内容与其 SHA-256 不符/);
});

it('an altered receipt opens the order, and its service sends the receipt again', async () => {
  const order = await carriedOut();
  await alter(
    world.url,
    `UPDATE ledger_row SET receipt_changed = 1, receipt_already = 9 WHERE order_id = $1 AND effect = 'CANCEL_RESULTS'`,
    [order.orderId],
  );
  const opened = await sweep(order);
  expect(opened.state).toBe('EXECUTING');
  expect(rowOf(opened, 'CANCEL_RESULTS')).toMatchObject({ state: 'ASKED', disputeReason: 'receipt.forged', receipt: undefined });
  expect((await world.published(order.orderId)).at(-1)).toMatchObject({ $case: 'rowReleased' });
  await completed(opened);
});

it('an altered value keeps the order open until the signed value is restored; then an officer has the row checked', async () => {
  const order = await carriedOut();
  const [before] = await query<{ signed_by: string }>(world.url, 'SELECT signed_by FROM orders WHERE id = $1', [order.orderId]);
  await alter(world.url, `UPDATE orders SET signed_by = 'another' WHERE id = $1`, [order.orderId]);
  const opened = await sweep(order);
  const row = opened.rows.find(({ disputeReason }) => disputeReason === 'evidence.altered')?.ask?.row ?? 0;
  const retry = (): Promise<unknown> => world.client().retryRow({ requestId: randomUUID(), actor: SIGNER, orderId: order.orderId, row });
  const doubted = (seen: Order): boolean => seen.rows.some(({ disputeReason }) => disputeReason === 'evidence.altered');
  await retry();
  // The service sends its receipt again, and the order still differs from what was signed.
  const still = await until(
    () => world.carryOut(order),
    (seen) => doubted(seen) && seen.rows.every(({ state }) => state === 'DONE'),
  );
  expect(still.state).toBe('EXECUTING');
  await alter(world.url, 'UPDATE orders SET signed_by = $2 WHERE id = $1', [order.orderId, before?.signed_by]);
  await retry();
  await completed(order);
  const { json } = await world.client().getCompletionCertificate({ actor: DRAFTER, orderId: order.orderId });
  const failed = checkFile(Buffer.from(json), testKeys().list()).all.filter(({ ok }) => !ok);
  expect(failed).toEqual([]);
});

it('the lifting of a lifted order is checked too', async () => {
  const order = await carriedOut();
  const { orderId } = order;
  const lifting = must((await world.client().liftOrder({ requestId: randomUUID(), actor: SIGNER, orderId, reason: '判决撤销' })).order);
  const lifted = await until(
    () => world.carryOut(lifting),
    ({ state }) => state === 'LIFTED',
  );
  expect((await sweep(lifted)).state).toBe('LIFTED');
  await alter(world.url, `UPDATE lifting SET lifted_by = 'another' WHERE order_id = $1`, [order.orderId]);
  const opened = await sweep(lifted);
  expect(opened.state).toBe('LIFTING');
  expect(wordsOf(opened)).toContain('lifting.liftedBy');
});

it('append-only tables refuse every other change', async () => {
  await carriedOut();
  const changes = [
    `UPDATE kept_receipt SET content = ''`,
    `DELETE FROM kept_receipt`,
    `UPDATE completion_certificate SET json = ''`,
    `UPDATE case_entry SET text = ''`,
    `TRUNCATE case_entry`,
    `UPDATE orders SET reason = 'x'`,
    `DELETE FROM attested_count`,
    `UPDATE case_file SET summary = 'x'`,
  ];
  for (const change of changes) await expect(query(world.url, change)).rejects.toThrow(/never (changed|deleted)/);
});
