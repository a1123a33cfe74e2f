// Which topics exist, and where they end, read from the brokers that lead them. kafkajs supports no version of Metadata with topic ids, and
// its admin returns the end without the records of open transactions. This file requests both over kafkajs' own connections.
import { createRequire } from 'node:module';
import type { Kafka as KafkaJs } from 'kafkajs';
import type { TopicNow, TopicWatch } from './kafka';

interface Encoder {
  writeInt8(value: number): Encoder;
  writeUVarInt(value: number): Encoder;
  writeUVarIntString(value: string): Encoder;
  writeBuffer(bytes: Buffer): Encoder;
}
interface Protocol<T> {
  readonly request: { readonly apiKey: number; readonly apiVersion: number; readonly apiName: string; encode(): Promise<Encoder> };
  readonly response: { decode(bytes: Buffer): Promise<Record<string, T>>; parse(decoded: Record<string, T>): Promise<T> };
}
interface Broker {
  readonly connectionPool: { send<T>(protocol: Protocol<T>): Promise<T> };
}
interface OfTopic<P> {
  readonly topic: string;
  readonly partitions: readonly P[];
}
interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number; readonly leader: number }[];
  findBroker(o: { nodeId: number }): Promise<Broker>;
  fetchTopicsOffset(
    asked: readonly (OfTopic<{ partition: number }> & { fromBeginning: boolean })[],
  ): Promise<readonly OfTopic<{ partition: number; offset: string }>[]>;
}

const METADATA = { apiKey: 3, apiVersion: 10, apiName: 'Metadata' };
const READ_UNCOMMITTED = 0;
const NO_ID = Buffer.alloc(16);
const NewEncoder = createRequire(__filename)('kafkajs/src/protocol/encoder') as new () => Encoder;

/** Metadata request, version 10, with its flexible header: [topics: id name tags], auto creation, two flags about rights, tags. */
const encodeQuestion = (topics: readonly string[]): Encoder => {
  const encoder = new NewEncoder().writeUVarInt(0).writeUVarInt(topics.length + 1);
  for (const topic of topics) encoder.writeBuffer(NO_ID).writeUVarIntString(topic).writeUVarInt(0);
  return encoder.writeInt8(0).writeInt8(0).writeInt8(0).writeUVarInt(0);
};

/** Reads the fields of the answer. Reading beyond its end throws. */
const answerReader = (bytes: Buffer) => {
  let at = 0;
  const take = (length: number): Buffer => {
    if (length < 0 || at + length > bytes.length) throw new Error('an answer of Kafka ends too early');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = take(1).readUInt8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  /** Null is encoded as length 0. */
  const text = (): string => take(Math.max(0, number() - 1)).toString('utf8');
  const tags = (): void => {
    for (let left = number(); left > 0; left -= 1) {
      number();
      take(number());
    }
  };
  const each = (one: () => void): void => {
    for (let left = number() - 1; left > 0; left -= 1) one();
  };
  return { take, text, tags, each, int16: () => take(2).readInt16BE(), int32: () => take(4).readInt32BE() };
};

/** The ids in a Metadata answer, version 10, by topic. Throws for a topic that the broker does not know. */
export const idsIn = (bytes: Buffer): ReadonlyMap<string, string> => {
  const { take, text, tags, each, int16, int32 } = answerReader(bytes);
  const ids = new Map<string, string>();
  tags();
  int32();
  each(() => [int32(), text(), int32(), text(), tags()]);
  text();
  int32();
  each(() => {
    const error = int16();
    const name = text();
    ids.set(name, take(16).toString('hex'));
    take(1);
    each(() => [int16(), int32(), int32(), int32(), each(int32), each(int32), each(int32), tags()]);
    int32();
    tags();
    if (error !== 0) throw new Error(`Kafka answers ${error} to a question about ${name}`);
  });
  return ids;
};

const askIds = (broker: Broker, topics: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  broker.connectionPool.send({
    request: { ...METADATA, encode: async () => encodeQuestion(topics) },
    response: { decode: async (bytes) => ({ ids: idsIn(bytes) }), parse: async ({ ids }) => ids ?? new Map() },
  });

/** kafkajs makes its clusters with this method of the client; its version is pinned. */
const newCluster = (client: KafkaJs): Cluster => {
  const symbol = Object.getOwnPropertySymbols(client).find(({ description }) => description === 'private:Kafka:createCluster');
  const methods = client as unknown as Record<symbol, (o: { allowAutoTopicCreation: boolean; isolationLevel: number }) => Cluster>;
  const create = symbol && methods[symbol];
  if (!create) throw new Error('this version of kafkajs makes its clusters in another way');
  return create({ allowAutoTopicCreation: false, isolationLevel: READ_UNCOMMITTED });
};

/** The ids are requested after the ends, from all brokers that returned an end: so they are the ids of the topics with these ends. */
const lookAt = async (cluster: Cluster, topics: readonly string[]): Promise<Map<string, TopicNow>> => {
  await cluster.addMultipleTargetTopics(topics);
  await cluster.refreshMetadataIfNecessary();
  const parts = topics.map((topic) => ({ topic, all: cluster.findTopicPartitionMetadata(topic) }));
  const question = (fromBeginning: boolean) =>
    parts.map(({ topic, all }) => ({ topic, fromBeginning, partitions: all.map(({ partitionId }) => ({ partition: partitionId })) }));
  // One after the other: when a topic grows in between, the low end is still not too high.
  const highs = await cluster.fetchTopicsOffset(question(false));
  const lows = await cluster.fetchTopicsOffset(question(true));
  const leaders = new Set(parts.flatMap(({ all }) => all.map(({ leader }) => leader)));
  const answers = await Promise.all([...leaders].map(async (nodeId) => askIds(await cluster.findBroker({ nodeId }), topics)));
  const endsOf = (told: typeof highs, topic: string): Map<number, bigint> =>
    new Map(told.find((one) => one.topic === topic)?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
  return new Map(
    topics.map((topic) => {
      const [id, ...others] = new Set(answers.map((ids) => ids.get(topic)));
      if (id === undefined || others.length > 0) throw new Error(`the brokers do not agree which topic ${topic} is`);
      const low = endsOf(lows, topic);
      const ends = [...endsOf(highs, topic)].map(([partition, high]) => [partition, { low: low.get(partition) ?? 0n, high }] as const);
      return [topic, { id, ends: new Map(ends) }];
    }),
  );
};

/** Connects with the first request, and again with the next one after a failure. */
export const kafkajsTopicWatch = (client: KafkaJs, named: (name: string) => string, unnamed: (name: string) => string): TopicWatch => {
  let cluster: Promise<Cluster> | undefined;
  const connected = async (): Promise<Cluster> => {
    const fresh = newCluster(client);
    await fresh.connect();
    return fresh;
  };
  const close = async (): Promise<void> => {
    const old = cluster;
    cluster = undefined;
    await old?.then((one) => one.disconnect()).catch(() => undefined);
  };
  return {
    look: async (topics) => {
      cluster ??= connected();
      try {
        const found = await lookAt(await cluster, topics.map(named));
        return new Map([...found].map(([name, topic]) => [unnamed(name), topic]));
      } catch (failure) {
        void close();
        throw failure;
      }
    },
    close,
  };
};
