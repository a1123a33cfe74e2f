// Orders that do not come from enforcement: another writer to the topic can repeat an order, but can neither issue nor widen one.
import { type OrderIssued, type OrderLifted, RowReleased } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { PackageItem } from '@hengji/contracts/enforcement/v1/order';
import { query, sealed, testSigner } from '@hengji/testing';
import { askOf, issued, lifted, scopeOf, world } from './fixture';

const observed = async () => {
  const { url, hear } = await world(3);
  const taken = async (): Promise<number> =>
    Number(
      (await query<{ n: string }>(url, `SELECT (SELECT count(*) FROM messaging.order_row) + (SELECT count(*) FROM messaging.hold) AS n`))[0]
        ?.n,
    );
  return { hear, taken };
};

const VOID = askOf(1, 'VOID_CERTIFICATES', { signedCount: 3n });
const order = (): OrderIssued => issued('O1', [VOID], { scope: scopeOf({ sessions: ['S1'] }) });

/** An order signed with another service's key, together with its list of signed rows. */
const byAnotherKey = (): OrderIssued => {
  const { seal, ...rest } = order();
  const statement = JSON.parse(seal?.statement ?? '{}') as Parameters<ReturnType<typeof testSigner>['sign']>[0];
  return { ...rest, seal: { statement: seal?.statement ?? '', signature: testSigner('exam').sign(statement) } };
};

/** What a lifting takes back, presented as what an order does. */
const liftingAsOrder = (): OrderIssued => {
  const lifting: OrderLifted = lifted('O1', [{ ...VOID, undo: true, undoesRow: 1 }], { scope: scopeOf({ sessions: ['S1'] }) });
  const { epoch, seal, documentNo, liftedAt: signedAt } = sealed(lifting, { measures: order().measures, rectifyBy: '', package: [] });
  return { ...order(), epoch, seal, documentNo, signedAt, rows: [{ ...VOID, undoesRow: 1 }] };
};

const FORGED: Readonly<Record<string, () => OrderIssued>> = {
  'without a seal': () => ({ ...order(), seal: undefined }),
  'with the seal of another order': () => ({ ...order(), seal: issued('O2', [VOID]).seal }),
  'sealed by another service’s key': byAnotherKey,
  'with a wider scope': () => ({ ...order(), scope: scopeOf() }),
  'with more measures': () => ({ ...order(), measures: ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES'] }),
  'with another epoch': () => ({ ...order(), epoch: 7n }),
  'with another number': () => ({ ...order(), documentNo: '文〔2026〕伪号' }),
  'signed at another time': () => ({ ...order(), signedAt: new Date(0) }),
  'with another day of rectification': () => ({ ...order(), rectifyBy: '2099-01-01' }),
  'with another package': () => ({ ...order(), package: [PackageItem.fromPartial({ name: '移送书', sha256: Buffer.alloc(32, 1) })] }),
  'with a row that takes back instead': () => ({ ...order(), rows: [{ ...VOID, undo: true }] }),
  'with a row out of its turn': () => ({ ...sealed({ ...order(), rows: [{ ...VOID, afterRow: 9 }] }), rows: [VOID] }),
  'with the seal of a lifting': liftingAsOrder,
  'with a statement of another kind': () => sealed(order(), { type: 'hengji.document.v1' }),
  'with a statement that does not say when': () => sealed(order(), { signedAt: undefined }),
  'with a row that was not signed': () => ({ ...order(), rows: [VOID, askOf(2, 'HOLD_ISSUING')] }),
  'with a higher signed count': () => ({ ...order(), rows: [{ ...VOID, signedCount: 1_000n }] }),
  'with another signed root': () => ({ ...order(), rows: [{ ...VOID, signedRoot: Buffer.alloc(32, 7) }] }),
  'with a statement altered after it was signed': () => {
    const forged = order();
    const statement = (forged.seal?.statement ?? '').replace('"signedCount":"3"', '"signedCount":"4"');
    return { ...forged, rows: [{ ...VOID, signedCount: 4n }], seal: { signature: forged.seal?.signature, statement } };
  },
};

test.each(Object.entries(FORGED))('an order %s is not accepted', async (_what, forge) => {
  const { hear, taken } = await observed();
  await expect(hear('orderIssued', forge())).rejects.toThrow();
  expect(await taken()).toBe(0);
});

test.each([
  ['whole', { partial: true }],
  ['documentNo', { documentNo: '文〔2026〕伪号' }],
  ['reason', { reason: '别的理由' }],
  ['lifting', { lifting: 2 }],
  ['liftedAt', { liftedAt: new Date(0) }],
  ['row 2', { rows: [askOf(2, 'VOID_CERTIFICATES', { undo: false, undoesRow: 1 })] }],
  ['scope', { scope: undefined }],
] as const)('a lifting whose %s differs from what was signed is not accepted', async (what, change) => {
  const { hear, taken } = await observed();
  const lifting = lifted('O1', [askOf(2, 'VOID_CERTIFICATES', { undo: true, undoesRow: 1 })]);
  await expect(hear('orderLifted', { ...lifting, ...change })).rejects.toThrow(what);
  expect(await taken()).toBe(0);
});

test('an order from before its package was signed is accepted; its package is then bound by nothing', async () => {
  const { hear, taken } = await observed();
  const item = PackageItem.fromPartial({ name: '移送书', bytes: 7n, sha256: Buffer.alloc(32, 1), documentId: 'd1' });
  await hear('orderIssued', sealed({ ...order(), package: [item] }));
  await hear('orderIssued', sealed({ ...order(), orderId: 'O2', package: [item] }, { package: undefined }));
  expect(await taken()).toBe(4);
});

test('the genuine order is accepted; a forged lifting and a forged confirmation of it are not', async () => {
  const { hear, taken } = await observed();
  await hear('orderIssued', issued('O1', [askOf(1, 'VOID_CERTIFICATES', { afterRow: 9, signedCount: 3n })]));
  const before = await taken();
  expect(before).toBe(2);
  const undo = askOf(2, 'VOID_CERTIFICATES', { undo: true, undoesRow: 1 });
  await expect(hear('orderLifted', { ...lifted('O1', [undo]), seal: undefined })).rejects.toThrow('without a seal');
  const confirmed = RowReleased.fromPartial({ orderId: 'O1', row: 1, reconfirmed: true, signedCount: 9n, signedRoot: Buffer.alloc(32) });
  await expect(hear('rowReleased', { ...confirmed, seal: sealed(order()).seal })).rejects.toThrow('row 1');
  expect(await taken()).toBe(before);
});
