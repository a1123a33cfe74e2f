// Listens for changes of orders, by this process or another, on one database connection. Notifications are lost with the
// connection, so all watchers are called after each reconnect, and at intervals.
import { databaseSession, every, type Log, type Part } from '@hengji/host';
import { Client } from 'pg';
import type { Changes } from '../../application/ports';

export const ORDER_CHANNEL = 'enforcement_order';

const RECONNECT_MS = 500;
const RING_ALL_MS = 2_000;

interface Options {
  readonly databaseUrl: string;
  readonly log: Log;
  /** Called for every notified change, with or without watchers. */
  readonly onChange?: (orderId: string) => void;
}

/** The part, and the registration for watchers. */
export const orderChanges = ({ databaseUrl, log, onChange }: Options): Part & Changes => {
  const watchers = new Map<string, Set<() => void>>();
  let client: Client | undefined;
  let clock: NodeJS.Timeout | undefined;

  const ring = (orderId: string): void => watchers.get(orderId)?.forEach((callback) => callback());
  const ringAll = (): void => [...watchers.keys()].forEach(ring);

  /** Opens one connection and listens; returns when the connection ends. */
  const listen = async (): Promise<void> => {
    const current = new Client(databaseSession(databaseUrl, { name: 'enforcement-changes', limits: 'service' }));
    client = current;
    const ended = new Promise<void>((resolve) => current.once('end', resolve));
    current.on('error', (failure) => log.warn({ err: failure }, 'the connection that hears of changed orders was lost'));
    current.on('notification', ({ payload }) => {
      if (!payload) return;
      onChange?.(payload);
      ring(payload);
    });
    await current.connect();
    await current.query(`LISTEN ${ORDER_CHANNEL}`);
    ringAll();
    await ended;
  };

  const listening = every(RECONNECT_MS, {
    work: listen,
    failed: (failure) => log.warn({ err: failure }, 'cannot hear of changed orders; the clock rings instead'),
  });

  return {
    name: 'order-changes',
    start: async () => {
      listening.start();
      clock = setInterval(ringAll, RING_ALL_MS);
    },
    stop: async () => {
      clearInterval(clock);
      const stopped = listening.stop();
      await client?.end().catch(() => undefined);
      await stopped;
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
