// How tools open a session of their own: migrations, the stack, `npm start`.
import pg from 'pg';
import { checkTimeZone, databaseSession } from '../../libs/host/src/database-session.mjs';

/**
 * A connected session in UTC; whoever opens it ends it. Refused, in words, where the session is in another time zone although it
 * asked for UTC.
 * @param {string} url
 * @param {{ withinMs?: number }} [o] `withinMs`: limit of connecting; none unless told
 * @returns {Promise<pg.Client>}
 */
export const openSession = async (url, { withinMs } = {}) => {
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
