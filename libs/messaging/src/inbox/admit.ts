// The database work when records arrive, in the transaction of their effects: which of their keys are held, which events are new or
// discarded, and what the sequence numbers show. A whole stretch of records takes four statements, or more where some events are known or
// late.
import sql, { type Sql } from 'sql-template-tag';
import { isQuarantined, isReadable, isUnsealed, numberOf, writerOf, type Arrival, type Readable } from './arrival';
import { heldKeys, type HeldKeys } from './held-keys';
import { handledAmong, nameOf, noteSameIds, textOf, type EventName } from './numbers/known-events';
import { followSequence, type Stretch } from './numbers/sequence';
import { findTaken } from './numbers/taken-numbers';
import { discardedAmong } from '../parked/discarded';
import { execute, rowsOf, type SqlTx } from '../sql';

interface KnownRow {
  readonly source: string;
  readonly key: string;
  /** The highest number seen. Null where the row is a parked key; `source` is then the writer whose messages the key holds. */
  readonly last: string | null;
}

interface Counted {
  readonly source: string;
  readonly key: string;
  readonly numbers: bigint[];
}

/** What the inbox statements return. */
export interface Admission<Tx extends SqlTx> {
  /** Keys that are held now. */
  readonly held: HeldKeys;
  /** Names of events that this service has never handled. */
  readonly fresh: Set<string>;
  /** Names of events that this service has handled and whose key is held. */
  readonly handled: ReadonlySet<string>;
  /** Arrivals with a number that another event of the same writer has used. */
  readonly taken: ReadonlySet<Arrival<Tx>>;
  /** Arrivals that were discarded before. */
  readonly discarded: ReadonlySet<Arrival<Tx>>;
}

const knownSql = (topic: string, keys: string): Sql => sql`
  WITH held AS (
    SELECT key, source FROM messaging.parked_key
    WHERE topic = ${topic} AND key IN (SELECT jsonb_array_elements_text(${keys}::jsonb)) ORDER BY key, source FOR UPDATE
  ), seen AS (
    SELECT source, key, last FROM messaging.seen_sequence
    WHERE topic = ${topic} AND key IN (SELECT jsonb_array_elements_text(${keys}::jsonb)) ORDER BY source, key FOR UPDATE
  )
  SELECT source, key, NULL AS last FROM held UNION ALL SELECT source, key, last::text FROM seen`;

const admitSql = (topic: string, seen: string, gaps: string, names: string): Sql => sql`
  WITH followed AS (
    INSERT INTO messaging.seen_sequence AS s (topic, source, key, last)
    SELECT ${topic}, source, key, last FROM jsonb_to_recordset(${seen}::jsonb) AS f (source text, key text, last bigint)
    ON CONFLICT (topic, source, key) DO UPDATE SET last = greatest(s.last, EXCLUDED.last)
  ), jumped AS (
    INSERT INTO messaging.gap (topic, source, key, first_missing, last_missing)
    SELECT ${topic}, source, key, first, last FROM jsonb_to_recordset(${gaps}::jsonb) AS g (source text, key text, first bigint, last bigint)
  )
  INSERT INTO messaging.inbox (event_id, source) SELECT id, source FROM jsonb_to_recordset(${names}::jsonb) AS event (id uuid, source text)
  ON CONFLICT (event_id) DO NOTHING RETURNING event_id::text AS id, source`;

const countedOf = <Tx extends SqlTx>(arrivals: readonly Arrival<Tx>[]): Map<string, Counted> => {
  const counted = new Map<string, Counted>();
  for (const arrival of arrivals) {
    const { raw } = arrival;
    // The number of an unsealed record does not count. A sealed record's number belongs to its writer, even where its content is another
    // writer's.
    const number = isUnsealed(arrival) ? undefined : numberOf(arrival);
    if (number === undefined) continue;
    const source = writerOf(raw);
    const id = JSON.stringify([source, raw.key]);
    const entry = counted.get(id) ?? { source, key: raw.key, numbers: [] };
    counted.set(id, entry);
    entry.numbers.push(number);
  }
  return counted;
};

/** Sorts events that have a handler: into the inbox, or to wait where the key is held or an earlier record holds it from now on. */
const sortOut = <Tx extends SqlTx>(
  arrivals: readonly Arrival<Tx>[],
  held: HeldKeys,
  discarded: ReadonlySet<Arrival<Tx>>,
): { readonly admitted: Readable<Tx>[]; readonly waiting: Readable<Tx>[] } => {
  const admitted: Readable<Tx>[] = [];
  const waiting: Readable<Tx>[] = [];
  for (const arrival of arrivals) {
    if (isQuarantined(arrival) || discarded.has(arrival)) continue;
    if (!isReadable(arrival)) held.hold(arrival.raw);
    else if (arrival.handler !== 'ignored') (held.holds(arrival.raw) ? waiting : admitted).push(arrival);
  }
  return { admitted, waiting };
};

/** Of the names that the inbox did not take: those whose id another writer uses. Costs a statement only where an id arrived before. */
const freshUnderSameId = (tx: SqlTx, names: readonly EventName[], fresh: ReadonlySet<string>): Promise<Set<string>> =>
  noteSameIds(
    tx,
    names.filter((name) => !fresh.has(textOf(name))),
  );

