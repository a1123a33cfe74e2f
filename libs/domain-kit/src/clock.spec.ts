import { dayOf, minutesAfter } from './clock';

describe('days are days in Asia/Shanghai', () => {
  it.each([
    ['2026-03-01T15:59:59.999Z', '2026-03-01'],
    ['2026-03-01T16:00:00.000Z', '2026-03-02'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('%s is %s', (instant, day) => expect(dayOf(new Date(instant))).toBe(day));

  it('adds minutes', () => expect(minutesAfter(new Date('2026-03-01T00:00:00Z'), 90).toISOString()).toBe('2026-03-01T01:30:00.000Z'));
});
