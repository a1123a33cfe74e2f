// The limits (期限) of enforcement for libs/procedure: the rows of the registry, counted by the calendar of the province; and whose
// limits a person sees.
import type { LimitTable } from '@hengji/procedure/tables';
import { dueOn, endOf, type Calendar } from '@hengji/province';
import type { Actor, Visible } from '../competence';
import { TRANSFER } from './case-limits';
import { ruleOf } from './registry';

/** `calendar` gives the one that is in force when a limit is counted. */
export const limitTable = (calendar: () => Calendar): LimitTable => ({
  ruleOf,
  counting: { endOf: (amount, from) => endOf(calendar(), amount, from), dueOn },
});

/** Limits of a transfer are not the institution's to see (国务院令310号). */
export const HIDDEN_FROM_PARTY: readonly string[] = Object.keys(TRANSFER);

/** Whose limits a person sees: officers of their authority, an institution its own; null sees none. */
export const deadlinesVisibleTo = (actor: Actor, visible: Visible | null): Visible | null =>
  actor.role === 'INSTITUTION' && actor.institution !== '' ? { institution: actor.institution } : visible;
