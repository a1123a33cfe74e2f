// A running limit (期限): a row of a service's registry with its start and its end. The clock marks it twice, when it nears its end and when
// it has passed. The required event meets it, early or late; the end of the procedure cancels it. A limit can be extended (延长) and
// suspended (中止). The calendar, a parameter, counts the days.
import { dayOf, Refusal } from '@hengji/domain-kit';

/** An amount of time in the unit of the law. */
export interface Amount {
  readonly amount: number;
  readonly unit: 'workingDay' | 'day' | 'month' | 'year' | 'hour';
  /** True for a limit that is counted back from an event. */
  readonly before?: boolean;
}

interface LimitEnd {
  readonly at: Date;
  readonly provisional: boolean;
}

/** How the ends of limits are counted: working days, holidays, hours. */
export interface Counting {
  /**
   * The last moment of an amount that begins at the time, by the days off of the authority's territory. `provisional` if it ends in a year
   * whose days off are not announced.
   */
  readonly endOf: (amount: Amount, from: Date, authority: string) => LimitEnd;
  /** The last moment of a day (YYYY-MM-DD); undefined for an invalid day. */
  readonly dueOn: (day: string) => Date | undefined;
}

/** One row of a registry. `Owner`: who must meet the limit. A passed limit of an `authority` is a debt and stays on the board. */
export interface LimitRule<Owner extends string = string> {
  readonly title: string;
  /** The event that starts it. */
  readonly trigger: string;
  /** Absent if a day is fixed, by the rule (`on`) or by the caller who starts the limit. */
  readonly limit?: Amount;
  /** A fixed day, YYYY-MM-DD. */
  readonly on?: string;
  /** The extension that is allowed once, in the limit's unit. */
  readonly extension?: number;
  /** How long before its end the limit counts as nearing; without it, the last fifth of its time. */
  readonly lead?: Amount;
  readonly basis: string;
  readonly owner: Owner;
  /** True if the limit continues after the procedure ends. */
  readonly outlives?: boolean;
}

export const LIMIT_STATES = ['RUNNING', 'NEARING', 'PASSED', 'SUSPENDED', 'MET', 'CANCELLED'] as const;
export type LimitState = (typeof LIMIT_STATES)[number];

export interface Limit {
  readonly id: string;
  readonly code: string;
  readonly institution: string;
  readonly fileId: string;
  /** The subject within the file, for example an order; empty if the limit is about the file itself. */
  readonly about: string;
  readonly authority: string;
  readonly startedAt: Date;
  /** The last moment in time. */
  readonly dueAt: Date;
  /** When the limit starts to near its end; never before its start. */
  readonly nearingAt: Date;
  readonly provisional: boolean;
  readonly state: LimitState;
  readonly metAt: Date | null;
  /** Its end before the extension; null if it was not extended. */
  readonly extendedFrom: Date | null;
  /** Since when it is suspended; null while it runs. */
  readonly suspendedAt: Date | null;
  /** Its earlier suspensions (from, until), oldest first: a recount adds this time again. */
  readonly stops: readonly Stop[];
  /** The version of the amount that it was counted by; empty: as in the registry. */
  readonly amountVersion: string;
  /** True if its end was named as a day, by the caller who started or moved it: it cannot be recounted from its start. */
  readonly endNamed: boolean;
}

export type Stop = readonly [from: Date, until: Date];

/** The length of a limit, and the version of the amount that defines it. */
export interface LimitAmount {
  readonly limit?: Amount;
  /** The extension that is allowed once, in the limit's unit; absent if it cannot be extended. */
  readonly extension?: number;
  /** Empty: as in the registry. */
  readonly version: string;
}

/**
 * Amounts of the registry's rows that change from a given day, in versions. A limit is counted by the version of the day on which it
 * started.
 */
