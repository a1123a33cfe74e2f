// Watches the sequence numbers of each writer and key, which have no holes: a number that is jumped over is an event that
// this process has not heard. It may still come (its service can send it again).

const MOST_MISSING = 10_000;

export interface Gap {
  readonly first: bigint;
  readonly last: bigint;
}

export interface SequenceWatch {
  /** Takes note; returns the gap that this number opens. */
  note(key: string, sequence: bigint): Gap | undefined;
  /** False while a number of the key is missing. */
  complete(key: string): boolean;
}

export const sequenceWatch = (): SequenceWatch => {
  const lasts = new Map<string, bigint>();
  const missing = new Map<string, Set<bigint>>();
  /** Keys with more missing than is worth remembering: incomplete for good. */
  const hopeless = new Set<string>();

  const open = (key: string, first: bigint, last: bigint): Gap => {
    const numbers = missing.get(key) ?? new Set<bigint>();
    if (last - first + BigInt(numbers.size) >= MOST_MISSING) hopeless.add(key);
    else for (let number = first; number <= last; number += 1n) numbers.add(number);
    missing.set(key, numbers);
    return { first, last };
  };

  return {
    note: (key, sequence) => {
      const last = lasts.get(key) ?? 0n;
      // 0: a writer that does not count.
      if (sequence === 0n) return undefined;
      if (sequence <= last) {
        missing.get(key)?.delete(sequence);
        return undefined;
      }
      lasts.set(key, sequence);
      return sequence === last + 1n ? undefined : open(key, last + 1n, sequence - 1n);
    },
    complete: (key) => !hopeless.has(key) && (missing.get(key)?.size ?? 0) === 0,
  };
};
