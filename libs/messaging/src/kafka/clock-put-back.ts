// kafkajs uses the wall clock to decide when the next heartbeat is due. When that clock is set back, kafkajs sends no heartbeat until the
// clock reaches the old time. The group then reassigns the partitions and refuses offsets from the reader that still reads them.

const LOOK_EVERY_MS = 250;

export interface ClockWatch {
  /** Rejects once the clock was set back by more than the limit in total. */
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
