// A test's own client of the broker. It sends raw bytes (also invalid ones) and reads what was published, independently of
// the code under test and through the same narrow port.
import { EVERY_TOPIC, type Envelope, type Topic } from '@hengji/contracts';
import { createLog } from '@hengji/host';
import { connectKafka, eventHeaders, sealRecords, sourceOf, type IncomingRecord } from '@hengji/messaging';
import { closeAfterSuite } from './cleanup';
import { testBrokers, unique } from './environment';
import { testSealer } from './keys';
import { until } from './until';

export interface ProbeMessage {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Deviations that a test requests. */
export interface Otherwise {
  /** The service that sends the events; the topic's owner by default. */
  readonly writer?: string;
  /** The service that seals the events; the writer by default. */
  readonly sealer?: string;
}

const writerOf = ({ owner }: { readonly owner: string }, body: Envelope['body']): string => {
  if (owner !== 'many') return owner;
  const value = body?.value;
  if (typeof value !== 'object' || value === null || !('service' in value)) throw new Error(`who says ${body?.$case}? name its writer`);
  return String(value.service);
};

interface Encoded<E extends Envelope> {
  readonly event: E;
  readonly value: Uint8Array;
}

/** The same for events whose bytes already exist. */
export const sealedBytes = <E extends Envelope>(
  topic: Topic<E>,
  events: readonly Encoded<E>[],
  otherwise: Otherwise = {},
): ProbeMessage[] =>
  events.flatMap(({ event: { meta, body }, value }) => {
    const writer = otherwise.writer ?? writerOf(topic, body);
    const service = otherwise.sealer ?? writer;
    const key = meta?.institution ?? '';
    const headers = eventHeaders({
      eventId: meta?.eventId ?? '',
      source: sourceOf(writer),
      topic: topic.name,
      key,
      sequence: String(meta?.sequence ?? 0n),
      type: body?.$case ?? '',
      occurredAt: meta?.occurredAt ?? new Date(),
    });
    const batches = [{ topic: topic.name, records: [{ key, value, headers }] }];
    return sealRecords(batches, { service, signer: testSealer(service), at: new Date() })[0]?.records ?? [];
  });

/**
 * The events as sealed records. Records for the reply box are sealed by the service that each report names, unless a test
 * sets another.
 */
export const sealedMessages = <E extends Envelope>(topic: Topic<E>, events: readonly E[], otherwise: Otherwise = {}): ProbeMessage[] =>
  sealedBytes(
    topic,
    events.map((event) => ({ event, value: topic.codec.encode(event).finish() })),
    otherwise,
  );

export interface KafkaProbe {
  /** Creates the topics of the contracts (or those named) under the prefix. */
  createTopics(names?: readonly string[]): Promise<void>;
  produce(topic: string, ...messages: readonly ProbeMessage[]): Promise<void>;
  /**
   * Encodes, seals and sends events as their owner would (into the reply box: as the service that the report names),
   * without an outbox.
   */
  publish<E extends Envelope>(topic: Topic<E>, ...events: readonly E[]): Promise<void>;
  /** Every record that the topic held at the time of the call, in order within each partition. */
  records(topic: string): Promise<IncomingRecord[]>;
  /** The same, decoded. */
  events<E extends Envelope>(topic: Topic<E>): Promise<E[]>;
  /** Removes the topic and its records. */
  removeTopic(topic: string): Promise<void>;
  /** Keeps the topic and removes its current records; the topic then begins after them. */
  removeRecords(topic: string): Promise<void>;
  stop(): Promise<void>;
}

type Reading = { records: IncomingRecord[]; reached: Map<number, bigint>; stop(): Promise<void> };

/** Opens a probe on the topics under `topicPrefix`; it is closed with the suite. */
export const kafkaProbe = (topicPrefix: string): KafkaProbe => {
  const kafka = connectKafka({ brokers: testBrokers(), clientId: 'probe', topicPrefix, log: createLog('probe', 'fatal') });
  const sender = kafka.sender();
  let connected: Promise<void> | undefined;
  const readings = new Map<string, Promise<Reading>>();

  const produce: KafkaProbe['produce'] = async (topic, ...messages) => {
    connected ??= sender.connect();
    await connected;
    await sender.send([{ topic, records: messages.map((message) => ({ headers: {}, ...message })) }]);
  };

  const read = async (topic: string): Promise<Reading> => {
    const reading: Omit<Reading, 'stop'> = { records: [], reached: new Map() };
    const reader = kafka.reader({
      group: `probe-${unique()}`,
      topics: [topic],
      commit: false,
      onBatch: async (batch) => {
        reading.records.push(...batch.records);
        reading.reached.set(batch.partition, batch.nextOffset);
      },
    });
    await reader.start();
    return { ...reading, stop: () => reader.stop() };
  };

  const records: KafkaProbe['records'] = async (topic) => {
    if (!readings.has(topic)) readings.set(topic, read(topic));
    const reading = await (readings.get(topic) ?? read(topic));
    const ends = [...(await kafka.endOffsets(topic))];
    await until(
      () => reading.reached,
      (reached) => ends.every(([partition, end]) => (reached.get(partition) ?? 0n) >= end),
      { withinMs: 20_000 },
    );
    return [...reading.records];
  };

  const stop = async (): Promise<void> => {
    const open = await Promise.all(readings.values());
    readings.clear();
    await Promise.all(open.map((reading) => reading.stop()));
    if (connected) await sender.disconnect();
    connected = undefined;
  };

  return {
    createTopics: (names) => kafka.createTopics(EVERY_TOPIC.filter(({ name }) => names?.includes(name) ?? true)),
    produce,
    publish: (topic, ...events) => produce(topic.name, ...sealedMessages(topic, events)),
    records,
    events: async (topic) => (await records(topic.name)).map(({ value }) => topic.codec.decode(value)),
    removeTopic: (topic) => kafka.removeTopic(topic),
    removeRecords: (topic) => kafka.removeRecords(topic),
    stop: closeAfterSuite(stop),
  };
};
