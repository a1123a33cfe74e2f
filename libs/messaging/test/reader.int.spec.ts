// How soon a reader that has gone silent is missed: as its session says, and no later. Until then its partitions rest, so this is
// what everybody waits for after a process was killed.
import { TOPICS } from '@hengji/contracts';
import { closeAfterSuite, testBrokers, topicPrefix, until } from '@hengji/testing';
import { connectKafka } from '../src';
import { log } from './stage';

/** Kafka's own least where the broker is not ours. */
const SESSION_MS = Number(process.env['TEST_KAFKA_SHORTEST_SESSION_MS'] ?? '6000');

it('gives the partitions of a silent reader to another when its session ends', async () => {
  const kafka = connectKafka({ brokers: testBrokers(), clientId: 'reader-test', topicPrefix: topicPrefix(), sessionMs: SESSION_MS, log });
  const topic = TOPICS.enforcement.name;
  await kafka.createTopics([{ name: topic, settings: { partitions: 1, configs: {} } }]);
  const heardBy = { silent: 0, other: 0 };
  let wake: () => void = () => undefined;
  const asleep = new Promise<void>((resolve) => (wake = resolve));
  const group = { group: 'night', topics: [topic], commit: true };
  const silent = kafka.reader({
    ...group,
    onBatch: async () => {
      heardBy.silent += 1;
      await asleep;
    },
  });
  const other = kafka.reader({
    ...group,
    onBatch: async ({ records }, { done }) => {
      heardBy.other += records.length;
      for (const { offset } of records) done(offset);
    },
  });
  const sender = kafka.sender();
  closeAfterSuite(async () => {
    wake();
    await Promise.all([silent.stop(), other.stop(), sender.disconnect()]);
  });

  await sender.connect();
  await sender.send([{ topic, records: [{ key: 'a', value: Buffer.from('heard twice'), headers: {} }] }]);
  await silent.start();
  await until(
    () => heardBy.silent,
    (times) => times > 0,
    { withinMs: 20_000 },
  );
  await other.start();
  await until(
    () => heardBy.other,
    (times) => times > 0,
    { withinMs: 4 * SESSION_MS },
  );
});
