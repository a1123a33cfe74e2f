// An order that was completed twice has two certificates, both with valid signatures. A writer with access to the database
// can replace the later with the earlier one without signing anything. The next sweep finds this, also if the earlier
// certificate has a type from before services signed counts.
import { createHash } from 'node:crypto';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { canonical, type Statement } from '@hengji/host';
import { alter, query, testSigner, until } from '@hengji/testing';
import { must, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const sweep = async ({ orderId }: Order): Promise<Order> => must((await world.client().sweepOrder({ actor: SIGNER, orderId })).order);
const completed = (order: Order): Promise<Order> =>
  until(
    () => world.carryOut(order),
    ({ state }) => state === 'COMPLETED',
  );

const twice = async (): Promise<Order> => {
  const order = await completed(await world.sign(anInstitution()));
  world.neighbours.exam.residuals.set('CANCEL_RESULTS', 1);
  expect((await sweep(order)).state).toBe('EXECUTING');
  world.neighbours.exam.residuals.clear();
  await completed(order);
  expect((await sweep(order)).state).toBe('COMPLETED');
  return order;
};

/** The first certificate as an older version would have written it, under enforcement's key. */
const makeFirstOld = async ({ orderId }: Order): Promise<void> => {
  const [stored] = await query<{ json: string }>(world.url, 'SELECT json FROM completion_certificate WHERE order_id = $1 AND version = 1', [
    orderId,
  ]);
  const { statement } = JSON.parse(stored?.json ?? '') as { statement: Statement & { readonly filed?: unknown } };
  const { filed: _, ...old } = { ...statement, type: 'hengji.completion.v1', fences: [], residual: [], crossChecks: [] };
  const { value, ...signature } = testSigner('enforcement').sign(old as unknown as Statement);
  const json = canonical({
    statement: old as unknown as Statement,
    signature: { ...signature, value: Buffer.from(value).toString('hex') },
  });
  const sha256 = createHash('sha256').update(json).digest('hex');
  await alter(world.url, 'UPDATE completion_certificate SET json = $2, sha256 = $3 WHERE order_id = $1 AND version = 1', [
    orderId,
    json,
    sha256,
  ]);
};

const DELETE_SECOND = 'DELETE FROM completion_certificate WHERE order_id = $1 AND version = 2';

it.each<[string, readonly string[], string]>([
  ['the second deleted', [DELETE_SECOND], 'times.completed'],
  [
    'the first once more, as the third',
    [
      `INSERT INTO completion_certificate SELECT order_id, 3, json, sha256, issued_at FROM completion_certificate
       WHERE order_id = $1 AND version = 1`,
    ],
    '第3版与其签名不符',
  ],
  [
    'the first in the place of the second',
    [
      `UPDATE completion_certificate c SET json = f.json, sha256 = f.sha256, issued_at = f.issued_at FROM completion_certificate f
       WHERE f.order_id = $1 AND f.version = 1 AND c.order_id = $1 AND c.version = 2`,
    ],
    '第2版与其签名不符',
  ],
  [
    'both changed about',
    [
      'UPDATE completion_certificate SET version = version + 10 WHERE order_id = $1',
      'UPDATE completion_certificate SET version = 13 - version WHERE order_id = $1',
    ],
    '第2版与其签名不符',
  ],
  ['the first deleted', ['DELETE FROM completion_certificate WHERE order_id = $1 AND version = 1'], 'completion_certificate 1 已被删除'],
  ['the time of completion', [`UPDATE orders SET completed_at = completed_at - interval '1 hour' WHERE id = $1`], 'times.completed'],
  ['no time of completion', ['UPDATE orders SET completed_at = NULL WHERE id = $1'], 'times.completed'],
])('%s', async (_, changes, word) => {
  const order = await twice();
  for (const change of changes) await alter(world.url, change, [order.orderId]);
  const opened = await sweep(order);
  expect(opened.state).toBe('EXECUTING');
  expect(opened.rows.map(({ disputeDetail }) => disputeDetail).join('\n')).toContain(word);
});

it('an earlier certificate of an earlier type in the last place is found, and a sole one of that type is accepted', async () => {
  const order = await twice();
  await makeFirstOld(order);
  await alter(world.url, DELETE_SECOND, [order.orderId]);
  const opened = await sweep(order);
  expect(opened.state).toBe('EXECUTING');
  expect(opened.rows.map(({ disputeDetail }) => disputeDetail).join('\n')).toContain('times.completed');

  const once = await completed(await world.sign(anInstitution()));
  await makeFirstOld(once);
  expect((await sweep(once)).state).toBe('COMPLETED');
});
