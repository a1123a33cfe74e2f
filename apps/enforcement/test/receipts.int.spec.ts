// Only the genuine receipts of its rows close an order. A receipt may be lost, doubled, early, altered, signed by the
// wrong service, or repeated with other contents. The order then stays open and shows the reason; with the genuine receipt
// it is completed.
import { createHash, randomUUID } from 'node:crypto';
import { receiptStatement, TOPICS } from '@hengji/contracts';
import type { LedgerRow, Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { query, testKeys, testSigner, until } from '@hengji/testing';
import { appendLeaves, EMPTY_FRONTIER, leafHash, merkleRoot } from '@hengji/domain-kit';
import { keyring, signer } from '@hengji/host';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFile } from '../../../tools/verifier/src/check-file';
import { done, DRAFTER, must, rowOf, signedAs, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

type Reported = ReturnType<typeof done>;

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const MEASURES = ['CANCEL_RESULTS', 'VOID_CERTIFICATES'] as const;
const sign = (institution: string): Promise<Order> => world.sign(institution, [...MEASURES]);
const of = (order: Order): string => order.scope?.institution ?? '';

const completed = (order: Order): Promise<Order> =>
  until(
    () => world.carryOut(order),
    ({ state }) => state === 'COMPLETED',
  );

const disputed = (order: Order, row: number): Promise<LedgerRow> =>
  until(
    async () => (await world.get(order.orderId)).rows.find(({ ask }) => ask?.row === row) as LedgerRow,
    ({ disputeReason }) => disputeReason !== '',
  );

/** With the counts of the report changed after it was signed. */
const altered = (report: Reported, change: object): Reported => {
  const receipt = { ...report.value.receipt, ...change } as Reported['value']['receipt'];
  return { ...report, value: { ...report.value, receipt } };
};

const strays = (order: Order): Promise<{ reason: string; content: string }[]> =>
  query(world.url, 'SELECT reason, content FROM stray_report WHERE order_id = $1 ORDER BY received_at', [order.orderId]);

const retry = (order: Order, row: LedgerRow) =>
  world.client().retryRow({ requestId: randomUUID(), actor: SIGNER, orderId: order.orderId, row: row.ask?.row ?? 0 });

/** A key with the service's name that is not in the trust list. */
const strangerKey = (service: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'stranger-'));
  const keys = keyring(folder);
  keys.make(service, 'ED25519');
  const own = signer({ keyFile: keys.keyFile(service) });
  const signs = own.sign({ type: 'hengji.receipt.v1' });
  rmSync(folder, { recursive: true });
  return signs;
};

describe('a receipt that does not belong to the row', () => {
  const forged: readonly [string, string, (order: Order, row: LedgerRow) => Reported][] = [
    ['unsigned', 'receipt.unsigned', (order, row) => altered(done(order, row), { signature: undefined })],
    ['with altered counts', 'receipt.forged', (order, row) => altered(done(order, row), { changed: 3n })],
    ['with an altered root', 'receipt.forged', (order, row) => altered(done(order, row), { root: Buffer.alloc(32) })],
    ['signed by another service', 'receipt.wrong_key', (order, row) => signedAs(done(order, row), row, 'exam')],
    [
      'signed by a key that nobody lists',
      'receipt.key_unknown',
      (order, row) => altered(done(order, row), { signature: strangerKey('certificate') }),
    ],
    [
      'signed for another order',
      'receipt.forged',
      (order, row) => {
        const other = done({ ...order, orderId: 'another' }, row);
        return { ...other, value: { ...other.value, orderId: order.orderId } };
      },
    ],
    [
      'signed for another row',
      'receipt.forged',
      (order, row) => {
        const other = done(order, { ...row, ask: row.ask && { ...row.ask, row: 99 } });
        return { ...other, value: { ...other.value, row: row.ask?.row ?? 0 } };
      },
    ],
    ['of another epoch', 'report.wrong_epoch', (order, row) => done({ ...order, epoch: order.epoch + 1n }, row)],
    [
      'older than the order',
      'receipt.before_order',
      (order, row) => done(order, row, { startedAt: new Date(Date.now() - 3_000_000), finishedAt: new Date(Date.now() - 3_000_000) }),
    ],
    ['from tomorrow', 'receipt.in_future', (order, row) => done(order, row, { finishedAt: new Date(Date.now() + 86_400_000) })],
  ];

  it.each(forged)('%s: the row stays open and shows %s, and is done when the genuine one comes', async (_, reason, make) => {
    const order = await sign(anInstitution());
    const first = rowOf(order, 'CANCEL_RESULTS');
    await world.report(of(order), done(order, first));
    const open = await until(
      () => world.get(order.orderId),
      (seen) => rowOf(seen, 'VOID_CERTIFICATES').state === 'ASKED' && rowOf(seen, 'CANCEL_RESULTS').state === 'DONE',
    );
    const row = rowOf(open, 'VOID_CERTIFICATES');
    await world.report(of(order), make(order, row));
    const doubted = await disputed(order, row.ask?.row ?? 0);
    expect(doubted).toMatchObject({ state: 'ASKED', disputeReason: reason, receipt: undefined });
    expect(doubted.disputeDetail).toMatch(/回执/);
    expect((await world.get(order.orderId)).allowedActions).toContain('retry');
    expect(await strays(order)).toMatchObject([{ reason, content: expect.stringContaining('"statement"') }]);
    const after = await completed(order);
    expect(rowOf(after, 'VOID_CERTIFICATES')).toMatchObject({ state: 'DONE', disputeReason: '' });
  });
});

