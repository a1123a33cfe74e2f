// The owners of limits in the registry of enforcement, and helpers to write amounts.
import type { Amount, LimitRule } from '@hengji/procedure/tables';

/** The owner of a limit: the authority that handles the case, the institution or person concerned, 公安, or the keeper of records. */
export type Owner = 'authority' | 'party' | 'police' | 'keeper';

/** The legal bound of an amount: a province may set another amount only on the open side. */
export type Bound = 'atLeast' | 'atMost';

export interface DeadlineRule extends LimitRule<Owner> {
  /** Set where `boundOf` would return another bound. */
  readonly bound?: Bound;
  /** True where the law itself fixes the end: no other amount can be set. */
  readonly fixed?: true;
}

/**
 * The bound of a rule. The law's amount for a party or a keeper of records is a minimum; for a limit counted back from an
 * event, a maximum. An amount that binds an authority is free, unless its row has a bound.
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
