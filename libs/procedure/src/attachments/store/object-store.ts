// Where bytes lie that are too large for a table: an object store by keys. Two adapters, a folder and any S3 API; what the keys mean
// is said once, in content-store.ts.
import { Refusal } from '@hengji/domain-kit';

/** The bytes of one object, in order, as they are read. */
export type Content = AsyncIterable<Uint8Array>;

/** Bytes of an object, from 0; `until` is excluded. */
export interface ByteRange {
  readonly from: number;
  readonly until: number;
}

export interface ObjectInList {
  readonly key: string;
  /** When it was written, or moved to where it is; by the clock of the store. */
  readonly at: Date;
}

/**
 * Keys are lower-case letters, digits, `-` and `/`. Each call refuses `store.unavailable` (503) when the store is away, full or wrongly
 * set up; nothing is tried again here.
 */
export interface ObjectStore {
  /**
   * Resolves when every byte is stored for good. What `content` throws is thrown on, and nothing is left; a process that dies may leave
   * a part under the key: write where nobody reads, then `move`.
   */
  write(key: string, content: Content): Promise<void>;
  /** All of it, or the part. Undefined when there is no such object. */
  read(key: string, part?: ByteRange): Promise<Content | undefined>;
  /** Puts the object in the other's place, at once and with the time of now. False when there is no such object. */
  move(from: string, to: string): Promise<boolean>;
  /** Every object whose key begins with the prefix, which ends in `/`. */
  list(prefix: string): AsyncIterable<ObjectInList>;
  /** Nothing happens when there is no such object. */
  remove(key: string): Promise<void>;
  /** Ends uploads that began before then, were broken off and are kept by the store itself. */
  endBrokenUploads(prefix: string, before: Date): Promise<void>;
}

/** Told of each failure of the store itself, with the adapter's own words. */
export type StoreTrouble = (failure: unknown, what: string) => void;

export const storeUnavailable = (): Refusal =>
  new Refusal('unavailable', 'store.unavailable', '附件存储暂不可用，请稍后重试', { field: 'content', rule: 'ObjectStore' });

/** The content, with its own failure told apart from one of the store that reads it. */
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

/** The content, whose failures are those of the store. */
export async function* reading(content: Content, onFailure: (failure: unknown) => Error): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (failure) {
    throw onFailure(failure);
  }
}

/** A store that was not set up: it holds nothing, and takes nothing. */
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

/** A store that is opened when it is first used. */
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
