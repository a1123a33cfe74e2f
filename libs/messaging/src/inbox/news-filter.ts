// For readers without a database: lets every event through once, and none of an older state after a newer one, unless
// it was missing until now.
import { followSequence } from './sequence';

/** Numbers that may still come are kept up to this many; further ones are given up. */
const MISSING_KEPT = 10_000;

/** True for an event that is new for its writer and key: the next one, a later one, or one that was missing. */
export const newsFilter = (): ((writerAndKey: string, sequence: bigint) => boolean) => {
  const lasts = new Map<string, bigint>();
  const missing = new Set<string>();
  return (writerAndKey, sequence) => {
    if (sequence === 0n) return true;
    const known = lasts.get(writerAndKey) ?? 0n;
    const { last, gaps, late } = followSequence(known, [sequence]);
    if (late.length > 0) return missing.delete(`${writerAndKey} ${sequence}`);
    lasts.set(writerAndKey, last);
    for (const gap of gaps) {
      for (let number = gap.first; number <= gap.last && missing.size < MISSING_KEPT; number += 1n)
        missing.add(`${writerAndKey} ${number}`);
    }
    return true;
  };
};
