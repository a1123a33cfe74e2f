// The limits (期限) of enforcement for libs/procedure: the rows of the registry, counted by the calendar and the amounts of the authority's territory;
// and whose limits a person sees.
import type { Amount, LimitAmounts, LimitTable } from '@hengji/procedure/tables';
import { dueOn, endOf, type Calendar } from '@hengji/province';
import type { Actor, Visible } from '../competence';
import { TRANSFER } from './case-limits';
import { ruleOf, type DeadlineCode } from './registry';

/** What limits are counted by in an authority's territory: its days, and the amounts that hold there. */
export interface LimitCalendar extends Calendar {
  /** Of a limit of this code that starts then. */
  amountOf(code: DeadlineCode, startedAt: Date): Amount;
}

/** The one that is in force when it is asked for, in the territory of an authority. */
export type CalendarAt = (authority: string) => LimitCalendar;

/** `calendar`: of that authority's territory. */
export const limitCalendar = (calendar: Calendar, amounts: LimitAmounts, authority: string): LimitCalendar => ({
  ...calendar,
  amountOf: (code, startedAt) => {
    const { limit } = amounts.inForce({ code, authority, startedAt });
    if (!limit) throw new Error(`${code} ends on a day that somebody names`);
    return limit;
  },
});

/** What is in force when it is asked for. */
export interface CountedBy {
  readonly calendar: (authority: string) => Calendar;
  readonly amounts: LimitAmounts;
}

export const limitTable = ({ calendar, amounts }: CountedBy): LimitTable => ({
  ruleOf,
  amounts,
  counting: { endOf: (amount, from, authority) => endOf(calendar(authority), amount, from), dueOn },
});

/** Limits of a transfer are not the institution's to see (国务院令310号). */
export const HIDDEN_FROM_PARTY: readonly string[] = Object.keys(TRANSFER);

/** Whose limits a person sees: officers of their authority, an institution its own; null sees none. */
export const deadlinesVisibleTo = (actor: Actor, visible: Visible | null): Visible | null =>
  actor.role === 'INSTITUTION' && actor.institution !== '' ? { institution: actor.institution } : visible;
