// The relay's office (值守权): who holds an advisory lock on its connection publishes, all others stand by. The server ends a session
// that is silent for SESSION_LIMIT_MS, and the lock with it: so a process that is frozen, or whose machine is gone, is followed by
// another one. A process that comes back must not send what it read before: it asks whether its session still lives.
import { SESSION_LIMIT_MS } from '@hengji/host';
import type { Client } from 'pg';
import { within } from '../pauses';

/** Any number, the same in every relay: PostgreSQL counts advisory locks per database. */
const RELAY_LOCK = 727_001;
/** So often a holder speaks while a send to Kafka takes long; between passes it rests for less. */
const SPEAK_EVERY_MS = SESSION_LIMIT_MS / 5;
/** An answer of the session is trusted for so long; the rest of the limit is for a send to arrive. */
const TRUST_MS = SESSION_LIMIT_MS / 2;

/** `idle` resolves when the connection is free to be asked: it takes one statement at a time. */
export interface Office {
  /** To be called before anything is sent. Throws what PostgreSQL threw when the session, and so the office, is lost. */
  confirm(idle: Promise<unknown>): Promise<void>;
  /** What becomes of work that asks PostgreSQL nothing and may take long; the holder speaks meanwhile. Throws as `confirm`. */
  meanwhile<T>(work: Promise<T>, idle: Promise<unknown>): Promise<T>;
}

const speaking = (client: Client, takenAtMs: number): Office => {
  // Of the moment before the question: the server's limit begins after it. This clock goes on while a process is stopped.
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
        // What is on its way must not be overtaken by what this process sends next.
        await over;
        throw lost;
      }
      return work;
    },
  };
};

/** The office, or nothing when another session holds it. */
export const takeOffice = async (client: Client): Promise<Office | undefined> => {
  const askedAtMs = performance.now();
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [RELAY_LOCK]);
  return rows[0]?.taken === true ? speaking(client, askedAtMs) : undefined;
};
