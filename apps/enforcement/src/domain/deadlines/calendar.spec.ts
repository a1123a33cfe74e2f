import type { Day } from '@hengji/domain-kit';
import { addWorkingDays, endOf, isWorkingDay, workingDaysBetween, YEARS } from './calendar';

const day = (text: string): Day => text as Day;
const noonOf = (text: string): Date => new Date(`${text}T12:00:00+08:00`);
const lastDay = (amount: number, unit: 'workingDay' | 'day' | 'month' | 'year', start: string): string =>
  new Date(endOf({ amount, unit }, noonOf(start)).at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

describe('the data', () => {
  it('names only weekend days as worked, and none of them as off', () => {
    for (const [year, { off, worked }] of Object.entries(YEARS)) {
      for (const monthDay of worked) {
        expect([0, 6]).toContain(new Date(`${year}-${monthDay}T00:00:00Z`).getUTCDay());
        expect(off.filter(([from, until]) => from <= monthDay && monthDay <= until)).toEqual([]);
      }
    }
  });

  it('has 251, 248 and 248 working days in 2024, 2025 and 2026', () => {
    expect(workingDaysBetween(day('2023-12-31'), day('2024-12-31'))).toBe(251);
    expect(workingDaysBetween(day('2024-12-31'), day('2025-12-31'))).toBe(248);
    expect(workingDaysBetween(day('2025-12-31'), day('2026-12-31'))).toBe(248);
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
  ])('%s: %s', (text, worked) => expect(isWorkingDay(day(text))).toBe(worked));
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
  ])('%s %i: %s', (from, n, to) => expect(addWorkingDays(day(from), n)).toBe(to));
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

  it('ends with the last instant of the day in Shanghai, whatever the zone of the machine', () => {
    expect(endOf({ amount: 1, unit: 'workingDay' }, new Date('2026-11-23T16:30:00Z')).at.toISOString()).toBe('2026-11-25T15:59:59.999Z');
  });

  it('counts hours from the event itself, holiday or not', () => {
    expect(endOf({ amount: 24, unit: 'hour' }, new Date('2025-10-01T03:04:05Z'))).toEqual({
      at: new Date('2025-10-02T03:04:05Z'),
      provisional: false,
    });
  });

  it('counts back to the working day before', () => {
    const end = endOf({ amount: 7, unit: 'workingDay', before: true }, noonOf('2025-10-13'));
    expect(end.at.toISOString()).toBe('2025-09-26T15:59:59.999Z');
    expect(endOf({ amount: 30, unit: 'day', before: true }, noonOf('2025-11-05')).at.toISOString()).toBe('2025-09-30T15:59:59.999Z');
  });

  it('says that a year without data is provisional', () => {
    expect(endOf({ amount: 60, unit: 'day' }, noonOf('2026-11-23')).provisional).toBe(true);
    expect(endOf({ amount: 7, unit: 'workingDay' }, noonOf('2026-12-29')).provisional).toBe(true);
    expect(endOf({ amount: 7, unit: 'workingDay' }, noonOf('2026-11-23')).provisional).toBe(false);
  });
});
