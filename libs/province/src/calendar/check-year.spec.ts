import { Refusal } from '@hengji/domain-kit';
import { checkCalendarYear, countsOf, type YearClaim } from './check-year';
import { PUBLISHED_YEARS } from './published-years';
import { readCalendarYear, writeCalendarYear } from './read-year';

// The State Council's notice for 2026, as printed.
const NOTICE = `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`;

const published = PUBLISHED_YEARS.at(-1);
const sorted = (days: readonly string[]): string[] => [...days].sort();

describe('reading a year', () => {
  it('reads the notice as it is printed', () => {
    const { off, worked } = readCalendarYear(NOTICE, 2026);
    expect(off).toEqual(published?.off);
    expect(sorted(worked)).toEqual(published?.worked);
  });

  it('reads a list, which is the form in which a year is written', () => {
    for (const year of PUBLISHED_YEARS)
      expect(readCalendarYear(writeCalendarYear(year), year.year)).toEqual({ off: year.off, worked: year.worked });
    expect(readCalendarYear('2027/1/1 ~ 2027/1/3 休\n2027.2.14 班', 2027)).toEqual({
      off: [['2027-01-01', '2027-01-03']],
      worked: ['2027-02-14'],
    });
  });

  it('reads a range over New Year', () => {
    expect(readCalendarYear('2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。', 2019)).toEqual({
      off: [['2018-12-30', '2019-01-01']],
      worked: ['2018-12-29'],
    });
  });

  it('returns an empty year for text without dates', () => expect(readCalendarYear('没有日期', 2027)).toEqual({ off: [], worked: [] }));
});

const claim = (over: Partial<YearClaim> = {}): YearClaim => ({
  ...{ jurisdiction: 'CN', year: 2026, off: published?.off ?? [], worked: published?.worked ?? [], source: '通知' },
  ...over,
});

describe('checking a year', () => {
  it.each(PUBLISHED_YEARS.filter(({ year }) => year > 2024))('accepts $year as it was announced', (year) =>
    expect(() => checkCalendarYear(year)).not.toThrow(),
  );

  it.each<[string, Partial<YearClaim>, string]>([
    ['a jurisdiction that is none', { jurisdiction: '3201' }, 'jurisdiction'],
    ['a year long past', { year: 2020 }, 'year'],
    ['no source', { source: ' ' }, 'source'],
    ['no day off', { off: [] }, 'off'],
    ['a day that never was', { off: [['2026-02-29', '2026-03-01']] }, 'off[0]'],
    ['an end before its beginning', { off: [['2026-01-03', '2026-01-01']] }, 'off[0]'],
    ['a day of another year', { off: [['2025-12-24', '2026-01-01']] }, 'off[0]'],
    ['days twice', { off: [...(published?.off ?? []), ['2026-10-07', '2026-10-08']] }, 'off'],
    ['a statutory holiday that is missing', { off: (published?.off ?? []).slice(1) }, 'off'],
    ['a weekday to be worked', { worked: ['2026-03-02'] }, 'worked[0]'],
    ['a day off to be worked', { worked: ['2026-10-03'] }, 'worked[0]'],
    ['a day worked twice', { worked: ['2026-01-04', '2026-01-04'] }, 'worked[1]'],
  ])('refuses %s', (_what, over, field) => {
    let refused: unknown;
    try {
      checkCalendarYear(claim(over));
    } catch (thrown) {
      refused = thrown;
    }
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ reason: 'calendar.year_invalid', detail: { field } });
  });

  it('returns the counts for the preview', () => expect(countsOf(claim())).toEqual({ daysOff: 33, daysMadeUp: 6, workingDays: 248 }));
});
