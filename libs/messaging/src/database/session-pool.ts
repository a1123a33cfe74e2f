// The connections of a service. A session that had an outage is closed and never used again: it may belong to a server that was demoted, or
// be read only until it ends. A new session connects to the database in its current state.
import { databaseSession, failureKind, metrics, sqlstateOf } from '@hengji/host';
import { Pool, type PoolClient } from 'pg';
import { endUnanswered } from './unanswered';

/** A read-only session does not notice a demotion, and a host name may resolve to another server by now. */
const LIVES_SECONDS = 900;

const thrownAway = metrics.counter('hengji_database_sessions_thrown_away_total', 'Sessions closed because of an outage', ['service']);

/** Full disks and connection limits are failures of the server: another session would fail in the same way. */
const isOfSession = (failure: unknown): boolean => failureKind(failure) === 'outage' && !sqlstateOf(failure)?.startsWith('53');

/** Reports each failed statement of the connection. */
const watch = (client: PoolClient, failed: (failure: unknown) => void): void => {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const watched = (...args: unknown[]): unknown => {
    const outcome = query(...args);
    // The caller gets the failure as well; this handler only watches.
    if (outcome instanceof Promise) outcome.catch(failed);
    return outcome;
  };
  client.query = watched as PoolClient['query'];
};

/** A pool of at most `max` sessions; connects with the first query. The opener ends it. */
export const sessionPool = (o: { service: string; databaseUrl: string; max: number }): Pool => {
  const pool = new Pool({
    ...databaseSession(o.databaseUrl, { name: o.service, limits: 'service' }),
    max: o.max,
    maxLifetimeSeconds: LIVES_SECONDS,
  });
  const idle = new Set<PoolClient>();
  const spoilt = new WeakSet<PoolClient>();

  const spoil = (client: PoolClient, failure: unknown): void => {
    if (!isOfSession(failure) || spoilt.has(client)) return;
    spoilt.add(client);
    thrownAway.inc({ service: o.service });
    // The other sessions are of the same age. The pool removes an idle connection that emits an error.
    for (const other of idle) other.emit('error', new Error('thrown away with a session that an outage reached'));
    idle.clear();
  };

  pool.on('connect', (client) => {
    // The server may end a new session in the packet that opens it, before a listener exists; an error without a listener would end the
    // process.
    client.on('error', () => undefined);
    endUnanswered(client, o);
    watch(client, (failure) => spoil(client, failure));
  });
  pool.on('acquire', (client) => idle.delete(client));
  pool.on('remove', (client) => idle.delete(client));
  pool.on('release', (failure: unknown, client) => {
    if (failure) spoil(client, failure);
    // The pool keeps no session that is ending.
    if (spoilt.has(client)) void client.end().catch(() => undefined);
    else if (!failure) idle.add(client);
  });
  // The pool has already removed an idle connection that breaks; no caller needs the error.
  pool.on('error', () => undefined);
  return pool;
};
