import { FRESH_FOR_MS, PAUSED_MS, proofOfReading } from './proof-of-reading';

describe('proof of reading', () => {
  it('counts for two seconds from the request for the ends, not from reaching them', () => {
    const proof = proofOfReading();
    proof.look(0, 0);
    expect(proof.fresh(0)).toBe(false);
    proof.proven(100);
    expect(proof.fresh(100 + FRESH_FOR_MS - 1)).toBe(true);
    expect(proof.fresh(100 + FRESH_FOR_MS)).toBe(false);
  });

  it.each([
    ['the monotonic clock', { monotonic: PAUSED_MS + 1, wall: 10 }],
    ['the wall clock, which alone goes on while a machine sleeps', { monotonic: 10, wall: PAUSED_MS + 1 }],
  ])('does not count after a pause that %s shows, until there is a new proof', (_, jump) => {
    const proof = proofOfReading();
    proof.look(0, 0);
    proof.proven(0);
    proof.look(jump.monotonic, jump.wall);
    expect(proof.fresh(jump.monotonic)).toBe(false);
    // Requested before the pause, answered after it.
    proof.proven(jump.monotonic - 1);
    expect(proof.fresh(jump.monotonic)).toBe(false);
    proof.proven(jump.monotonic + 5);
    expect(proof.fresh(jump.monotonic + 6)).toBe(true);
  });

  it('is not affected by a clock that is set back, nor by short delays', () => {
    const proof = proofOfReading();
    proof.look(0, 5_000_000);
    proof.proven(0);
    proof.look(PAUSED_MS - 1, 100);
    expect(proof.fresh(PAUSED_MS - 1)).toBe(true);
  });
});
