// The nightly sweep: every closed order is counted once a night, the order with the oldest sweep first. The progress is stored
// in the orders (swept_at). A restarted process continues there, two processes do not conflict, and a night that is too short
// continues in the next night. The rate is limited, so that the sweep does not slow other work.
import { dayOf } from '@hengji/domain-kit';
import { every, metrics, type Log, type Part, type Round } from '@hengji/host';

const LOOK_EVERY_MS = 1_000;
const BATCH = 100;
const DAY_MS = 86_400_000;

const swept = metrics.counter('hengji_enforcement_orders_swept_total', 'Closed orders that the nightly round has counted', []);

interface Options {
  /** Hour of the day, Asia/Shanghai, at which a night begins. */
  readonly SWEEP_HOUR: number;
  readonly SWEEP_PER_SECOND: number;
  /** Closed orders not swept since the night began, the oldest sweep first. */
  readonly find: (since: Date, now: Date, limit: number) => Promise<string[]>;
  readonly sweep: (orderId: string) => Promise<unknown>;
  readonly now: () => Date;
  readonly log: Log;
}

/** When the night of `now` began: the last time of that hour in Asia/Shanghai. */
export const nightOf = (now: Date, hour: number): Date => {
  const struck = new Date(`${dayOf(now)}T${String(hour).padStart(2, '0')}:00:00+08:00`);
  return struck <= now ? struck : new Date(struck.getTime() - DAY_MS);
};

export const nightlySweep = ({ SWEEP_HOUR: hour, SWEEP_PER_SECOND: perSecond, find, sweep, now, log }: Options): Part => {
  const sweepOne = async (orderId: string): Promise<void> => {
    await sweep(orderId).catch((failure: unknown) =>
      log.warn({ err: failure, orderId }, 'a closed order could not be swept; it comes again'),
    );
    swept.inc({});
  };

  /** Starts at most `perSecond` sweeps a second; a slow sweep delays the next second, so that no backlog grows. */
  const round = async ({ running, pause }: Round): Promise<'again' | undefined> => {
    const due = await find(nightOf(now(), hour), now(), BATCH);
    for (let at = 0; at < due.length && running(); at += perSecond) {
      const second = pause(1_000);
      await Promise.all(due.slice(at, at + perSecond).map(sweepOne));
      if (at + perSecond < due.length) await second;
    }
    return due.length < BATCH ? undefined : 'again';
  };

  const loop = every(LOOK_EVERY_MS, {
    work: round,
    failed: (failure) => log.warn({ err: failure }, 'the nightly round stumbles; it goes on'),
    stopWithinMs: 2_000,
  });
  return { name: 'nightly-sweep', start: async () => loop.start(), stop: loop.stop };
};
