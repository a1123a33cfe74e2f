import { nightOf } from './nightly-sweep';

it.each([
  ['2026-11-23T18:00:00.000Z', '2026-11-23T18:00:00.000Z'],
  ['2026-11-23T17:59:59.999Z', '2026-11-22T18:00:00.000Z'],
  ['2026-11-24T10:00:00.000Z', '2026-11-23T18:00:00.000Z'],
])('at %s the night that began at %s in Shanghai is swept', (now, night) => {
  expect(nightOf(new Date(now), 2).toISOString()).toBe(night);
});
