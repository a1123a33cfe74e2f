// Uploads and messages that holds keep from being sent. A held upload is not put into a message. A message from before the fence that was
// never tried is not sent. A message that was tried may have reached the platform; its tries continue until the answer is known.
import { rowsOf } from '@hengji/messaging';
import { activeHoldsOf, scopeSql, type Hold } from '@hengji/participation';
import sql, { join, type Sql } from 'sql-template-tag';
import type { Database } from './database';
import { SCOPE } from './scope-columns';

/** SQL over alias u: the upload is in the scope of one of the holds, and in no lifted part of this hold. */
export const heldSql = (holds: readonly Pick<Hold, 'scope' | 'except'>[]): Sql => {
  if (holds.length === 0) return sql`false`;
  const each = holds.map(({ scope, except }) => {
    const parts = [scope, ...except].map((part) => scopeSql(part, SCOPE, 'u'));
    return sql`((${join(parts, ') AND NOT (')}))`;
  });
  return join(each, ' OR ');
};

/**
 * Alias m: an upload message that was never tried and that no order requested. The agency is named so that the index of due messages is
 * used.
 */
const UNTRIED = sql`m.agency = 'MINISTRY' AND m.kind = 'upload' AND m.order_id = '' AND m.state = 'PENDING' AND m.tries = 0`;

/**
 * Messages that are due, were never tried, and carry a held upload. A message with an upload whose withdrawal an order demands is not among
 * them: that order waits for the platform, so the message is sent and the upload then withdrawn.
 */
export const heldBack = async (db: Database, now: Date): Promise<string[]> => {
  const due = await rowsOf<{ institution: string }>(
    db,
    sql`SELECT DISTINCT m.institution FROM message m WHERE ${UNTRIED} AND m.next_try_at <= ${now.toISOString()}::timestamptz`,
  );
  if (due.length === 0) return [];
  const holds = await activeHoldsOf(
    db,
    due.map(({ institution }) => institution),
  );
  const held: string[] = [];
  for (const [institution, own] of holds) {
    const rows = await rowsOf<{ messageId: string }>(
      db,
      sql`SELECT m.message_id AS "messageId" FROM message m WHERE m.institution = ${institution} AND ${UNTRIED}
         AND EXISTS (SELECT 1 FROM upload u WHERE u.number = ANY(m.numbers) AND (${heldSql(own)}))
         AND NOT EXISTS (SELECT 1 FROM upload u WHERE u.number = ANY(m.numbers) AND u.claims > 0)`,
    );
    held.push(...rows.map(({ messageId }) => messageId));
  }
  return held;
};
