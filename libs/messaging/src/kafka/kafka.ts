// Our own narrow idea of Kafka: send a batch, read topics, create topics. The only folder that knows kafkajs is this
// one, and in it the files that are named after it and connect-kafka.ts: changing the client is changing these.

/** One record on its way out. */
export interface OutgoingRecord {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** Records by topic (names without prefix). */
export interface OutgoingBatch {
  readonly topic: string;
  readonly records: readonly OutgoingRecord[];
}

/** A header as it came; one name may come several times. */
export type RawHeader = readonly [name: string, value: Uint8Array];

/** One record that came in. */
export interface IncomingRecord {
  readonly offset: bigint;
  /** As `keyText` names it: any bytes have a name, and different bytes have different names. */
  readonly key: string;
  /** Null where the record has no key. */
  readonly keyBytes: Uint8Array | null;
  readonly rawHeaders: readonly RawHeader[];
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, as its producer wrote. */
  readonly writtenAt: bigint;
}

/**
 * Records of one partition, in order. There may be none: where a transaction was ended the topic has markers, which are no records and
 * count as offsets.
 */
export interface IncomingBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly IncomingRecord[];
  /** The offset after all that was read, markers included. */
  readonly nextOffset: bigint;
}

/** What a reader may do while it works on a batch. */
export interface BatchControl {
  /** Says that everything up to and including this offset is done; committed soon after, never before. */
  done(offset: bigint): void;
  /** Leaves the partition for so long, so that the reader goes on with the others; its rest comes again afterwards. */
  setAside(forMs: number): void;
  /** Reads the partition from its beginning once more; what is committed is forgotten. Leave the rest of the batch. */
  rewind(): void;
  /** Keeps the membership of the group. Throws when the group is being rebalanced: let it through. */
  heartbeat(): Promise<void>;
  /** False when the reader stops or has lost the partition: leave the rest of the batch. */
  running(): boolean;
}

/** Sends; a send resolves when all in-sync replicas have it. */
export interface Sender {
  connect(): Promise<void>;
  send(batches: readonly OutgoingBatch[]): Promise<void>;
  disconnect(): Promise<void>;
}

/** Reads as member of a group until stopped; comes back by itself after any failure. */
export interface Reader {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** False when nothing has been heard from the group for long: the process should be restarted. */
  alive(): boolean;
  /** Where the group stands in each partition of the topics, asked of the broker. */
  standings(): Promise<readonly Standing[]>;
}

export interface ReaderOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** False reads without ever committing an offset; a batch counts as done when `onBatch` returns. */
  readonly commit: boolean;
  readonly onBatch: (batch: IncomingBatch, control: BatchControl) => Promise<void>;
  /** Where a reader that commits nothing goes on after it has joined its group anew; undefined: at the beginning. */
  readonly goOnAt?: (topic: string, partition: number) => bigint | undefined;
  /** Called when partitions were assigned, with where the group stands: offsets before that, from which reading begins. */
  readonly lookBack?: (standings: readonly Standing[]) => Promise<readonly { topic: string; partition: number; offset: bigint }[]>;
}

/** A topic to be created or mended. */
export interface TopicShape {
  readonly name: string;
  readonly settings: { readonly partitions: number; readonly configs: Readonly<Record<string, string>> };
}

/** How the broker keeps a topic now; `configs` has Kafka's own names and words. */
export interface KeptTopic {
  readonly partitions: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** A partition's first offset that is still there, and the offset after its last record. */
export interface Bounds {
  readonly low: bigint;
  readonly high: bigint;
}

/** Asks the broker about topics over one connection that is kept. Every question throws while the broker is away. */
export interface Inspector {
  bounds(topic: string): Promise<ReadonlyMap<number, Bounds>>;
  /** The offset at which the group goes on, per partition; -1 where it has none. */
  committed(group: string, topic: string): Promise<ReadonlyMap<number, bigint>>;
  kept(topics: readonly string[]): Promise<ReadonlyMap<string, KeptTopic>>;
  /** How many consumers are in the group now. */
  members(group: string): Promise<number>;
  close(): Promise<void>;
}

/** A topic as its brokers have it now. */
export interface TopicNow {
  /** A topic that is made anew under the same name has another one. */
  readonly id: string;
  /** The high end counts what transactions have written that are open or were aborted. */
  readonly ends: ReadonlyMap<number, Bounds>;
}

/** Asks the brokers again and again which topics these are, over connections that are kept. Throws while one of them is away. */
export interface TopicWatch {
  look(topics: readonly string[]): Promise<ReadonlyMap<string, TopicNow>>;
  close(): Promise<void>;
}

/** Where a group stands in one partition. */
export interface Standing {
  readonly topic: string;
  readonly partition: number;
  /** The next offset to be read, as last committed; where nothing was committed, the first there is. */
  readonly committed: bigint;
  /** The offset after the last record. */
  readonly end: bigint;
  /** Whether this reader is the member of the group that has it. */
  readonly assigned: boolean;
}

/** A connection to the broker. All topic and group names are without the prefix. */
export interface Kafka {
  sender(): Sender;
  reader(options: ReaderOptions): Reader;
  /** Creates what is missing and mends what is kept otherwise; the number of partitions stays. */
  createTopics(topics: readonly TopicShape[]): Promise<void>;
  inspector(): Inspector;
  topicWatch(): TopicWatch;
  /** Resolves when the topic is no more. Only tests do that to a topic. */
  removeTopic(topic: string): Promise<void>;
  /** Sets a group without members to the beginning or the end of the topic, as an operator's hand may. Only tests do that. */
  moveGroup(group: string, topic: string, to: 'beginning' | 'end'): Promise<void>;
  /** Removes all records that are in the topic now. Only tests do that. */
  removeRecords(topic: string): Promise<void>;
  /** The offset after the last record of each partition. */
  endOffsets(topic: string): Promise<ReadonlyMap<number, bigint>>;
}
