import { executing, later, NOW } from '../../../test/orders';
import { decideOverdue } from '../execution';
import { LONGEST_PAUSE_MS, fencesDue, openFences } from '../fence';
import { SERVICES } from '../cascade';
import { quietly } from '../order';
import { isAhead, isDue, nextTime, statedAt } from './order-time';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

it.each([
  ['passed', -1, true],
  ['now', 0, true],
  ['within the longest pause', 1, false],
  ['at the end of the longest pause', 5 * MINUTE_MS, false],
  ['further off by what two right clocks may differ', 6 * MINUTE_MS, false],
  ['further off than that', 6 * MINUTE_MS + 1, true],
  ['ten minutes ahead', 10 * MINUTE_MS, true],
  ['a day ahead', DAY_MS, true],
])('a pause that ends at a time that is %s', (_, ms, due) => {
  expect(isDue(later(ms), NOW, 5 * MINUTE_MS)).toBe(due);
});

it('an absent pause is never due', () => expect(isDue(null, NOW, 1)).toBe(false));

it('fences are requested again after a clock that was ahead postponed them', () => {
  expect(fencesDue(openFences(later(10 * MINUTE_MS)), NOW)).toEqual(SERVICES);
  expect(fencesDue(openFences(later(LONGEST_PAUSE_MS)), NOW)).toEqual([]);
});

it('the order’s time follows the clock, and never goes back', () => {
  expect(nextTime(null, NOW)).toBe(NOW);
  expect(nextTime(later(-1), NOW)).toBe(NOW);
  expect(nextTime(NOW, NOW)).toBe(NOW);
  expect(nextTime(later(DAY_MS), NOW)).toEqual(later(DAY_MS + 1));
});

it('a decision uses the order’s time for what it states, and keeps earlier times and due times', () => {
  const before = executing();
  const at = later(DAY_MS);
  const decided = { ...before, completedAt: NOW, suspension: { at: NOW, reason: '裁定' }, sweep: { ...before.sweep, nextAt: later(5) } };
  const { next } = statedAt(before, quietly(decided), at);
  expect(next).toMatchObject({ completedAt: at, suspension: { at } });
  expect(next.signature).toBe(before.signature);
  expect(next.issuedAt).toBe(before.issuedAt);
  expect(next.sweep.nextAt).toEqual(later(5));
});

it('the limit of a row that was asked by a clock ahead of time starts by the correct clock', () => {
  const order = executing();
  const ahead = {
    ...order,
    rows: order.rows.map((row) => (row.state === 'ASKED' ? { ...row, askedAt: later(DAY_MS), dueAt: later(2 * DAY_MS) } : row)),
  };
  const { next, events } = decideOverdue(ahead, later(1));
  const asked = next.rows.filter(({ state }) => state === 'ASKED');
  expect(asked.length).toBeGreaterThan(0);
  for (const row of asked)
    expect(row).toMatchObject({ askedAt: later(1), dueAt: later(1 + row.withinMinutes * MINUTE_MS), overdue: false });
  expect(events).toEqual([]);
  expect(isAhead(later(MINUTE_MS), NOW)).toBe(false);
});
