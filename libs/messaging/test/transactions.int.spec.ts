// Transactions of another writer on our topics. Our producers use none; so an open transaction delays no consumer, and the markers that end
// a transaction count as read.
import { TOPICS } from '@hengji/contracts';
import { closeAfterEachTest, kafkaProbe, startParts, until } from '@hengji/testing';
import { tail } from '../src';
import { consumerOf, KEY, parkedRows, relayOf, seals } from './hearing';
import { openTransaction } from './raw-producer';
import { effectsOf, log, stage, type Stage } from './stage';

closeAfterEachTest();

const PARTITIONS = [0, 1, 2];
const JUNK = [{ key: 'somebody', value: Buffer.from('not ours') }];

/** In each partition: an aborted transaction and a committed one, then one that stays open. */
const transactionsOn = async ({ prefix }: Stage, topic: string): Promise<void> => {
  for (const partition of PARTITIONS) {
    await (await openTransaction(prefix, topic, partition, JUNK)).abort();
    await (await openTransaction(prefix, topic, partition, JUNK)).commit();
    await openTransaction(prefix, topic, partition, JUNK);
  }
};

it('a consumer continues behind them, and is ready', async () => {
  const at = await stage();
  await transactionsOn(at, TOPICS.enforcement.name);
  const part = consumerOf(at);
  await startParts([relayOf(at), part]);
  await at.say(KEY, 1);
  await until(
    () => effectsOf(at.db, KEY),
    (rows) => rows.length === 1,
    { withinMs: 20_000 },
  );
  await until(
    () => parkedRows(at),
    (rows) => rows.length === 3 * PARTITIONS.length,
  );
  const inspector = at.kafka.inspector();
  const behind = async (): Promise<bigint[]> => {
    const done = await inspector.committed('exam', TOPICS.enforcement.name);
    const ends = await inspector.bounds(TOPICS.enforcement.name);
    return [...ends].map(([partition, { high }]) => high - (done.get(partition) ?? -1n));
  };
  await until(behind, (lags) => lags.every((lag) => lag === 0n), { withinMs: 20_000 });
  await inspector.close();
  expect(part.trouble()).toBeUndefined();
});

it.each([TOPICS.enforcement, TOPICS.certificate])('a tail of $name reaches the end that the broker returns', async (topic) => {
  const at = await stage();
  await kafkaProbe(at.prefix).createTopics([TOPICS.certificate.name]);
  const part = tail({
    kafka: at.kafka,
    topic: { ...topic, codec: TOPICS.enforcement.codec },
    seals: seals(),
    log,
    onEvent: () => undefined,
  });
  await startParts([part]);
  await transactionsOn(at, topic.name);
  const inspector = at.kafka.inspector();
  const short = async () => {
    const ends = await inspector.bounds(topic.name);
    return PARTITIONS.map((partition) => (ends.get(partition)?.high ?? 0n) - (part.told().get(partition) ?? 0n));
  };
  // A record and a marker of each ended transaction, and the record of the open one.
  await until(
    () => Promise.resolve([...part.told().values()]),
    (told) => told.length === 3 && told.every((offset) => offset === 5n),
    { withinMs: 20_000 },
  );
  expect(await short()).toEqual([0n, 0n, 0n]);
  // The last entry of the topic is a marker.
  for (const partition of PARTITIONS) await (await openTransaction(at.prefix, topic.name, partition, JUNK)).abort();
  // The broker writes the marker after it has answered the writer, so the end itself moves a moment later.
  await until(
    () => Promise.resolve([...part.told().values()]),
    (told) => told.every((offset) => offset === 7n),
    { withinMs: 20_000 },
  );
  expect(await short()).toEqual([0n, 0n, 0n]);
  await inspector.close();
});
