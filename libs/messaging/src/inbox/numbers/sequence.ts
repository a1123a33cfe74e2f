// Each writer numbers its events per topic and key, from 1 without gaps, so a consumer can see that an event is missing. Pure functions:
// input is the known state and the arrivals, output is the new state.

/** First and last number; both are missing. */
export interface Stretch {
  readonly first: bigint;
  readonly last: bigint;
}

export interface Followed {
  /** The highest number that has arrived. */
  readonly last: bigint;
  /** Numbers that were skipped. */
  readonly gaps: readonly Stretch[];
  /** Numbers not above the highest: a second delivery, or a number that was missing. */
  readonly late: readonly bigint[];
}

/** Follows the numbers of one writer and key in the order of their arrival. 0 means "not numbered" and is skipped. */
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
