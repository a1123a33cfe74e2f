// The statements that services sign beside their receipts. A fence without a signature holds and the order is issued, but
// the order stays open for the signature. A count or a cross-check without its service's signature does not count. Once
// all are signed, the order completes, and the verifier accepts the certificate.
import { createHash, randomUUID } from 'node:crypto';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { canonical, type Statement } from '@hengji/host';
import { alter, query, testKeys, testSigner, until } from '@hengji/testing';
import { checkFile } from '../../../tools/verifier/src/check-file';
import { DRAFTER, must, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution, type Neighbour } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const MEASURES = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'] as const;
const sign = (): Promise<Order> => world.sign(anInstitution(), [...MEASURES]);

const honest = (fake: Neighbour, service: string): void => {
  fake.forge = (statement) => statement;
  fake.signsAs = service;
  fake.moved = [];
};
afterEach(() => Object.entries(world.neighbours).forEach(([service, fake]) => honest(fake, service)));

const failed = async ({ orderId }: Order): Promise<string[]> => {
  const { json } = await world.client().getCompletionCertificate({ actor: DRAFTER, orderId });
  return checkFile(Buffer.from(json), testKeys().list())
    .all.filter(({ ok }) => !ok)
    .map(({ check, text }) => `${check} ${text}`);
};

const completed = ({ orderId }: Order): Promise<Order> =>
  until(
    () => world.get(orderId),
    ({ state }) => state === 'COMPLETED',
  );

interface Fence {
  readonly tries: number;
  readonly trouble: string;
  readonly signed: boolean;
}

const fenceOf = async ({ orderId }: Order, service: string): Promise<Fence> => {
  const sql = 'SELECT tries, trouble, attestation IS NOT NULL AS signed FROM fence WHERE order_id = $1 AND service = $2';
  const [fence] = await query<Fence>(world.url, sql, [orderId, service]);
  if (!fence) throw new Error(`no fence of ${service}`);
  return fence;
};

const triesOf = async ({ orderId }: Order): Promise<number> =>
  (await query<{ n: number }>(world.url, 'SELECT sweep_tries AS n FROM orders WHERE id = $1', [orderId]))[0]?.n ?? 0;

const altered =
  (type: string, change: object) =>
  (statement: Statement): Statement =>
    statement.type === type ? { ...statement, ...change } : statement;
const unsigned =
  (type: string) =>
  (statement: Statement): Statement | null =>
    statement.type === type ? null : statement;

it.each<[string, (exam: Neighbour) => unknown, string]>([
  ['not at all', (exam) => (exam.forge = unsigned('hengji.fence.v1')), 'fence.unsigned'],
  ['by another service', (exam) => (exam.signsAs = 'subsidy'), 'fence.wrong_key'],
  ['for another scope', (exam) => (exam.forge = altered('hengji.fence.v1', { scope: '00' })), 'fence.forged'],
])('with a fence that is signed %s the order is issued; it completes once the fence is signed', async (_, forge, trouble) => {
  const { exam } = world.neighbours;
  forge(exam);
  const order = await sign();
  expect(
    (
      await until(
        () => world.get(order.orderId),
        ({ state }) => state === 'EXECUTING',
      )
    ).fences,
  ).toEqual(expect.arrayContaining([expect.objectContaining({ service: 'exam', placedAt: expect.any(Date) })]));
  await world.carryOut(order);
  const asked = await until(
    () => fenceOf(order, 'exam'),
    ({ tries }) => tries > 2,
  );
  expect(asked).toMatchObject({ signed: false, trouble: expect.stringContaining(trouble) });
  expect((await world.get(order.orderId)).state).toBe('EXECUTING');
  expect([await triesOf(order), exam.counted.some(({ orderId }) => orderId === order.orderId)]).toEqual([0, false]);
  honest(exam, 'exam');
  await completed(order);
  expect(await fenceOf(order, 'exam')).toMatchObject({ signed: true, trouble: '' });
  expect(await failed(order)).toEqual([]);
});

