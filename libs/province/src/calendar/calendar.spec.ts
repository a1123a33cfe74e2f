import type { Day } from '@hengji/domain-kit';
import { addWorkingDays, calendarOf, daysIn, isWeekend, workingDaysBetween, type CalendarYear } from './calendar';
import { endOf } from './limits';
import { PUBLISHED_CALENDAR, PUBLISHED_YEARS } from './published-years';
import { statutoryHolidays } from './statutory-holidays';

const day = (text: string): Day => text as Day;
const noonOf = (text: string): Date => new Date(`${text}T12:00:00+08:00`);
const lastDay = (amount: number, unit: 'workingDay' | 'day' | 'month' | 'year', start: string): string =>
  new Date(endOf(PUBLISHED_CALENDAR, { amount, unit }, noonOf(start)).at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

describe('the data', () => {
  it('lists only weekend days as worked, and none of them as off', () => {
    for (const { off, worked } of PUBLISHED_YEARS) {
      expect(worked.every((one) => isWeekend(day(one)))).toBe(true);
      expect(daysIn(off).filter((one) => worked.includes(one))).toEqual([]);
    }
  });

  it('has 251, 248 and 248 working days in 2024, 2025 and 2026', () => {
    expect(workingDaysBetween(PUBLISHED_CALENDAR, day('2023-12-31'), day('2024-12-31'))).toBe(251);
    expect(workingDaysBetween(PUBLISHED_CALENDAR, day('2024-12-31'), day('2025-12-31'))).toBe(248);
    expect(workingDaysBetween(PUBLISHED_CALENDAR, day('2025-12-31'), day('2026-12-31'))).toBe(248);
  });

  it.each(PUBLISHED_YEARS)('$year has every statutory holiday off', ({ year, off }) => {
    // 2024 is before the law of thirteen days: 除夕 and 2 May were off only by arrangement.
    const days = new Set(daysIn(off));
    const missing = [...statutoryHolidays(year)].filter((one) => !days.has(one) && !isWeekend(one));
    expect(missing).toEqual(year === 2024 ? ['2024-02-09'] : []);
  });
});

describe('a year without an announcement', () => {
  it('has the thirteen statutory days off, and their substitute days', () => {
    expect([...statutoryHolidays(2027)].sort()).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-02-09',
      '2027-02-10',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-05-03',
      '2027-05-04',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
      '2027-10-04',
      '2027-10-05',
    ]);
  });

  it('gives two days off for two holidays on one day', () => {
    // 2031: 中秋 and 国庆 are 1 October; 4 and 5 October are a weekend.
    expect(statutoryHolidays(2031).has(day('2031-10-06'))).toBe(true);
    expect(statutoryHolidays(2031).has(day('2031-10-07'))).toBe(false);
  });

  it('has no work on New Year’s Day of 2027, and counts over it', () => {
    expect(PUBLISHED_CALENDAR.isWorkingDay(day('2027-01-01'))).toBe(false);
    expect(addWorkingDays(PUBLISHED_CALENDAR, day('2026-12-31'), 1)).toBe('2027-01-04');
  });

  it('has the fixed holidays of a year in the far future', () => {
    expect([...statutoryHolidays(2099)].filter((one) => one < '2099-02-01')).toEqual(['2099-01-01']);
  });
});

describe('rows of years', () => {
  const row = (over: Partial<CalendarYear>): CalendarYear => ({
    jurisdiction: 'CN',
    year: 2027,
    version: 1,
    off: [['2026-12-31', '2027-01-03']],
    worked: ['2026-12-26'],
    source: 's',
    ...over,
  });

  it('the newest version of a year is in force, including its days off in the December before', () => {
    const first = calendarOf([...PUBLISHED_YEARS, row({})]);
    expect([first.isWorkingDay(day('2026-12-31')), first.isWorkingDay(day('2026-12-26')), first.isAnnounced(day('2027-06-01'))]).toEqual([
      false,
      true,
      true,
    ]);
    const second = calendarOf([row({ version: 2, off: [['2027-01-01', '2027-01-01']], worked: [] }), ...PUBLISHED_YEARS, row({})]);
    expect([second.isWorkingDay(day('2026-12-31')), second.isWorkingDay(day('2026-12-26'))]).toEqual([true, false]);
  });

  it('an authority’s own year takes precedence over the province’s, and the province’s over the country’s', () => {
    const rows = [
      row({}),
      row({ jurisdiction: 'LN', off: [['2027-03-01', '2027-03-01']] }),
      row({ jurisdiction: '2102', off: [['2027-03-02', '2027-03-02']] }),
    ];
    const worked = (place?: string): boolean[] => ['2027-03-01', '2027-03-02'].map((one) => calendarOf(rows, place).isWorkingDay(day(one)));
    expect([worked(), worked('2101'), worked('2102')]).toEqual([
      [true, true],
      [false, true],
      [true, false],
    ]);
  });
});

