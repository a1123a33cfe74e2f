// What holds keep from going out. An upload that waits is not put into a message; a message that was made before the fence and
// was never sent is not sent. One that was tried may be there already: it goes on, so that it is known whether it is.
import { activeHoldsOf, scopeSql, type Hold } from '@hengji/participation';
import type { Database } from './database';
import { SCOPE } from './scope-columns';

/** SQL over alias u: the upload lies in the scope of one of the holds, and in no part of it that was lifted. */
export const heldSql = (holds: readonly Hold[], firstParam: number): { sql: string; params: unknown[] } => {
  const params: unknown[] = [];
  const conditions = holds.map((hold) => {
    const parts = [hold.scope, ...hold.except].map((part) => {
      const scope = scopeSql(part, SCOPE, 'u', firstParam + params.length);
      params.push(...scope.params);
      return scope.sql;
    });
    return `((${parts.join(') AND NOT (')}))`;
  });
  return { sql: conditions.length === 0 ? 'false' : conditions.join(' OR '), params };
};

/** Alias m: an upload that was never tried, asked for by no order. The agency is named for the index of what is due. */
const UNTRIED = `m.agency = 'MINISTRY' AND m.kind = 'upload' AND m.order_id = '' AND m.state = 'PENDING' AND m.tries = 0`;

/**
 * Messages that are due, were never sent, and carry an upload that is held. One of whose uploads an order demands the withdrawal is
 * none of them: that order waits for what the platform has, so it is sent and then withdrawn.
 */
export const heldBack = async (db: Database, now: Date): Promise<string[]> => {
  const due = await db.$queryRawUnsafe<{ institution: string }[]>(
    `SELECT DISTINCT m.institution FROM message m WHERE ${UNTRIED} AND m.next_try_at <= $1::timestamptz`,
    now.toISOString(),
  );
  if (due.length === 0) return [];
  const holds = await activeHoldsOf(
    db,
    due.map(({ institution }) => institution),
  );
  const held: string[] = [];
  for (const [institution, own] of holds) {
    const { sql, params } = heldSql(own, 2);
    const rows = await db.$queryRawUnsafe<{ messageId: string }[]>(
      `SELECT m.message_id AS "messageId" FROM message m WHERE m.institution = $1 AND ${UNTRIED}
         AND EXISTS (SELECT 1 FROM upload u WHERE u.number = ANY(m.numbers) AND (${sql}))
         AND NOT EXISTS (SELECT 1 FROM upload u WHERE u.number = ANY(m.numbers) AND u.claims > 0)`,
      institution,
      ...params,
    );
    held.push(...rows.map(({ messageId }) => messageId));
  }
  return held;
};
