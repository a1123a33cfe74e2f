// A limit that runs (期限): a row of the registry with its beginning and its end. The clock marks it twice, when it nears and
// when it has passed; what it demands meets it, early or late; a case that ends cancels it.
import { dueOn, endOf, PUBLISHED_CALENDAR, type Limit } from '@hengji/province';
import type { Actor, Visible } from '../competence';
import { ruleOf } from './registry';
import type { DeadlineRule } from './rule';

export const DEADLINE_STATES = ['RUNNING', 'NEARING', 'PASSED', 'MET', 'CANCELLED'] as const;
export type DeadlineState = (typeof DEADLINE_STATES)[number];

export interface Deadline {
  readonly id: string;
  readonly code: string;
  readonly institution: string;
  readonly caseId: string;
  /** Empty where it is about no order. */
  readonly orderId: string;
  readonly authority: string;
  readonly startedAt: Date;
  /** The last moment that is in time. */
  readonly dueAt: Date;
  /** When it nears; never before its beginning. */
  readonly nearingAt: Date;
  /** True if it ends in a year whose days off are not announced. */
  readonly provisional: boolean;
  readonly state: DeadlineState;
  readonly metAt: Date | null;
}

export type Started = Pick<Deadline, 'id' | 'code' | 'institution' | 'caseId' | 'orderId' | 'authority' | 'startedAt'>;

const LAST_FIFTH = 5;

const leadEnd = (lead: Limit, due: Date): Date => endOf(PUBLISHED_CALENDAR, { ...lead, before: true }, due).at;

const nearing = ({ lead }: DeadlineRule, startedAt: Date, due: Date): Date => {
  const at = lead ? leadEnd(lead, due).getTime() : due.getTime() - (due.getTime() - startedAt.getTime()) / LAST_FIFTH;
  return new Date(Math.min(Math.max(at, startedAt.getTime()), due.getTime()));
};

const endOfRule = (code: string, startedAt: Date, day: string): { at: Date; provisional: boolean } => {
  const { limit, on } = ruleOf(code);
  const fixed = dueOn(day === '' ? (on ?? '') : day);
  if (fixed) return { at: fixed, provisional: false };
  if (!limit) throw new Error(`${code} has no limit of its own: it is started with a day`);
  return endOf(PUBLISHED_CALENDAR, limit, startedAt);
};

/** Starts the limit; `day` (YYYY-MM-DD) where an order names the end itself. */
export const startDeadline = (started: Started, day = ''): Deadline => {
  const end = endOfRule(started.code, started.startedAt, day);
  return {
    ...started,
    dueAt: end.at,
    nearingAt: nearing(ruleOf(started.code), started.startedAt, end.at),
    provisional: end.provisional,
    state: 'RUNNING',
    metAt: null,
  };
};

/** What the clock makes of it; the same object while there is nothing to say. One that is past its end at once never neared. */
export const tick = (deadline: Deadline, now: Date): Deadline => {
  const isLive = deadline.state === 'RUNNING' || deadline.state === 'NEARING';
  if (isLive && now > deadline.dueAt) return { ...deadline, state: 'PASSED' };
  if (deadline.state === 'RUNNING' && now >= deadline.nearingAt) return { ...deadline, state: 'NEARING' };
  return deadline;
};

/** When the clock has to look again; null when it never has. */
export const nextLook = ({ state, nearingAt, dueAt }: Deadline): Date | null => {
  if (state === 'RUNNING') return nearingAt;
  return state === 'NEARING' ? new Date(dueAt.getTime() + 1) : null;
};

/** True while it stands on the board: it runs, or the authority still owes what should have happened. */
export const isOpen = ({ state, code }: Pick<Deadline, 'state' | 'code'>): boolean =>
  state === 'RUNNING' || state === 'NEARING' || (state === 'PASSED' && ruleOf(code).owner === 'authority');

/** Its title, with what has to be known of its end. */
export const titleOf = ({ code, provisional }: Pick<Deadline, 'code' | 'provisional'>): string =>
  provisional ? `${ruleOf(code).title}（节假日安排尚未公布，暂按法定节假日计算）` : ruleOf(code).title;

/** Whose deadlines a person sees: officers of their authority, an institution its own; null sees none. */
export const deadlinesVisibleTo = (actor: Actor, visible: Visible | null): Visible | null =>
  actor.role === 'INSTITUTION' && actor.institution !== '' ? { institution: actor.institution } : visible;
