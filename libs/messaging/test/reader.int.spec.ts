// How soon the group notices that a reader sends no heartbeats: at the end of its session, and no later. Until then its partitions are not
// read, so this is the delay after a process was killed.
import { TOPICS } from '@hengji/contracts';
import { closeAfterSuite, testBrokers, topicPrefix, until } from '@hengji/testing';
import { connectKafka } from '../src';
import { log } from './stage';

/** Kafka's own minimum where the broker is not ours. */
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

it('stays in its group when the clock is set back: what it has read is not delivered to it again', async () => {
  const kafka = connectKafka({ brokers: testBrokers(), clientId: 'reader-test', topicPrefix: topicPrefix(), sessionMs: SESSION_MS, log });
  const topic = TOPICS.exam.name;
  await kafka.createTopics([{ name: topic, settings: { partitions: 1, configs: {} } }]);
  const heard: string[] = [];
  const reader = kafka.reader({
    ...{ group: 'clock', topics: [topic], commit: true },
    onBatch: async ({ records }, { done }) => {
      for (const { offset, value } of records) {
        heard.push(value.toString());
        done(offset);
      }
    },
  });
  const sender = kafka.sender();
  const wall = Date.now.bind(Date);
  const clock = jest.spyOn(Date, 'now');
  closeAfterSuite(async () => {
    clock.mockRestore();
    await Promise.all([reader.stop(), sender.disconnect()]);
  });
  const hear = async (word: string): Promise<void> => {
    await sender.send([{ topic, records: [{ key: 'a', value: Buffer.from(word), headers: {} }] }]);
    await until(
      () => heard,
      (words) => words.includes(word),
      { withinMs: 20_000 },
    );
  };
  const sessionsPass = (times: number): Promise<number> => {
    const began = performance.now();
    return until(
      () => performance.now() - began,
      (ms) => ms > times * SESSION_MS,
      { withinMs: 2 * times * SESSION_MS + 600_000 },
    );
  };

  await sender.connect();
  await reader.start();
  await hear('before');
  clock.mockImplementation(() => wall() - 600_000);
  await sessionsPass(3);
  await hear('after');
  await sessionsPass(2);
  expect(heard).toEqual(['before', 'after']);
}, 90_000);
