// The connection settings for PostgreSQL, used by services, tools, migrations, benches and tests. Plain JavaScript, because tools start
// before anything is built. A session sets UTC (世界协调时) itself, whatever the server's own TimeZone is: Prisma's driver adapter writes times
// without an offset and drops the offset of times that it reads.

/** A process without statements for this long loses its transaction, its locks and its office. Milliseconds. */
export const SESSION_LIMIT_MS = 10_000;

/** Limit for a new connection, or for a free one of a pool; the same as the wait of a long transaction for its start. Milliseconds. */
const CONNECT_WITHIN_MS = 10_000;
/** After this long without data, TCP probes whether the other side of a connection still exists. Milliseconds. */
const ASK_AFTER_MS = 5_000;

/**
 * The server ends the session of a process that is frozen (SIGSTOP, a stuck node) or unreachable, so that another instance takes over.
 * `idle_in_transaction_session_timeout`: the process holds a transaction and sends no statement. `tcp_user_timeout`: the process does not
 * acknowledge data that it requested. Keepalives: its machine failed, and no data is in flight.
 */
const SERVICE = {
  idle_in_transaction_session_timeout: SESSION_LIMIT_MS,
  tcp_user_timeout: SESSION_LIMIT_MS,
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 2,
  tcp_keepalives_count: 3,
};

/**
 * For a session that holds an office by an advisory lock: it also ends without statements outside a transaction, so it must send one in
 * time.
 */
const OFFICE = { ...SERVICE, idle_session_timeout: SESSION_LIMIT_MS };

const LIMITS = { none: {}, service: SERVICE, office: OFFICE };

const UTC = ['UTC', 'Etc/UTC', 'GMT'];

/**
 * Throws an error with an explanation when a session is not in UTC although its connection requested UTC. Every time without an offset
 * would then be wrong by the zone's hours, and a fence would be open without notice. Each service calls this at its start, and each tool
 * for its session.
 * @param ask runs a query in that session
 */
export const checkTimeZone = async (ask: (sql: string) => Promise<readonly { zone: string }[]>) => {
  const [session] = await ask(`SELECT current_setting('TimeZone') AS zone`);
  if (session && UTC.includes(session.zone)) return;
  throw new Error(
    `the database session's TimeZone is ${session?.zone ?? 'unknown'} and must be UTC (数据库会话的时区必须为UTC). It was asked for at ` +
      `connecting (startup parameter options=-c timezone=UTC); a pooler in between (PgBouncer: ignore_startup_parameters) has ` +
      `dropped that. Let the pooler pass it, or run: ALTER ROLE … SET timezone = 'UTC'`,
  );
};

const asOptions = (settings: Readonly<Record<string, string | number>>) =>
  Object.entries(settings).map(([setting, value]) => `-c ${setting}=${value}`);

/**
 * How to connect, for Client, Pool and PrismaPg. Options in the address are kept; they may change a limit but not the time zone.
 * @param url postgres://…
 * @param session `name` is shown in pg_stat_activity; tools set no `limits`, because their statements may pause
 */
export const databaseSession = (
  url: string,
  { name = 'hengji', limits = 'none' }: { name?: string; limits?: 'none' | 'service' | 'office' } = {},
): {
  connectionString: string;
  options: string;
  application_name: string;
  keepAlive: true;
  keepAliveInitialDelayMillis: number;
  connectionTimeoutMillis: number;
} => {
  const address = new URL(url);
  const given = address.searchParams.get('options') ?? '';
  address.searchParams.delete('options');
  const options = [...asOptions(LIMITS[limits]), given, ...asOptions({ timezone: 'UTC' })].filter(Boolean).join(' ');
  return {
    ...{ connectionString: address.toString(), options, application_name: name },
    ...{ keepAlive: true, keepAliveInitialDelayMillis: ASK_AFTER_MS, connectionTimeoutMillis: CONNECT_WITHIN_MS },
  };
};
