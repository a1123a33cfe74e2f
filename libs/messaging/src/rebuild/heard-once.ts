// Which numbers of each writer and key were handled. An event that its owner has published again is in the topic twice, and its second
// record comes after newer events.

interface Heard {
  last: bigint;
  readonly missing: Set<bigint>;
}

export interface HeardOnce {
  /** True the first time for a number; the call records the number. Events without a number are always new. */
  isNew(source: string, key: string, sequence: bigint): boolean;
  /** Highest handled number of a key, 0 before the first. */
  last(source: string, key: string): bigint;
  /** Keys of the writer with a missing number below the last. */
  withGaps(source: string): string[];
}

export const heardOnce = (): HeardOnce => {
  const bySource = new Map<string, Map<string, Heard>>();
  const heardOf = (source: string, key: string): Heard => {
    const keys = bySource.get(source) ?? new Map<string, Heard>();
    bySource.set(source, keys);
    const heard = keys.get(key) ?? { last: 0n, missing: new Set<bigint>() };
    keys.set(key, heard);
    return heard;
  };
  return {
    isNew: (source, key, sequence) => {
      if (sequence === 0n) return true;
      const heard = heardOf(source, key);
      if (sequence <= heard.last) return heard.missing.delete(sequence);
      for (let number = heard.last + 1n; number < sequence; number += 1n) heard.missing.add(number);
      heard.last = sequence;
      return true;
    },
    last: (source, key) => bySource.get(source)?.get(key)?.last ?? 0n,
    withGaps: (source) => [...(bySource.get(source) ?? [])].flatMap(([key, { missing }]) => (missing.size > 0 ? [key] : [])),
  };
};
