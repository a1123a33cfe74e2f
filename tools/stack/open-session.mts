// How tools open their own session: migrations, the stack, `npm start`.
import pg from 'pg';
import { checkTimeZone, databaseSession } from '../../libs/host/src/database-session.mts';

/**
 * A connected session in UTC; the caller that opens it ends it. If the session is in another time zone although it asked
 * for UTC, this function throws an error that explains it.
 * @param o `withinMs`: limit of connecting; none by default
 */
export const openSession = async (url: string, { withinMs }: { withinMs?: number } = {}): Promise<pg.Client> => {
  const client = new pg.Client({ ...databaseSession(url), connectionTimeoutMillis: withinMs });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await checkTimeZone(async (sql) => (await client.query(sql)).rows);
  } catch (error) {
    await client.end();
    throw error;
  }
  return client;
};
