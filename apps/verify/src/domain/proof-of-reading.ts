// Whether the copy of this process is fresh. It is fresh when, at some moment of the last seconds, it was read to the ends of its topics.
// These are the ends that the broker returned at that moment. An answer of the broker alone is not enough, nor a recently read record. A
// process that was paused has no data about the pause: a proof from before the pause does not count after it.

/** How long a proof counts, in ms. */
export const FRESH_FOR_MS = 2_000;
/** A longer time between two readings of the clock means that the process was paused. */
export const PAUSED_MS = 1_000;

export interface ProofOfReading {
  /** Call often, and before each lookup; `monotonic` never goes back, `wall` continues while a machine sleeps. In ms. */
  look(monotonic: number, wall: number): void;
  /** Everything was read up to the ends requested at this moment. */
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
