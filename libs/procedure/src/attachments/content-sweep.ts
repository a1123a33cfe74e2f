// Removes unreferenced objects from an object store: rests of interrupted uploads, and stored content that no attachment references. Such
// content is first moved aside and removed only after a grace time, so that an attachment added in between still finds it.
import type { ObjectStore } from './store/object-store';

export interface Swept {
  readonly broken: number;
  readonly setAside: number;
  readonly removed: number;
  readonly putBack: number;
}

/** The hashes (hex) among these that an attachment has. */
type Named = (hashes: readonly string[]) => Promise<ReadonlySet<string>>;

/** Removes objects that are older than `before`. Two concurrent sweeps, or a killed sweep, do no harm. */
export type Sweep = (before: Date, named: Named) => Promise<Swept>;

const BATCH = 500;

/** The key of the content with this hash (hex), below one of the roots. */
export const place = (root: string, hash: string): string => `${root}${hash.slice(0, 2)}/${hash}`;
const hashOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** Lists with at most this many entries, in input order. */
async function* batches<T>(all: AsyncIterable<T>, most: number): AsyncGenerator<T[]> {
  const batch: T[] = [];
  for await (const one of all) if (batch.push(one) === most) yield batch.splice(0);
  if (batch.length > 0) yield batch;
}

interface Roots {
  readonly store: ObjectStore;
  readonly incoming: string;
  readonly kept: string;
  readonly aside: string;
}

const sweepBroken = async ({ store, incoming }: Roots, before: Date): Promise<number> => {
  await store.endBrokenUploads(incoming, before);
  let broken = 0;
  for await (const { key, at } of store.list(incoming)) {
    if (at >= before) continue;
    await store.remove(key);
    broken += 1;
  }
  return broken;
};

const sweepAside = async ({ store, kept, aside }: Roots, before: Date, named: Named): Promise<Pick<Swept, 'removed' | 'putBack'>> => {
  let [removed, putBack] = [0, 0];
  for await (const batch of batches(store.list(aside), BATCH)) {
    const stillNamed = await named(batch.map(({ key }) => hashOf(key)));
    for (const { key, at } of batch) {
      if (stillNamed.has(hashOf(key))) putBack += Number(await store.move(key, place(kept, hashOf(key))));
      else if (at < before) {
        await store.remove(key);
        removed += 1;
      }
    }
  }
  return { removed, putBack };
};

const sweepKept = async ({ store, kept, aside }: Roots, before: Date, named: Named): Promise<number> => {
  let setAside = 0;
  for await (const batch of batches(store.list(kept), BATCH)) {
    const old = batch.filter(({ at }) => at < before);
    const stillNamed = old.length === 0 ? new Set<string>() : await named(old.map(({ key }) => hashOf(key)));
    for (const { key } of old) if (!stillNamed.has(hashOf(key))) setAside += Number(await store.move(key, place(aside, hashOf(key))));
  }
  return setAside;
};

export const contentSweep =
  (roots: Roots): Sweep =>
  async (before, named) => ({
    broken: await sweepBroken(roots, before),
    // Runs before anything new is moved aside: that content stays until the next sweep.
    ...(await sweepAside(roots, before, named)),
    setAside: await sweepKept(roots, before, named),
  });
