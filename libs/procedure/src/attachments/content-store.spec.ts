// Bytes stored under their hash, in a folder and in an S3 API alike. They are stored completely or not at all, hashed again on every read,
// and removed in two steps.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { contentStore, type ContentStore } from './content-store';
import { folderStore } from './store/folder-store';
import type { Content, ObjectStore } from './store/object-store';
import { openStore } from './store/open-store';

const folder = mkdtempSync(join(tmpdir(), 'hengji-objects-'));
const BUCKET = 'hengji-attachments';
const keyFile = join(folder, 'key.json');
writeFileSync(keyFile, JSON.stringify({ accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }));

const troubles: string[] = [];
const onTrouble = (failure: unknown, what: string): void => void troubles.push(`${what}: ${String(failure)}`);

const s3 = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: BUCKET, configs: [] }],
});
let endpoint: string;
beforeAll(async () => {
  const { port } = await s3.run();
  endpoint = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true });
});

const s3Config = (address = endpoint) => ({
  ATTACHMENTS_S3_ENDPOINT: address,
  ATTACHMENTS_S3_BUCKET: BUCKET,
  ATTACHMENTS_S3_REGION: 'us-east-1',
  ATTACHMENTS_S3_KEY_FILE: keyFile,
});
const STORES: readonly (readonly [string, () => ObjectStore])[] = [
  ['folder', () => folderStore(join(folder, 'plain'), onTrouble)],
  ['S3', () => openStore(s3Config(), onTrouble)],
];

async function* piecesOf(content: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
const all = async (content: Content): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const keysOf = async (store: ObjectStore, service: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of store.list(`${service}/`)) keys.push(key.slice(service.length + 1));
  return keys.sort();
};
const later = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);
const NOBODY = async (): Promise<ReadonlySet<string>> => new Set<string>();
const hexOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

