import { dayOf, isDay, minutesAfter } from './clock';

describe('days are days in Asia/Shanghai', () => {
  it.each([
    ['2026-03-01T15:59:59.999Z', '2026-03-01'],
    ['2026-03-01T16:00:00.000Z', '2026-03-02'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('%s is %s', (instant, day) => expect(dayOf(new Date(instant))).toBe(day));

  it('adds minutes', () => expect(minutesAfter(new Date('2026-03-01T00:00:00Z'), 90).toISOString()).toBe('2026-03-01T01:30:00.000Z'));
});

describe('a day', () => {
  it.each(['2024-02-29', '2026-12-31'])('accepts day %s', (day) => expect(isDay(day)).toBe(true));
  it.each(['2023-02-29', '2026-13-01', '2026-1-01', '2026-01-01T00:00', ''])('refuses day %s', (day) => expect(isDay(day)).toBe(false));
});
