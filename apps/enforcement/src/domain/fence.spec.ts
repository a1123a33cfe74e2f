import { later, NOW, placed } from '../../test/orders';
import { SERVICES } from './cascade';
import {
  askUnattested,
  doubtFences,
  fencesDue,
  isAttested,
  isFenced,
  missFence,
  openFences,
  pauseMs,
  placeFence,
  type Fence,
} from './fence';

describe('fences', () => {
  it('are opened at every service, due at once', () => {
    const fences = openFences(NOW);
    expect(fencesDue(fences, NOW)).toEqual(SERVICES);
    expect(fencesDue(fences, later(-1))).toEqual([]);
    expect(isFenced(fences)).toBe(false);
  });

  it('are complete once all are placed', () => {
    const four = SERVICES.slice(0, 4).reduce(
      (fences, service) => placeFence(fences, service, placed(NOW), NOW),
      openFences(NOW) as ReturnType<typeof placeFence>,
    );
    expect(isFenced(four)).toBe(false);
    expect(isFenced(placeFence(four, 'exchange', placed(NOW), NOW))).toBe(true);
  });

  it('are requested again after a growing pause, and keep the reason', () => {
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

  it('change nothing when they are already placed', () => {
    const standing = placeFence(openFences(NOW), 'exam', placed(NOW), NOW);
    expect(placeFence(standing, 'exam', placed(later(5)), later(5))).toBe(standing);
    expect(missFence(standing, 'exam', 'late', later(5))).toBe(standing);
  });

  it('count as placed without a signature, and are requested again until they are signed; the signed time replaces the first', () => {
    const all = SERVICES.reduce<readonly Fence[]>((fences, service) => placeFence(fences, service, placed(NOW), NOW), openFences(NOW));
    expect(isAttested(all)).toBe(true);
    const unsigned = { placedAt: later(1), attestation: null, trouble: 'fence.unsigned' };
    const open = placeFence(openFences(NOW), 'exam', unsigned, later(1));
    const exam = (fences: readonly Fence[]): Fence | undefined => fences.find(({ service }) => service === 'exam');
    expect(exam(open)).toMatchObject({ placedAt: later(1), attestation: null, nextTryAt: later(201), trouble: 'fence.unsigned' });
    expect([fencesDue(open, later(200)).includes('exam'), fencesDue(open, later(201)).includes('exam')]).toEqual([false, true]);
    const missed = missFence(open, 'exam', 'service.unavailable', later(300));
    expect(exam(missed)).toMatchObject({ placedAt: later(1), tries: 2, trouble: 'service.unavailable' });
    expect(exam(placeFence(missed, 'exam', placed(later(0)), later(500)))).toMatchObject({
      placedAt: later(0),
      nextTryAt: null,
      trouble: '',
    });
  });

  it('are requested again when the signature is missing or invalid', () => {
    const all = SERVICES.reduce<readonly Fence[]>((fences, service) => placeFence(fences, service, placed(NOW), NOW), openFences(NOW));
    expect(askUnattested(all, later(1))).toBe(all);
    const old = all.map((fence) => ({ ...fence, attestation: null }));
    expect(fencesDue(old, later(1))).toEqual([]);
    expect(fencesDue(askUnattested(old, later(1)), later(1))).toEqual(SERVICES);
    const doubted = doubtFences(all, new Map([['exam', 'fence.forged']]), later(2));
    expect(fencesDue(doubted, later(2))).toEqual(['exam']);
    expect([isFenced(doubted), isAttested(doubted)]).toEqual([true, false]);
  });

  it.each([
    [0, 200],
    [1, 200],
    [2, 400],
    [3, 800],
    [5, 3_200],
    [6, 5_000],
    [400, 5_000],
  ])('pause after %i tries: %i ms', (tries, ms) => {
    expect(pauseMs(tries)).toBe(ms);
  });
});
