// Watches an order: yields the order at once, then after each change. Several changes between two reads are yielded as one. A
// poll finds changes whose notification was lost.
import { checkMaySee, type Actor } from '../domain/competence';
import { concernOf, type Order } from '../domain/order';
import type { Changes, Orders } from './ports';

interface Deps<Tx> {
  readonly orders: Pick<Orders<Tx>, 'getVersion'>;
  readonly changes: Changes;
}

/** Yields the order after each change until `signal` aborts. Refuses `order.unknown`, `order.out_of_territory`. */
export const watchOrder = <Tx>({ orders, changes }: Deps<Tx>) =>
  async function* (orderId: string, actor: Actor, signal: AbortSignal): AsyncIterable<Order> {
    let ring = (): void => undefined;
    let changed = new Promise<void>((resolve) => (ring = resolve));
    const stop = (): void => ring();
    const forget = changes.on(orderId, () => ring());
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (let seen = 0; !signal.aborted; await changed) {
        // The next notification is awaited from before the read; otherwise a change during the read would be missed.
        changed = new Promise((resolve) => (ring = resolve));
        const { order, version } = await orders.getVersion(orderId);
        checkMaySee(actor, concernOf(order));
        if (version !== seen) yield order;
        seen = version;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      forget();
    }
  };
