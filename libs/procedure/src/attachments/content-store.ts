// Bytes stored under their SHA-256, on any object store. Incoming bytes are written to a temporary key, hashed at the same time, and then
// moved to their hash. Outgoing bytes are hashed again. content-sweep.ts removes content that no attachment references.
import { createHash, randomUUID } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import { contentSweep, place, type Sweep } from './content-sweep';
import { storeUnavailable, type ByteRange, type Content, type ObjectStore, type StoreTrouble } from './store/object-store';

export interface StoredContent {
  readonly sha256: Uint8Array;
  readonly bytes: number;
}

export interface ContentStore {
  /**
   * Resolves when all bytes are stored under their hash. An error of `content` is rethrown, and nothing remains stored. Refuses
   * `store.unavailable`.
   */
  put(content: Content): Promise<StoredContent>;
  /**
   * The bytes, in pieces. The last piece is returned only if the hash of all bytes is correct, so no reader gets an altered file complete.
   * Refuses `attachment.lost`, `attachment.altered`, `store.unavailable`.
   */
  read(stored: StoredContent): Content;
  /** A part. Its completeness is checked, but an alteration of it cannot be detected. Refuses as `read` does. */
  readPart(stored: StoredContent, part: ByteRange): Content;
  readonly sweep: Sweep;
}

const hex = (sha256: Uint8Array): string => Buffer.from(sha256).toString('hex');

const lost = (): Refusal =>
  new Refusal('unavailable', 'attachment.lost', '附件的内容在存储中找不到，须从备份恢复', { field: 'attachment_id', rule: 'SHA-256' });
const altered = (): Refusal =>
  new Refusal('unavailable', 'attachment.altered', '附件的内容与登记的SHA-256不符，须从备份恢复', {
    field: 'attachment_id',
    rule: 'SHA-256',
  });

interface Options {
  readonly store: ObjectStore;
  /** Name of the service: several services may share one store. */
  readonly service: string;
  readonly onTrouble: StoreTrouble;
}

export const contentStore = ({ store, service, onTrouble }: Options): ContentStore => {
  const incoming = `${service}/incoming/`;
  const kept = `${service}/sha256/`;
  const aside = `${service}/aside/`;

  const put = async (content: Content): Promise<StoredContent> => {
    const hash = createHash('sha256');
    let bytes = 0;
    const hashed = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of content) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    };
    const arrived = `${incoming}${randomUUID()}`;
    await store.write(arrived, hashed());
    const sha256 = hash.digest();
    // Also if the content exists already: the new copy is as recent as its attachment, so the sweep does not remove it.
    if (!(await store.move(arrived, place(kept, hex(sha256))))) throw storeUnavailable();
    return { sha256, bytes };
  };

  /** Searches all roots; refuses `attachment.lost`. */
  const find = async ({ sha256 }: StoredContent, part?: ByteRange): Promise<Content> => {
    const name = hex(sha256);
    const [own, other] = [place(kept, name), place(aside, name)];
    const content = (await store.read(own, part)) ?? (await store.read(other, part)) ?? (await store.read(own, part));
    if (content) return content;
    onTrouble(new Error(`no object ${name}`), 'content is lost');
    throw lost();
  };

  const otherBytes = ({ sha256 }: StoredContent): Refusal => {
    onTrouble(new Error(`object ${hex(sha256)} has other bytes`), 'content is altered');
    return altered();
  };

  const read = async function* (stored: StoredContent): AsyncGenerator<Uint8Array> {
    const { sha256, bytes } = stored;
    const content = await find(stored);
    const hash = createHash('sha256');
    let last: Uint8Array | undefined;
    let length = 0;
    for await (const chunk of content) {
      hash.update(chunk);
      length += chunk.length;
      if (last) yield last;
      last = chunk;
    }
    if (length !== bytes || !hash.digest().equals(sha256)) throw otherBytes(stored);
    if (last) yield last;
  };

  const readPart = async function* (stored: StoredContent, part: ByteRange): AsyncGenerator<Uint8Array> {
    let length = 0;
    for await (const chunk of await find(stored, part)) {
      length += chunk.length;
      if (length > part.until - part.from) throw otherBytes(stored);
      yield chunk;
    }
    if (length !== part.until - part.from) throw otherBytes(stored);
  };

  return { put, read, readPart, sweep: contentSweep({ store, incoming, kept, aside }) };
};
