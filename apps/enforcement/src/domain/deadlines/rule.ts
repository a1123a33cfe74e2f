// Whose limits the registry of enforcement knows, and how amounts are written in it.
import type { Amount, LimitRule } from '@hengji/procedure/tables';

/** Whose limit it is: the authority that handles the case, the institution or person concerned, 公安, or whoever keeps records. */
export type DeadlineRule = LimitRule<'authority' | 'party' | 'police' | 'keeper'>;

export const wd = (amount: number): Amount => ({ amount, unit: 'workingDay' });
export const days = (amount: number): Amount => ({ amount, unit: 'day' });
export const months = (amount: number): Amount => ({ amount, unit: 'month' });
export const years = (amount: number): Amount => ({ amount, unit: 'year' });
export const hours = (amount: number): Amount => ({ amount, unit: 'hour' });
export const before = (limit: Amount): Amount => ({ ...limit, before: true });
