// A key is public before its service signs with it, but files reach the readers one after the other. So a record under an unknown
// key is read again for a while before it is put aside. The wait is limited in all, or forged key ids could hold up a partition.
import type { BatchControl } from '../kafka/kafka';

const LOOK_EVERY_MS = 250;
/** After a wait in vain nobody is waited for again for so long. */
const REST_MS = 300_000;

export interface KeyPatience {
  /** Reads until `lacksKey` is false of what was read, or patience or the reader ends; returns what was read last. */
  readPatiently<T>(read: () => T, lacksKey: (seen: T) => boolean, control: BatchControl): Promise<T>;
}

export const keyPatience = (patienceMs: number, wait: (ms: number, control: BatchControl) => Promise<void>): KeyPatience => {
  let restingUntil = 0;
  return {
    readPatiently: async (read, lacksKey, control) => {
      let seen = read();
      if (!lacksKey(seen) || Date.now() < restingUntil) return seen;
      const limit = Date.now() + patienceMs;
      while (lacksKey(seen) && Date.now() < limit && control.running()) {
        await wait(LOOK_EVERY_MS, control);
        seen = read();
      }
      if (lacksKey(seen)) restingUntil = Date.now() + REST_MS;
      return seen;
    },
  };
};
