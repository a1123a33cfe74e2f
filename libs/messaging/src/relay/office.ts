// The relay's office (值守权): the holder of an advisory lock on its connection publishes, the other processes wait. The server ends a session
// without statements for SESSION_LIMIT_MS, which releases the lock: so another process replaces one that is frozen or whose machine failed.
// A process that continues after a freeze must not send what it read before: it first checks that its session still exists.
import { SESSION_LIMIT_MS } from '@hengji/host';
import type { Client } from 'pg';
import { within } from '../pauses';

/** Any number, the same in every relay: PostgreSQL scopes advisory locks to a database. */
const RELAY_LOCK = 727_001;
/** How often a holder runs a statement while a send to Kafka takes long; the pauses between passes are shorter. */
const SPEAK_EVERY_MS = SESSION_LIMIT_MS / 5;
/** How long an answer of the session is valid; the rest of the limit is for a send to arrive. */
const TRUST_MS = SESSION_LIMIT_MS / 2;

/** `idle` resolves when the connection is free for a statement: it takes one at a time. */
export interface Office {
  /** Call before every send. Throws what PostgreSQL threw when the session, and with it the office, is lost. */
  confirm(idle: Promise<unknown>): Promise<void>;
  /** Waits for work that uses no PostgreSQL statement and may take long; keeps the session alive meanwhile. Throws as `confirm`. */
  meanwhile<T>(work: Promise<T>, idle: Promise<unknown>): Promise<T>;
}

const speaking = (client: Client, takenAtMs: number): Office => {
  // The time before the statement: the server's limit begins after it. This clock continues while a process is stopped.
  let livedAtMs = takenAtMs;
  const speak = async (idle: Promise<unknown>): Promise<void> => {
    await idle;
    const askedAtMs = performance.now();
    await client.query('SELECT 1');
    livedAtMs = askedAtMs;
  };
  return {
    confirm: async (idle) => {
      if (performance.now() - livedAtMs > TRUST_MS) await speak(idle);
    },
    meanwhile: async (work, idle) => {
      let isOver = false;
      const end = (): boolean => (isOver = true);
      const over = work.then(end, end);
      try {
        while (!isOver) {
          await within(SPEAK_EVERY_MS, over);
          if (!isOver) await speak(idle);
        }
      } catch (lost) {
        // The send in flight must end before this process sends again.
        await over;
        throw lost;
      }
      return work;
    },
  };
};

/** Takes the office; undefined when another session holds it. */
export const takeOffice = async (client: Client): Promise<Office | undefined> => {
  const askedAtMs = performance.now();
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [RELAY_LOCK]);
  return rows[0]?.taken === true ? speaking(client, askedAtMs) : undefined;
};
