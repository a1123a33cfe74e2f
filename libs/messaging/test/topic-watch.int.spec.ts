// What the brokers return about topics: an id that changes when the topic is created again, and ends that include open transactions.
import { TOPICS } from '@hengji/contracts';
import { closeAfterSuite, kafkaProbe, testBrokers, topicPrefix } from '@hengji/testing';
import { connectKafka } from '../src';
import { log } from './stage';

const [A, B] = [TOPICS.exam.name, TOPICS.subsidy.name] as const;

it("returns each topic's id and ends, and another id for a topic that was created again under the same name", async () => {
  const prefix = topicPrefix();
  const probe = kafkaProbe(prefix);
  await probe.createTopics([A, B]);
  const watch = connectKafka({ brokers: testBrokers(), clientId: 'topic-watch', topicPrefix: prefix, log }).topicWatch();
  closeAfterSuite(() => watch.close());
  await probe.produce(A, { key: 'k', value: Buffer.from('1') }, { key: 'k', value: Buffer.from('2') });
  const before = await watch.look([A, B]);
  expect([...before.values()].map(({ id }) => id)).toEqual([
    expect.stringMatching(/^[0-9a-f]{32}$/),
    expect.stringMatching(/^[0-9a-f]{32}$/),
  ]);
  expect(before.get(A)?.id).not.toBe(before.get(B)?.id);
  expect([...(before.get(A)?.ends.values() ?? [])].reduce((sum, { low, high }) => sum + high - low, 0n)).toBe(2n);
  expect(before.get(A)?.ends.size).toBe(TOPICS.exam.settings.partitions);

  await probe.removeTopic(A);
  await expect(watch.look([A, B])).rejects.toThrow();
  await probe.createTopics([A]);
  const after = await watch.look([A, B]);
  expect(after.get(A)?.id).not.toBe(before.get(A)?.id);
  expect(after.get(B)?.id).toBe(before.get(B)?.id);
});
