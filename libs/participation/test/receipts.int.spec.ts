// What a service signs when a row is done: a receipt that its key proves. The receipt is stored and returned again byte for byte, and its
// tree contains exactly the row's records.
import { receiptStatement } from '@hengji/contracts';
import { OrderReopened } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { RowReported as Reported } from '@hengji/contracts/enforcement/v1/report_events';
import { leafHash, rootFromPath } from '@hengji/domain-kit';
import { verifier } from '@hengji/host';
import { closeAfterEachTest, alter, query, sealed, sealedNotice, testKeys, testSigner, until } from '@hengji/testing';
import { sha256 } from '../src/effects/targets';
import { askOf, CALL, issued, paper, refusalOf, reports, world } from './fixture';

closeAfterEachTest();

const reported = async (url: string, count = 1) => {
  const found = await until(
    async () => (await reports(url)).flatMap((body) => (body.$case === 'rowReported' ? [body.value] : [])),
    (all) => all.length >= count,
  );
  return found;
};

test('the receipt is signed by the service’s key over the order, the row and every count', async () => {
  const { url, hear } = await world(12);
  await hear('orderIssued', issued('a', [askOf(3, 'VOID_CERTIFICATES', { signedCount: 12n })]));
  const [value] = await reported(url);
  const receipt = value?.receipt;
  if (!receipt) throw new Error('no receipt');
  const of = { orderId: 'a', row: 3, service: 'certificate', effect: 'VOID_CERTIFICATES', undo: false, epoch: 1n };
  const { check } = verifier({ trustFile: testKeys().trustFile });
  const signed = { service: 'certificate', signedAt: receipt.finishedAt ?? new Date(0) };
  check(receiptStatement(of, receipt), receipt.signature, signed);
  expect(receipt).toMatchObject({ matched: 12n, leaves: 12n, left: 0n });
  const others = [
    { ...of, orderId: 'b' },
    { ...of, row: 4 },
    { ...of, epoch: 2n },
    { ...of, undo: true },
    { ...of, effect: 'HOLD_ISSUING' },
  ];
  for (const other of others)
    expect(() => check(receiptStatement(other, receipt), receipt.signature, signed)).toThrow(
      expect.objectContaining({ reason: 'signature.invalid' }),
    );
});

test('asked again for a finished row, the service publishes the same receipt, whatever key it has now', async () => {
  const { url, hear } = await world(3);
  await hear('orderIssued', issued('a', [askOf(1, 'VOID_CERTIFICATES')]));
  await reported(url);
  testKeys().rotate('certificate', { algorithm: 'SM2_SM3' });
  await hear('rowReleased', { orderId: 'a', row: 1, afterRoot: Buffer.alloc(0) });
  const [first, again] = await reported(url, 2);
  expect(again).toEqual(first);
  // A row that starts after the rotation is signed with the new key, and the old receipt is still valid.
  await hear('orderIssued', issued('b', [askOf(1, 'HOLD_ISSUING')], { measures: ['STOP_EVALUATION'], epoch: 2n }));
  const [, , later] = await reported(url, 3);
  expect(later?.receipt?.signature).toMatchObject({ algorithm: 'SM2_SM3' });
  const { check } = verifier({ trustFile: testKeys().trustFile });
  for (const [value, effect] of [
    [first, 'VOID_CERTIFICATES'],
    [later, 'HOLD_ISSUING'],
  ] as const) {
    const { orderId = '', row = 0, epoch = 0n, receipt } = value ?? {};
    if (!receipt) throw new Error('no receipt');
    const statement = receiptStatement({ orderId, row, service: 'certificate', effect, undo: false, epoch }, receipt);
    check(statement, receipt.signature, { service: 'certificate', signedAt: receipt.finishedAt ?? new Date(0) });
  }
});

const checked = (value: Reported | undefined): void => {
  const { orderId = '', row = 0, epoch = 0n, receipt } = value ?? {};
  if (!receipt) throw new Error('no receipt');
  const statement = receiptStatement({ orderId, row, service: 'certificate', effect: 'VOID_CERTIFICATES', undo: false, epoch }, receipt);
  verifier({ trustFile: testKeys().trustFile }).check(statement, receipt.signature, {
    service: 'certificate',
    signedAt: receipt.finishedAt ?? new Date(0),
  });
};

test('asked again after its key was revoked, the service signs the same counts with its current key, once', async () => {
  const { url, hear } = await world(3);
  await hear('orderIssued', issued('r', [askOf(1, 'VOID_CERTIFICATES')]));
  const [first] = await reported(url);
  const ended = testSigner('certificate').keyId;
  const again = (): Promise<void> => hear('rowReleased', { orderId: 'r', row: 1, afterRoot: Buffer.alloc(0) });
  // Revoked while no other key exists: no better receipt is possible, and the same one is published.
  testKeys().revoke(ended, new Date());
  await again();
  expect((await reported(url, 2))[1]).toEqual(first);
  const next = testKeys().rotate('certificate', { algorithm: 'SM2_SM3' });
  await again();
  await again();
  const [, , signedAnew, repeated] = await reported(url, 4);
  expect(() => checked(first)).toThrow(expect.objectContaining({ reason: 'signature.key_revoked' }));
  checked(signedAnew);
  expect(signedAnew?.receipt?.signature).toMatchObject({ keyId: next, algorithm: 'SM2_SM3' });
  const countsOf = ({ receipt }: Reported) => ({ ...receipt, signature: undefined, finishedAt: undefined });
  expect(countsOf(signedAnew as Reported)).toEqual(countsOf(first as Reported));
  expect(repeated).toEqual(signedAnew);
});

