// The limits (期限) of enforcement for libs/procedure: the rows of the registry, counted by the calendar and the amounts of the
// authority's territory; and which limits a person may read.
import type { Amount, LimitAmounts, LimitTable } from '@hengji/procedure/tables';
import { dueOn, endOf, type Calendar } from '@hengji/province';
import type { Actor, Visible } from '../competence';
import { TRANSFER } from './case-limits';
import { ruleOf, type DeadlineCode } from './registry';

/** The calendar and the amounts in force in an authority's territory. */
export interface LimitCalendar extends Calendar {
  /** The amount of a limit with this code that starts at this time. */
  amountOf(code: DeadlineCode, startedAt: Date): Amount;
}

/** The calendar in force at the time of the call, for the territory of an authority. */
export type CalendarAt = (authority: string) => LimitCalendar;

/** `calendar`: the calendar of that authority's territory. */
export const limitCalendar = (calendar: Calendar, amounts: LimitAmounts, authority: string): LimitCalendar => ({
  ...calendar,
  amountOf: (code, startedAt) => {
    const { limit } = amounts.inForce({ code, authority, startedAt });
    if (!limit) throw new Error(`${code} ends on a day that somebody names`);
    return limit;
  },
});

/** The calendar and the amounts in force at the time of the call. */
export interface CountedBy {
  readonly calendar: (authority: string) => Calendar;
  readonly amounts: LimitAmounts;
}

export const limitTable = ({ calendar, amounts }: CountedBy): LimitTable => ({
  ruleOf,
  amounts,
  counting: { endOf: (amount, from, authority) => endOf(calendar(authority), amount, from), dueOn },
});

/** Limits of a transfer are not shown to the institution (国务院令310号). */
export const HIDDEN_FROM_PARTY: readonly string[] = Object.keys(TRANSFER);

/** The limits that a person may read: officers those of their authority, an institution its own; null = none. */
export const deadlinesVisibleTo = (actor: Actor, visible: Visible | null): Visible | null =>
  actor.role === 'INSTITUTION' && actor.institution !== '' ? { institution: actor.institution } : visible;
