// Work that is asked for again and again until stopped; a wake cuts the pause short, and so does a commit that put something
// into one of exchange's queues. A failure is logged and answered by the next round: the database may be away for minutes.
import type { Log } from '@hengji/host';
import { onWake } from '@hengji/messaging';

export interface PollLoop {
  start(): void;
  wake(): void;
  stop(): Promise<void>;
}

export const pollLoop = (o: { name: string; everyMs: number; log: Log; work: () => Promise<void> }): PollLoop => {
  let running = false;
  let ended: Promise<void> = Promise.resolve();
  let woken = false;
  let wakeNow: () => void = () => undefined;
  let unsubscribe: () => void = () => undefined;

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      if (woken || !running) return resolve();
      const timer = setTimeout(resolve, o.everyMs);
      wakeNow = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async (): Promise<void> => {
    while (running) {
      woken = false;
      await o.work().catch((err: unknown) => o.log.error({ err, loop: o.name }, 'a round failed'));
      await pause();
    }
  };

  const wake = (): void => {
    woken = true;
    wakeNow();
  };
  return {
    wake,
    start: () => {
      running = true;
      unsubscribe = onWake('messaging_own', wake);
      ended = loop();
    },
    stop: async () => {
      running = false;
      unsubscribe();
      wake();
      await ended;
    },
  };
};
