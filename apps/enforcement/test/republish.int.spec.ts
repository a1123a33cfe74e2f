// The snapshot for public verification when the topic no longer holds the orders: the orders that void certificates, in
// their current state, at a position.
import { TOPICS, type Body } from '@hengji/contracts';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { RepublishServiceDefinition } from '@hengji/contracts/messaging/v1/republish_service';
import { grpcClient } from '@hengji/host';
import { closeAfterSuite, TEST_CALLER_SECRET, until } from '@hengji/testing';
import { startWorld, type World } from './enforcement';

const INSTITUTION = 'S000021010005';

const askerOf = (world: World, caller: string) => {
  const client = grpcClient(RepublishServiceDefinition, world.address(), { caller, secret: TEST_CALLER_SECRET, deadlineMs: 20_000 });
  closeAfterSuite(async () => client.close());
  return client;
};

const snapshotOf = async (world: World): Promise<{ position: bigint; bodies: Body<EnforcementEvent>[] }> => {
  const bodies: Body<EnforcementEvent>[] = [];
  let position = 0n;
  for await (const part of askerOf(world, 'verify').snapshot({ topic: TOPICS.enforcement.name, key: INSTITUTION })) {
    position = part.position;
    bodies.push(...part.events.flatMap((bytes) => TOPICS.enforcement.codec.decode(bytes).body ?? []));
  }
  return { position, bodies };
};

it('gives the orders that void, with their later changes, as they were published', async () => {
  const world = await startWorld();
  const order = await world.sign(INSTITUTION, ['CANCEL_RESULTS', 'VOID_CERTIFICATES']);
  await until(
    () => snapshotOf(world),
    ({ bodies }) => bodies.length === 1,
  );
  await world.carryOut(order);
  await until(
    () => world.get(order.orderId),
    ({ state }) => state === 'COMPLETED',
  );
  const { position, bodies } = await snapshotOf(world);
  const published = await world.published(order.orderId);
  const publishedAs = (kind: string) => published.find(({ $case }) => $case === kind)?.value;
  expect(bodies.map(({ $case }) => $case)).toEqual(['orderIssued', 'orderCompleted']);
  const { rows: _now, ...issued } = bodies[0]?.value as { rows: unknown };
  const { rows: _then, ...first } = publishedAs('orderIssued') as { rows: unknown };
  expect(issued).toEqual(first);
  expect(bodies[1]?.value).toMatchObject({ orderId: order.orderId, lifted: false });
  const { heads } = await askerOf(world, 'approval').listHeads({ topic: TOPICS.enforcement.name, key: INSTITUTION });
  expect(heads).toMatchObject([{ last: position }]);
});

it('gives its state to public verification only, and refuses an unknown topic', async () => {
  const world = await startWorld();
  const read = async () => {
    for await (const part of askerOf(world, 'exam').snapshot({ topic: TOPICS.enforcement.name, key: INSTITUTION })) return part;
    return undefined;
  };
  await expect(read()).rejects.toMatchObject({ reason: 'caller.not_allowed' });
  await expect(askerOf(world, 'verify').listHeads({ topic: 'x.v1' })).rejects.toMatchObject({ reason: 'republish.topic_unknown' });
});
