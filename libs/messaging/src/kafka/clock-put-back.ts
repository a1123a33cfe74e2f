// kafkajs tells by the wall clock when the next heartbeat is due. When that clock is put back, it sends none until the clock has
// come as far again; the group gives the partitions away, and takes no offset from whoever still reads them.

const LOOK_EVERY_MS = 250;

export interface ClockWatch {
  /** Rejects once the clock was put back by more than the limit, all together. */
  readonly putBack: Promise<never>;
  end(): void;
}

export const watchClock = (limitMs: number): ClockWatch => {
  const aheadOfTimer = (): number => Date.now() - performance.now();
  const began = aheadOfTimer();
  let timer: NodeJS.Timeout | undefined;
  const putBack = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const byMs = began - aheadOfTimer();
      if (byMs > limitMs) reject(new Error(`the clock was put back by ${Math.round(byMs)} ms`));
    }, LOOK_EVERY_MS);
    timer.unref();
  });
  putBack.catch(() => undefined);
  return { putBack, end: () => clearInterval(timer) };
};
