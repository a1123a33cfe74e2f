// Participants accept what enforcement publishes about an order: every event is sealed in the form that they check.
import { randomUUID } from 'node:crypto';
import type { Body } from '@hengji/contracts';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { verifier } from '@hengji/host';
import { checkNotice, checkSealed, claimedByLifting, claimedByOrder, type OrderSeals } from '@hengji/participation';
import { query, testKeys, until } from '@hengji/testing';
import { DRAFTER, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
let seals: OrderSeals;
beforeAll(async () => {
  world = await startWorld();
  seals = { verifier: verifier({ trustFile: testKeys().trustFile }), acceptUnsealed: false };
});

const check = (body: Body<EnforcementEvent>): void => {
  switch (body.$case) {
    case 'orderIssued':
      return checkSealed(seals, claimedByOrder(body.value, body.value.rows));
    case 'orderLifted':
      return checkSealed(seals, claimedByLifting(body.value, body.value.rows));
    case 'orderCompleted':
    case 'orderReopened':
    case 'orderSuspended':
    case 'orderResumed':
      return void expect(checkNotice(seals, body)).toEqual(expect.any(Date));
    default:
  }
};

const said = (orderId: string, kind: string, count = 1): Promise<Body<EnforcementEvent>[]> =>
  until(
    () => world.published(orderId),
    (bodies) => bodies.filter(({ $case }) => $case === kind).length >= count,
  );

it('an order that is issued, suspended and resumed, swept, and lifted: each event about it is sealed', async () => {
  const measures = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECTIFY'] as const;
  const order = await world.sign(anInstitution(), [...measures]);
  const { orderId } = order;
  const request = () => ({ requestId: randomUUID(), actor: SIGNER, orderId, reason: '(2026)辽01行初1号' });
  await world.client().suspendOrder(request());
  await world.client().resumeOrder(request());
  await world.carryOut(order);
  await said(orderId, 'orderCompleted');
  await world.client().suspendOrder(request());
  await world.client().resumeOrder(request());
  // A missing hold, as its service counts it.
  world.neighbours.exam.residuals.set('HOLD_PLANS', 1);
  await world.client().sweepOrder({ actor: DRAFTER, orderId });
  world.neighbours.exam.residuals.clear();
  await said(orderId, 'orderReopened');
  await world.carryOut(await world.get(orderId));
  await said(orderId, 'orderCompleted', 2);
  await world.client().liftOrder({ ...request(), measures: ['RECTIFY'] });
  await world.carryOut(await world.get(orderId));
  await said(orderId, 'orderCompleted', 3);
  await world.client().liftOrder(request());
  await world.carryOut(await world.get(orderId));
  const all = await said(orderId, 'orderCompleted', 4);
  const words = all.map(({ $case }) => $case).filter((name) => name !== 'rowReleased');
  expect(words).toEqual([
    ...['orderIssued', 'orderSuspended', 'orderResumed', 'orderCompleted', 'orderSuspended', 'orderResumed', 'orderReopened'],
    ...['orderCompleted', 'orderLifted', 'orderCompleted', 'orderLifted', 'orderCompleted'],
  ]);
  all.forEach(check);
  // Any change of the event is detected.
  for (const { $case, value } of all)
    if ('seal' in value && $case !== 'rowReleased')
      expect(() => check({ $case, value: { ...value, orderId: 'another' } } as Body<EnforcementEvent>)).toThrow('enforcement signed');
});

it('services are notified whether a court stays the order that they count, and the order is not counted before they have consumed that', async () => {
  const order = await world.sign(anInstitution(), ['STOP_EVALUATION']);
  const { orderId } = order;
  await world.carryOut(order);
  await said(orderId, 'orderCompleted');
  const ruling = () => ({ requestId: randomUUID(), actor: SIGNER, orderId, reason: '(2026)辽01行初2号' });
  await world.client().suspendOrder(ruling());
  await world.client().resumeOrder(ruling());
  const [{ waits } = {}] = await query<{ waits: boolean }>(
    world.url,
    `SELECT state = 'COMPLETED' AND sweep_next_at > now() + interval '30 seconds' AS waits FROM orders WHERE id = $1`,
    [orderId],
  );
  expect(waits).toBe(true);
  await world.client().suspendOrder(ruling());
  world.neighbours.exam.counted.length = 0;
  await world.client().liftOrder(ruling());
  await world.carryOut(await world.get(orderId));
  await said(orderId, 'orderCompleted', 2);
  expect(world.neighbours.exam.counted).toContainEqual(expect.objectContaining({ orderId, suspended: true }));
});
