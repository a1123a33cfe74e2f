// The clock of limits and of documents that are owed. What it has to look at is in the database, by the moment; the clock itself
// remembers nothing, so stopping it, starting it again or having two of them changes nothing but who is first.
import { every, type Log, type Part } from '@hengji/host';

const LOOK_EVERY_MS = 500;
const STOP_WITHIN_MS = 5_000;

interface Options {
  readonly recount: () => Promise<void>;
  readonly looks: readonly (() => Promise<void>)[];
  readonly log: Log;
}

export const deadlineClock = ({ recount, looks, log }: Options): Part => {
  const failed = (failure: unknown): void => log.warn({ err: failure }, 'the clock of deadlines could not look; it will look again');

  let isCounted = false;
  const loop = every(LOOK_EVERY_MS, {
    work: async ({ running }) => {
      // One look that fails does not keep the others from theirs.
      for (const one of isCounted ? looks : [recount, ...looks]) if (running()) await one().catch(failed);
      isCounted = true;
    },
    failed,
    stopWithinMs: STOP_WITHIN_MS,
  });

  return {
    name: 'deadline-clock',
    start: async () => {
      isCounted = false;
      loop.start();
    },
    stop: loop.stop,
  };
};
