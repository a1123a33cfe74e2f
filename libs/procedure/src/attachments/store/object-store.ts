// Storage for bytes that are too large for a table: an object store with keys. Two adapters, a folder and any S3 API. content-store.ts
// defines the meaning of the keys.
import { Refusal } from '@hengji/domain-kit';

/** The bytes of one object, in order. */
export type Content = AsyncIterable<Uint8Array>;

/** Bytes of an object, from 0; `until` is excluded. */
export interface ByteRange {
  readonly from: number;
  readonly until: number;
}

export interface ObjectInList {
  readonly key: string;
  /** When the object was written or moved to its key; by the clock of the store. */
  readonly at: Date;
}

/**
 * Keys are lower-case letters, digits, `-` and `/`. Each call refuses `store.unavailable` (503) when the store is unavailable, full or
 * wrongly configured; nothing is retried here.
 */
export interface ObjectStore {
  /**
   * Resolves when every byte is durable. An error of `content` is rethrown, and nothing remains. A process that stops may leave a part
   * under the key: write to a key that nobody reads, then `move`.
   */
  write(key: string, content: Content): Promise<void>;
  /** All bytes of the object, or the part. Undefined when there is no such object. */
  read(key: string, part?: ByteRange): Promise<Content | undefined>;
  /** Moves the object to the other key, atomically and with the current time. False when there is no such object. */
  move(from: string, to: string): Promise<boolean>;
  /** Every object whose key begins with the prefix, which ends in `/`. */
  list(prefix: string): AsyncIterable<ObjectInList>;
  /** Does nothing when there is no such object. */
  remove(key: string): Promise<void>;
  /** Ends interrupted uploads that began before this time and that the store itself keeps. */
  endBrokenUploads(prefix: string, before: Date): Promise<void>;
}

/** Called for each failure of the store itself, with the adapter's own error. */
export type StoreTrouble = (failure: unknown, what: string) => void;

export const storeUnavailable = (): Refusal =>
  new Refusal('unavailable', 'store.unavailable', '附件存储暂不可用，请稍后重试', { field: 'content', rule: 'ObjectStore' });

/** The content; its own failure can be distinguished from a failure of the store that reads it. */
export const watched = (content: Content): { readonly content: Content; failure(): unknown } => {
  let failure: unknown;
  const passing = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* content;
    } catch (thrown) {
      failure = thrown;
      throw thrown;
    }
  };
  return { content: passing(), failure: () => failure };
};

/** The content; its failures count as failures of the store. */
export async function* reading(content: Content, onFailure: (failure: unknown) => Error): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (failure) {
    throw onFailure(failure);
  }
}

/** A store that is not configured: it holds nothing and accepts nothing. */
export const noStore = (onTrouble: StoreTrouble): ObjectStore => ({
  write: async () => {
    onTrouble(new Error('neither ATTACHMENTS_FOLDER nor ATTACHMENTS_S3_ENDPOINT is set'), 'no object store');
    throw storeUnavailable();
  },
  read: async () => undefined,
  move: async () => false,
  // eslint-disable-next-line require-yield -- an empty list.
  list: async function* () {
    return;
  },
  remove: async () => undefined,
  endBrokenUploads: async () => undefined,
});

/** A store that is opened at its first use. */
export const deferred = (open: () => Promise<ObjectStore>): ObjectStore => {
  let opened: Promise<ObjectStore> | undefined;
  const store = (): Promise<ObjectStore> => (opened ??= open());
  return {
    write: async (key, content) => (await store()).write(key, content),
    read: async (key, part) => (await store()).read(key, part),
    move: async (from, to) => (await store()).move(from, to),
    list: async function* (prefix) {
      yield* (await store()).list(prefix);
    },
    remove: async (key) => (await store()).remove(key),
    endBrokenUploads: async (prefix, before) => (await store()).endBrokenUploads(prefix, before),
  };
};
