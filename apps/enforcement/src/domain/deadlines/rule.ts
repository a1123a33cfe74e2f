// Whose limits the registry of enforcement knows, and how amounts are written in it.
import type { Amount, LimitRule } from '@hengji/procedure/tables';

/** Whose limit it is: the authority that handles the case, the institution or person concerned, 公安, or whoever keeps records. */
export type Owner = 'authority' | 'party' | 'police' | 'keeper';

/** What the law fixes of an amount: a province may set another one only on the side that the law leaves open. */
export type Bound = 'atLeast' | 'atMost';

export interface DeadlineRule extends LimitRule<Owner> {
  /** Where `boundOf` would say otherwise. */
  readonly bound?: Bound;
  /** True where the law itself says when it ends: nobody sets another amount. */
  readonly fixed?: true;
}

/**
 * What a party or a keeper of records is given is the least that it gets; of a limit that is counted back from an event, the most that is asked of it.
 * What binds an authority is free, unless its row says that the law has fixed it.
 */
export const boundOf = ({ owner, limit, bound }: DeadlineRule): Bound | undefined => {
  if (bound || owner === 'authority' || owner === 'police') return bound;
  return limit?.before ? 'atMost' : 'atLeast';
};

export const wd = (amount: number): Amount => ({ amount, unit: 'workingDay' });
export const days = (amount: number): Amount => ({ amount, unit: 'day' });
export const months = (amount: number): Amount => ({ amount, unit: 'month' });
export const years = (amount: number): Amount => ({ amount, unit: 'year' });
export const hours = (amount: number): Amount => ({ amount, unit: 'hour' });
export const before = (limit: Amount): Amount => ({ ...limit, before: true });
