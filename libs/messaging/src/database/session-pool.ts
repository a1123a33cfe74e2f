// The connections of a service. A session that an outage reached is closed and never used again: it may belong to a server
// that was demoted, or be read only for as long as it lives. A new one meets the database as it is now.
import { databaseSession, failureKind, metrics, sqlstateOf } from '@hengji/host';
import { Pool, type PoolClient } from 'pg';
import { endUnanswered } from './unanswered';

/** A session that only reads notices no demotion, and a name may lead to another server by now. */
const LIVES_SECONDS = 900;

const thrownAway = metrics.counter('hengji_database_sessions_thrown_away_total', 'Sessions closed because of an outage', ['service']);

/** Full disks and connection limits are the server's trouble: another session would meet the same. */
const isOfSession = (failure: unknown): boolean => failureKind(failure) === 'outage' && !sqlstateOf(failure)?.startsWith('53');

/** Tells about each statement of the connection that fails. */
const watch = (client: PoolClient, failed: (failure: unknown) => void): void => {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const watched = (...args: unknown[]): unknown => {
    const outcome = query(...args);
    // Whoever asked hears of it as well; this only listens.
    if (outcome instanceof Promise) outcome.catch(failed);
    return outcome;
  };
  client.query = watched as PoolClient['query'];
};

/** A pool of at most `max` sessions; connects with the first query. Whoever opens it ends it. */
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
    // The others are as old. The pool removes an idle connection that reports an error.
    for (const other of idle) other.emit('error', new Error('thrown away with a session that an outage reached'));
    idle.clear();
  };

  pool.on('connect', (client) => {
    // A new session may be ended in the very packet that opens it, before anybody listens; unheard, that would end the process.
    client.on('error', () => undefined);
    endUnanswered(client, o);
    watch(client, (failure) => spoil(client, failure));
  });
  pool.on('acquire', (client) => idle.delete(client));
  pool.on('remove', (client) => idle.delete(client));
  pool.on('release', (failure: unknown, client) => {
    if (failure) spoil(client, failure);
    // The pool keeps none that is ending.
    if (spoilt.has(client)) void client.end().catch(() => undefined);
    else if (!failure) idle.add(client);
  });
  // An idle connection that breaks is gone from the pool already; there is nobody to tell.
  pool.on('error', () => undefined);
  return pool;
};