describe.each(STORES)('content in a %s store', (_, open) => {
  let store: ObjectStore;
  let service: string;
  let content: ContentStore;
  beforeEach(() => {
    store = open();
    service = `s${randomBytes(4).toString('hex')}`;
    content = contentStore({ store, service, onTrouble });
    troubles.length = 0;
  });

  it.each([1, 65_536, 5 * 1024 * 1024, 12_000_001])('returns what was stored: %s bytes', async (size) => {
    const bytes = randomBytes(size);
    const stored = await content.put(piecesOf(bytes));
    expect(stored).toEqual({ sha256: createHash('sha256').update(bytes).digest(), bytes: size });
    expect((await all(content.read(stored))).equals(bytes)).toBe(true);
    const hash = hexOf(bytes);
    expect(await keysOf(store, service)).toEqual([`sha256/${hash.slice(0, 2)}/${hash}`]);
    await content.put(piecesOf(bytes));
    expect(await keysOf(store, service)).toHaveLength(1);
  });

  // Not only the first byte: s3rver answers `bytes=0-0` with the whole object.
  it.each([
    [0, 2],
    [0, 200_000],
    [65_535, 65_537],
    [199_999, 200_000],
  ])('returns the part from %s until %s', async (from, until) => {
    const bytes = randomBytes(200_000);
    const stored = await content.put(piecesOf(bytes));
    expect((await all(content.readPart(stored, { from, until }))).equals(bytes.subarray(from, until))).toBe(true);
  });

  it('reports a part that is incomplete or missing', async () => {
    const stored = await content.put(piecesOf(randomBytes(1_000)));
    const [key] = await keysOf(store, service);
    await store.write(`${service}/${key}`, piecesOf(randomBytes(900)));
    await expect(all(content.readPart(stored, { from: 800, until: 1_000 }))).rejects.toMatchObject({ reason: 'attachment.altered' });
    await store.remove(`${service}/${key}`);
    await expect(all(content.readPart(stored, { from: 0, until: 1 }))).rejects.toMatchObject({ reason: 'attachment.lost' });
  });

  it.each([10, 7_000_000])('stores nothing when the sender stops after %s bytes', async (size) => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield* piecesOf(randomBytes(size));
      throw new Error('the sender has gone');
    };
    await expect(content.put(broken())).rejects.toThrow('the sender has gone');
    expect(await keysOf(store, service)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it('never returns altered or shortened bytes as complete', async () => {
    const bytes = randomBytes(200_000);
    const stored = await content.put(piecesOf(bytes));
    const [key] = await keysOf(store, service);
    const other = Buffer.from(bytes);
    other[199_999] = (other[199_999] ?? 0) ^ 1;
    for (const changed of [other, bytes.subarray(0, 199_999), Buffer.concat([bytes, Buffer.alloc(1)])]) {
      await store.write(`${service}/${key}`, piecesOf(changed));
      let read = 0;
      const reading = async (): Promise<void> => {
        for await (const chunk of content.read(stored)) read += chunk.length;
      };
      await expect(reading()).rejects.toMatchObject({ kind: 'unavailable', reason: 'attachment.altered' });
      expect(read).toBeLessThan(bytes.length);
    }
    await store.remove(`${service}/${key}`);
    await expect(all(content.read(stored))).rejects.toMatchObject({ reason: 'attachment.lost' });
    expect(troubles).toHaveLength(4);
  });

  it('removes interrupted uploads, and moves unreferenced content aside before it removes it', async () => {
    const bytes = randomBytes(100);
    const named = randomBytes(100);
    const stored = await content.put(piecesOf(bytes));
    await content.put(piecesOf(named));
    await store.write(`${service}/incoming/left`, piecesOf(bytes));
    const asNamed = async (): Promise<ReadonlySet<string>> => new Set([hexOf(named)]);

    expect(await content.sweep(later(-1), asNamed)).toEqual({ broken: 0, removed: 0, putBack: 0, setAside: 0 });
    expect(await content.sweep(later(1), asNamed)).toEqual({ broken: 1, removed: 0, putBack: 0, setAside: 1 });
    expect(await content.sweep(later(-1), asNamed)).toEqual({ broken: 0, removed: 0, putBack: 0, setAside: 0 });
    // A new attachment with this content can still read it, and the next sweep moves it back.
    expect((await all(content.read(stored))).equals(bytes)).toBe(true);
    const both = async (): Promise<ReadonlySet<string>> => new Set([hexOf(named), hexOf(bytes)]);
    expect(await content.sweep(later(1), both)).toEqual({ broken: 0, removed: 0, putBack: 1, setAside: 0 });
    await content.sweep(later(1), asNamed);
    expect(await content.sweep(later(1), asNamed)).toEqual({ broken: 0, removed: 1, putBack: 0, setAside: 0 });
    const hash = hexOf(named);
    expect(await keysOf(store, service)).toEqual([`sha256/${hash.slice(0, 2)}/${hash}`]);
  });

  it('removes nothing of another service', async () => {
    const bytes = randomBytes(100);
    const stored = await content.put(piecesOf(bytes));
    await contentStore({ store, service: `${service}-other`, onTrouble }).sweep(later(1), NOBODY);
    expect((await all(content.read(stored))).equals(bytes)).toBe(true);
  });

  it('refuses reads of missing content', async () => {
    expect(await store.read(`${service}/none`)).toBeUndefined();
    expect(await store.move(`${service}/none`, `${service}/other`)).toBe(false);
    await store.remove(`${service}/none`);
    expect(await keysOf(store, service)).toEqual([]);
  });
});

describe('a store that cannot store', () => {
  const refused = { kind: 'unavailable', reason: 'store.unavailable' };

  it('is unavailable: its folder cannot be created', async () => {
    const content = contentStore({ store: folderStore(join(keyFile, 'below-a-file'), onTrouble), service: 'x', onTrouble });
    await expect(content.put(piecesOf(Buffer.from('a')))).rejects.toMatchObject(refused);
    await expect(content.sweep(later(0), NOBODY)).rejects.toMatchObject(refused);
    expect(troubles.at(-1)).toContain('ENOTDIR');
  });

  it('is unavailable: the disk is full', async () => {
    const path = join(folder, 'full');
    const store = folderStore(path, onTrouble);
    await store.write('x/first', piecesOf(Buffer.from('a')));
    symlinkSync('/dev/full', join(path, 'x', 'second'));
    await expect(store.write('x/second', piecesOf(Buffer.from('a')))).rejects.toMatchObject(refused);
    expect(troubles.at(-1)).toContain('ENOSPC');
    expect(readFileSync(join(path, 'x', 'first'), 'utf8')).toBe('a');
  });

  it('is unavailable: S3 is down, or has no such bucket', async () => {
    const away = openStore(s3Config('http://127.0.0.1:9'), onTrouble);
    const wrong = openStore({ ...s3Config(), ATTACHMENTS_S3_BUCKET: 'another' }, onTrouble);
    for (const store of [away, wrong]) {
      await expect(store.write('x/a', piecesOf(Buffer.from('a')))).rejects.toMatchObject(refused);
      await expect(store.read('x/a')).rejects.toMatchObject(refused);
    }
  });

  it('is unavailable: none is configured', async () => {
    const { ATTACHMENTS_S3_BUCKET, ATTACHMENTS_S3_REGION } = s3Config();
    const content = contentStore({
      store: openStore({ ATTACHMENTS_S3_BUCKET, ATTACHMENTS_S3_REGION }, onTrouble),
      service: 'x',
      onTrouble,
    });
    await expect(content.put(piecesOf(Buffer.from('a')))).rejects.toMatchObject(refused);
    expect(await content.sweep(later(0), NOBODY)).toMatchObject({ broken: 0 });
  });

  it('names the invalid setting, and never prints its content', () => {
    writeFileSync(join(folder, 'bad.json'), '{"accessKeyId":"secret-of-mine"}');
    expect(() => openStore({ ...s3Config(), ATTACHMENTS_S3_KEY_FILE: join(folder, 'bad.json') }, onTrouble)).toThrow(
      /ATTACHMENTS_S3_KEY_FILE/,
    );
  });
});
