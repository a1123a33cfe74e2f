// A key is published before its service signs with it, but the trust list files reach the consumers one after the other. So a record under
// an unknown key is read again for a while before it is quarantined. The consumer waits once for each key id, so a made-up id does not use
// another key's time. The total number of vain waits is limited, because made-up key ids could otherwise stop a partition.
import type { BatchControl } from '../kafka/kafka';

const LOOK_EVERY_MS = 250;
/** After a vain wait for a key id, the consumer does not wait for it again for this time. */
const REST_MS = 300_000;
/** Vain waits within that time; so a partition is stopped for at most a fifth of the time. Services rotate their keys one by one. */
export const MOST_WAITS = 4;
/** Key ids that are stored. A batch with more ids uses one wait like any other. */
const MOST_IDS = 10_000;

export interface KeyPatience {
  /** Reads until no awaited key is missing, or the time is over or the reader stops; returns the last read. */
  readPatiently<T>(read: () => Promise<T>, lacking: (seen: T) => readonly string[], control: BatchControl): Promise<T>;
}

export const keyPatience = (patienceMs: number, wait: (ms: number, control: BatchControl) => Promise<void>): KeyPatience => {
  /** When the vain wait for each id was, oldest first. */
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
      // A reader that stops has not finished its wait.
      const missed = control.running() ? lacking(seen).filter(isHoped) : [];
      if (missed.length > 0) waits.push(performance.now());
      for (const id of missed) inVain.set(id, performance.now());
      return seen;
    },
  };
};
