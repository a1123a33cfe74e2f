// Waiting for a condition without a fixed sleep: reads again until the condition holds; after the limit, the error
// contains the last reading.
import { inspect } from 'node:util';

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;
const DEFAULT_WITHIN_MS = 10_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Patience {
  /** Ten seconds by default. */
  readonly withinMs?: number;
  /**
   * The longest pause between two reads, reached after some time. A longer one helps where many processes wait for the
   * processor that the reads use.
   */
  readonly longestPauseMs?: number;
}

/**
 * Reads until `good` holds and returns the reading. A read that throws counts as not good yet. After `withinMs` throws an
 * error with the last value or the last failure.
 */
export const until = async <T>(
  read: () => Promise<T> | T,
  good: (value: T) => boolean,
  { withinMs = DEFAULT_WITHIN_MS, longestPauseMs = LONGEST_PAUSE_MS }: Patience = {},
): Promise<T> => {
  const end = Date.now() + withinMs;
  let last = 'nothing was read';
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    try {
      const value = await read();
      if (good(value)) return value;
      last = `last value: ${inspect(value, { depth: 6 })}`;
    } catch (failure) {
      last = `last failure: ${inspect(failure)}`;
    }
    if (Date.now() >= end) throw new Error(`not good within ${withinMs} ms; ${last}`);
    await pause(pauseMs);
  }
};
