// Topics are created with the settings of the table and corrected where they differ, and their users see a difference.
import { SESSIONS_TOPIC, TOPICS } from '@hengji/contracts';
import { connectKafka, topicsKept, type Kafka } from '../src';
import { startParts, testBrokers, topicPrefix, until } from '@hengji/testing';
import { log } from './stage';

const { exam, certificate, subsidy } = TOPICS;
const kafkaUnder = (prefix: string): Kafka => connectKafka({ brokers: testBrokers(), clientId: 'kept', topicPrefix: prefix, log });
const withConfigs = (
  { name, settings }: typeof exam | typeof subsidy,
  configs: Record<string, string>,
  partitions = settings.partitions,
) => ({
  name,
  settings: { partitions, configs },
});

describe('topics', () => {
  it("are created with the settings of the table, whatever the broker's defaults are", async () => {
    const kafka = kafkaUnder(topicPrefix());
    await kafka.createTopics(Object.values(TOPICS));
    const inspector = kafka.inspector();
    const kept = await inspector.kept([certificate.name]);
    await inspector.close();
    expect(kept.get(certificate.name)?.partitions).toBe(certificate.settings.partitions);
    expect(kept.get(certificate.name)?.configs).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'retention.bytes': '-1',
    });
  });

  it.each([
    ['time', { 'retention.ms': '604800000' }],
    ['size', { 'retention.bytes': '1000000', 'retention.ms': '-1' }],
    ['compaction', { 'cleanup.policy': 'compact', 'retention.ms': '-1' }],
    ['nothing set, so that the broker’s own seven days hold', {}],
  ])('that may lose records by %s are seen at the start, and mended by who creates topics; what else was set stays', async (_, configs) => {
    const kafka = kafkaUnder(topicPrefix());
    await kafka.createTopics([withConfigs(exam, { ...configs, 'min.insync.replicas': '1', 'flush.messages': '77' })]);
    const part = topicsKept({ kafka, topics: [exam.name], log });
    await startParts([part]);
    await until(
      () => part.forgetful(),
      (forgetful) => forgetful,
    );
    await kafka.createTopics([exam]);
    // The broker returns what its controller has propagated so far, so the new settings appear a moment later.
    const inspector = kafka.inspector();
    const configsOf = async (): Promise<Record<string, string>> => (await inspector.kept([exam.name])).get(exam.name)?.configs ?? {};
    const wanted = { ...exam.settings.configs, 'flush.messages': '77' };
    expect(await until(configsOf, (configs) => Object.entries(wanted).every(([name, value]) => configs[name] === value))).toMatchObject(
      wanted,
    );
    await inspector.close();
    const again = topicsKept({ kafka, topics: [exam.name], log });
    await startParts([again]);
    expect(again.forgetful()).toBe(false);
  });

  it('that hold no facts are checked as well: one that deletes ended sessions too soon is reported', async () => {
    const kafka = kafkaUnder(topicPrefix());
    const configs = { ...SESSIONS_TOPIC.settings.configs, 'retention.ms': '3600000' };
    await kafka.createTopics([{ name: SESSIONS_TOPIC.name, settings: { partitions: 1, configs } }]);
    const part = topicsKept({ kafka, topics: [SESSIONS_TOPIC.name], log });
    await startParts([part]);
    await until(
      () => part.forgetful(),
      (forgetful) => forgetful,
    );
  });

  it('with another number of partitions do not count as losing records: the difference is reported, and not corrected', async () => {
    const kafka = kafkaUnder(topicPrefix());
    await kafka.createTopics([withConfigs(subsidy, subsidy.settings.configs, 2)]);
    await kafka.createTopics([subsidy]);
    const inspector = kafka.inspector();
    expect((await inspector.kept([subsidy.name])).get(subsidy.name)?.partitions).toBe(2);
    await inspector.close();
  });
});
