// The time left of a limit, for sorting it into a column and for showing it in words. Enforcement counted the limit with the announced
// holidays. This module counts weekends only, so over a holiday the column may change a day or two late; the due time is always right.
export type Nearness = 'passed' | 'today' | 'three' | 'seven' | 'later' | 'over';

export const NEARNESS = {
  passed: '已过期',
  today: '今天到期',
  three: '3个工作日内',
  seven: '7个工作日内',
  later: '更晚',
  over: '已了结',
} as const satisfies Record<Nearness, string>;

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** Days since 1970 in Asia/Shanghai. */
const dayNumber = (at: number): number => Math.floor((at + SHANGHAI_MS) / DAY_MS);

/** 1970-01-01 was a Thursday. */
const isWeekend = (day: number): boolean => [2, 3].includes(day % 7);

/** Weekdays after today, including the due day. */
export const weekdaysLeft = (now: number, due: number): number => {
  let left = 0;
  for (let day = dayNumber(now) + 1; day <= dayNumber(due); day += 1) if (!isWeekend(day)) left += 1;
  return left;
};

export const nearness = ({ state, dueAt }: { state: string; dueAt?: string | undefined }, now: number): Nearness => {
  if (state === 'MET' || state === 'CANCELLED' || dueAt === undefined) return 'over';
  const due = Date.parse(dueAt);
  if (state === 'PASSED' || due < now) return 'passed';
  if (dayNumber(due) === dayNumber(now)) return 'today';
  // More than 30 days are beyond all columns.
  const left = due - now > 30 * DAY_MS ? 8 : weekdaysLeft(now, due);
  if (left <= 3) return 'three';
  return left <= 7 ? 'seven' : 'later';
};

/**
 * Whether a column may have more limits than were loaded: limits are sorted soonest first, so all columns before that of the last limit are
 * complete.
 */
export const isBeyond = (
  columns: readonly Nearness[],
  column: Nearness,
  last: { state: string; dueAt?: string | undefined } | undefined,
  now: number,
): boolean => last !== undefined && columns.indexOf(column) >= columns.indexOf(nearness(last, now));

export const timeLeft = (dueAt: string | undefined, now: number): string => {
  if (dueAt === undefined) return '—';
  const days = dayNumber(Date.parse(dueAt)) - dayNumber(now);
  if (Date.parse(dueAt) < now) return days === 0 ? '今天已过' : `已过 ${-days} 天`;
  return days === 0 ? '今天' : `还有 ${days} 天`;
};