/**
 * Admits the arrivals of one topic, all in `tx`: locks the rows of their keys, inserts the new event ids, follows the sequence and records
 * gaps.
 * `held` does not contain keys that these arrivals make held. A replay admits an event although its key is held, and with any number:
 * the number of a waiting message was compared when the message arrived, and an operator has checked a quarantined message.
 */
export const admit = async <Tx extends SqlTx>(
  tx: SqlTx,
  topic: string,
  arrivals: readonly Arrival<Tx>[],
  { despiteHold = false }: { despiteHold?: boolean } = {},
): Promise<Admission<Tx>> => {
  const keys = [...new Set(arrivals.map(({ raw }) => raw.key))];
  const known = await rowsOf<KnownRow>(tx, knownSql(topic, JSON.stringify(keys)));
  const held = known.filter(({ last }) => last === null);
  const counts = known.filter(({ last }) => last !== null);
  const lasts = new Map(counts.map(({ source, key, last }) => [JSON.stringify([source, key]), BigInt(last ?? 0)]));
  const discarded = await discardedAmong(tx, topic, arrivals);
  const { seen, gaps, late } = follow(countedOf(arrivals), lasts);
  const { admitted, waiting } = sortOut(arrivals, heldKeys(topic, despiteHold ? [] : held), discarded);
  const doubtful = despiteHold || late.length === 0 ? [] : arrivals.filter((arrival) => !discarded.has(arrival));
  const missing = doubtful.length === 0 ? [] : await missingOf(tx, topic, late);
  const taken = await findTaken(tx, topic, doubtful, { lasts, missing });
  const names = admitted.filter((arrival) => !taken.has(arrival)).map(nameOf);
  const rows = await rowsOf<EventName>(tx, admitSql(topic, JSON.stringify(seen), JSON.stringify(gaps), JSON.stringify(names)));
  const taking = new Set(rows.map(textOf));
  const fresh = new Set([...taking, ...(await freshUnderSameId(tx, names, taking))]);
  // Also the gaps that these arrivals have opened.
  for (const one of await missingOf(tx, topic, late)) await fillGap(tx, topic, one);
  // After the other events are in the inbox: the same event may have arrived before the record that holds its key.
  const handled = await handledAmong(tx, waiting);
  return { held: heldKeys(topic, held), fresh, handled, taken, discarded };
};

/** One numbered event that arrived late. 64-bit numbers are text inside JSON. */
interface Late {
  readonly source: string;
  readonly key: string;
  readonly sequence: string;
}

const follow = (counted: ReadonlyMap<string, Counted>, lasts: ReadonlyMap<string, bigint>) => {
  const seen: { source: string; key: string; last: string }[] = [];
  const gaps: { source: string; key: string; first: string; last: string }[] = [];
  const late: Late[] = [];
  for (const [id, { source, key, numbers }] of counted) {
    const followed = followSequence(lasts.get(id) ?? 0n, numbers);
    seen.push({ source, key, last: String(followed.last) });
    gaps.push(...followed.gaps.map(({ first, last }: Stretch) => ({ source, key, first: String(first), last: String(last) })));
    late.push(...followed.late.map((number) => ({ source, key, sequence: String(number) })));
  }
  return { seen, gaps, late };
};

/** The late numbers that were missing; the others were delivered twice. */
const missingOf = (tx: SqlTx, topic: string, late: readonly Late[]): Promise<Late[]> =>
  late.length === 0
    ? Promise.resolve([])
    : rowsOf<Late>(
        tx,
        sql`SELECT DISTINCT l.source, l.key, l.sequence::text
         FROM jsonb_to_recordset(${JSON.stringify(late)}::jsonb) AS l (source text, key text, sequence bigint)
         JOIN messaging.gap AS g ON g.topic = ${topic} AND g.source = l.source AND g.key = l.key AND g.closed_at IS NULL
           AND l.sequence BETWEEN g.first_missing AND g.last_missing`,
      );

/** Takes one number out of its gap. The rest of the gap stays, in up to two pieces, and is requested again when no more of it arrives. */
const fillGap = (tx: SqlTx, topic: string, { source, key, sequence }: Late): Promise<number> =>
  execute(
    tx,
    sql`WITH filled AS (
       DELETE FROM messaging.gap
       WHERE topic = ${topic} AND source = ${source} AND key = ${key} AND closed_at IS NULL
         AND ${sequence}::bigint BETWEEN first_missing AND last_missing
       RETURNING first_missing, last_missing, seen_at, reason
     )
     INSERT INTO messaging.gap (topic, source, key, first_missing, last_missing, seen_at, reason, next_ask_at)
     SELECT ${topic}, ${source}, ${key}, piece.first, piece.last, seen_at, reason, now() + interval '5 seconds'
     FROM filled, LATERAL (VALUES (first_missing, ${sequence}::bigint - 1), (${sequence}::bigint + 1, last_missing)) AS piece (first, last)
     WHERE piece.first <= piece.last`,
  );
