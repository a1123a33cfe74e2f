// Our own narrow idea of Kafka: send a batch, read topics, create topics. The only folder that knows kafkajs is this
// one, and only connect-kafka.ts and kafkajs-reader.ts in it import it: changing the client is changing these two.

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

/** One record that came in. */
export interface IncomingRecord {
  readonly offset: bigint;
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Records of one partition, in order. `endOffset` is the partition's end when they were fetched. */
export interface IncomingBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly IncomingRecord[];
  readonly endOffset: bigint;
}

/** What a reader may do while it works on a batch. */
export interface BatchControl {
  /** Says that everything up to and including this offset is done; committed soon after, never before. */
  done(offset: bigint): void;
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
}

export interface ReaderOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** False reads without ever committing an offset; a batch counts as done when `onBatch` returns. */
  readonly commit: boolean;
  readonly onBatch: (batch: IncomingBatch, control: BatchControl) => Promise<void>;
}

/** A connection to the broker. All topic and group names are without the prefix. */
export interface Kafka {
  sender(): Sender;
  reader(options: ReaderOptions): Reader;
  /** Creates what is missing; for development and tests, elsewhere topics are part of the infrastructure. */
  createTopics(topics: readonly string[], partitions?: number): Promise<void>;
  /** The offset after the last record of each partition. */
  endOffsets(topic: string): Promise<ReadonlyMap<number, bigint>>;
}
