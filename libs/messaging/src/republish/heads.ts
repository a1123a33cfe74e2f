// What this service has published, per key: the last number given, and the number up to which the broker has everything.
import type { Head } from '@hengji/contracts/messaging/v1/republish_service';
import sql, { type Sql } from 'sql-template-tag';
import { rowsOf, type SqlTx } from '../sql';

interface HeadRow {
  readonly key: string;
  readonly last: string;
  readonly unsent: string | null;
}

// A stretch that is published again is unsent for a moment: `published` may then be too low, never too high.
const headsSql = (topic: string, after: string, key: string | null, limit: number): Sql => sql`
  WITH unsent AS (SELECT key, min(sequence) AS first FROM messaging.outbox WHERE topic = ${topic} AND published_at IS NULL GROUP BY key)
  SELECT s.key, s.last::text, unsent.first::text AS unsent FROM messaging.sequence AS s LEFT JOIN unsent USING (key)
  WHERE s.topic = ${topic} AND s.key > ${after} AND (${key}::text IS NULL OR s.key = ${key}) ORDER BY s.key LIMIT ${limit}::integer`;

/** Heads of the topic's keys after `after`, in their order; only one key where `key` is set. */
export const headsOf = async (tx: SqlTx, topic: string, o: { key?: string; after?: string; limit: number }): Promise<Head[]> => {
  const rows = await rowsOf<HeadRow>(tx, headsSql(topic, o.after ?? '', o.key ?? null, o.limit));
  return rows.map(({ key, last, unsent }) => ({
    key,
    last: BigInt(last),
    published: unsent === null ? BigInt(last) : BigInt(unsent) - 1n,
  }));
};

/** The last number given to the key; 0 for none. All of it in `tx`. */
export const lastGiven = async (tx: SqlTx, topic: string, key: string): Promise<bigint> => {
  const [row] = await rowsOf<{ last: string }>(tx, sql`SELECT last::text FROM messaging.sequence WHERE topic = ${topic} AND key = ${key}`);
  return BigInt(row?.last ?? 0);
};
