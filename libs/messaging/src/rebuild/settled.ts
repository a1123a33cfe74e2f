// Records of a topic that the service has set aside: parked (waiting for a replay, or quarantined) or discarded by two people.
import type { Arrival } from '../inbox/arrival';
import { discardedAmong } from '../parked/discarded';
import type { SqlTx } from '../sql';

interface ParkedRow {
  readonly partition: number;
  readonly offset: string;
}

const PARKED = `
  SELECT partition, "offset"::text AS offset FROM messaging.parked
  WHERE topic = $1 AND (partition, "offset") IN (
    SELECT a.partition, a."offset" FROM jsonb_to_recordset($2::jsonb) AS a (partition integer, "offset" bigint))`;

const placeOf = ({ partition, offset }: { partition: number; offset: bigint | string }): string => `${partition}/${offset}`;

/** Those of the arrivals that are not in the copy, and do not come into it by being read again. */
export const settledAmong = async <Tx extends SqlTx>(
  tx: SqlTx,
  topic: string,
  arrivals: readonly Arrival<Tx>[],
): Promise<Set<Arrival<Tx>>> => {
  const places = arrivals.map(({ raw: { partition, offset } }) => ({ partition, offset: String(offset) }));
  const parked = new Set((await tx.$queryRawUnsafe<ParkedRow[]>(PARKED, topic, JSON.stringify(places))).map(placeOf));
  const discarded = await discardedAmong(tx, topic, arrivals);
  return new Set(arrivals.filter((arrival) => parked.has(placeOf(arrival.raw)) || discarded.has(arrival)));
};
