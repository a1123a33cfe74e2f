// What wakes the driver: a signature at once, every change of an order as it commits, and a clock for what is due without a
// change (a fence to be asked for again, patience that ends, a residual to be counted again, and whatever was under way when a
// process died). An order is driven by one hand at a time; a wake during the drive means one more.
import { every, type Log, type Part } from '@hengji/host';
import type { Driver } from '../../application/ports';

/** Changes ring by themselves; the clock is for what falls due without one. */
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

/** The part, and where others ask for a drive. A drive that fails is logged and comes again by the clock. */
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
      // A neighbour that hangs is not waited for: what it would have answered is asked again after the start.
      const driven = Promise.all([...hands.values()].map((hand) => hand.done));
      const limit = new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref());
      await Promise.all([...loops.map((one) => one.stop()), Promise.race([driven, limit])]);
    },
    drive: driveOnce,
  };
};
