// What holds keep from going out. An upload that waits is not put into a message; a message that was made before the fence and
// was never sent is not sent. One that was tried may be there already: it goes on, so that it is known whether it is.
import { rowsOf } from '@hengji/messaging';
import { activeHoldsOf, scopeSql, type Hold } from '@hengji/participation';
import sql, { join, type Sql } from 'sql-template-tag';
import type { Database } from './database';
import { SCOPE } from './scope-columns';

/** SQL over alias u: the upload lies in the scope of one of the holds, and in no part of it that was lifted. */
export const heldSql = (holds: readonly Hold[]): Sql => {
  if (holds.length === 0) return sql`false`;
  const each = holds.map(({ scope, except }) => {
    const parts = [scope, ...except].map((part) => scopeSql(part, SCOPE, 'u'));
    return sql`((${join(parts, ') AND NOT (')}))`;
  });
  return join(each, ' OR ');
};

/** Alias m: an upload that was never tried, asked for by no order. The agency is named for the index of what is due. */
const UNTRIED = sql`m.agency = 'MINISTRY' AND m.kind = 'upload' AND m.order_id = '' AND m.state = 'PENDING' AND m.tries = 0`;

/**
 * Messages that are due, were never sent, and carry an upload that is held. One of whose uploads an order demands the withdrawal is
 * none of them: that order waits for what the platform has, so it is sent and then withdrawn.
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
