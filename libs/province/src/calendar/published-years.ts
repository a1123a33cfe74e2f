// The years that the State Council has announced (国务院办公厅关于部分节假日安排的通知) up to this release. Two people load a year that is announced later in
// the console, in addition to these (see docs/DEADLINES.md). A later version of a year replaces the earlier one.
import { calendarOf, type Calendar, type CalendarYear } from './calendar';

const announced = (year: number, off: readonly (readonly [string, string])[], worked: readonly string[]): CalendarYear => ({
  jurisdiction: 'CN',
  year,
  version: 0,
  off: off.map(([from, until]) => [`${year}-${from}`, `${year}-${until}`] as const),
  worked: worked.map((day) => `${year}-${day}`),
  source: `国务院办公厅关于${year}年部分节假日安排的通知`,
});

export const PUBLISHED_YEARS: readonly CalendarYear[] = [
  announced(
    2024,
    [
      ['01-01', '01-01'],
      ['02-10', '02-17'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-10', '06-10'],
      ['09-15', '09-17'],
      ['10-01', '10-07'],
    ],
    ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  ),
  announced(
    2025,
    [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    ['01-26', '02-08', '04-27', '09-28', '10-11'],
  ),
  announced(
    2026,
    [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  ),
];

/** The calendar of this release, for the whole country. */
export const PUBLISHED_CALENDAR: Calendar = calendarOf(PUBLISHED_YEARS);
