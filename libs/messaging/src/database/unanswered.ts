// A statement without an answer. A connection can be gone without a word: the server's machine lost its power, a firewall forgot it.
// Nobody would hear of it for a quarter of an hour, and the statement, its transaction and its place in the pool would wait as long.
// So whoever waits for some seconds has the server asked, over another connection, whether it still works on it.
import { databaseSession, sqlstateOf } from '@hengji/host';
import { Client, type ClientBase } from 'pg';

const ASK_AFTER_MS = 5_000;
const ASK_WITHIN_MS = 3_000;
/** Longer than any transaction of a service may last: where the server cannot be asked, nobody waits for an answer any more. */
const GIVEN_UP_AFTER_MS = 150_000;

/** `own` tells whether process ids are the server's: a pooler in between (PgBouncer) gives its own. */
const STATE = 'SELECT pg_backend_pid() AS own, (SELECT state FROM pg_stat_activity WHERE pid = $1) AS state';

type Verdict = 'at work' | 'lost' | 'unknown';

/** The backend's process id; pg has it, its types do not. */
const pidOf = (client: ClientBase): number | undefined => (client as ClientBase & { processID?: number }).processID;

/** What else than an answer: the server said no to another session, or its name could not be resolved. That says nothing about this one. */
const isAnswer = (failure: unknown): boolean =>
  sqlstateOf(failure) !== undefined || (failure as { syscall?: unknown } | undefined)?.syscall === 'getaddrinfo';

const ask = async ({ service, databaseUrl }: Watched, pid: number | undefined): Promise<Verdict> => {
  const client = new Client({
    ...databaseSession(databaseUrl, { name: `${service}-unanswered`, limits: 'service' }),
    ...{ connectionTimeoutMillis: ASK_WITHIN_MS, query_timeout: ASK_WITHIN_MS },
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ own: number; state: string | null }>(STATE, [pid]);
    if (rows[0]?.own !== pidOf(client) || rows[0]?.state === 'disabled') return 'unknown';
    return rows[0]?.state === 'active' ? 'at work' : 'lost';
  } catch (failure) {
    return isAnswer(failure) ? 'unknown' : 'lost';
  } finally {
    void client.end().catch(() => undefined);
  }
};

export interface Watched {
  readonly service: string;
  readonly databaseUrl: string;
}

/**
 * Ends the connection when a statement on it has no answer for some seconds and the server does not work on it; the statement then
 * fails, as an outage. A statement that takes long, or waits for a lock, is at work.
 */
export const endUnanswered = (client: ClientBase & { end(): Promise<void> }, watched: Watched): void => {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;

  /** From now on until the returned function is called. */
  const waiting = (): (() => void) => {
    const askedAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    let isAnswered = false;
    const look = async (): Promise<void> => {
      const verdict = await ask(watched, pidOf(client));
      if (isAnswered) return;
      const isOver = verdict === 'unknown' && performance.now() - askedAt > GIVEN_UP_AFTER_MS;
      if (verdict === 'lost' || isOver) return client.end().catch(() => undefined);
      lookLater();
    };
    const lookLater = (): void => {
      timer = setTimeout(() => void look(), ASK_AFTER_MS).unref();
    };
    lookLater();
    return () => {
      isAnswered = true;
      clearTimeout(timer);
    };
  };

  const watchedQuery = (...args: unknown[]): unknown => {
    const answered = waiting();
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const told = (...answer: unknown[]): void => {
        answered();
        (callback as (...answer: unknown[]) => void)(...answer);
      };
      return query(...args.slice(0, -1), told);
    }
    const outcome = query(...args);
    if (outcome instanceof Promise) outcome.then(answered, answered);
    else answered();
    return outcome;
  };
  client.query = watchedQuery as typeof client.query;
};
