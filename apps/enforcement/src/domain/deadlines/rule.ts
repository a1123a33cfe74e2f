// What a row of the registry says, and how amounts are written in it.
import type { Limit } from '@hengji/province';

/** Whose limit it is: the authority that handles the case, the institution or person concerned, 公安, or whoever keeps records. */
export type Owner = 'authority' | 'party' | 'police' | 'keeper';

export interface DeadlineRule {
  readonly title: string;
  /** The event that starts it. */
  readonly trigger: string;
  /** Absent where a day is fixed, by the rule (`on`) or by the order that names it. */
  readonly limit?: Limit;
  /** A fixed day, YYYY-MM-DD. */
  readonly on?: string;
  /** How much it can be prolonged by, once, in the limit's unit. */
  readonly extension?: number;
  readonly lead?: Limit;
  readonly basis: string;
  readonly owner: Owner;
  /** True if it goes on when the case is closed: the decision can still be attacked, or has still to be obeyed. */
  readonly outlives?: boolean;
}

export const wd = (amount: number): Limit => ({ amount, unit: 'workingDay' });
export const days = (amount: number): Limit => ({ amount, unit: 'day' });
export const months = (amount: number): Limit => ({ amount, unit: 'month' });
export const years = (amount: number): Limit => ({ amount, unit: 'year' });
export const hours = (amount: number): Limit => ({ amount, unit: 'hour' });
export const before = (limit: Limit): Limit => ({ ...limit, before: true });
