// Records without a valid seal are quarantined with their bytes while their topic is below its limit; beyond it they are only counted. A
// writer to a topic may send millions, and the database of orders must not fill up with them. No true record is lost: the bytes stay in the
// topic, and the number of a true record is requested again as a gap.
import sql from 'sql-template-tag';
import { park } from '../inbox/parking';
import type { Unreadable } from '../inbox/arrival';
import { execute, rowsOf, type SqlTx } from '../sql';

/** Per topic. As many as an operator can look through; further ones come from the same forger. */
export const MOST_UNSEALED = 1_000;
/** Per topic, with keys and headers: 16 of the largest records that a broker accepts. Seven topics stay below 120 MB. */
export const MOST_UNSEALED_BYTES = 16 * 1024 * 1024;

interface Room {
  records: number;
  bytes: number;
}

/** How much may still be stored for the topic. Reads at most some thousand rows of an index, and no value. */
const roomOf = async (tx: SqlTx, topic: string): Promise<Room> => {
  const [kept] = await rowsOf<{ records: number; bytes: string }>(
    tx,
    sql`SELECT count(*)::integer AS records,
       coalesce(sum(octet_length(value) + coalesce(octet_length(key_bytes), 0) + coalesce(octet_length(headers), 0)), 0)::text AS bytes
     FROM messaging.parked WHERE topic = ${topic} AND unsealed`,
  );
  return { records: MOST_UNSEALED - (kept?.records ?? 0), bytes: MOST_UNSEALED_BYTES - Number(kept?.bytes ?? 0) };
};

/** The stored size: headers are base64 there. */
const bytesOf = ({ raw }: Unreadable): number => {
  const headers = raw.rawHeaders ?? [];
  return headers.reduce(
    (sum, [name, value]) => sum + 2 * name.length + Math.ceil((value.length * 4) / 3) + 10,
    raw.value.length + (raw.keyBytes?.length ?? 0),
  );
};

interface Count {
  readonly partition: number;
  readonly reason: string;
  records: number;
  bytes: number;
  readonly first: string;
  last: string;
}

const countsOf = (left: readonly Unreadable[]): Count[] => {
  const counts = new Map<string, Count>();
  for (const one of left) {
    const { reason, raw } = one;
    const id = `${raw.partition} ${reason}`;
    const offset = String(raw.offset);
    const known = counts.get(id) ?? { partition: raw.partition, reason, records: 0, bytes: 0, first: offset, last: offset };
    counts.set(id, { ...known, records: known.records + 1, bytes: known.bytes + raw.value.length, last: offset });
  }
  return [...counts.values()];
};

/** The sender's names are not part of the count, because a sender could make the number of rows unlimited. */
const noteNotKept = async (tx: SqlTx, topic: string, left: readonly Unreadable[]): Promise<void> => {
  const counts = countsOf(left);
  await execute(
    tx,
    sql`INSERT INTO messaging.not_kept AS n (topic, partition, reason, hour, records, bytes, first_offset, last_offset)
     SELECT ${topic}, partition, reason, date_trunc('hour', now()), records, bytes, first, last
     FROM jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) AS c (partition integer, reason text, records bigint, bytes bigint, first bigint, last bigint)
     ORDER BY partition, reason
     ON CONFLICT (topic, partition, reason, hour) DO UPDATE SET records = n.records + EXCLUDED.records, bytes = n.bytes + EXCLUDED.bytes,
       first_offset = least(n.first_offset, EXCLUDED.first_offset), last_offset = greatest(n.last_offset, EXCLUDED.last_offset)`,
  );
};

/** Quarantines the unsealed records of one stretch, in their order. All of it in `tx`. */
export const quarantine = async (tx: SqlTx, topic: string, unsealed: readonly Unreadable[]): Promise<void> => {
  if (unsealed.length === 0) return;
  const room = await roomOf(tx, topic);
  const left: Unreadable[] = [];
  for (const one of unsealed) {
    const bytes = bytesOf(one);
    if (room.records < 1 || room.bytes < bytes) {
      left.push(one);
      continue;
    }
    room.records -= 1;
    room.bytes -= bytes;
    await park(tx, topic, one, 'quarantined');
  }
  if (left.length > 0) await noteNotKept(tx, topic, left);
};

/** How many records were only counted. */
export const countNotKept = async (tx: SqlTx): Promise<bigint> => {
  const [row] = await rowsOf<{ records: string }>(tx, sql`SELECT coalesce(sum(records), 0)::text AS records FROM messaging.not_kept`);
  return BigInt(row?.records ?? 0);
};
