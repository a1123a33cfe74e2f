// What happens to limits when an order is lifted: the awaited event happens with the whole lifting, or can no longer
// happen.
import { randomUUID } from 'node:crypto';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { until } from '@hengji/testing';
import { SIGNER, startWorld, type World } from '../enforcement';
import { anInstitution } from '../neighbours';

const DAY = 24 * 3_600_000;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => {
  world.clock.aheadMs = 0;
});

const file = (order: Order): Promise<Case> => world.cases.get(order.caseId);

const completed = async (...measures: Parameters<World['sign']>[1] & object): Promise<Order> => {
  const order = await world.sign(anInstitution(), measures);
  await world.carryOut(order);
  return until(
    () => world.get(order.orderId),
    ({ state }) => state === 'COMPLETED',
  );
};

describe('the event that a limit waits for', () => {
  const decide = async (order: Order, change: object = {}): Promise<void> => {
    const asked = {
      requestId: randomUUID(),
      actor: SIGNER,
      orderId: order.orderId,
      reason: '自行纠正',
      ground: 'SELF_CORRECTION' as const,
    };
    await world.client().liftOrder({ ...asked, ...change });
  };
  const lift = async (order: Order, change: object = {}): Promise<void> => {
    await decide(order, change);
    await world.carryOut(await world.get(order.orderId));
    await until(
      () => world.get(order.orderId),
      ({ liftings }) => liftings.every(({ completedAt }) => completedAt !== undefined),
    );
  };
  const stateOf = async (order: Order, code: string): Promise<string> =>
    (await file(order)).deadlines.find((deadline) => deadline.code === code)?.state ?? '';

  it('happens with the whole lifting: a partial lifting withdraws no public notice', async () => {
    const order = await completed('STOP_EVALUATION', 'CANCEL_RESULTS');
    await world.cases.take(await file(order), 'CORRECT');
    await lift(order, { measures: ['STOP_EVALUATION'] });
    expect(await stateOf(order, 'D-PEN-WITHDRAW-PUB')).toBe('RUNNING');
    await lift(order);
    await until(
      () => stateOf(order, 'D-PEN-WITHDRAW-PUB'),
      (state) => state === 'MET',
    );
  });

  it('does not happen if the recovery was lifted: nothing is enforced, and nobody owes it', async () => {
    const order = await completed('CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES');
    await lift(order);
    world.clock.aheadMs = 200 * DAY;
    await until(
      () => stateOf(order, 'D-LITIG'),
      (state) => state === 'PASSED',
    );
    expect(await stateOf(order, 'D-ENFORCE-APPLY')).toBe('');
  });

  it('is no longer due for a removal that is lifted, also if the limit had passed', async () => {
    const order = await completed('REMOVE_FROM_DIRECTORY');
    world.clock.aheadMs = 60 * DAY;
    await until(
      () => stateOf(order, 'D-FOLLOW-FEES'),
      (state) => state === 'PASSED',
    );
    await decide(order);
    const left = (await file(order)).deadlines.filter(({ code }) => code.startsWith('D-FOLLOW-')).map(({ state }) => state);
    expect(left).toEqual(Array(4).fill('CANCELLED'));
  });
});