it('lost: the row is late, is requested again, and then accepts the receipt', async () => {
  const order = await sign(anInstitution());
  const row = rowOf(order, 'CANCEL_RESULTS');
  await expect(retry(order, row)).rejects.toThrow(expect.objectContaining({ reason: 'row.not_refused' }));
  world.clock.aheadMs = 4 * 24 * 3_600_000;
  try {
    await until(
      () => world.get(order.orderId),
      (seen) => rowOf(seen, 'CANCEL_RESULTS').overdue,
    );
    // After the repeated request the service sends its earlier signed receipt; the receipt has its own time, not that of
    // the request.
    await retry(order, row);
  } finally {
    world.clock.aheadMs = 0;
  }
  expect((await world.published(order.orderId)).filter(({ $case }) => $case === 'rowReleased')).toHaveLength(1);
  await completed(order);
});

it('early: a receipt of a row that was not requested yet is kept aside; the row is requested in its turn', async () => {
  const order = await sign(anInstitution());
  const waiting = order.rows.find(({ state }) => state === 'WAITING');
  if (!waiting) throw new Error('no row waits');
  await world.report(of(order), done(order, waiting));
  expect(await disputed(order, waiting.ask?.row ?? 0)).toMatchObject({ state: 'WAITING', disputeReason: 'row.not_asked' });
  const after = await completed(order);
  expect(after.rows.every(({ disputeReason }) => disputeReason === '')).toBe(true);
});

it('doubled: the same receipt as another event changes nothing and causes no dispute', async () => {
  const order = await sign(anInstitution());
  const report = done(order, rowOf(order, 'CANCEL_RESULTS'));
  const [event] = await world.report(of(order), report, report, report);
  if (!event) throw new Error('nothing was reported');
  await world.probe.publish(TOPICS.reports, event);
  const after = await completed(order);
  expect(rowOf(after, 'CANCEL_RESULTS').disputeReason).toBe('');
  expect(await strays(order)).toEqual([]);
  const kept = await query<{ row: number }>(world.url, 'SELECT "row" FROM kept_receipt WHERE order_id = $1', [order.orderId]);
  expect(kept).toHaveLength(after.rows.length);
});

it('its key was revoked in the meantime: disputed, requested again, and done with the same counts under the next key', async () => {
  const order = await sign(anInstitution());
  const row = rowOf(order, 'CANCEL_RESULTS');
  const first = done(order, row);
  testKeys().revoke(testSigner('exam').keyId, new Date());
  await world.report(of(order), first);
  expect(await disputed(order, row.ask?.row ?? 0)).toMatchObject({ state: 'ASKED', disputeReason: 'receipt.key_revoked' });
  await retry(order, row);
  const next = testKeys().rotate('exam');
  // As the service does: the earlier counts, signed now.
  await world.report(of(order), signedAs(altered(first, { finishedAt: new Date() }), row));
  const after = await completed(order);
  const { matched, changed, root } = first.value.receipt ?? {};
  expect(rowOf(after, 'CANCEL_RESULTS').receipt).toMatchObject({ matched, changed, root, signature: { keyId: next } });
  const { json } = await world.client().getCompletionCertificate({ actor: DRAFTER, orderId: order.orderId });
  expect(checkFile(Buffer.from(json), testKeys().list()).all.filter(({ ok }) => !ok)).toEqual([]);
});

it('two different receipts, both with valid signatures: the order stays open until an officer requests the row again', async () => {
  const order = await sign(anInstitution());
  const row = rowOf(order, 'CANCEL_RESULTS');
  const [one, other] = [done(order, row), done(order, row, { changed: 1n, already: 9n })];
  // The residual count is blocked, so that the order cannot close before the second receipt arrives.
  world.neighbours.exam.residuals.set('CANCEL_RESULTS', 1);
  await world.report(of(order), one, other);
  expect(await disputed(order, row.ask?.row ?? 0)).toMatchObject({ state: 'DONE', disputeReason: 'report.receipt_differs' });
  await world.carryOut(order);
  world.neighbours.exam.residuals.clear();
  const open = await world.get(order.orderId);
  expect(open).toMatchObject({ state: 'EXECUTING', allowedActions: expect.arrayContaining(['retry']) });
  expect(await strays(order)).toMatchObject([{ reason: 'report.receipt_differs', content: expect.stringContaining('"changed":"1"') }]);
  await retry(order, row);
  await world.report(of(order), one);
  const after = await completed(order);
  expect(rowOf(after, 'CANCEL_RESULTS')).toMatchObject({ disputeReason: '', receipt: { changed: one.value.receipt?.changed } });
});

