// Watches the sequence numbers of each key of one topic, which have no holes: a number that is jumped over, or that the owner says it
// gave, is an event that this process has not heard.

export interface Gap {
  readonly first: bigint;
  readonly last: bigint;
}

/** What a number says of its event: `late` fills a gap, so newer ones were heard before it; `old` was heard already. */
export type Noted = { readonly is: 'next' | 'late' | 'old' } | { readonly is: 'jump'; readonly gap: Gap };

export interface SequenceWatch {
  note(key: string, sequence: bigint): Noted;
  /** The owner has given all numbers up to this one. Returns the gap that this opens. */
  expect(key: string, upTo: bigint): Gap | undefined;
  /** Everything up to this number is known, and nothing above it: from a snapshot. */
  reset(key: string, position: bigint): void;
  /** The highest number heard or expected. */
  last(key: string): bigint;
  lasts(): ReadonlyMap<string, bigint>;
  gaps(key: string): readonly Gap[];
  /** Keys of which a number is missing. */
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
      // 0: a writer that does not count.
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
