import { later, NOW } from '../../test/orders';
import { SERVICES } from './cascade';
import { fencesDue, isFenced, missFence, openFences, pauseMs, placeFence } from './fence';

describe('fences', () => {
  it('are opened at every service, due at once', () => {
    const fences = openFences(NOW);
    expect(fencesDue(fences, NOW)).toEqual(SERVICES);
    expect(fencesDue(fences, later(-1))).toEqual([]);
    expect(isFenced(fences)).toBe(false);
  });

  it('stand once all are placed', () => {
    const four = SERVICES.slice(0, 4).reduce(
      (fences, service) => placeFence(fences, service, NOW),
      openFences(NOW) as ReturnType<typeof placeFence>,
    );
    expect(isFenced(four)).toBe(false);
    expect(isFenced(placeFence(four, 'exchange', NOW))).toBe(true);
  });

  it('are asked for again after a growing pause, and say why', () => {
    const missed = missFence(openFences(NOW), 'exam', 'service.unavailable', NOW);
    expect(missed.find(({ service }) => service === 'exam')).toMatchObject({
      placedAt: null,
      tries: 1,
      nextTryAt: later(200),
      trouble: 'service.unavailable',
    });
    expect(fencesDue(missed, later(199))).not.toContain('exam');
    expect(fencesDue(missed, later(200))).toContain('exam');
  });

  it('change nothing when they stand already', () => {
    const placed = placeFence(openFences(NOW), 'exam', NOW);
    expect(placeFence(placed, 'exam', later(5))).toBe(placed);
    expect(missFence(placed, 'exam', 'late', later(5))).toBe(placed);
  });

  it.each([
    [0, 200],
    [1, 200],
    [2, 400],
    [3, 800],
    [8, 25_600],
    [9, 30_000],
    [400, 30_000],
  ])('pause after %i tries: %i ms', (tries, ms) => {
    expect(pauseMs(tries)).toBe(ms);
  });
});
