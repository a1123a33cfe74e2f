// The statements about missing events: which gaps are due, the result of a request, and the gaps that the owners' numbers reveal. Every
// change of a gap first locks the key's row in seen_sequence, as the consumer does when records arrive.
import type { Head } from '@hengji/contracts/messaging/v1/republish_service';
import sql, { empty, type Sql } from 'sql-template-tag';
import { execute, rowsOf, type SqlTx } from '../sql';

export type GapReason = 'gap.asked_again' | 'gap.forgotten' | 'gap.never_given' | 'gap.owner_unknown' | 'gap.owner_away';

export interface DueGap {
  readonly id: string;
  readonly topic: string;
  readonly source: string;
  readonly key: string;
  readonly first: bigint;
  readonly last: bigint;
  readonly tries: number;
}

interface DueRow {
  readonly id: string;
  readonly topic: string;
  readonly source: string;
  readonly key: string;
  readonly first_missing: string;
  readonly last_missing: string;
  readonly tries: number;
}

// The try is counted before the request: two instances do not request at once, and an instance that dies during a request does not request
// more often.
const claimSql = (limit: number, firstPauseMs: number): Sql => sql`
  UPDATE messaging.gap SET tries = tries + 1,
    next_ask_at = now() + least(interval '1 hour', ${firstPauseMs}::float8 * power(2, least(tries, 12)) * interval '1 millisecond')
  WHERE id IN (
    SELECT id FROM messaging.gap WHERE closed_at IS NULL AND next_ask_at <= now() ORDER BY next_ask_at LIMIT ${limit}::integer FOR UPDATE SKIP LOCKED
  )
  RETURNING id::text, topic, source, key, first_missing::text, last_missing::text, tries`;

/** Gaps that are due; each is due again after a pause that doubles from `firstPauseMs` to an hour. */
export const claimDue = async (db: SqlTx, limit: number, firstPauseMs: number): Promise<DueGap[]> => {
  const rows = await rowsOf<DueRow>(db, claimSql(limit, firstPauseMs));
  return rows.map(({ first_missing, last_missing, ...row }) => ({ ...row, first: BigInt(first_missing), last: BigInt(last_missing) }));
};

/** Stores the result of the request. A gap whose events the owner has deleted is not requested again before tomorrow. */
export const noteReason = (db: SqlTx, id: string, reason: GapReason): Promise<number> => {
  const putOff = reason === 'gap.forgotten' ? sql`, next_ask_at = now() + interval '1 day'` : empty;
  return execute(db, sql`UPDATE messaging.gap SET reason = ${reason} ${putOff} WHERE id = ${id}::bigint`);
};

/**
 * Closes the part above the last number that the owner gave to the key, and counts on from there: the numbers that skipped it were not the
 * owner's. All of it in `tx`.
 */
export const closeNeverGiven = async (
  tx: SqlTx,
  { topic, source, key }: Pick<DueGap, 'topic' | 'source' | 'key'>,
  given: bigint,
): Promise<number> => {
  const isOfKey = sql`topic = ${topic} AND source = ${source} AND key = ${key}`;
  const last = sql`${String(given)}::bigint`;
  await rowsOf(tx, sql`SELECT last::text FROM messaging.seen_sequence WHERE ${isOfKey} FOR UPDATE`);
  // Events that arrived since the request moved the start of the gap: their numbers count as given.
  await execute(
    tx,
    sql`UPDATE messaging.seen_sequence SET last = least(last, greatest(${last}, (
       SELECT min(first_missing) - 1 FROM messaging.gap
       WHERE ${isOfKey} AND last_missing > ${last} AND closed_at IS NULL)))
     WHERE ${isOfKey}`,
  );
  await execute(
    tx,
    sql`INSERT INTO messaging.gap (topic, source, key, first_missing, last_missing, seen_at, tries, closed_at, reason)
     SELECT topic, source, key, ${last} + 1, last_missing, seen_at, tries, now(), 'gap.never_given' FROM messaging.gap
     WHERE ${isOfKey} AND first_missing <= ${last} AND last_missing > ${last} AND closed_at IS NULL`,
  );
  return execute(
    tx,
    sql`UPDATE messaging.gap SET
       last_missing = CASE WHEN first_missing <= ${last} THEN ${last} ELSE last_missing END,
       closed_at = CASE WHEN first_missing <= ${last} THEN NULL ELSE now() END,
       reason = CASE WHEN first_missing <= ${last} THEN reason ELSE 'gap.never_given' END
     WHERE ${isOfKey} AND last_missing > ${last} AND closed_at IS NULL`,
  );
};

/** Opens a gap for every key with fewer arrived numbers than its writer has published. Returns how many. All of it in `tx`. */
export const openRevealed = async (tx: SqlTx, at: { topic: string; source: string }, heads: readonly Head[]): Promise<number> => {
  const said = JSON.stringify(heads.map(({ key, published }) => ({ key, published: String(published) })));
  const table = sql`jsonb_to_recordset(${said}::jsonb) AS h (key text, published bigint)`;
  const isOfWriter = sql`s.topic = ${at.topic} AND s.source = ${at.source}`;
  await execute(
    tx,
    sql`INSERT INTO messaging.seen_sequence (topic, source, key, last)
     SELECT ${at.topic}, ${at.source}, key, 0 FROM ${table} WHERE published > 0 ORDER BY key ON CONFLICT DO NOTHING`,
  );
  await rowsOf(
    tx,
    sql`SELECT s.key FROM messaging.seen_sequence AS s JOIN ${table} USING (key) WHERE ${isOfWriter} AND s.last < h.published
     ORDER BY s.key FOR UPDATE OF s`,
  );
  const opened = await execute(
    tx,
    sql`INSERT INTO messaging.gap (topic, source, key, first_missing, last_missing)
     SELECT ${at.topic}, ${at.source}, s.key, s.last + 1, h.published FROM messaging.seen_sequence AS s JOIN ${table} USING (key)
     WHERE ${isOfWriter} AND s.last < h.published ORDER BY s.key`,
  );
  await execute(
    tx,
    sql`UPDATE messaging.seen_sequence AS s SET last = h.published FROM ${table}
     WHERE ${isOfWriter} AND s.key = h.key AND s.last < h.published`,
  );
  return opened;
};
