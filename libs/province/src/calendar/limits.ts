// The end of a limit (期限) as the law counts it. The day of the event is not counted. A last day on a holiday moves to the next working day.
// Days are days in Asia/Shanghai.
import { dayOf, isDay, type Day } from '@hengji/domain-kit';
import { addWorkingDays, plainDay, shifted, toWorkingDay, type Calendar } from './calendar';

export type Unit = 'workingDay' | 'day' | 'month' | 'year' | 'hour';

/** An amount of time in the unit of the law. */
export interface Limit {
  readonly amount: number;
  readonly unit: Unit;
  /** True for a limit that is counted back from an event: "at least 7 working days before the hearing". */
  readonly before?: boolean;
}

const UNIT_WORDS: Readonly<Record<Unit, string>> = { workingDay: '个工作日', day: '日', month: '个月', year: '年', hour: '小时' };

/** In the form of a document: 10个工作日, 3日, 6个月. */
export const writeAmount = ({ amount, unit }: Limit): string => `${amount}${UNIT_WORDS[unit]}`;

/** True if the first is never shorter than the second, whatever days they cover. Amounts of different units are seldom comparable. */
export const isNoShorter = (a: Limit, b: Limit): boolean =>
  a.amount >= b.amount && (a.unit === b.unit || (a.unit === 'workingDay' && b.unit === 'day'));

/** The last moment in time. */
export interface End {
  readonly at: Date;
  /** True if the count includes a year whose days off are not announced. */
  readonly provisional: boolean;
}

/** The same day some months later; the month's last day if that month has no such day (民法典 §202). */
const addMonths = (day: Day, months: number): Day => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return plainDay(new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate()))));
};

const lastDayOf = (calendar: Calendar, { amount, unit, before }: Limit, start: Day): Day => {
  const signed = before ? -amount : amount;
  if (unit === 'workingDay') return addWorkingDays(calendar, start, signed);
  const counted = unit === 'day' ? shifted(start, signed) : addMonths(start, unit === 'year' ? signed * 12 : signed);
  // A last day on a holiday moves to the next working day; in a backward count it moves to the day before, so that the protected party
  // loses nothing.
  return toWorkingDay(calendar, counted, before ? -1 : 1);
};

/** The last instant of a day in Asia/Shanghai. */
export const endOfDay = (day: Day): Date => new Date(`${day}T23:59:59.999+08:00`);

/** The last moment of a limit that starts with an event. The day of the event is not counted; hours run from the event itself. */
export const endOf = (calendar: Calendar, limit: Limit, start: Date): End => {
  if (limit.unit === 'hour') {
    return { at: new Date(start.getTime() + (limit.before ? -1 : 1) * limit.amount * 3_600_000), provisional: false };
  }
  const from = dayOf(start);
  const last = lastDayOf(calendar, limit, from);
  const announced = calendar.isAnnounced(last) && (limit.unit !== 'workingDay' || calendar.isAnnounced(from));
  return { at: endOfDay(last), provisional: !announced };
};

/** A due day named in an order; `undefined` for an invalid day. */
export const dueOn = (text: string): Date | undefined => (isDay(text) ? endOfDay(text) : undefined);
