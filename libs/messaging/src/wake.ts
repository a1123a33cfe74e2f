// What PostgreSQL's NOTIFY told the relay's connection is passed on here to the other parts of the process, so that a
// process keeps one listening connection. A wake is only a hint: whoever waits for it also polls, and checks.
import sql from 'sql-template-tag';

/** Named after the tables of schema `messaging`; `messaging_own` is for a queue that the service keeps itself (see OWN_WAKE). */
export type Channel = 'messaging_outbox' | 'messaging_task' | 'messaging_own';

export const CHANNELS: readonly Channel[] = ['messaging_outbox', 'messaging_task', 'messaging_own'];

/** SQL expression that wakes, at commit, whoever waits for the service's own queue: in a RETURNING or a SELECT. */
export const OWN_WAKE = sql`pg_notify('messaging_own', '')`;

const listeners = new Map<string, Set<() => void>>();

/** Calls back on every wake of the channel until the returned function is called. */
export const onWake = (channel: Channel, callback: () => void): (() => void) => {
  const set = listeners.get(channel) ?? new Set();
  listeners.set(channel, set.add(callback));
  return () => set.delete(callback);
};

/** Wakes everybody in this process who waits on the channel. */
export const wake = (channel: string): void => listeners.get(channel)?.forEach((callback) => callback());