describe('isWorkingDay', () => {
  it.each([
    ['2025-10-09', true],
    ['2025-10-08', false],
    ['2025-10-11', true],
    ['2025-10-12', false],
    ['2026-02-14', true],
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-11-23', true],
    ['2026-11-22', false],
  ])('%s: %s', (text, worked) => expect(PUBLISHED_CALENDAR.isWorkingDay(day(text))).toBe(worked));
});

describe('addWorkingDays', () => {
  it.each([
    ['2025-09-26', 1, '2025-09-28'],
    ['2025-09-30', 1, '2025-10-09'],
    ['2025-09-30', 3, '2025-10-11'],
    ['2025-09-30', 4, '2025-10-13'],
    ['2024-02-09', 1, '2024-02-18'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2025-10-13', -4, '2025-09-30'],
    ['2026-11-21', 0, '2026-11-21'],
  ])('%s %i: %s', (from, n, to) => expect(addWorkingDays(PUBLISHED_CALENDAR, day(from), n)).toBe(to));
});

describe('endOf', () => {
  it('does not count the day of the event', () => expect(lastDay(7, 'workingDay', '2026-11-23')).toBe('2026-12-02'));

  it('moves a last day on a holiday to the next working day', () => {
    expect(lastDay(15, 'day', '2025-09-20')).toBe('2025-10-09');
    expect(lastDay(3, 'day', '2025-09-25')).toBe('2025-09-28');
    expect(lastDay(3, 'day', '2026-11-19')).toBe('2026-11-23');
  });

  it('counts months and years to the same day, or the last of the month', () => {
    expect(lastDay(6, 'month', '2025-08-31')).toBe('2026-02-28');
    expect(lastDay(1, 'month', '2024-01-31')).toBe('2024-02-29');
    expect(lastDay(2, 'year', '2024-11-25')).toBe('2026-11-25');
  });

  it('ends with the last instant of the day in Shanghai, whatever the time zone of the machine', () => {
    expect(endOf(PUBLISHED_CALENDAR, { amount: 1, unit: 'workingDay' }, new Date('2026-11-23T16:30:00Z')).at.toISOString()).toBe(
      '2026-11-25T15:59:59.999Z',
    );
  });

  it('counts hours from the event itself, holiday or not', () => {
    expect(endOf(PUBLISHED_CALENDAR, { amount: 24, unit: 'hour' }, new Date('2025-10-01T03:04:05Z'))).toEqual({
      at: new Date('2025-10-02T03:04:05Z'),
      provisional: false,
    });
  });

  it('counts backwards to the working day before', () => {
    const end = endOf(PUBLISHED_CALENDAR, { amount: 7, unit: 'workingDay', before: true }, noonOf('2025-10-13'));
    expect(end.at.toISOString()).toBe('2025-09-26T15:59:59.999Z');
    expect(endOf(PUBLISHED_CALENDAR, { amount: 30, unit: 'day', before: true }, noonOf('2025-11-05')).at.toISOString()).toBe(
      '2025-09-30T15:59:59.999Z',
    );
  });

  it('marks a year without data as provisional', () => {
    expect(endOf(PUBLISHED_CALENDAR, { amount: 60, unit: 'day' }, noonOf('2026-11-23')).provisional).toBe(true);
    expect(endOf(PUBLISHED_CALENDAR, { amount: 7, unit: 'workingDay' }, noonOf('2026-12-29')).provisional).toBe(true);
    expect(endOf(PUBLISHED_CALENDAR, { amount: 7, unit: 'workingDay' }, noonOf('2026-11-23')).provisional).toBe(false);
  });
});
