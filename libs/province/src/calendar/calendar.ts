// Working days in the People's Republic (工作日, rules §3.4). The State Council announces a year's days off in the autumn before, so a year is
// a row of data with a version. For a year without a row, the statutory holidays are days off and every other weekday is a working day. A
// limit must mark this estimate as provisional (limits.ts).
import type { Day } from '@hengji/domain-kit';
import { statutoryHolidays } from './statutory-holidays';

/** The whole country; an authority's own years have the authority's code. */
export const NATIONAL = 'CN';

export interface CalendarYear {
  /** CN, or the code of the authority whose territory the year applies to (LN for the province). */
  readonly jurisdiction: string;
  readonly year: number;
  /** Of two years with the same jurisdiction, the higher version is in force. */
  readonly version: number;
  /** Days off, first and last, YYYY-MM-DD, including weekends within the range. A range before New Year may begin in the year before. */
  readonly off: readonly (readonly [from: string, until: string])[];
  /** Weekend days that are worked (调休上班), YYYY-MM-DD. */
  readonly worked: readonly string[];
  /** The notice that announced the year. */
  readonly source: string;
}

export interface Calendar {
  /** True on a working day; for an unannounced year, computed from weekends and statutory holidays. */
  isWorkingDay(day: Day): boolean;
  /** True if the days off of the day's year are known. */
  isAnnounced(day: Day): boolean;
}

const DAY_MS = 86_400_000;

const dateOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);
export const plainDay = (date: Date): Day => date.toISOString().slice(0, 10) as Day;
export const shifted = (day: Day, days: number): Day => plainDay(new Date(dateOf(day).getTime() + days * DAY_MS));
export const dayBefore = (day: Day): Day => shifted(day, -1);
export const isWeekend = (day: Day): boolean => [0, 6].includes(dateOf(day).getUTCDay());

/** Every day in the ranges. */
export const daysIn = (ranges: CalendarYear['off']): Day[] =>
  ranges.flatMap(([from, until]) => {
    const days: Day[] = [];
    for (let day = from as Day; day <= until; day = shifted(day, 1)) days.push(day);
    return days;
  });

/** Sort order, nearest first: the authority's own, the province's, the country's. */
const nearness = (jurisdiction: string, place: string): number => [place, 'LN', NATIONAL].indexOf(jurisdiction);

/** For each year the row in force at the place: the newest version of the nearest jurisdiction. */
const inForce = (years: readonly CalendarYear[], place: string): CalendarYear[] => {
  const byYear = new Map<number, CalendarYear>();
  for (const one of years) {
    const known = byYear.get(one.year);
    const near = nearness(one.jurisdiction, place);
    if (near < 0) continue;
    const knownNear = known ? nearness(known.jurisdiction, place) : Infinity;
    if (near < knownNear || (near === knownNear && one.version > (known?.version ?? -1))) byYear.set(one.year, one);
  }
  return [...byYear.values()];
};

/** The calendar of a place (an authority's code; the country's by default) from all existing rows. */
export const calendarOf = (years: readonly CalendarYear[], place: string = NATIONAL): Calendar => {
  const counted = inForce(years, place);
  const announced = new Set(counted.map(({ year }) => String(year)));
  const off = new Set(counted.flatMap((one) => daysIn(one.off)));
  const worked = new Set(counted.flatMap((one) => one.worked));
  const guessed = new Map<string, ReadonlySet<Day>>();
  const isAnnounced = (day: Day): boolean => announced.has(day.slice(0, 4));
  const isStatutory = (day: Day): boolean => {
    const year = day.slice(0, 4);
    const days = guessed.get(year) ?? statutoryHolidays(Number(year));
    guessed.set(year, days);
    return days.has(day);
  };
  return {
    isAnnounced,
    isWorkingDay: (day) => {
      if (worked.has(day)) return true;
      if (off.has(day)) return false;
      return !isWeekend(day) && (isAnnounced(day) || !isStatutory(day));
    },
  };
};

/** The day itself if it is a working day, otherwise the nearest working day in the direction. */
export const toWorkingDay = (calendar: Calendar, day: Day, step: 1 | -1): Day => {
  let reached = day;
  while (!calendar.isWorkingDay(reached)) reached = shifted(reached, step);
  return reached;
};

/** The nth working day after the day (the day itself is not counted); before it if n is negative. */
export const addWorkingDays = (calendar: Calendar, day: Day, n: number): Day => {
  const step = n < 0 ? -1 : 1;
  let reached = day;
  for (let left = Math.abs(n); left > 0; left -= 1) reached = toWorkingDay(calendar, shifted(reached, step), step);
  return reached;
};

/** Number of working days after the first day, up to and including the second: the elapsed part of a limit. */
export const workingDaysBetween = (calendar: Calendar, first: Day, second: Day): number => {
  let count = 0;
  for (let day = shifted(first, 1); day <= second; day = shifted(day, 1)) if (calendar.isWorkingDay(day)) count += 1;
  return count;
};
