// What is certified holds for every checker. The order is completed only on stored data that is still true, by the keys of
// the day, and the paper names exactly this JSON.
import { createHash, randomUUID } from 'node:crypto';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { verifier, type Statement } from '@hengji/host';
import { alter, pdfText, query, testKeys, until } from '@hengji/testing';
import { checkFile } from '../../../tools/verifier/src/check-file';
import { done, DRAFTER, refused, rowOf, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const of = (order: Order): string => order.scope?.institution ?? '';
const certificateOf = ({ orderId }: Order) => world.client().getCompletionCertificate({ actor: DRAFTER, orderId });
const failed = (json: string): string[] =>
  checkFile(Buffer.from(json), testKeys().list())
    .all.filter(({ ok }) => !ok)
    .map(({ check, text }) => `${check} ${text}`);

const completed = (order: Order): Promise<Order> =>
  until(
    () => world.carryOut(order),
    ({ state }) => state === 'COMPLETED',
  );

/** Everything is reported, and the count is blocked, so that the database can still be changed before it is certified. */
const almostDone = async (): Promise<Order> => {
  world.neighbours.exam.residuals.set('CANCEL_RESULTS', 1);
  const order = await world.carryOut(await world.sign(anInstitution()));
  return until(
    () => world.get(order.orderId),
    ({ residual }) => residual === 1n,
  );
};

it.each<[string, string, string]>([
  ['a number of a receipt was altered', 'receipt_changed = receipt_changed - 1, receipt_already = 1', 'receipt.forged'],
  ['a signature was taken away', 'receipt_signature = NULL', 'receipt.unsigned'],
  ['the count that was signed was altered', 'signed_count = 11', 'report.not_as_signed'],
  ['the row that it waited for was altered', 'after_row = 4', 'receipt.not_sealed'],
])(
  '%s: the order is not completed on it, the row is disputed, and after the genuine receipt everything verifies',
  async (_, change, reason) => {
    const order = await almostDone();
    const row = rowOf(order, 'CANCEL_RESULTS').ask?.row ?? 0;
    const [before] = await query<Record<string, unknown>>(
      world.url,
      'SELECT signed_count, after_row FROM ledger_row WHERE order_id = $1 AND number = $2',
      [order.orderId, row],
    );
    await query(world.url, `UPDATE ledger_row SET ${change} WHERE order_id = $1 AND number = $2`, [order.orderId, row]);
    world.neighbours.exam.residuals.clear();
    const doubted = await until(
      () => world.get(order.orderId),
      (seen) => rowOf(seen, 'CANCEL_RESULTS').disputeReason !== '',
    );
    expect(doubted.state).toBe('EXECUTING');
    expect(rowOf(doubted, 'CANCEL_RESULTS')).toMatchObject({ state: 'ASKED', disputeReason: reason, receipt: undefined });
    await expect(certificateOf(order)).rejects.toThrow(expect.objectContaining({ reason: 'order.not_completed' }));
    await query(world.url, 'UPDATE ledger_row SET signed_count = $3, after_row = $4 WHERE order_id = $1 AND number = $2', [
      ...[order.orderId, row, before?.['signed_count'], before?.['after_row']],
    ]);
    await world.client().retryRow({ requestId: randomUUID(), actor: SIGNER, orderId: order.orderId, row });
    const after = await completed(order);
    expect(rowOf(after, 'CANCEL_RESULTS')).toMatchObject({ state: 'DONE', disputeReason: '' });
    expect(failed((await certificateOf(order)).json)).toEqual([]);
  },
);

it('a row that was set to done without its service does not complete the order', async () => {
  const order = await world.sign(anInstitution());
  await query(
    world.url,
    `UPDATE ledger_row SET state = 'DONE', receipt_matched = signed_count, receipt_changed = signed_count, receipt_leaves = signed_count,
            receipt_root = preview_root, receipt_started_at = now(), receipt_finished_at = now()
     WHERE order_id = $1 AND effect = 'CANCEL_RESULTS'`,
    [order.orderId],
  );
  // All other rows report; the genuine receipt of this row comes only after the order has shown the dispute.
  for (const effect of ['VOID_CERTIFICATES', 'NOTIFY_POLICE', 'NOTIFY_MARKET_REGULATOR', 'PUBLISH_NOTICE']) {
    const asked = await until(
      () => world.get(order.orderId),
      (seen) => rowOf(seen, effect).state === 'ASKED',
    );
    await world.report(of(order), done(asked, rowOf(asked, effect)));
  }
  const doubted = await until(
    () => world.get(order.orderId),
    (seen) => rowOf(seen, 'CANCEL_RESULTS').disputeReason !== '',
  );
  expect(rowOf(doubted, 'CANCEL_RESULTS')).toMatchObject({ state: 'ASKED', disputeReason: 'receipt.unsigned' });
  await completed(order);
  expect(failed((await certificateOf(order)).json)).toEqual([]);
});

it('more than was signed is not accepted, even with a valid signature of its service', async () => {
  const order = await world.sign(anInstitution());
  const row = rowOf(order, 'CANCEL_RESULTS');
  const matched = (row.ask?.signedCount ?? 0n) + 1n;
  await world.report(of(order), done(order, row, { matched, changed: matched, leaves: matched }));
  const doubted = await until(
    () => world.get(order.orderId),
    (seen) => rowOf(seen, 'CANCEL_RESULTS').disputeReason !== '',
  );
  expect(rowOf(doubted, 'CANCEL_RESULTS')).toMatchObject({ state: 'ASKED', disputeReason: 'report.not_as_signed' });
  await completed(order);
});

it('enforcement’s key is rotated while an order is stopped for drift: the order is confirmed under the new key, and completed', async () => {
  // The decision is older than the new key by more than the allowed clock difference.
  world.clock.aheadMs = -1_800_000;
  const order = await world.sign(anInstitution());
  world.clock.aheadMs = 0;
  const row = rowOf(order, 'CANCEL_RESULTS');
  await world.report(of(order), refused(order, row, 'order.target_drifted'));
  await until(
    () => world.get(order.orderId),
    (seen) => rowOf(seen, 'CANCEL_RESULTS').state === 'REFUSED',
  );
  const next = testKeys().rotate('enforcement');
  world.neighbours.exam.counts.set('CANCEL_RESULTS', 12);
  await world.client().confirmDrift({ requestId: randomUUID(), actor: SIGNER, orderId: order.orderId });
  world.neighbours.exam.counts.clear();
  const events = await until(
    () => world.published(order.orderId),
    (all) => all.some(({ $case, value }) => $case === 'rowReleased' && value.reconfirmed),
  );
  const seal = events
    .flatMap(({ $case, value }) => ($case === 'rowReleased' && value.reconfirmed && value.seal ? [value.seal] : []))
    .at(-1);
  expect(seal?.signature?.keyId).toBe(next);
  const statement = JSON.parse(seal?.statement ?? 'null') as Statement & { signedAt: string; sealedAt: string };
  expect(statement.signedAt).toBe(order.signedAt?.toISOString());
  const { check } = verifier({ trustFile: testKeys().trustFile });
  check(statement, seal?.signature, { service: 'enforcement', signedAt: new Date(statement.sealedAt) });
  await completed(await world.get(order.orderId));
  expect(rowOf(await world.get(order.orderId), 'CANCEL_RESULTS').receipt?.matched).toBe(12n);
  expect(failed((await certificateOf(order)).json)).toEqual([]);
});

it('the paper names the SHA-256 of exactly the served JSON, and states when the order has changed since', async () => {
  const order = await completed(await world.sign(anInstitution()));
  const first = await certificateOf(order);
  const sha256 = createHash('sha256').update(first.json).digest('hex');
  expect(pdfText(Buffer.from(first.pdf))).toContain(`SHA-256：${sha256}`);
  expect(pdfText(Buffer.from(first.pdf))).toContain('残留合计0条。设围栏、清点残留、跨服务核对，均由各服务自行签名。');
  expect(first.laterState).toBe('');
  world.neighbours.exam.residuals.set('CANCEL_RESULTS', 1);
  await world.client().sweepOrder({ actor: SIGNER, orderId: order.orderId });
  const reopened = await certificateOf(order);
  expect(reopened).toMatchObject({ json: first.json, laterState: 'EXECUTING' });
  expect(pdfText(Buffer.from(reopened.pdf))).toContain('正在重新执行');
  world.neighbours.exam.residuals.clear();
  await completed(order);
  const second = await certificateOf(order);
  expect(second.laterState).toBe('');
  expect(second.json).not.toBe(first.json);
  expect(failed(second.json)).toEqual([]);
});

it('the paper of a certificate from before counts were signed can still be read', async () => {
  const order = await completed(await world.sign(anInstitution()));
  const { json } = await certificateOf(order);
  const certificate = JSON.parse(json) as { statement: { type: string; residual: unknown } };
  const residual = order.rows.map(({ ask }) => ({ row: String(ask?.row), count: '0', at: order.completedAt?.toISOString() }));
  Object.assign(certificate.statement, { type: 'hengji.completion.v1', residual });
  await alter(world.url, 'UPDATE completion_certificate SET json = $2 WHERE order_id = $1', [order.orderId, JSON.stringify(certificate)]);
  const { pdf } = await certificateOf(order);
  expect(pdfText(Buffer.from(pdf))).toContain('残留合计0条。');
  expect(pdfText(Buffer.from(pdf))).not.toContain('均由各服务自行签名');
});

it('an order that was opened again and stopped for drift is lifted completely; its certificate shows the row that was not done', async () => {
  const order = await completed(await world.sign(anInstitution()));
  world.neighbours.exam.residuals.set('CANCEL_RESULTS', 1);
  await world.client().sweepOrder({ actor: SIGNER, orderId: order.orderId });
  world.neighbours.exam.residuals.clear();
  const row = rowOf(order, 'CANCEL_RESULTS');
  await world.report(of(order), refused(order, row, 'order.target_drifted'));
  await until(
    () => world.get(order.orderId),
    (seen) => rowOf(seen, 'CANCEL_RESULTS').state === 'REFUSED',
  );
  await world.client().liftOrder({ requestId: randomUUID(), actor: SIGNER, orderId: order.orderId, reason: '判决撤销' });
  const lifted = await until(
    async () => {
      const seen = await world.get(order.orderId);
      const asked = seen.rows.filter(({ state }) => state === 'ASKED');
      if (asked.length > 0) await world.report(of(order), ...asked.map((one) => done(seen, one)));
      return seen;
    },
    ({ state }) => state === 'LIFTED',
  );
  expect(rowOf(lifted, 'CANCEL_RESULTS')).toMatchObject({ state: 'REFUSED', disputeReason: '' });
  const { json } = await certificateOf(order);
  expect(JSON.parse(json)).toMatchObject({ statement: { outcome: 'LIFTED' } });
  expect(failed(json)).toEqual([expect.stringMatching(new RegExp(`^receipts\\.complete .*：${row.ask?.row}$`))]);
});
