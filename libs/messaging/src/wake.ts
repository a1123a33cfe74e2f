// Passes NOTIFY messages from the relay's connection to the other parts of the process, so that a process needs only one listening
// connection. A wake is only a hint: each part that waits for it also polls, and checks.
import sql from 'sql-template-tag';

/** Named after the tables of schema `messaging`; `messaging_own` is for a queue of the service's own (see OWN_WAKE). */
export type Channel = 'messaging_outbox' | 'messaging_task' | 'messaging_own';

export const CHANNELS: readonly Channel[] = ['messaging_outbox', 'messaging_task', 'messaging_own'];

/** SQL expression that wakes, at commit, the parts that wait for the service's own queue: in a RETURNING or a SELECT. */
export const OWN_WAKE = sql`pg_notify('messaging_own', '')`;

const listeners = new Map<string, Set<() => void>>();

/** Calls the callback on every wake of the channel until the returned function is called. */
export const onWake = (channel: Channel, callback: () => void): (() => void) => {
  const set = listeners.get(channel) ?? new Set();
  listeners.set(channel, set.add(callback));
  return () => set.delete(callback);
};

/** Calls all callbacks of this process for the channel. */
export const wake = (channel: string): void => listeners.get(channel)?.forEach((callback) => callback());
