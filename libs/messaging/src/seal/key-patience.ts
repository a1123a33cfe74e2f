// A key is public before its service signs with it, but files reach the readers one after the other. So a record under an unknown
// key is read again for a while before it is put aside. Each key id is waited for once; a made-up one uses up no other's patience. The
// waits in vain are limited in all, or made-up key ids could hold up a partition.
import type { BatchControl } from '../kafka/kafka';

const LOOK_EVERY_MS = 250;
/** A key id that was waited for in vain is not waited for again for so long. */
const REST_MS = 300_000;
/** Waits in vain within that time; so a partition is held up for a fifth of it at the most. Services rotate their keys one by one. */
export const MOST_WAITS = 4;
/** Key ids that are remembered. A batch that brings more uses up one wait like any other. */
const MOST_IDS = 10_000;

export interface KeyPatience {
  /** Reads until no key that may be waited for is lacking, or patience or the reader ends; returns what was read last. */
  readPatiently<T>(read: () => Promise<T>, lacking: (seen: T) => readonly string[], control: BatchControl): Promise<T>;
}

export const keyPatience = (patienceMs: number, wait: (ms: number, control: BatchControl) => Promise<void>): KeyPatience => {
  /** When each id was waited for in vain, oldest first. */
  const inVain = new Map<string, number>();
  let waits: number[] = [];

  const forgetOld = (): void => {
    const since = performance.now() - REST_MS;
    waits = waits.filter((at) => at > since);
    for (const [id, at] of inVain) {
      if (at > since && inVain.size <= MOST_IDS) return;
      inVain.delete(id);
    }
  };

  return {
    readPatiently: async (read, lacking, control) => {
      let seen = await read();
      if (lacking(seen).length === 0) return seen;
      forgetOld();
      const isHoped = (id: string): boolean => !inVain.has(id);
      if (waits.length >= MOST_WAITS) return seen;
      const limit = performance.now() + patienceMs;
      while (lacking(seen).some(isHoped) && performance.now() < limit && control.running()) {
        await wait(LOOK_EVERY_MS, control);
        seen = await read();
      }
      // A reader that ends has waited for nothing.
      const missed = control.running() ? lacking(seen).filter(isHoped) : [];
      if (missed.length > 0) waits.push(performance.now());
      for (const id of missed) inVain.set(id, performance.now());
      return seen;
    },
  };
};
