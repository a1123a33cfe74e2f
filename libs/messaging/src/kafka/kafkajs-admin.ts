// Topic data from the broker: settings, beginning and end, how far a group has come. Creates topics, and corrects settings that differ from
// the table; the number of partitions never changes.
import { ConfigResourceTypes, ConfigSource, type Admin, type Kafka as KafkaJs } from 'kafkajs';
import type { Bounds, Inspector, KeptTopic, TopicShape } from './kafka';

const withAdmin = async <T>(client: KafkaJs, work: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = client.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
};

interface Described {
  /** All settings of the topic, including those inherited from the broker. */
  readonly configs: Readonly<Record<string, string>>;
  /** The settings made for this topic. */
  readonly own: Readonly<Record<string, string>>;
}

const describe = async (admin: Admin, topics: readonly string[]): Promise<Map<string, Described>> => {
  if (topics.length === 0) return new Map();
  const resources = topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name }));
  const answer = await admin.describeConfigs({ resources, includeSynonyms: false });
  return new Map(
    answer.resources.map(({ resourceName, configEntries }) => {
      const pairs = (entries: typeof configEntries) =>
        Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
      const own = configEntries.filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG);
      return [resourceName, { configs: pairs(configEntries), own: pairs(own) }];
    }),
  );
};

const settled = (described: Described | undefined, wanted: TopicShape['settings']['configs']): boolean =>
  Object.entries(wanted).every(([name, value]) => described?.configs[name] === value);

/** The request replaces all settings of a topic, so it repeats the other settings of the topic. */
const mend = async (admin: Admin, topics: readonly TopicShape[]): Promise<void> => {
  const described = await describe(
    admin,
    topics.map(({ name }) => name),
  );
  const wrong = topics.filter(({ name, settings }) => !settled(described.get(name), settings.configs));
  if (wrong.length === 0) return;
  await admin.alterConfigs({
    validateOnly: false,
    resources: wrong.map(({ name, settings }) => ({
      type: ConfigResourceTypes.TOPIC,
      name,
      configEntries: Object.entries({ ...described.get(name)?.own, ...settings.configs }).map(([key, value]) => ({ name: key, value })),
    })),
  });
};

const boundsOf = async (admin: Admin, topic: string): Promise<ReadonlyMap<number, Bounds>> => {
  const offsets = await admin.fetchTopicOffsets(topic);
  return new Map(offsets.map(({ partition, low, high }) => [partition, { low: BigInt(low), high: BigInt(high) }]));
};

/** A busy broker needs time for a hundred partitions. */
const LED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 100;

/**
 * A new topic does not have leaders at once, and not every broker knows it: kafkajs' own wait ends at the first answer that reports
 * leaders. The topic is ready when its ends can be read.
 */
const untilLed = async (admin: Admin, topics: readonly TopicShape[]): Promise<void> => {
  const end = performance.now() + LED_WITHIN_MS;
  for (const { name, settings } of topics) {
    for (;;) {
      const led = await boundsOf(admin, name).then(
        (bounds) => bounds.size === settings.partitions,
        (failure: unknown) => {
          if (performance.now() > end) throw failure;
          return false;
        },
      );
      if (led || performance.now() > end) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
};

export const createTopics = (client: KafkaJs, topics: readonly TopicShape[]): Promise<void> =>
  withAdmin(client, async (admin) => {
    const there = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !there.has(name));
    if (missing.length > 0) {
      await admin.createTopics({
        waitForLeaders: false,
        topics: missing.map(({ name, settings }) => ({
          topic: name,
          numPartitions: settings.partitions,
          configEntries: Object.entries(settings.configs).map(([key, value]) => ({ name: key, value })),
        })),
      });
      await untilLed(admin, missing);
    }
    await mend(
      admin,
      topics.filter(({ name }) => there.has(name)),
    );
  });

const keptOf = async (admin: Admin, topics: readonly string[]): Promise<ReadonlyMap<string, KeptTopic>> => {
  const described = await describe(admin, topics);
  const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
  return new Map(
    found.map(({ name, partitions }) => [name, { partitions: partitions.length, configs: described.get(name)?.configs ?? {} }]),
  );
};

const committedOf = async (admin: Admin, groupId: string, topic: string): Promise<ReadonlyMap<number, bigint>> => {
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return new Map((found?.partitions ?? []).map(({ partition, offset }) => [partition, BigInt(offset)]));
};

const membersOf = async (admin: Admin, groupId: string): Promise<number> =>
  (await admin.describeGroups([groupId])).groups.reduce((sum, { members }) => sum + members.length, 0);

export const removeTopic = (client: KafkaJs, topic: string): Promise<void> =>
  withAdmin(client, async (admin) => {
    await admin.deleteTopics({ topics: [topic] });
    while ((await admin.listTopics()).includes(topic)) await new Promise(setImmediate);
  });

export const moveGroup = (client: KafkaJs, groupId: string, topic: string, to: 'beginning' | 'end'): Promise<void> =>
  withAdmin(client, (admin) => admin.resetOffsets({ groupId, topic, earliest: to === 'beginning' }));

export const removeRecords = (client: KafkaJs, topic: string): Promise<void> =>
  withAdmin(client, async (admin) => {
    const partitions = await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: partitions.map(({ partition, high }) => ({ partition, offset: high })) });
  });

/** Connects with the first request, and again with the next one after a failure. */
export const kafkajsInspector = (client: KafkaJs, named: (name: string) => string, unnamed: (name: string) => string): Inspector => {
  let admin: Promise<Admin> | undefined;
  const connected = async (): Promise<Admin> => {
    const fresh = client.admin();
    await fresh.connect();
    return fresh;
  };
  const close = async (): Promise<void> => {
    const old = admin;
    admin = undefined;
    await old?.then((one) => one.disconnect()).catch(() => undefined);
  };
  const ask = async <T>(question: (one: Admin) => Promise<T>): Promise<T> => {
    admin ??= connected();
    try {
      return await question(await admin);
    } catch (failure) {
      void close();
      throw failure;
    }
  };
  return {
    bounds: (topic) => ask((one) => boundsOf(one, named(topic))),
    committed: (group, topic) => ask((one) => committedOf(one, named(group), named(topic))),
    members: (group) => ask((one) => membersOf(one, named(group))),
    kept: async (topics) => new Map([...(await ask((one) => keptOf(one, topics.map(named))))].map(([name, kept]) => [unnamed(name), kept])),
    close,
  };
};
