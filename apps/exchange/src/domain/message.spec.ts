import { decideRetry, pauseMs } from './message';

const BACKOFF = { baseMs: 500, capMs: 600_000 };

describe('pauseMs', () => {
  it.each([
    [1, 0, 250],
    [1, 0.999, 500],
    [2, 0, 500],
    [3, 0.5, 1_500],
    [12, 0, 300_000],
    [5_000, 0, 300_000],
  ])('after %i tries with chance %d: %i ms', (tries, chance, ms) => {
    expect(pauseMs(tries, BACKOFF, chance)).toBe(ms);
  });
});

describe('decideRetry', () => {
  it('sends what is pending now, rejected rows anew, and refuses what is acknowledged', () => {
    expect(decideRetry('PENDING')).toBe('now');
    expect(decideRetry('PARTLY_REJECTED')).toBe('rejectedRows');
    expect(() => decideRetry('ACKNOWLEDGED')).toThrow(expect.objectContaining({ reason: 'message.acknowledged' }));
  });
});