export interface LimitAmounts {
  /** The amount for a limit that starts then, in the authority's territory. */
  readonly inForce: (counted: Counted) => LimitAmount;
  readonly ofVersion: (code: string, version: string) => LimitAmount;
  /** Codes with a version in addition to the registry's. */
  readonly versioned: () => readonly string[];
}

export type Started = Pick<Limit, 'id' | 'code' | 'institution' | 'fileId' | 'about' | 'authority' | 'startedAt'>;

/** A registry together with the way its limits are counted. */
export interface LimitTable {
  /** The rule of a code; an unknown code is a programming error of the caller. */
  readonly ruleOf: (code: string) => LimitRule;
  readonly counting: Counting;
  /** Without it every limit is counted as in the registry. */
  readonly amounts?: LimitAmounts;
}

const LAST_FIFTH = 5;
const HOUR_MS = 3_600_000;

export type Counted = Pick<Limit, 'code' | 'startedAt' | 'authority'>;

/** The amount that the limit is counted by. */
const amountOf = ({ ruleOf, amounts }: LimitTable, counted: Counted): LimitAmount => {
  if (amounts) return amounts.inForce(counted);
  const { limit, extension } = ruleOf(counted.code);
  return { ...(limit ? { limit } : {}), ...(extension === undefined ? {} : { extension }), version: '' };
};

const nearing = ({ counting, ruleOf }: LimitTable, { code, startedAt, authority }: Counted, due: Date): Date => {
  const { lead } = ruleOf(code);
  const at = lead
    ? counting.endOf({ ...lead, before: true }, due, authority).at.getTime()
    : due.getTime() - (due.getTime() - startedAt.getTime()) / LAST_FIFTH;
  return new Date(Math.min(Math.max(at, startedAt.getTime()), due.getTime()));
};

const endOfRule = (table: LimitTable, { limit }: LimitAmount, counted: Counted, day: string): LimitEnd => {
  const { ruleOf, counting } = table;
  const { code, startedAt, authority } = counted;
  const fixed = counting.dueOn(day === '' ? (ruleOf(code).on ?? '') : day);
  if (fixed) return { at: fixed, provisional: false };
  if (!limit) throw new Error(`${code} has no limit of its own: it is started with a day`);
  return counting.endOf(limit, startedAt, authority);
};

/** Starts the limit; `day` (YYYY-MM-DD) if the caller names its end. */
export const startLimit = (table: LimitTable, started: Started, day = ''): Limit => {
  const amount = amountOf(table, started);
  const { at: dueAt, provisional } = endOfRule(table, amount, started, day);
  const nearingAt = nearing(table, started, dueAt);
  const end = { dueAt, nearingAt, provisional, amountVersion: amount.version, endNamed: day !== '' };
  return { ...started, ...end, state: 'RUNNING', metAt: null, extendedFrom: null, suspendedAt: null, stops: [] };
};

type Marked = Pick<Limit, 'state' | 'code' | 'provisional' | 'nearingAt' | 'dueAt'>;

/**
 * True while the limit must not be treated as ended. The limit protects a party, and the year of its end is not announced, so its end may
 * still move to a later day. It is recounted when the year is announced.
 */
const awaitsYear = ({ ruleOf }: Pick<LimitTable, 'ruleOf'>, { provisional, code }: Pick<Limit, 'provisional' | 'code'>): boolean =>
  provisional && ruleOf(code).owner === 'party';

/** True while it runs, nearing its end or not. */
export const isRunning = ({ state }: Pick<Limit, 'state'>): boolean => state === 'RUNNING' || state === 'NEARING';

/**
 * The limit after a check by the clock; the same object if nothing changes. A limit that is already past its end skips the nearing state.
 */
export const tick = (table: Pick<LimitTable, 'ruleOf'>, limit: Limit, now: Date): Limit => {
  if (isRunning(limit) && now > limit.dueAt && !awaitsYear(table, limit)) return { ...limit, state: 'PASSED' };
  if (limit.state === 'RUNNING' && now >= limit.nearingAt) return { ...limit, state: 'NEARING' };
  return limit;
};

