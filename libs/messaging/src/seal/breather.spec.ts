import { breather } from './breather';

/** The longest time between two runs of a timer while the pieces are done, each of 5 ms. */
const longestPause = async (pieces: number, between: () => Promise<void>): Promise<number> => {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  for (let piece = 0; piece < pieces; piece += 1) {
    const end = performance.now() + 5;
    while (performance.now() < end);
    await between();
  }
  clearInterval(timer);
  return Math.max(longest, performance.now() - last);
};

it('long work lets timers run between its pieces', async () => {
  expect(await longestPause(40, async () => undefined)).toBeGreaterThanOrEqual(200);
  expect(await longestPause(40, breather())).toBeLessThan(150);
});
