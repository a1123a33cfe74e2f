// The service's database as a part: the first to start, the last to stop.
import type { Part } from '@hengji/host';
import type { SqlTx } from './sql';

interface Pool extends SqlTx {
  $disconnect(): Promise<void>;
}

const UTC = ['UTC', 'Etc/UTC', 'GMT'];

/**
 * Throws when the session is not in UTC although its connection asked for it: Prisma's adapter drops offsets, so every time would be
 * off by the zone's hours, and a fence would be open without a sign of it.
 */
const checkTimeZone = async (db: SqlTx): Promise<void> => {
  const [session] = await db.$queryRawUnsafe<{ zone: string }[]>(`SELECT current_setting('TimeZone') AS zone`);
  if (session && UTC.includes(session.zone)) return;
  throw new Error(
    `the database session's TimeZone is ${session?.zone ?? 'unknown'} and must be UTC (数据库会话的时区必须为UTC). This service asks for it ` +
      `when it connects (startup parameter options=-c timezone=UTC); a pooler in between (PgBouncer: ignore_startup_parameters) has ` +
      `dropped that. Let the pooler pass it, or run: ALTER ROLE … SET timezone = 'UTC'`,
  );
};

/** Connects at start, so that a wrong address or a session with another time zone is known at once; disconnects last. */
export const databasePart = (db: Pool): Part => ({
  name: 'database',
  start: () => checkTimeZone(db),
  stop: () => db.$disconnect(),
});
