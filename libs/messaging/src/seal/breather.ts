// Work that takes long without waiting for anything lets the rest of the process go on in between: refusing a hundred forged SM2 seals
// takes a fifth of a second, in which no other partition is handled and no request answered.
import { setImmediate } from 'node:timers/promises';

const LONGEST_MS = 20;

/** Call between two pieces of the work. It waits for a turn of the event loop when the last turn was more than 20 ms ago. */
export const breather = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < LONGEST_MS) return;
    await setImmediate();
    since = performance.now();
  };
};
