// A topic that was deleted and created again under its name: no record of it is skipped, and the old topic's records hide none.
import { TOPICS } from '@hengji/contracts';
import { metrics } from '@hengji/host';
import { closeAfterEachTest, kafkaProbe, sealedBytes, startParts, TEST_CALLER_SECRET, until } from '@hengji/testing';
import { gapRepair, ownersAt, type Kafka, type Owners } from '../src';
import { CALL, consumerOf, event, gapsOf, KEY, parkedRows, parkingOf, relayOf } from './hearing';
import { setOffsets } from './raw-producer';
import { effectsOf, log, stage, upTo, waiting, type Stage } from './stage';

closeAfterEachTest();

const TOPIC = TOPICS.enforcement.name;
const A = { reason: '主题重建', actor: { officerId: 'o-1', name: '甲', role: 'OPERATOR' as const, authority: '', institution: '' } };

const makeAnew = async (at: Stage): Promise<void> => {
  await at.kafka.removeTopic(TOPIC);
  await at.kafka.createTopics([{ name: TOPIC, settings: { ...TOPICS.enforcement.settings, partitions: 3 } }]);
};
const publish = (at: Stage, from: number, to: number): Promise<void> =>
  kafkaProbe(at.prefix).publish(TOPICS.enforcement, ...upTo(to - from + 1).map((n) => event(n + from - 1)));
const bad = (at: Stage, number: number, byte: number): Promise<void> =>
  kafkaProbe(at.prefix).produce(TOPIC, ...sealedBytes(TOPICS.enforcement, [{ event: event(number), value: Buffer.from([byte]) }]));
const parkedCount = (at: Stage, count: number) =>
  until(
    () => parkedRows(at),
    (rows) => rows.length === count,
    { withinMs: 20_000 },
  );
const handled = (at: Stage, rows: readonly number[]) =>
  until(
    () => effectsOf(at.db, KEY),
    (seen) => seen.length >= rows.length,
    { withinMs: 20_000 },
  );

/** How many topics were found to differ from those that were read. */
const found = async (): Promise<number> => {
  const counted = await metrics.registry.getSingleMetric('hengji_topic_recreated_total')?.get();
  return (counted?.values ?? []).reduce((sum, { value }) => sum + value, 0);
};

/** Discards with two people. */
const discard = async (parking: ReturnType<typeof parkingOf>, parkedId: string): Promise<void> => {
  const { message } = await parking.proposeDiscard({ parkedId, ...A }, CALL);
  const version = message?.proposal?.version ?? '';
  await parking.confirmDiscard({ parkedId, version, actor: { ...A.actor, officerId: 'o-2', name: '乙' } }, CALL);
};

describe('messages parked from the old topic', () => {
  it('hide nothing at the same offset of the new topic, and stay listed, replayable and discardable', async () => {
    const at = await stage();
    await bad(at, 1, 0xff);
    const stop = await startParts([consumerOf(at)]);
    const [old] = await parkedCount(at, 1);
    await stop();
    await makeAnew(at);
    await bad(at, 2, 0xfe);
    await publish(at, 3, 3);
    const stopAgain = await startParts([consumerOf(at)]);
    const rows = await parkedCount(at, 3);
    await stopAgain();
    expect(rows.map(({ state, offset }) => [state, Number(offset)])).toEqual([
      ['poison', 0],
      ['behind', 0],
      ['behind', 1],
    ]);
    expect(await effectsOf(at.db, KEY)).toEqual([]);
    const parking = parkingOf(at);
    for (const { parkedId = '' } of rows.slice(0, 2)) {
      await discard(parking, parkedId);
    }
    const { messages } = await parking.listDiscarded({ page: undefined }, CALL);
    expect((messages ?? []).map(({ message }) => [message?.parkedId, Number(message?.offset)])).toEqual([
      [old?.parkedId, 0],
      [rows[1]?.parkedId, 0],
    ]);
    expect(await effectsOf(at.db, KEY)).toEqual([3]);
  });
});

describe('a consumer', () => {
  it('reads a topic from its beginning when it has outgrown the offset of the old one', async () => {
    const at = await stage();
    await publish(at, 1, 3);
    const stop = await startParts([consumerOf(at)]);
    await handled(at, upTo(3));
    await stop();
    await makeAnew(at);
    await publish(at, 4, 9);
    await setOffsets(at.prefix, 'exam', TOPIC, 3);
    await startParts([consumerOf(at)]);
    await handled(at, upTo(9));
    await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 0,
    );
    expect([...(await effectsOf(at.db, KEY))].sort()).toEqual(upTo(9));
  });

  it('reads a topic from its beginning when it is shorter than the old one', async () => {
    const at = await stage();
    await publish(at, 1, 5);
    const stop = await startParts([consumerOf(at)]);
    await handled(at, upTo(5));
    await stop();
    await makeAnew(at);
    await publish(at, 6, 7);
    await setOffsets(at.prefix, 'exam', TOPIC, 5);
    await startParts([consumerOf(at)]);
    await handled(at, upTo(7));
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(7));
    expect(await gapsOf(at)).toEqual([]);
  });

  it('continues with a topic that is created again while it reads, and repeats no effect of the records in it', async () => {
    const at = await stage();
    await publish(at, 1, 3);
    await startParts([consumerOf(at)]);
    await handled(at, upTo(3));
    const before = await found();
    await makeAnew(at);
    // A topic that outgrows the old one before the check is found only by the gaps in its numbers.
    await until(found, (topics) => topics > before, { withinMs: 30_000 });
    await publish(at, 2, 5);
    await handled(at, upTo(5));
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(5));
  });

  it('reads known records only for the comparison: a discarded message stays discarded', async () => {
    const at = await stage();
    await bad(at, 1, 0xff);
    const stop = await startParts([consumerOf(at)]);
    const [{ parkedId = '' } = {}] = await parkedCount(at, 1);
    await discard(parkingOf(at), parkedId);
    await stop();
    await publish(at, 2, 3);
    await startParts([consumerOf(at)]);
    await handled(at, upTo(2));
    expect([await effectsOf(at.db, KEY), await parkedRows(at), await gapsOf(at)]).toEqual([[2, 3], [], []]);
  });
});

it('numbers are not compared while the offsets of the group belong to the old topic', async () => {
  const at = await stage();
  const stop = await startParts([relayOf(at)]);
  for (const row of upTo(2)) await at.say(KEY, row);
  await until(
    () => waiting(at.db),
    (n) => n === 0,
  );
  await stop();
  await setOffsets(at.prefix, 'exam', TOPIC, 10);
  let looks = 0;
  const inspector: Kafka['inspector'] = () => {
    const inner = at.kafka.inspector();
    return { ...inner, committed: (...asked) => ((looks += 1), inner.committed(...asked)) };
  };
  const none = ownersAt({ caller: 'exam', secret: TEST_CALLER_SECRET, addresses: {} });
  const owner = { heads: async () => [{ key: KEY, last: 2n, published: 2n }], head: async () => undefined };
  const owners = { ...none, find: () => owner, names: () => ['enforcement'] } as unknown as Owners;
  const repair = gapRepair({
    ...{ service: 'exam', db: at.db, kafka: { ...at.kafka, inspector }, topics: [{ topic: TOPIC }], owners, log },
    ...{ lookMs: 60_000, compareMs: 50 },
  });
  await startParts([repair]);
  await until(
    () => looks,
    (times) => times >= 4,
  );
  expect(await gapsOf(at)).toEqual([]);
});
