// Hears which orders change, in this process or another, over one listening connection. A notification is a hint: when the
// connection is lost some are missed, so everybody is rung after each reconnect, and now and then in any case.
import type { Log, Part } from '@hengji/host';
import { Client } from 'pg';
import type { Changes } from '../../application/ports';

export const ORDER_CHANNEL = 'enforcement_order';

const RECONNECT_MS = 500;
const RING_ALL_MS = 2_000;

interface Options {
  readonly databaseUrl: string;
  readonly log: Log;
  /** Told of every change that was heard, whoever watches. */
  readonly onChange?: (orderId: string) => void;
}

/** The part, and where watchers register. */
export const orderChanges = ({ databaseUrl, log, onChange }: Options): Part & Changes => {
  const watchers = new Map<string, Set<() => void>>();
  let running = false;
  let client: Client | undefined;
  let timers: NodeJS.Timeout[] = [];

  const ring = (orderId: string): void => watchers.get(orderId)?.forEach((callback) => callback());
  const ringAll = (): void => [...watchers.keys()].forEach(ring);

  const listen = async (): Promise<void> => {
    const current = new Client({ connectionString: databaseUrl, keepAlive: true, application_name: 'enforcement-changes' });
    client = current;
    current.on('notification', ({ payload }) => {
      if (!payload) return;
      onChange?.(payload);
      ring(payload);
    });
    current.on('error', (failure) => log.warn({ err: failure }, 'the connection that hears of changed orders was lost'));
    current.on('end', () => {
      if (running) timers.push(setTimeout(() => void relisten(), RECONNECT_MS));
    });
    await current.connect();
    await current.query(`LISTEN ${ORDER_CHANNEL}`);
  };

  // A connection that cannot be made ends too, and `end` tries again.
  const relisten = (): Promise<void> =>
    listen().then(ringAll, (failure: unknown) => {
      log.warn({ err: failure }, 'cannot hear of changed orders; watchers are rung by the clock');
      return client?.end().catch(() => undefined);
    });

  return {
    name: 'order-changes',
    start: async () => {
      running = true;
      await listen();
      timers.push(setInterval(ringAll, RING_ALL_MS));
    },
    stop: async () => {
      running = false;
      timers.forEach(clearTimeout);
      timers = [];
      // Watchers look once more, find that their call was ended, and go.
      ringAll();
      await client?.end().catch(() => undefined);
    },
    on: (orderId, callback) => {
      const set = watchers.get(orderId) ?? new Set();
      watchers.set(orderId, set.add(callback));
      return () => {
        set.delete(callback);
        if (set.size === 0) watchers.delete(orderId);
      };
    },
  };
};