test('a key older than the work signs the receipt anew at the time when the work ended', async () => {
  const { url, hear } = await world(3);
  testKeys().rotate('certificate');
  await hear('orderIssued', issued('t', [askOf(1, 'VOID_CERTIFICATES')]));
  const [first] = await reported(url);
  testKeys().revoke(testSigner('certificate').keyId, new Date());
  // Within the tolerated clock difference the new key counts as old as the work.
  testKeys().rotate('certificate');
  await hear('rowReleased', { orderId: 't', row: 1, afterRoot: Buffer.alloc(0) });
  const [, anew] = await reported(url, 2);
  checked(anew);
  expect(anew?.receipt?.finishedAt).toEqual(first?.receipt?.finishedAt);
});

const leafOf = (id: string, before: string, after: string): Uint8Array => leafHash(sha256, Buffer.from(`${id}\t${before}\t${after}`));

test('each record of a receipt is proven by its path, over pages; no other record is', async () => {
  const { url, hear, orders } = await world(45_001);
  await hear('orderIssued', issued('a', [askOf(1, 'VOID_CERTIFICATES', { signedCount: 45_001n })]));
  const [value] = await reported(url);
  for (const i of [1, 2, 1_000, 20_000, 20_001, 32_768, 32_769, 45_000, 45_001]) {
    const proof = await orders.server.proveInclusion({ orderId: 'a', row: 1, recordId: paper(i) }, CALL);
    expect(proof).toMatchObject({ before: 'ISSUED', after: 'VOID', index: BigInt(i - 1), leaves: 45_001n });
    const root = rootFromPath(sha256, leafOf(paper(i), 'ISSUED', 'VOID'), { index: i - 1, size: 45_001 }, proof.path ?? []);
    expect(Buffer.from(root ?? [])).toEqual(value?.receipt?.root);
  }
  for (const [row, recordId] of [
    [1, paper(45_002)],
    [2, paper(1)],
  ] as const)
    expect(await refusalOf(Promise.resolve(orders.server.proveInclusion({ orderId: 'a', row, recordId }, CALL)))).toEqual([
      'record.not_in_receipt',
      'record_id',
    ]);
  // An altered claim leads to another root: the service returns no proof instead of a wrong one.
  await alter(url, `UPDATE messaging.claim SET found = 'EXPIRED' WHERE record_id = $1`, [paper(7)]);
  expect((await refusalOf(Promise.resolve(orders.server.proveInclusion({ orderId: 'a', row: 1, recordId: paper(9) }, CALL))))[0]).toBe(
    'receipt.leaves_moved',
  );
});

test('the single leaf of a hold is proven by itself', async () => {
  const { url, hear, orders } = await world(1);
  await hear('orderIssued', issued('h', [askOf(1, 'HOLD_ISSUING')], { measures: ['STOP_EVALUATION'] }));
  await reported(url);
  expect(await orders.server.proveInclusion({ orderId: 'h', row: 1, recordId: 'hold:h' }, CALL)).toMatchObject({
    before: 'FREE',
    after: 'HELD',
    leaves: 1n,
    path: [],
  });
});

describe('a service whose clock is behind', () => {
  const SLOW_MS = 10 * 60_000;
  const behind = { now: () => new Date(Date.now() - SLOW_MS) };

  test('dates neither its receipt nor its fence before the decision', async () => {
    const { url, hear, orders } = await world(3, behind);
    const signedAt = new Date();
    const order = sealed({ ...issued('s', [askOf(1, 'VOID_CERTIFICATES')]), signedAt });
    await hear('orderIssued', order);
    const [value] = await reported(url);
    expect(value?.receipt?.finishedAt?.getTime()).toBeGreaterThanOrEqual(signedAt.getTime());
    checked(value);
    const fence = await orders.server.fence(
      { orderId: 's', epoch: 1n, scope: order.scope, standing: false, restate: true, signedAt },
      CALL,
    );
    expect(fence.placedAt?.getTime()).toBeGreaterThanOrEqual(signedAt.getTime());
    expect(fence.signedAt?.getTime()).toBeGreaterThanOrEqual(fence.placedAt?.getTime() ?? Infinity);
  });

  test('dates a repeated run after the receipt that it published before its clock was set back', async () => {
    let aheadMs = SLOW_MS;
    const { url, hear } = await world(3, { now: () => new Date(Date.now() + aheadMs) });
    await hear('orderIssued', issued('w', [askOf(1, 'VOID_CERTIFICATES')]));
    const [first] = await reported(url);
    aheadMs = 0;
    await query(url, `UPDATE paper SET state = 'ISSUED'`);
    const value = OrderReopened.fromPartial({ orderId: 'w', rows: [1], reopenedAt: new Date() });
    await hear('orderReopened', sealedNotice({ $case: 'orderReopened', value }).value);
    const [, second] = await reported(url, 2);
    expect(second?.receipt?.startedAt?.getTime()).toBeGreaterThan(first?.receipt?.finishedAt?.getTime() ?? Infinity);
    checked(second);
  });
});