/** The clock does not check this limit: the recount does, when the year is announced. */
const NEVER = new Date('9999-12-31T00:00:00Z');

/** When the clock has to check again; null when the limit is over. */
export const nextLook = (table: Pick<LimitTable, 'ruleOf'>, limit: Marked): Date | null => {
  if (limit.state === 'RUNNING') return limit.nearingAt;
  if (limit.state !== 'NEARING') return null;
  return awaitsYear(table, limit) ? NEVER : new Date(limit.dueAt.getTime() + 1);
};

/** True while the limit is on the board: it runs or is suspended, or the authority still owes the required event. */
export const isOpen = ({ ruleOf }: Pick<LimitTable, 'ruleOf'>, { state, code }: Pick<Limit, 'state' | 'code'>): boolean =>
  state === 'RUNNING' || state === 'NEARING' || state === 'SUSPENDED' || (state === 'PASSED' && ruleOf(code).owner === 'authority');

/** Its title, with a note if its end is provisional. */
export const titleOf = ({ ruleOf }: Pick<LimitTable, 'ruleOf'>, { code, provisional }: Pick<Limit, 'code' | 'provisional'>): string =>
  provisional ? `${ruleOf(code).title}（节假日安排尚未公布，暂按法定节假日计算，公布后重新计算）` : ruleOf(code).title;

const refuse = (reason: string, message: string): never => {
  throw new Refusal('illegalMove', reason, message, { field: 'code', rule: 'design' });
};

/** Recounted to a later end: it runs again if it was nearing its end or had passed. */
const endsAt = (table: LimitTable, limit: Limit, end: LimitEnd): Limit => ({
  ...limit,
  dueAt: end.at,
  nearingAt: nearing(table, limit, end.at),
  provisional: end.provisional,
  state: 'RUNNING',
});

/** Number of days of the unit after the first time, up to and including the second, in the authority's territory. */
const daysBetween = ({ counting }: LimitTable, unit: 'workingDay' | 'day', [first, second]: Stop, authority: string): number => {
  if (unit === 'day') return Math.round((Date.parse(dayOf(second)) - Date.parse(dayOf(first))) / (24 * HOUR_MS));
  let count = 0;
  for (let at = counting.endOf({ amount: 1, unit }, first, authority).at; dayOf(at) <= dayOf(second); count += 1)
    at = counting.endOf({ amount: 1, unit }, at, authority).at;
  return count;
};

/** The end moved later by the time of the suspension. */
const givenBack = (table: LimitTable, counted: Counted, end: LimitEnd, stop: Stop): LimitEnd => {
  const { limit } = amountOf(table, counted);
  const { authority } = counted;
  const [from, until] = stop;
  if (limit?.unit === 'hour') return { at: new Date(end.at.getTime() + until.getTime() - from.getTime()), provisional: false };
  const unit = limit?.unit === 'workingDay' ? 'workingDay' : 'day';
  const amount = daysBetween(table, unit, stop, authority);
  if (amount === 0) return end;
  const later = table.counting.endOf({ amount, unit }, end.at, authority);
  // A named end cannot be recounted from the limit's start, so it is never provisional.
  return { at: later.at, provisional: limit !== undefined && (later.provisional || end.provisional) };
};

/** Recounted from its start, with its extension and its suspensions; its state stays. The next check of the clock applies the new end. */
export const recounted = (table: LimitTable, limit: Limit): Limit => {
  const base = startLimit(table, limit);
  const { extension, limit: amount, version } = amountOf(table, limit);
  const extendedEnd =
    limit.extendedFrom && extension !== undefined && amount
      ? table.counting.endOf({ amount: extension, unit: amount.unit }, base.dueAt, limit.authority)
      : { at: base.dueAt, provisional: base.provisional };
  const end = limit.stops.reduce((so, stop) => givenBack(table, limit, so, stop), extendedEnd);
  const extendedFrom = limit.extendedFrom && base.dueAt;
  const nearingAt = nearing(table, limit, end.at);
  return { ...limit, dueAt: end.at, nearingAt, provisional: end.provisional, extendedFrom, amountVersion: version };
};

