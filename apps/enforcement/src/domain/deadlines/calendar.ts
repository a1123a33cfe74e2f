// Working days in the People's Republic (工作日, rules §3.4) and the end of a limit. The State Council announces a year's days
// off in the autumn before, so a year is a row of data. A limit that reaches a year without a row is counted by weekends alone
// and says so (`provisional`): nobody may take such a day for the announced one, and it is counted anew when the row is there.
import { dayOf, isDay, type Day } from '@hengji/domain-kit';

interface Year {
  /** Days off, first and last, MM-DD: weekends within are named too. */
  readonly off: readonly (readonly [from: string, until: string])[];
  /** Weekend days that are worked (调休上班), MM-DD. */
  readonly worked: readonly string[];
}

/** 国务院办公厅关于部分节假日安排的通知, one row a year; add the next year's when it is announced. */
export const YEARS: Readonly<Record<string, Year>> = {
  '2024': {
    off: [
      ['01-01', '01-01'],
      ['02-10', '02-17'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-10', '06-10'],
      ['09-15', '09-17'],
      ['10-01', '10-07'],
    ],
    worked: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  '2025': {
    off: [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  '2026': {
    off: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

export type Unit = 'workingDay' | 'day' | 'month' | 'year' | 'hour';

/** An amount of time as the law names it. */
export interface Limit {
  readonly amount: number;
  readonly unit: Unit;
  /** True for a limit that is counted back from an event: "at least 7 working days before the hearing". */
  readonly before?: boolean;
}

/** The last moment that is in time. */
export interface End {
  readonly at: Date;
  /** True if a year was counted whose days off are not announced. */
  readonly provisional: boolean;
}

const DAY_MS = 86_400_000;

const dateOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const plainDay = (date: Date): Day => date.toISOString().slice(0, 10) as Day;
const shifted = (day: Day, days: number): Day => plainDay(new Date(dateOf(day).getTime() + days * DAY_MS));

/** True if the days off of the day's year are known. */
export const isAnnounced = (day: Day): boolean => day.slice(0, 4) in YEARS;

/** True on a working day; by weekends alone in a year that is not announced. */
export const isWorkingDay = (day: Day): boolean => {
  const year = YEARS[day.slice(0, 4)];
  const monthDay = day.slice(5);
  if (year?.worked.includes(monthDay)) return true;
  if (year?.off.some(([from, until]) => from <= monthDay && monthDay <= until)) return false;
  const weekday = dateOf(day).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

/** The day itself if it is worked, else the nearest worked day in the direction. */
const toWorkingDay = (day: Day, step: 1 | -1): Day => (isWorkingDay(day) ? day : toWorkingDay(shifted(day, step), step));

/** The nth working day after the day (the day itself is not counted); before it if n is negative. */
export const addWorkingDays = (day: Day, n: number): Day => {
  const step = n < 0 ? -1 : 1;
  let reached = day;
  for (let left = Math.abs(n); left > 0; left -= 1) reached = toWorkingDay(shifted(reached, step), step);
  return reached;
};

/** The same day some months on; the month's last day where there is none such (民法典 §202). */
const addMonths = (day: Day, months: number): Day => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return plainDay(new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate()))));
};

const lastDayOf = ({ amount, unit, before }: Limit, start: Day): Day => {
  const signed = before ? -amount : amount;
  if (unit === 'workingDay') return addWorkingDays(start, signed);
  const counted = unit === 'day' ? shifted(start, signed) : addMonths(start, unit === 'year' ? signed * 12 : signed);
  // A last day that is a holiday moves to the next working day; one counted backwards to the one before: whom it protects loses nothing.
  return toWorkingDay(counted, before ? -1 : 1);
};

/** The last instant of a day in Asia/Shanghai. */
export const endOfDay = (day: Day): Date => new Date(`${day}T23:59:59.999+08:00`);

/** The last moment of a limit that starts with an event. The day of the event is not counted; hours run from the event itself. */
export const endOf = (limit: Limit, start: Date): End => {
  if (limit.unit === 'hour') {
    return { at: new Date(start.getTime() + (limit.before ? -1 : 1) * limit.amount * 3_600_000), provisional: false };
  }
  const from = dayOf(start);
  const last = lastDayOf(limit, from);
  return { at: endOfDay(last), provisional: limit.unit === 'workingDay' ? !(isAnnounced(from) && isAnnounced(last)) : !isAnnounced(last) };
};

/** How many working days lie after the first day up to and with the second: what has run of a limit. */
export const workingDaysBetween = (first: Day, second: Day): number => {
  let count = 0;
  for (let day = shifted(first, 1); day <= second; day = shifted(day, 1)) if (isWorkingDay(day)) count += 1;
  return count;
};

/** A due day named in an order; refuses nothing, `undefined` when it is no day. */
export const dueOn = (text: string): Date | undefined => (isDay(text) ? endOfDay(text) : undefined);
