// Runs the driver: at once after a signature and after each committed change of an order, and by a clock for due steps without
// a change. Such steps are a repeated fence request, the end of the patience, a repeated count, and work that a stopped process
// left. Only one run per order is active at a time; a request during a run causes one more run.
import { every, type Log, type Part } from '@hengji/host';
import type { Driver } from '../../application/ports';

/** Changes notify the driver; the clock finds steps that fall due without a change. */
const LOOK_EVERY_MS = 500;
const CHASE_EVERY_MS = 1_000;
const STOP_WITHIN_MS = 2_000;

interface Options {
  readonly drive: (orderId: string) => Promise<void>;
  readonly findDue: () => Promise<string[]>;
  readonly chase: () => Promise<void>;
  readonly log: Log;
}

interface Hand {
  again: boolean;
  done: Promise<void>;
}

/** The part, and the entry point for a run. A failed run is logged and repeated by the clock. */
export const orderDriver = ({ drive, findDue, chase, log }: Options): Part & Driver => {
  const hands = new Map<string, Hand>();
  let running = false;

  const work = async (orderId: string, hand: Hand): Promise<void> => {
    try {
      do {
        hand.again = false;
        await drive(orderId);
      } while (hand.again && running);
    } catch (failure) {
      log.warn({ err: failure, orderId }, 'the order could not be driven on; it will be tried again');
    } finally {
      hands.delete(orderId);
    }
  };

  const driveOnce = (orderId: string): Promise<void> => {
    if (!running) return Promise.resolve();
    const busy = hands.get(orderId);
    if (busy) {
      busy.again = true;
      return busy.done;
    }
    const hand: Hand = { again: false, done: Promise.resolve() };
    hands.set(orderId, hand);
    hand.done = work(orderId, hand);
    return hand.done;
  };

  const loop = (ms: number, work: () => Promise<void>, what: string) =>
    every(ms, { work, failed: (failure) => log.warn({ err: failure }, what), stopWithinMs: STOP_WITHIN_MS });
  const lookForDue = async (): Promise<void> => (await findDue()).forEach((orderId) => void driveOnce(orderId));
  const loops = [
    loop(LOOK_EVERY_MS, lookForDue, 'cannot look for orders that are due'),
    loop(CHASE_EVERY_MS, chase, 'cannot chase overdue rows'),
  ];

  return {
    name: 'order-driver',
    start: async () => {
      running = true;
      loops.forEach((one) => one.start());
    },
    stop: async () => {
      running = false;
      // The stop does not wait for a service that hangs: its answer is requested again after the start.
      const driven = Promise.all([...hands.values()].map((hand) => hand.done));
      const limit = new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref());
      await Promise.all([...loops.map((one) => one.stop()), Promise.race([driven, limit])]);
    },
    drive: driveOnce,
  };
};
