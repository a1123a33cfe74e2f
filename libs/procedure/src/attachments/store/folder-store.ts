// The object store as a folder: on one machine, or on a file system that all processes of the service share. A key is a path below the
// folder.
import { mkdir, open, opendir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  reading,
  storeUnavailable,
  watched,
  type ByteRange,
  type Content,
  type ObjectInList,
  type ObjectStore,
  type StoreTrouble,
} from './object-store';

const READ_BYTES = 64 * 1024;
const KEY = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;

const isMissing = (failure: unknown): boolean =>
  typeof failure === 'object' && failure !== null && 'code' in failure && failure.code === 'ENOENT';

/** A file name is durable only after its folder is synced. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const writeFile = async (path: string, content: Content): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w', 0o600);
  try {
    for await (const chunk of content) for (let at = 0; at < chunk.length; at += (await file.write(chunk, at)).bytesWritten) continue;
    await file.sync();
  } finally {
    await file.close();
  }
};

const readFile = async (path: string, part?: ByteRange): Promise<Content | undefined> => {
  const file = await open(path, 'r').catch((failure: unknown) => {
    if (isMissing(failure)) return undefined;
    throw failure;
  });
  // The file is closed when the reading ends, also after an error.
  return file?.createReadStream({ highWaterMark: READ_BYTES, ...(part && { start: part.from, end: part.until - 1 }) });
};

const moveFile = async (from: string, to: string): Promise<boolean> => {
  await mkdir(dirname(to), { recursive: true });
  const now = new Date();
  try {
    await utimes(from, now, now);
    await rename(from, to);
  } catch (failure) {
    if (isMissing(failure)) return false;
    throw failure;
  }
  await syncFolder(dirname(to));
  return true;
};

/** Files below the path, by their keys. A file that is removed during the listing is left out. */
async function* filesBelow(path: string, key: string): AsyncGenerator<ObjectInList> {
  const folder = await opendir(path).catch((failure: unknown) => {
    if (isMissing(failure)) return undefined;
    throw failure;
  });
  if (!folder) return;
  for await (const entry of folder) {
    const below = `${key}${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(join(path, entry.name), `${below}/`);
    else {
      const found = await stat(join(path, entry.name)).catch(() => undefined);
      if (found) yield { key: below, at: found.mtime };
    }
  }
}

/** The store below `folder`, which is created when needed. */
export const folderStore = (folder: string, onTrouble: StoreTrouble): ObjectStore => {
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error(`not a key of an object store: ${key}`);
    return join(folder, key);
  };
  const trouble = (failure: unknown, what: string): Error => {
    onTrouble(failure, what);
    return storeUnavailable();
  };
  const tried = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (failure) {
      throw trouble(failure, what);
    }
  };
  return {
    write: async (key, content) => {
      const path = pathOf(key);
      const source = watched(content);
      try {
        await writeFile(path, source.content);
      } catch (failure) {
        await rm(path, { force: true }).catch((left: unknown) => onTrouble(left, `remove ${key}`));
        throw source.failure() ?? trouble(failure, `write ${key}`);
      }
    },
    read: async (key, part) => {
      const content = await tried(`read ${key}`, () => readFile(pathOf(key), part));
      return content && reading(content, (failure) => trouble(failure, `read ${key}`));
    },
    move: (from, to) => tried(`move ${from}`, () => moveFile(pathOf(from), pathOf(to))),
    list: async function* (prefix) {
      try {
        yield* filesBelow(join(folder, prefix), prefix);
      } catch (failure) {
        throw trouble(failure, `list ${prefix}`);
      }
    },
    remove: (key) => tried(`remove ${key}`, () => rm(pathOf(key), { force: true })),
    // An interrupted write is a file like any other, and is listed.
    endBrokenUploads: async () => undefined,
  };
};
