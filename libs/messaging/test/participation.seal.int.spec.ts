// Orders that are not enforcement's: whoever can write to the topic can repeat an order, and can neither give nor widen one.
import { type OrderIssued, RowReleased } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { createLog, startAll } from '@hengji/host';
import { closeAfterSuite, query, sealed, testKeyConfig, testSigner } from '@hengji/testing';
import { participation, type SqlTx } from '../src/index';
import { addPapers, askOf, EFFECTS, fixture, INSTITUTION, issued, lifted, scopeOf } from './participation-fixture';

const world = async () => {
  const own = await fixture();
  await addPapers(own.url, 3);
  const orders = participation<SqlTx>({
    service: 'certificate',
    db: own.db,
    effects: EFFECTS,
    enforcement: { listFences: () => Promise.resolve({ fences: [] }) },
    config: testKeyConfig('certificate'),
    log: createLog('seal-spec', 'silent'),
    now: () => new Date(),
  });
  closeAfterSuite(await startAll(orders.parts));
  const hear = (name: string, event: unknown): Promise<void> =>
    own.db.$transaction(async (tx) => {
      const handler = orders.subscription.handlers.get(name);
      if (handler === undefined || handler === 'ignored') throw new Error(`nobody hears ${name}`);
      const meta = { eventId: '', occurredAt: undefined, institution: INSTITUTION, sequence: 1n, orderId: '' };
      await handler(event, { tx, meta, now: new Date() });
    });
  const taken = async (): Promise<number> =>
    Number(
      (
        await query<{ n: string }>(
          own.url,
          `SELECT (SELECT count(*) FROM messaging.order_row) + (SELECT count(*) FROM messaging.hold) AS n`,
        )
      )[0]?.n,
    );
  return { hear, taken };
};

const VOID = askOf(1, 'VOID_CERTIFICATES', { signedCount: 3n });
const order = (): OrderIssued => issued('O1', [VOID], { scope: scopeOf({ sessions: ['S1'] }) });

/** An order of somebody who has another service's key, and its list of what is signed. */
const byAnotherKey = (): OrderIssued => {
  const { seal, ...rest } = order();
  const statement = JSON.parse(seal?.statement ?? '{}') as Parameters<ReturnType<typeof testSigner>['sign']>[0];
  return { ...rest, seal: { statement: seal?.statement ?? '', signature: testSigner('exam').sign(statement) } };
};

const FORGED: Readonly<Record<string, () => OrderIssued>> = {
  'without a seal': () => ({ ...order(), seal: undefined }),
  'with the seal of another order': () => ({ ...order(), seal: issued('O2', [VOID]).seal }),
  'sealed by another service’s key': byAnotherKey,
  'with a wider scope': () => ({ ...order(), scope: scopeOf() }),
  'with more measures': () => ({ ...order(), measures: ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES'] }),
  'with another epoch': () => ({ ...order(), epoch: 7n }),
  'with a row that was not signed': () => ({ ...order(), rows: [VOID, askOf(2, 'HOLD_ISSUING')] }),
  'with a higher signed count': () => ({ ...order(), rows: [{ ...VOID, signedCount: 1_000n }] }),
  'with another signed root': () => ({ ...order(), rows: [{ ...VOID, signedRoot: Buffer.alloc(32, 7) }] }),
  'with a statement altered after it was signed': () => {
    const forged = order();
    const statement = (forged.seal?.statement ?? '').replace('"signedCount":"3"', '"signedCount":"4"');
    return { ...forged, rows: [{ ...VOID, signedCount: 4n }], seal: { signature: forged.seal?.signature, statement } };
  },
};

test.each(Object.entries(FORGED))('an order %s is not taken', async (_what, forge) => {
  const { hear, taken } = await world();
  await expect(hear('orderIssued', forge())).rejects.toThrow();
  expect(await taken()).toBe(0);
});

test('the true order is taken; a forged lifting and a forged confirmation of it are not', async () => {
  const { hear, taken } = await world();
  await hear('orderIssued', issued('O1', [askOf(1, 'VOID_CERTIFICATES', { afterRow: 9, signedCount: 3n })]));
  const before = await taken();
  expect(before).toBe(2);
  const undo = askOf(2, 'VOID_CERTIFICATES', { undo: true, undoesRow: 1 });
  await expect(hear('orderLifted', { ...lifted('O1', [undo]), seal: undefined })).rejects.toThrow('without a seal');
  const confirmed = RowReleased.fromPartial({ orderId: 'O1', row: 1, reconfirmed: true, signedCount: 9n, signedRoot: Buffer.alloc(32) });
  await expect(hear('rowReleased', { ...confirmed, seal: sealed(order()).seal })).rejects.toThrow('row 1');
  expect(await taken()).toBe(before);
});
