// Checks at the start and every minute whether the broker's topic settings agree with the table. A difference is an error in the log and a
// metric; a service that depends on a copy is not ready while records may be deleted. Nothing is corrected here: the tool that creates
// topics corrects them (tools/topics), and a service must not alter the broker.
import { EVERY_TOPIC } from '@hengji/contracts';
import { metrics, type Log, type Part } from '@hengji/host';
import type { Kafka, KeptTopic, TopicShape } from './kafka/kafka';
import { bell } from './pauses';

const CHECK_EVERY_MS = 60_000;
const TRY_AGAIN_MS = 2_000;
const PARTITIONS = 'partitions';

const wrong = metrics.gauge('hengji_topic_settings_wrong', '1 for a setting of a topic that is not as the table says', [
  'topic',
  'setting',
]);

export interface WrongSetting {
  readonly setting: string;
  readonly wanted: string;
  readonly found: string;
}

const isKept = (name: string, wanted: string, found: string | undefined): boolean => {
  // More than required is allowed.
  if (name === 'max.message.bytes') return Number(found) >= Number(wanted);
  return found === wanted;
};

/** The settings that differ from the table. */
export const wrongSettings = ({ settings }: TopicShape, kept: KeptTopic): WrongSetting[] => {
  const configs = Object.entries(settings.configs)
    .filter(([name, wanted]) => !isKept(name, wanted, kept.configs[name]))
    .map(([name, wanted]) => ({ setting: name, wanted, found: kept.configs[name] ?? '' }));
  const same = kept.partitions === settings.partitions;
  return same ? configs : [...configs, { setting: PARTITIONS, wanted: String(settings.partitions), found: String(kept.partitions) }];
};

/** `forgetful` while a topic may lose records: deleted by time or size, or compacted. False while the settings are not known. */
export const topicsKept = (o: { kafka: Kafka; topics: readonly string[]; log: Log }): Part & { forgetful(): boolean } => {
  const { kafka, topics, log } = o;
  const inspector = kafka.inspector();
  const shapes: TopicShape[] = EVERY_TOPIC.filter(({ name }) => topics.includes(name));
  const rest = bell();
  const losing = new Set<string>();
  const told = new Map<string, string>();
  let running = false;
  let work: Promise<void> = Promise.resolve();

  const note = (shape: TopicShape, kept: KeptTopic): void => {
    const { name } = shape;
    const found = wrongSettings(shape, kept);
    for (const setting of [...Object.keys(shape.settings.configs), PARTITIONS])
      wrong.set({ topic: name, setting }, found.some((one) => one.setting === setting) ? 1 : 0);
    if (found.some(({ setting }) => setting.startsWith('retention.') || setting === 'cleanup.policy')) losing.add(name);
    else losing.delete(name);
    const now = JSON.stringify(found);
    if (found.length > 0 && told.get(name) !== now)
      log.error({ topic: name, found }, 'the broker does not keep the topic as it must; run tools/topics');
    told.set(name, now);
  };

  const check = async (): Promise<boolean> => {
    try {
      const kept = await inspector.kept(topics);
      for (const shape of shapes) {
        const own = kept.get(shape.name);
        if (own) note(shape, own);
      }
      return true;
    } catch (err) {
      log.debug({ err }, 'how the topics are kept is not known yet');
      return false;
    }
  };

  return {
    name: 'topics-kept',
    start: async () => {
      running = true;
      const keepChecking = async (): Promise<void> => {
        while (running) await rest.wait((await check()) ? CHECK_EVERY_MS : TRY_AGAIN_MS);
      };
      work = keepChecking();
    },
    stop: async () => {
      running = false;
      rest.ring();
      await inspector.close();
      await work;
    },
    forgetful: () => losing.size > 0,
  };
};
