// Work that is repeated until it is stopped: the only loop of this kind. A failed round is reported, and the next round follows; the
// database may be unavailable for minutes.

/** What a round may use while it runs. */
export interface Round {
  /** False from `stop` on: a long round ends early. */
  running(): boolean;
  /** Waits; at most until `stop`. */
  pause(ms: number): Promise<void>;
}

export interface Every {
  start(): void;
  /** Ends the pause; during a round it makes the next one follow at once. */
  wake(): void;
  /** Resolves when the current round has ended, or after `stopWithinMs`. Never rejects. */
  stop(): Promise<void>;
}

interface Options {
  /** One round. `'again'`: the next follows without a pause. */
  readonly work: (round: Round) => Promise<unknown>;
  /** Called for each failed round. */
  readonly failed: (failure: unknown) => void;
  /** How long `stop` waits for the current round; without it, until the round has ended. */
  readonly stopWithinMs?: number;
}

/** Runs `work`, and again `ms` after it has ended. Nothing runs before `start`; it can be started again after `stop`. */
export const every = (ms: number, { work, failed, stopWithinMs }: Options): Every => {
  let running = false;
  let starts = 0;
  let woken = false;
  let ended: Promise<void> = Promise.resolve();
  const pauses = new Set<() => void>();
  let endPause = (): void => undefined;

  const pause = (lasting: number, ends: (end: () => void) => void = () => undefined): Promise<void> =>
    new Promise((resolve) => {
      if (!running) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, lasting);
      pauses.add(end);
      ends(end);
    });

  const round: Round = { running: () => running, pause: (lasting) => pause(lasting) };

  /** A round that hangs during a stop does not continue its loop beside the loop of a later start. */
  const loop = async (start: number): Promise<void> => {
    while (running && start === starts) {
      woken = false;
      let outcome: unknown;
      try {
        outcome = await work(round);
      } catch (failure) {
        failed(failure);
      }
      if (outcome !== 'again' && !woken) await pause(ms, (end) => (endPause = end));
    }
  };

  return {
    start: () => {
      running = true;
      starts += 1;
      ended = loop(starts);
    },
    wake: () => {
      woken = true;
      endPause();
    },
    stop: async () => {
      running = false;
      for (const end of [...pauses]) end();
      const limit = stopWithinMs === undefined ? [] : [new Promise((resolve) => setTimeout(resolve, stopWithinMs).unref())];
      await Promise.race([ended, ...limit]);
    },
  };
};
