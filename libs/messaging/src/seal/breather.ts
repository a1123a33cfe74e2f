// Long CPU work yields to the event loop between its pieces: refusing a hundred forged SM2 seals takes a fifth of a second, in which no
// other partition is handled and no request answered.
import { setImmediate } from 'node:timers/promises';

const LONGEST_MS = 20;

/** Call between two pieces of the work. It waits for one turn of the event loop when the last turn was more than 20 ms ago. */
export const breather = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < LONGEST_MS) return;
    await setImmediate();
    since = performance.now();
  };
};
