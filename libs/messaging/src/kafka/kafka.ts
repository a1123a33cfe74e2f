// Our own narrow interface to Kafka: send a batch, read topics, create topics. Only this folder uses kafkajs, and in it only
// connect-kafka.ts and the files named kafkajs-*: another client would change only these files.

/** One outgoing record. */
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

/** A header as received; one name may occur several times. */
export type RawHeader = readonly [name: string, value: Uint8Array];

/** One incoming record. */
export interface IncomingRecord {
  readonly offset: bigint;
  /** The name from `keyText`: any bytes have a name, and different bytes have different names. */
  readonly key: string;
  /** Null where the record has no key. */
  readonly keyBytes: Uint8Array | null;
  readonly rawHeaders: readonly RawHeader[];
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, set by the producer. */
  readonly writtenAt: bigint;
}

/**
 * Records of one partition, in order. The batch may be empty: an ended transaction leaves markers in the topic, which are not records but
 * take offsets.
 */
export interface IncomingBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly IncomingRecord[];
  /** The offset after everything that was read, markers included. */
  readonly nextOffset: bigint;
}

/** What a handler may do while it works on a batch. */
export interface BatchControl {
  /** Marks everything up to and including this offset as done; committed soon after, never before. */
  done(offset: bigint): void;
  /**
   * Leaves the partition for this time, so that the reader continues with the others; the rest of the batch is delivered again afterwards.
   */
  setAside(forMs: number): void;
  /** Reads the partition from its beginning again; the committed offset is dropped. Leave the rest of the batch. */
  rewind(): void;
  /** Keeps the membership of the group. Throws when the group is rebalancing: do not catch this error. */
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

/** Reads as a member of a group until stopped; reconnects by itself after any failure. */
export interface Reader {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** False when the group has not answered for long: the process should be restarted. */
  alive(): boolean;
  /** The position of the group in each partition of the topics, read from the broker. */
  standings(): Promise<readonly Standing[]>;
}

export interface ReaderOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** False reads without ever committing an offset; a batch counts as done when `onBatch` returns. */
  readonly commit: boolean;
  readonly onBatch: (batch: IncomingBatch, control: BatchControl) => Promise<void>;
  /** Where a reader that commits nothing continues after it has rejoined its group; undefined: at the beginning. */
  readonly goOnAt?: (topic: string, partition: number) => bigint | undefined;
  /** Called when partitions were assigned, with the position of the group. Returns earlier offsets from which reading begins. */
  readonly lookBack?: (standings: readonly Standing[]) => Promise<readonly { topic: string; partition: number; offset: bigint }[]>;
}

/** A topic to be created or corrected. */
export interface TopicShape {
  readonly name: string;
  readonly settings: { readonly partitions: number; readonly configs: Readonly<Record<string, string>> };
}

/** The broker's current settings of a topic; `configs` has Kafka's own names and values. */
export interface KeptTopic {
  readonly partitions: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** A partition's first existing offset, and the offset after its last record. */
export interface Bounds {
  readonly low: bigint;
  readonly high: bigint;
}

/** Asks the broker about topics over one kept connection. Every request throws while the broker is unavailable. */
export interface Inspector {
  bounds(topic: string): Promise<ReadonlyMap<number, Bounds>>;
  /** The offset at which the group continues, per partition; -1 where it has none. */
  committed(group: string, topic: string): Promise<ReadonlyMap<number, bigint>>;
  kept(topics: readonly string[]): Promise<ReadonlyMap<string, KeptTopic>>;
  /** How many consumers are in the group now. */
  members(group: string): Promise<number>;
  close(): Promise<void>;
}

/** The current state of a topic at its brokers. */
export interface TopicNow {
  /** A topic that is created again under the same name has another id. */
  readonly id: string;
  /** The high end includes what open or aborted transactions have written. */
  readonly ends: ReadonlyMap<number, Bounds>;
}

/** Asks the brokers repeatedly for the ids of these topics, over kept connections. Throws while one of the brokers is unavailable. */
export interface TopicWatch {
  look(topics: readonly string[]): Promise<ReadonlyMap<string, TopicNow>>;
  close(): Promise<void>;
}

/** The position of a group in one partition. */
export interface Standing {
  readonly topic: string;
  readonly partition: number;
  /** The next offset to be read, as last committed; where nothing was committed, the first existing offset. */
  readonly committed: bigint;
  /** The offset after the last record. */
  readonly end: bigint;
  /** Whether the partition is assigned to this reader. */
  readonly assigned: boolean;
}

/** A connection to the broker. All topic and group names are without the prefix. */
export interface Kafka {
  sender(): Sender;
  reader(options: ReaderOptions): Reader;
  /** Creates missing topics and corrects differing settings; the number of partitions stays. */
  createTopics(topics: readonly TopicShape[]): Promise<void>;
  inspector(): Inspector;
  topicWatch(): TopicWatch;
  /** Resolves when the topic is removed. Only tests use this. */
  removeTopic(topic: string): Promise<void>;
  /** Sets a group without members to the beginning or the end of the topic, as an operator may. Only tests use this. */
  moveGroup(group: string, topic: string, to: 'beginning' | 'end'): Promise<void>;
  /** Removes all current records of the topic. Only tests use this. */
  removeRecords(topic: string): Promise<void>;
  /** The offset after the last record of each partition. */
  endOffsets(topic: string): Promise<ReadonlyMap<number, bigint>>;
}