/** A named end moves later by the difference of the new amount; it never moves earlier. */
const endOfNamed = (table: LimitTable, limit: Limit, [before, after]: readonly [LimitAmount, LimitAmount]): LimitEnd => {
  const isSame = before.limit && before.limit.unit === after.limit?.unit;
  const more = isSame ? (after.limit?.amount ?? 0) - before.limit.amount : 0;
  if (!after.limit || more <= 0) return { at: limit.dueAt, provisional: limit.provisional };
  return table.counting.endOf({ amount: more, unit: after.limit.unit }, limit.dueAt, limit.authority);
};

/**
 * Recounted by the version of its amount that is now valid for its start day; the same limit if it was counted by that version, or is not
 * on the board. A running limit continues to the new end. A limit that has passed and is owed runs again if the new end is in the future.
 */
export const correctedTo = (table: LimitTable, limit: Limit, now: Date): Limit => {
  const amount = amountOf(table, limit);
  if (!table.amounts || amount.version === limit.amountVersion || !isOpen(table, limit)) return limit;
  const before = table.amounts.ofVersion(limit.code, limit.amountVersion);
  const named = limit.endNamed ? endOfNamed(table, limit, [before, amount]) : undefined;
  const counted = named ? { ...endsAt(table, limit, named), amountVersion: amount.version } : recounted(table, limit);
  const isRunningAgain = isRunning(limit) || (limit.state === 'PASSED' && counted.dueAt >= now);
  return { ...counted, state: isRunningAgain ? 'RUNNING' : limit.state };
};

/** Its end moved to a later day (YYYY-MM-DD); the same limit if the day is not later. */
export const movedTo = (table: LimitTable, limit: Limit, day: string): Limit => {
  const { dueAt, provisional } = startLimit(table, limit, day);
  return dueAt > limit.dueAt ? { ...endsAt(table, limit, { at: dueAt, provisional }), endNamed: true } : limit;
};

/** Extended by the extension in its rule, once and before it has passed. Refuses `limit.not_extendable`. */
export const extended = (table: LimitTable, limit: Limit, now: Date): Limit => {
  const { title } = table.ruleOf(limit.code);
  const { extension, limit: amount } = amountOf(table, limit);
  if (extension === undefined || !amount) return refuse('limit.not_extendable', `“${title}”的期限不能延长`);
  if (limit.extendedFrom) return refuse('limit.not_extendable', `“${title}”的期限已经延长过一次`);
  if (!isRunning(limit) || now > limit.dueAt) return refuse('limit.not_extendable', `“${title}”的期限已经届满、完成或者中止，不能延长`);
  const end = table.counting.endOf({ amount: extension, unit: amount.unit }, limit.dueAt, limit.authority);
  return { ...endsAt(table, limit, end), extendedFrom: limit.dueAt };
};

/** Suspended from now on (中止); the same limit if it is not running. */
export const suspended = (limit: Limit, now: Date): Limit =>
  !isRunning(limit) ? limit : { ...limit, state: 'SUSPENDED', suspendedAt: now };

/**
 * Runs again, with the time of the suspension added; the same limit if it is not suspended. A provisional end is recounted first: the year
 * may have been announced during the suspension.
 */
export const resumed = (table: LimitTable, limit: Limit, now: Date): Limit => {
  const { suspendedAt } = limit;
  if (!suspendedAt) return limit;
  const stop: Stop = [suspendedAt, now];
  const before = limit.provisional ? recounted(table, limit) : limit;
  const end = givenBack(table, before, { at: before.dueAt, provisional: before.provisional }, stop);
  return endsAt(table, { ...before, suspendedAt: null, stops: [...limit.stops, stop] }, end);
};
