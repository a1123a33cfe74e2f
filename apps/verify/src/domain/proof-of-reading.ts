// When is what this process knows fresh? At some moment of the last seconds it had read to the ends of its topics, as the broker
// told them at that moment. That the broker answers is not enough, nor that something was read lately. A process that was paused
// knows nothing of the time in between: what was proven before the pause does not count after it.

/** For so long a proof counts, in ms. */
export const FRESH_FOR_MS = 2_000;
/** A clock that was not looked at for so long means that the process stood still. */
export const PAUSED_MS = 1_000;

export interface ProofOfReading {
  /** Called often, in any case before each question; `monotonic` never goes back, `wall` goes on while a machine sleeps. In ms. */
  look(monotonic: number, wall: number): void;
  /** Everything was read up to the ends that were asked for at this moment. */
  proven(askedAt: number): void;
  fresh(monotonic: number): boolean;
}

export const proofOfReading = (): ProofOfReading => {
  let lookedAt: { readonly monotonic: number; readonly wall: number } | undefined;
  let provenAt = Number.NEGATIVE_INFINITY;
  let notBefore = Number.NEGATIVE_INFINITY;
  return {
    look: (monotonic, wall) => {
      const stood = lookedAt ? Math.max(monotonic - lookedAt.monotonic, wall - lookedAt.wall) : 0;
      if (stood > PAUSED_MS) notBefore = monotonic;
      lookedAt = { monotonic, wall };
    },
    proven: (askedAt) => {
      if (askedAt >= notBefore) provenAt = Math.max(provenAt, askedAt);
    },
    fresh: (monotonic) => provenAt >= notBefore && monotonic - provenAt < FRESH_FOR_MS,
  };
};
