// A statement without an answer. A connection can end without a packet: the server's machine lost power, or a firewall dropped its state.
// Without this check the failure would be noticed after a quarter of an hour, and the statement, its transaction and its pool slot would
// wait as long. So after some seconds another connection asks the server whether it still works on the statement.
import { databaseSession, sqlstateOf } from '@hengji/host';
import { Client, type ClientBase } from 'pg';

const ASK_AFTER_MS = 5_000;
const ASK_WITHIN_MS = 3_000;
/** Longer than any transaction of a service may last: where the server cannot be asked, the wait ends after this time. */
const GIVEN_UP_AFTER_MS = 150_000;

/** `own` shows whether process ids are the server's: a pooler in between (PgBouncer) returns its own. */
const STATE = 'SELECT pg_backend_pid() AS own, (SELECT state FROM pg_stat_activity WHERE pid = $1) AS state';

type Verdict = 'at work' | 'lost' | 'unknown';

/** The backend's process id; pg has this property, its types do not. */
const pidOf = (client: ClientBase): number | undefined => (client as ClientBase & { processID?: number }).processID;

/** Not an answer: the server refused the other session, or its name could not be resolved. Neither shows anything about this session. */
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
 * Ends the connection when a statement has no answer for some seconds and the server does not work on it; the statement then fails as an
 * outage. A slow statement, or one that waits for a lock, counts as being worked on.
 */
export const endUnanswered = (client: ClientBase & { end(): Promise<void> }, watched: Watched): void => {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;

  /** Watches from now on until the returned function is called. */
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
