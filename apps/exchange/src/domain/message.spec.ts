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
  it('sends pending messages now and rejected rows in a new message, and refuses acknowledged messages', () => {
    expect(decideRetry('PENDING')).toBe('now');
    expect(decideRetry('PARTLY_REJECTED')).toBe('rejectedRows');
    expect(() => decideRetry('ACKNOWLEDGED')).toThrow(expect.objectContaining({ reason: 'message.acknowledged' }));
  });
});
