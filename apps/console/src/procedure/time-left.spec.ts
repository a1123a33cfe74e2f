import { isBeyond, nearness, timeLeft, weekdaysLeft } from './time-left';

// A Wednesday, 10:00 in Shanghai.
const NOW = Date.parse('2026-03-04T10:00:00+08:00');
const running = (dueAt: string) => nearness({ state: 'RUNNING', dueAt }, NOW);

describe('the time left of a limit', () => {
  it.each([
    ['2026-03-04T09:59:59+08:00', 'passed'],
    ['2026-03-04T10:00:00+08:00', 'today'],
    ['2026-03-04T23:59:59+08:00', 'today'],
    ['2026-03-05T00:00:00+08:00', 'three'],
    // Thursday, Friday, and Monday after the weekend.
    ['2026-03-09T23:59:59+08:00', 'three'],
    ['2026-03-10T23:59:59+08:00', 'seven'],
    ['2026-03-13T23:59:59+08:00', 'seven'],
    ['2026-03-16T23:59:59+08:00', 'later'],
    ['2027-03-16T23:59:59+08:00', 'later'],
  ])('%s is %s', (dueAt, expected) => expect(running(dueAt)).toBe(expected));

  it('follows enforcement on whether a limit has passed or is met', () => {
    expect(nearness({ state: 'PASSED', dueAt: '2027-01-01T00:00:00Z' }, NOW)).toBe('passed');
    expect(nearness({ state: 'MET', dueAt: '2026-03-04T09:00:00+08:00' }, NOW)).toBe('over');
  });

  it('names the columns of a truncated list that may be incomplete', () => {
    const columns = ['passed', 'today', 'three', 'seven', 'later'] as const;
    const last = { state: 'RUNNING', dueAt: '2026-03-09T12:00:00+08:00' };
    expect(columns.filter((column) => isBeyond(columns, column, last, NOW))).toEqual(['three', 'seven', 'later']);
    expect(columns.filter((column) => isBeyond(columns, column, undefined, NOW))).toEqual([]);
  });

  it('does not count weekends', () => {
    expect(weekdaysLeft(Date.parse('2026-03-06T12:00:00+08:00'), Date.parse('2026-03-09T12:00:00+08:00'))).toBe(1);
  });

  it.each([
    ['2026-03-04T09:00:00+08:00', '今天已过'],
    ['2026-03-02T09:00:00+08:00', '已过 2 天'],
    ['2026-03-04T11:00:00+08:00', '今天'],
    ['2026-03-09T00:00:00+08:00', '还有 5 天'],
  ])('describes %s as: %s', (dueAt, words) => expect(timeLeft(dueAt, NOW)).toBe(words));
});
