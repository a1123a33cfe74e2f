// Each writer numbers its events per topic and key, from 1 without holes. Whoever reads can therefore see that
// something is missing. Pure: what is known and what arrived, in; what is known now, out.

/** From and to, both missing. */
export interface Stretch {
  readonly first: bigint;
  readonly last: bigint;
}

export interface Followed {
  /** The highest number that has arrived. */
  readonly last: bigint;
  /** Numbers that were jumped over. */
  readonly gaps: readonly Stretch[];
  /** Numbers not above the highest: either a second delivery, or what was missing. */
  readonly late: readonly bigint[];
}

/** Follows the numbers of one writer and key in the order of their arrival. 0 means "not numbered" and is passed over. */
export const followSequence = (known: bigint, arrived: readonly bigint[]): Followed => {
  const gaps: Stretch[] = [];
  const late: bigint[] = [];
  let last = known;
  for (const number of arrived) {
    if (number === 0n) continue;
    if (number <= last) {
      late.push(number);
      continue;
    }
    if (number > last + 1n) gaps.push({ first: last + 1n, last: number - 1n });
    last = number;
  }
  return { last, gaps, late };
};