it.each<[string, (fakes: World['neighbours']) => unknown]>([
  ['a count without a signature', ({ certificate }) => (certificate.forge = unsigned('hengji.residual.v1'))],
  ['a count in another’s name', ({ certificate }) => (certificate.signsAs = 'exam')],
  ['a count of another order', ({ certificate }) => (certificate.forge = altered('hengji.residual.v1', { orderId: 'o' }))],
  ['a count of a part', ({ certificate }) => (certificate.forge = altered('hengji.residual.v1', { scope: '00' }))],
  [
    'a count from before the order',
    ({ certificate }) => (certificate.forge = altered('hengji.residual.v1', { countedAt: new Date(0).toISOString() })),
  ],
  ['a list without a signature', ({ certificate }) => (certificate.forge = unsigned('hengji.affected.v1'))],
  ['a list of fewer', ({ certificate }) => (certificate.forge = altered('hengji.affected.v1', { count: '1' }))],
  ['an answer without a signature', ({ exchange }) => (exchange.forge = unsigned('hengji.contradictions.v1'))],
  ['an answer about others', ({ subsidy }) => (subsidy.forge = altered('hengji.contradictions.v1', { sha256: '00'.repeat(32) }))],
])('%s is no answer: the order stays open, is counted again, and completes once it is signed', async (_, forge) => {
  const order = await sign();
  for (const service of ['exam', 'certificate'] as const) world.neighbours[service].moved = ['r1', 'r2', 'r3', 'r4', 'r5'];
  await until(
    () => world.get(order.orderId),
    ({ state }) => state === 'EXECUTING',
  );
  await until(
    async () => Promise.all(['exam', 'certificate', 'exchange', 'subsidy', 'approval'].map((service) => fenceOf(order, service))),
    (fences) => fences.every(({ signed }) => signed),
  );
  forge(world.neighbours);
  await world.carryOut(order);
  await until(
    () => triesOf(order),
    (tries) => tries >= 2,
  );
  expect(await world.get(order.orderId)).toMatchObject({
    state: 'EXECUTING',
    crossChecks: expect.not.arrayContaining([{ contradictions: 1n }]),
  });
  Object.entries(world.neighbours).forEach(([service, fake]) => {
    fake.forge = (statement) => statement;
    fake.signsAs = service;
  });
  const { crossChecks } = await completed(order);
  expect(crossChecks.map(({ checked, contradictions }) => [checked, contradictions])).toEqual(Array.from({ length: 4 }, () => [5n, 0n]));
  expect(await failed(order)).toEqual([]);
});

it('a fence whose signature was changed in the database is requested again before the order completes', async () => {
  world.neighbours.exam.residuals.set('CANCEL_RESULTS', 1);
  const order = await world.carryOut(await sign());
  await until(
    () => world.get(order.orderId),
    ({ residual }) => residual === 1n,
  );
  await query(world.url, `UPDATE fence SET placed_at = placed_at - interval '1 second' WHERE order_id = $1 AND service = 'exam'`, [
    order.orderId,
  ]);
  const asked = world.neighbours.exam.fences.length;
  world.neighbours.exam.residuals.clear();
  await completed(order);
  expect(world.neighbours.exam.fences.length).toBe(asked + 1);
  expect(await failed(order)).toEqual([]);
});

it('a lifting is certified with the counts of the order, and only if these are valid', async () => {
  const order = await world.carryOut(await sign());
  await completed(order);
  const lift = { requestId: randomUUID(), actor: SIGNER, orderId: order.orderId, ground: 'COURT' as const, reason: '判决撤销' };
  const lifting = must((await world.client().liftOrder(lift)).order);
  await query(
    world.url,
    `UPDATE attested_count SET statements = jsonb_set(statements, '{0,value}', '"00"') WHERE order_id = $1 AND lifting = 0`,
    [order.orderId],
  );
  await world.carryOut(lifting);
  await until(
    () => triesOf(order),
    (tries) => tries >= 1,
  );
  expect((await world.get(order.orderId)).state).toBe('LIFTING');
  await alter(world.url, `DELETE FROM attested_count WHERE order_id = $1`, [order.orderId]);
  await until(
    () => world.get(order.orderId),
    ({ state }) => state === 'LIFTED',
  );
  // The earlier count is gone, and the verifier reports that.
  expect(await failed(order)).toEqual(
    expect.arrayContaining([expect.stringContaining('residual.zero'), expect.stringContaining('crossChecks.complete')]),
  );
});

/** The certificate as it was written before: version 1, under enforcement's key. */
const makeOld = async ({ orderId }: Order): Promise<void> => {
  const [stored] = await query<{ json: string }>(world.url, 'SELECT json FROM completion_certificate WHERE order_id = $1', [orderId]);
  const { statement } = JSON.parse(stored?.json ?? '') as { statement: Statement };
  const old = { ...statement, type: 'hengji.completion.v1' };
  const { value, ...signature } = testSigner('enforcement').sign(old);
  const json = canonical({ statement: old, signature: { ...signature, value: Buffer.from(value).toString('hex') } });
  const sha256 = createHash('sha256').update(json).digest('hex');
  await alter(world.url, 'UPDATE completion_certificate SET json = $2, sha256 = $3 WHERE order_id = $1', [orderId, json, sha256]);
};

it('an order from before these signatures is repaired by a sweep, and its lifting can be proven', async () => {
  const order = await world.carryOut(await sign());
  await completed(order);
  await alter(world.url, `DELETE FROM attested_count WHERE order_id = $1`, [order.orderId]);
  await query(world.url, `UPDATE fence SET attestation = NULL WHERE order_id = $1`, [order.orderId]);
  await makeOld(order);
  await world.client().sweepOrder({ actor: SIGNER, orderId: order.orderId });
  await until(
    () =>
      query<{ n: number }>(world.url, 'SELECT count(*)::int AS n FROM fence WHERE order_id = $1 AND attestation IS NULL', [order.orderId]),
    ([row]) => row?.n === 0,
  );
  const lift = { requestId: randomUUID(), actor: SIGNER, orderId: order.orderId, ground: 'COURT' as const, reason: '判决撤销' };
  await world.carryOut(must((await world.client().liftOrder(lift)).order));
  await until(
    () => world.get(order.orderId),
    ({ state }) => state === 'LIFTED',
  );
  expect(await failed(order)).toEqual([]);
});
