// Checks whether the days of a year are plausible as the announced ones. Pasted text is checked before any limit is counted by it.
import { isDay, Refusal, type Day } from '@hengji/domain-kit';
import { isAuthority } from '../places/authorities';
import { calendarOf, daysIn, isWeekend, NATIONAL, workingDaysBetween, type CalendarYear } from './calendar';
import { statutoryDays } from './statutory-holidays';

/** The submitted year; the code that stores the years assigns the version. */
export type YearClaim = Omit<CalendarYear, 'version'>;

const FIRST_YEAR = 2024;
const LAST_YEAR = 2100;
const MOST_RANGES = 20;
const MOST_WORKED = 20;
const MOST_SOURCE = 200;
/** New Year's days off may begin in the last week of the year before. */
const BEFORE_NEW_YEAR = '12-25';

const refuse = (field: string, message: string): never => {
  throw new Refusal('invalid', 'calendar.year_invalid', message, { field, rule: '全国年节及纪念日放假办法' });
};

const checkRanges = ({ year, off }: YearClaim): void => {
  const [first, last] = [`${year - 1}-${BEFORE_NEW_YEAR}`, `${year}-12-31`];
  if (off.length === 0 || off.length > MOST_RANGES) refuse('off', `放假安排应为1至${MOST_RANGES}段`);
  off.forEach(([from, until], i) => {
    if (!isDay(from) || !isDay(until)) refuse(`off[${i}]`, '放假日期应为存在的YYYY-MM-DD');
    if (from < first || until > last || from > until) refuse(`off[${i}]`, `放假日期应在${first}至${last}之间，先起后止`);
  });
  const days = daysIn(off);
  if (new Set(days).size !== days.length) refuse('off', '放假安排有重叠的日期');
};

const checkWorked = ({ year, off, worked }: YearClaim): void => {
  if (worked.length > MOST_WORKED) refuse('worked', `调休上班日最多${MOST_WORKED}天`);
  const days: readonly string[] = daysIn(off);
  worked.forEach((day, i) => {
    if (!isDay(day) || day < `${year - 1}-12-24` || day > `${year}-12-31`)
      return refuse(`worked[${i}]`, '调休上班日应为该年度的YYYY-MM-DD');
    if (!isWeekend(day)) refuse(`worked[${i}]`, `${day}不是周末，不需要调休上班`);
    if (days.includes(day)) refuse(`worked[${i}]`, `${day}同时列为放假和上班`);
    if (worked.indexOf(day) !== i) refuse(`worked[${i}]`, `${day}重复`);
  });
};

/**
 * Refuses `calendar.year_invalid`, naming the entry: an invalid range, a day that does not exist or is outside the year, a missing
 * statutory holiday.
 */
export const checkCalendarYear = (claim: YearClaim): void => {
  const { jurisdiction, year, off, source } = claim;
  if (jurisdiction !== NATIONAL && !isAuthority(jurisdiction)) refuse('jurisdiction', '适用范围应为全国(CN)或者一个主管部门');
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR) refuse('year', `年度应为${FIRST_YEAR}至${LAST_YEAR}`);
  if (source.trim() === '' || [...source].length > MOST_SOURCE) refuse('source', `应写明依据的通知，不超过${MOST_SOURCE}个字`);
  checkRanges(claim);
  checkWorked(claim);
  const days: ReadonlySet<Day> = new Set(daysIn(off));
  const missing = statutoryDays(year).filter((day) => !days.has(day));
  if (missing.length > 0) refuse('off', `缺少法定节假日：${missing.join('、')}`);
};

/** The counts that the screen shows before a year is proposed; only days of the year itself. */
export interface YearCounts {
  readonly daysOff: number;
  readonly daysMadeUp: number;
  readonly workingDays: number;
}

export const countsOf = (claim: YearClaim): YearCounts => {
  const inYear = (day: string): boolean => day.startsWith(String(claim.year));
  const calendar = calendarOf([{ ...claim, jurisdiction: NATIONAL, version: 1 }]);
  return {
    daysOff: daysIn(claim.off).filter(inYear).length,
    daysMadeUp: claim.worked.filter(inYear).length,
    workingDays: workingDaysBetween(calendar, `${claim.year - 1}-12-31` as Day, `${claim.year}-12-31` as Day),
  };
};
