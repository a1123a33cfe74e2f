// What wakes the driver: a signature at once, every change of an order as it commits, and a clock for what is due without a
// change (a fence to be asked for again, patience that ends, a residual to be counted again, and whatever was under way when a
// process died). An order is driven by one hand at a time; a wake during the drive means one more.
import type { Log, Part } from '@hengji/host';
import type { Driver } from '../application/ports';

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
  const loops: Promise<void>[] = [];
  let running = false;
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));

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

  const pause = async (ms: number): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([stopped, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
    clearTimeout(timer);
  };

  const every = async (ms: number, what: string, look: () => Promise<void>): Promise<void> => {
    while (running) {
      await look().catch((failure: unknown) => log.warn({ err: failure }, what));
      await pause(ms);
    }
  };

  return {
    name: 'order-driver',
    start: async () => {
      running = true;
      const lookForDue = async (): Promise<void> => (await findDue()).forEach((orderId) => void driveOnce(orderId));
      loops.push(every(LOOK_EVERY_MS, 'cannot look for orders that are due', lookForDue));
      loops.push(every(CHASE_EVERY_MS, 'cannot chase overdue rows', chase));
    },
    stop: async () => {
      running = false;
      stop();
      // A neighbour that hangs is not waited for: what it would have answered is asked again after the start.
      const finished = Promise.all([...loops, ...[...hands.values()].map((hand) => hand.done)]);
      await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())]);
    },
    drive: driveOnce,
  };
};