it('keys are rotated while orders run: old receipts stay valid, new ones use the new key, and the retired key can no longer sign', async () => {
  const [before, across] = [await sign(anInstitution()), await sign(anInstitution())];
  const early = await completed(before);
  const row = rowOf(across, 'CANCEL_RESULTS');
  const old = testSigner('exam').keyId;
  const retired = (() => {
    const folder = mkdtempSync(join(tmpdir(), 'retired-'));
    const copy = keyring(folder);
    return { file: copy.keyFile('exam'), folder };
  })();
  copyFileSync(testKeys().keyFile('exam'), retired.file);
  const next = testKeys().rotate('exam', { algorithm: 'SM2_SM3' });
  // A thief, or a service that was missed in the rotation, continues to sign with the old key.
  const stale = done(across, row, { startedAt: new Date(), finishedAt: new Date(Date.now() + 1) });
  const { receipt, ...value } = stale.value;
  if (!receipt) throw new Error('no receipt');
  const statement = receiptStatement({ ...value, effect: 'CANCEL_RESULTS', undo: false }, receipt);
  await world.report(of(across), altered(stale, { signature: signer({ keyFile: retired.file }).sign(statement) }));
  rmSync(retired.folder, { recursive: true });
  expect(await disputed(across, row.ask?.row ?? 0)).toMatchObject({ state: 'ASKED', disputeReason: 'receipt.key_retired' });
  const after = await completed(across);
  expect(rowOf(after, 'CANCEL_RESULTS').receipt?.signature).toMatchObject({ keyId: next, algorithm: 'SM2_SM3' });
  expect(rowOf(early, 'CANCEL_RESULTS').receipt?.signature?.keyId).toBe(old);
  for (const { orderId } of [before, across]) {
    const { json } = await world.client().getCompletionCertificate({ actor: DRAFTER, orderId });
    const found = checkFile(Buffer.from(json), testKeys().list());
    expect(found.all.filter(({ ok }) => !ok)).toEqual([]);
  }
});

it('proves one record with order, receipt and path; not one that is not in the receipt, nor a row without one', async () => {
  world.neighbours.exam.counts.set('CANCEL_RESULTS', 3);
  const order = await sign(anInstitution());
  world.neighbours.exam.counts.clear();
  const row = rowOf(order, 'CANCEL_RESULTS');
  const number = row.ask?.row ?? 0;
  const prove = (recordId: string, of = number) =>
    world.client().proveRecord({ actor: DRAFTER, orderId: order.orderId, row: of, recordId });
  await expect(prove('R-2')).rejects.toThrow(expect.objectContaining({ reason: 'record.not_in_receipt' }));
  const leaves = ['R-1', 'R-2', 'R-3'].map((id) => Buffer.from(`${id}\tVALID\tCANCELLED`));
  const [first, , third] = leaves.map((leaf) => leafHash(sha256, leaf));
  const root = Buffer.from(merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, leaves)));
  await world.report(of(order), done(order, row, { root, matched: 3n, changed: 3n, leaves: 3n }));
  await until(
    () => world.get(order.orderId),
    (seen) => rowOf(seen, 'CANCEL_RESULTS').state === 'DONE',
  );
  await completed(order);
  const path = [first, third].map((hash) => Buffer.from(hash ?? []));
  world.neighbours.exam.inclusions.set('R-2', { before: 'VALID', after: 'CANCELLED', index: 1n, leaves: 3n, path });
  const { json } = await prove('R-2');
  expect(checkFile(Buffer.from(json), testKeys().list()).all.filter(({ ok }) => !ok)).toEqual([]);
  expect(checkFile(Buffer.from(json.replace('"R-2"', '"R-4"')), testKeys().list()).all.filter(({ ok }) => !ok)).toMatchObject([
    { check: 'inclusion.path' },
  ]);
  for (const [recordId, reason] of [
    ['R-9', 'record.not_in_receipt'],
    ['', 'record.id_missing'],
  ] as const)
    await expect(prove(recordId)).rejects.toThrow(expect.objectContaining({ reason }));
  await expect(prove('R-2', 99)).rejects.toThrow(expect.objectContaining({ reason: 'row.unknown' }));
});

it('completed: certified as JSON that anyone can check and as paper; not before, and not for a caller without rights', async () => {
  const order = await sign(anInstitution());
  const ask = (actor = DRAFTER) => world.client().getCompletionCertificate({ actor, orderId: order.orderId });
  await expect(ask()).rejects.toThrow(expect.objectContaining({ reason: 'order.not_completed' }));
  expect(must(await world.get(order.orderId)).signature?.keyId).toBe(testSigner('enforcement').keyId);
  await completed(order);
  const { json, pdf } = await ask();
  const found = checkFile(Buffer.from(json), testKeys().list());
  expect(found.all.filter(({ ok }) => !ok)).toEqual([]);
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  expect(await ask()).toEqual({ json, pdf, laterState: '' });
  expect(checkFile(Buffer.from(json.replace('"changed":"10"', '"changed":"11"')), testKeys().list()).ok).toBe(false);
  await expect(ask({ ...DRAFTER, authority: '2102' })).rejects.toThrow(expect.objectContaining({ reason: 'order.out_of_territory' }));
});
