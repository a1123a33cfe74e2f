// Records of a topic that the service did not handle: parked (waiting for a replay, or quarantined) or discarded by two people.
import sql, { type Sql } from 'sql-template-tag';
import type { Arrival } from '../inbox/arrival';
import { discardedAmong } from '../parked/discarded';
import { rowsOf, type SqlTx } from '../sql';

interface ParkedRow {
  readonly partition: number;
  readonly offset: string;
}

const parkedSql = (topic: string, places: string): Sql => sql`
  SELECT partition, "offset"::text AS offset FROM messaging.parked
  WHERE topic = ${topic} AND (partition, "offset") IN (
    SELECT a.partition, a."offset" FROM jsonb_to_recordset(${places}::jsonb) AS a (partition integer, "offset" bigint))`;

const placeOf = ({ partition, offset }: { partition: number; offset: bigint | string }): string => `${partition}/${offset}`;

/** The arrivals that are not in the copy, and that must not enter it by being read again. */
export const settledAmong = async <Tx extends SqlTx>(
  tx: SqlTx,
  topic: string,
  arrivals: readonly Arrival<Tx>[],
): Promise<Set<Arrival<Tx>>> => {
  const places = arrivals.map(({ raw: { partition, offset } }) => ({ partition, offset: String(offset) }));
  const parked = new Set((await rowsOf<ParkedRow>(tx, parkedSql(topic, JSON.stringify(places)))).map(placeOf));
  const discarded = await discardedAmong(tx, topic, arrivals);
  return new Set(arrivals.filter((arrival) => parked.has(placeOf(arrival.raw)) || discarded.has(arrival)));
};
