// A discarded event is settled: when it arrives again with the same id and the same bytes, it is a duplicate. Otherwise a Republish by its
// owner, or offsets that are set back, would park it again and stop its institution. Its number was counted when it was parked, so it
// leaves no gap. Only sealed records are matched: a forged record with the same bytes must not replace the true one.
import { hash } from 'node:crypto';
import sql, { type Sql } from 'sql-template-tag';
import { idOf, writerOf, type Arrival } from '../inbox/arrival';
import { rowsOf, type SqlTx } from '../sql';

interface DiscardedRow {
  readonly event_id: string;
  readonly key: string;
  readonly source: string;
  readonly value_hash: string;
}

const discardedSql = (topic: string, ids: string): Sql => sql`
  SELECT event_id, key, source, encode(sha256(value), 'hex') AS value_hash FROM messaging.discarded
  WHERE topic = ${topic} AND state <> 'quarantined' AND event_id IN (SELECT jsonb_array_elements_text(${ids}::jsonb))`;

const nameOf = ({ event_id, key, source, value_hash }: DiscardedRow): string => JSON.stringify([event_id, key, source, value_hash]);

const rowOf = <Tx extends SqlTx>(arrival: Arrival<Tx>): DiscardedRow => ({
  event_id: idOf(arrival),
  key: arrival.raw.key,
  source: writerOf(arrival.raw),
  value_hash: hash('sha256', arrival.raw.value),
});

/** The arrivals that two people have discarded before. Call with their keys locked, or a discarding in flight is not seen. */
export const discardedAmong = async <Tx extends SqlTx>(
  tx: SqlTx,
  topic: string,
  arrivals: readonly Arrival<Tx>[],
): Promise<Set<Arrival<Tx>>> => {
  const ids = [...new Set(arrivals.map(idOf))].filter((id) => id !== '');
  if (ids.length === 0) return new Set();
  const rows = await rowsOf<DiscardedRow>(tx, discardedSql(topic, JSON.stringify(ids)));
  if (rows.length === 0) return new Set();
  const known = new Set(rows.map(nameOf));
  return new Set(arrivals.filter((arrival) => known.has(nameOf(rowOf(arrival)))));
};
