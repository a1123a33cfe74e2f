// The clock of limits and of documents that are owed. What it has to look at is in the database, by the moment; the clock itself
// remembers nothing, so stopping it, starting it again or having two of them changes nothing but who is first.
import type { Log, Part } from '@hengji/host';

const LOOK_EVERY_MS = 500;
const STOP_WITHIN_MS = 5_000;

interface Options {
  readonly recount: () => Promise<void>;
  readonly looks: readonly (() => Promise<void>)[];
  readonly log: Log;
}

export const deadlineClock = ({ recount, looks, log }: Options): Part => {
  let running = false;
  let stop = (): void => undefined;
  let stopped = Promise.resolve();
  let loop = Promise.resolve();

  const pause = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([stopped, new Promise((resolve) => (timer = setTimeout(resolve, LOOK_EVERY_MS)))]);
    clearTimeout(timer);
  };

  const look = async (what: () => Promise<void>): Promise<void> =>
    what().catch((failure: unknown) => log.warn({ err: failure }, 'the clock of deadlines could not look; it will look again'));

  const run = async (): Promise<void> => {
    await look(recount);
    while (running) {
      for (const one of looks) if (running) await look(one);
      await pause();
    }
  };

  return {
    name: 'deadline-clock',
    start: async () => {
      running = true;
      stopped = new Promise((resolve) => (stop = resolve));
      loop = run();
    },
    stop: async () => {
      running = false;
      stop();
      await Promise.race([loop, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())]);
    },
  };
};
