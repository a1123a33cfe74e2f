// The holidays in the law itself (全国年节及纪念日放假办法, as revised for 2025: thirteen days), for a year without an announced arrangement: 元旦 1, 春节
// 4 (除夕 to 初三), 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3. A holiday on a weekend gets a substitute day off on a working day.
import type { Day } from '@hengji/domain-kit';

/**
 * 初一, 清明, 端午, 中秋 (MM-DD), computed from the new moons and the solar term at Beijing; two of the new moons fall within minutes of midnight
 * (2027, 2030).
 */
const MOVING: Readonly<Record<number, readonly [spring: string, qingming: string, duanwu: string, midAutumn: string]>> = {
  2024: ['02-10', '04-04', '06-10', '09-17'],
  2025: ['01-29', '04-04', '05-31', '10-06'],
  2026: ['02-17', '04-05', '06-19', '09-25'],
  2027: ['02-06', '04-05', '06-09', '09-15'],
  2028: ['01-26', '04-04', '05-28', '10-03'],
  2029: ['02-13', '04-04', '06-16', '09-22'],
  2030: ['02-03', '04-05', '06-05', '09-12'],
  2031: ['01-23', '04-05', '06-24', '10-01'],
  2032: ['02-11', '04-04', '06-12', '09-19'],
  2033: ['01-31', '04-04', '06-01', '09-08'],
  2034: ['02-19', '04-05', '06-20', '09-27'],
  2035: ['02-08', '04-05', '06-10', '09-16'],
  2036: ['01-28', '04-04', '05-30', '10-04'],
  2037: ['02-15', '04-04', '06-18', '09-24'],
  2038: ['02-04', '04-05', '06-07', '09-13'],
  2039: ['01-24', '04-05', '05-27', '10-02'],
  2040: ['02-12', '04-04', '06-14', '09-20'],
};

const DAY_MS = 86_400_000;
const after = (day: string, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as Day;
const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

const namedDays = (year: number): Day[] => {
  const days = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((day) => `${year}-${day}` as Day);
  const [spring, ...others] = MOVING[year] ?? [];
  if (spring !== undefined) days.push(...[-1, 0, 1, 2].map((n) => after(`${year}-${spring}`, n)));
  return [...days, ...others.map((day) => `${year}-${day}` as Day)];
};

/** The thirteen days themselves, in order; a day that is two holidays occurs once. */
export const statutoryDays = (year: number): Day[] => [...new Set(namedDays(year))].sort();

/**
 * The days of a year that are off by law, with substitute days for those on a weekend: the first working days afterwards. Two holidays on
 * one day (国庆 and 中秋 in 2031) give two days off. For a year without a row above only the fixed holidays are known.
 */
export const statutoryHolidays = (year: number): ReadonlySet<Day> => {
  const named = namedDays(year).sort();
  const days = new Set<Day>(named);
  const owed = named.filter((day, i) => isWeekend(day) || named.indexOf(day) !== i);
  for (const day of owed) {
    let makeUp = after(day, 1);
    while (isWeekend(makeUp) || days.has(makeUp)) makeUp = after(makeUp, 1);
    days.add(makeUp);
  }
  return days;
};
