// The position of a group in its partitions: committed offsets, and ends. Requested over one kept connection.
import type { Admin, Kafka as KafkaJs } from 'kafkajs';
import type { Standing } from './kafka';

export interface Standings {
  /** By the full names of group and topics. */
  of(group: string, topics: readonly string[]): Promise<readonly Omit<Standing, 'assigned'>[]>;
  stop(): Promise<void>;
}

export const standings = (client: KafkaJs): Standings => {
  let connected: Promise<Admin> | undefined;

  const connect = async (): Promise<Admin> => {
    const admin = client.admin();
    await admin.connect();
    return admin;
  };

  const stop = async (): Promise<void> => {
    const last = connected;
    connected = undefined;
    const admin = await last?.catch(() => undefined);
    await admin?.disconnect();
  };

  const ask = async (admin: Admin, groupId: string, topics: readonly string[]): Promise<Omit<Standing, 'assigned'>[]> => {
    const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
    const found: Omit<Standing, 'assigned'>[] = [];
    for (const topic of topics) {
      const own = new Map(
        committed.find((one) => one.topic === topic)?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]),
      );
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        const offset = own.get(partition) ?? -1n;
        found.push({ topic, partition, committed: offset < 0n ? BigInt(low) : offset, end: BigInt(high) });
      }
    }
    return found;
  };

  return {
    stop,
    of: async (group, topics) => {
      connected ??= connect();
      try {
        return await ask(await connected, group, topics);
      } catch (failure) {
        await stop().catch(() => undefined);
        throw failure;
      }
    },
  };
};
