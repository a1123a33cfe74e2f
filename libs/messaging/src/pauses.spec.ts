import { bell, pauseMs, pauses, within } from './pauses';

describe('pauseMs', () => {
  it.each([
    [1, 100],
    [2, 200],
    [3, 400],
    [4, 500],
    [99, 500],
  ])('is for the %sth pause %s ms', (nth, ms) => {
    expect(pauseMs(nth, { firstMs: 100, longestMs: 500 })).toBe(ms);
  });
});

describe('bell', () => {
  it('ends a wait', async () => {
    const one = bell();
    const waited = one.wait(60_000);
    one.ring();
    await waited;
  });

  it('ends the next wait when no wait was running, and only that one', async () => {
    const one = bell();
    one.ring();
    await one.wait(60_000);
    const second = one.wait(5).then(() => 'over');
    expect(await second).toBe('over');
  });
});

describe('pauses', () => {
  it('end at once when cancelled, the current one and all later ones', async () => {
    const pause = pauses({ firstMs: 60_000, longestMs: 60_000 });
    const running = pause.next();
    pause.cancel();
    await running;
    await pause.next();
  });
});

describe('within', () => {
  it('waits for the work, successful or failed, but not beyond the limit', async () => {
    await within(60_000, Promise.resolve());
    await within(60_000, Promise.reject(new Error('no')));
    await within(5, new Promise(() => undefined));
  });
});
