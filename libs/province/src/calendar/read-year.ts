// Reads a year's days from text. The text is the State Council's notice as printed (“1月1日（周五）至3日（周日）放假，1月9日（周六）上班”), or a list with a day
// or a range and 休 or 班 in each line. A date gets its meaning from the next such word.
import type { Day } from '@hengji/domain-kit';

interface ReadYear {
  readonly off: readonly (readonly [from: string, until: string])[];
  readonly worked: readonly string[];
}

const TOKEN =
  /(?:(\d{4})[年\-/.])?(\d{1,2})[月\-/.](\d{1,2})日?(?:(?:至|到|~|～|—|–)(?:(?:(\d{4})[年\-/.])?(\d{1,2})[月\-/.])?(\d{1,2})日?)?|放假|放\d天假|休|上班|班/gu;

const two = (text: string): string => text.padStart(2, '0');

/** The text normalised to NFKC: without brackets (weekdays, lunar days), with uniform range signs and words. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .replace(/周末/g, '')
    .replace(/[ \t\u3000]*(至|到|~|—|–)[ \t\u3000]*/g, '$1')
    .replace(/放假调休/g, '放假')
    .replace(/调休上班/g, '上班');

/** The ranges off and the days worked; empty if nothing was recognised. `checkCalendarYear` checks whether they make a year. */
export const readCalendarYear = (text: string, year: number): ReadYear => {
  const off: (readonly [string, string])[] = [];
  const worked: string[] = [];
  let waiting: (readonly [string, string])[] = [];
  for (const match of plain(text).matchAll(TOKEN)) {
    const [word, ownYear, month, day, untilYear, untilMonth, untilDay] = match;
    if (month !== undefined && day !== undefined) {
      const from = `${ownYear ?? year}-${two(month)}-${two(day)}`;
      const until =
        untilDay === undefined
          ? from
          : `${untilYear ?? (untilMonth && ownYear ? year : (ownYear ?? year))}-${two(untilMonth ?? month)}-${two(untilDay)}`;
      waiting.push([from, until]);
    } else {
      if (/班/.test(word)) worked.push(...waiting.map(([from]) => from));
      else off.push(...waiting);
      waiting = [];
    }
  }
  return { off, worked };
};

/** The days with one range per line, in the form that `readCalendarYear` reads: the screen's text of a year. */
export const writeCalendarYear = ({ off, worked }: ReadYear): string =>
  [
    ...off.map(([from, until]) => (from === until ? `${from} 休` : `${from}至${until} 休`)),
    ...worked.map((day) => `${day as Day} 班`),
  ].join('\n');
