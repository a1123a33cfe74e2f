// Watches the sequence numbers of each key of one topic, which have no gaps. A number that is skipped, or that the owner has given, belongs
// to an event that this process has not consumed.

export interface Gap {
  readonly first: bigint;
  readonly last: bigint;
}

/** The meaning of a number: `late` fills a gap, so newer events were consumed before it; `old` was consumed already. */
export type Noted = { readonly is: 'next' | 'late' | 'old' } | { readonly is: 'jump'; readonly gap: Gap };

export interface SequenceWatch {
  note(key: string, sequence: bigint): Noted;
  /** The owner has given all numbers up to this one. Returns the gap that this opens. */
  expect(key: string, upTo: bigint): Gap | undefined;
  /** Everything up to this number is known, and nothing above it: from a snapshot. */
  reset(key: string, position: bigint): void;
  /** The highest number consumed or expected. */
  last(key: string): bigint;
  lasts(): ReadonlyMap<string, bigint>;
  gaps(key: string): readonly Gap[];
  /** Keys with a missing number. */
  incomplete(): string[];
}

const without = (gaps: readonly Gap[], number: bigint): Gap[] =>
  gaps.flatMap((gap) => {
    if (number < gap.first || number > gap.last) return [gap];
    return [
      { first: gap.first, last: number - 1n },
      { first: number + 1n, last: gap.last },
    ].filter(({ first, last }) => first <= last);
  });

export const sequenceWatch = (): SequenceWatch => {
  const lasts = new Map<string, bigint>();
  const missing = new Map<string, readonly Gap[]>();

  const setGaps = (key: string, gaps: readonly Gap[]): void => {
    if (gaps.length === 0) missing.delete(key);
    else missing.set(key, gaps);
  };
  const open = (key: string, gap: Gap): Gap => {
    setGaps(key, [...(missing.get(key) ?? []), gap]);
    return gap;
  };
  const lastOf = (key: string): bigint => lasts.get(key) ?? 0n;

  return {
    note: (key, sequence) => {
      const last = lastOf(key);
      // 0: a writer that does not number.
      if (sequence === 0n) return { is: 'next' };
      if (sequence <= last) {
        const before = missing.get(key) ?? [];
        if (!before.some((gap) => gap.first <= sequence && sequence <= gap.last)) return { is: 'old' };
        setGaps(key, without(before, sequence));
        return { is: 'late' };
      }
      lasts.set(key, sequence);
      return sequence === last + 1n ? { is: 'next' } : { is: 'jump', gap: open(key, { first: last + 1n, last: sequence - 1n }) };
    },
    expect: (key, upTo) => {
      const last = lastOf(key);
      if (upTo <= last) return undefined;
      lasts.set(key, upTo);
      return open(key, { first: last + 1n, last: upTo });
    },
    reset: (key, position) => {
      lasts.set(key, position);
      missing.delete(key);
    },
    last: lastOf,
    lasts: () => new Map(lasts),
    gaps: (key) => missing.get(key) ?? [],
    incomplete: () => [...missing.keys()],
  };
};
