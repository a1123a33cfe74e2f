// What every connection to PostgreSQL is opened with: by services, tools, migrations, benches and tests. Plain JavaScript, because
// tools start before anything is built. A session is UTC (世界协调时) by itself, whatever the server's own TimeZone is: Prisma's driver
// adapter writes times without an offset and drops the offset of what it reads.

/** A process that is silent for so long has lost its transaction, its locks and its office. Milliseconds. */
export const SESSION_LIMIT_MS = 10_000;

/** A connection made, or one of a pool that comes free; as long as a long transaction waits for its start. Milliseconds. */
const CONNECT_WITHIN_MS = 10_000;
/** A connection on which nothing is said for so long is asked, by TCP, whether the other side is there. Milliseconds. */
const ASK_AFTER_MS = 5_000;

/**
 * The server ends the session of a process that is frozen (SIGSTOP, a stuck node) or cannot be reached, so that another instance
 * takes over. `idle_in_transaction_session_timeout`: it holds a transaction and asks nothing. `tcp_user_timeout`: it does not take
 * what it asked for. Keepalives: its machine is gone, and nothing is on its way.
 */
const SERVICE = {
  idle_in_transaction_session_timeout: SESSION_LIMIT_MS,
  tcp_user_timeout: SESSION_LIMIT_MS,
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 2,
  tcp_keepalives_count: 3,
};

/** Of a session that holds an office by an advisory lock: who is silent outside a transaction loses it too, and has to speak in time. */
const OFFICE = { ...SERVICE, idle_session_timeout: SESSION_LIMIT_MS };

const LIMITS = { none: {}, service: SERVICE, office: OFFICE };

const UTC = ['UTC', 'Etc/UTC', 'GMT'];

/**
 * Throws, in words, when a session is not in UTC although its connection asked for it: every time without an offset would be off by the zone's hours, and a fence would be open without a sign of it. Asked by each service at its start, and by each tool of its session.
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
 * How to connect, for Client, Pool and PrismaPg. Options that the address brings along stay; they may change a limit and not the time zone.
 * @param url postgres://…
 * @param session `name` is seen in pg_stat_activity; `limits` are none for tools, whose statements may rest
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
