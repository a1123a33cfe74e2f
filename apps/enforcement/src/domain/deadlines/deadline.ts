// The limits (期限) of enforcement for libs/procedure: the rows of the registry, counted by the calendar of the authority's territory; and whose
// limits a person sees.
import type { LimitTable } from '@hengji/procedure/tables';
import { dueOn, endOf, type Calendar } from '@hengji/province';
import type { Actor, Visible } from '../competence';
import { TRANSFER } from './case-limits';
import { ruleOf } from './registry';

/** The calendar that is in force when it is asked for, in the territory of an authority. */
export type CalendarAt = (authority: string) => Calendar;

export const limitTable = (calendar: CalendarAt): LimitTable => ({
  ruleOf,
  counting: { endOf: (amount, from, authority) => endOf(calendar(authority), amount, from), dueOn },
});

/** Limits of a transfer are not the institution's to see (国务院令310号). */
export const HIDDEN_FROM_PARTY: readonly string[] = Object.keys(TRANSFER);

/** Whose limits a person sees: officers of their authority, an institution its own; null sees none. */
export const deadlinesVisibleTo = (actor: Actor, visible: Visible | null): Visible | null =>
  actor.role === 'INSTITUTION' && actor.institution !== '' ? { institution: actor.institution } : visible;
