// Waiting in one place: growing pauses after failures, and waits that another part can end early.

/** Pauses that double from `firstMs` to `longestMs` until `reset`; `cancel` ends the current one and all later ones. */
export interface Pauses {
  next(): Promise<void>;
  reset(): void;
  cancel(): void;
}

/** The nth pause (from 1) in milliseconds. */
export const pauseMs = (nth: number, { firstMs, longestMs }: { firstMs: number; longestMs: number }): number =>
  Math.min(longestMs, firstMs * 2 ** Math.min(nth - 1, 30));

export const pauses = (limits: { firstMs: number; longestMs: number }): Pauses => {
  const rest = bell();
  let nth = 0;
  let cancelled = false;
  return {
    next: async () => {
      nth += 1;
      if (!cancelled) await rest.wait(pauseMs(nth, limits));
    },
    reset: () => {
      nth = 0;
    },
    cancel: () => {
      cancelled = true;
      rest.ring();
    },
  };
};

/** A wait with a limit that `ring` ends early. A ring without a running wait ends the next wait at once. */
export interface Bell {
  wait(limitMs: number): Promise<void>;
  ring(): void;
}

export const bell = (): Bell => {
  let rung = false;
  let end: (() => void) | undefined;
  return {
    wait: async (limitMs) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, limitMs);
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
      end = undefined;
    },
    ring: () => {
      rung = true;
      end?.();
    },
  };
};

/** Resolves when the work is finished or the time is over, whichever comes first; failed work counts as finished. */
export const within = async (limitMs: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
};
