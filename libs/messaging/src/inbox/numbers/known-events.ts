// Which events were handled before or wait in the parking table. An event is identified by its writer and its id: another writer's event
// with the same id must not replace the owner's event.
import sql, { type Sql } from 'sql-template-tag';
import { writerOf, type Readable } from '../arrival';
import { rowsOf, type SqlTx } from '../../sql';

/** The name of an event in the database. */
export interface EventName {
  readonly source: string;
  readonly id: string;
}

/** The name as text, for sets. */
export const textOf = ({ source, id }: EventName): string => JSON.stringify([source, id]);

export const nameOf = <Tx extends SqlTx>({ raw, meta }: Readable<Tx>): EventName => ({ source: writerOf(raw), id: meta.eventId });

export const nameText = <Tx extends SqlTx>(arrival: Readable<Tx>): string => textOf(nameOf(arrival));

// A row of the version before has no source and counts for every writer.
const handledSql = (names: string): Sql => sql`
  SELECT e.source, e.id::text FROM jsonb_to_recordset(${names}::jsonb) AS e (source text, id uuid)
  WHERE EXISTS (SELECT 1 FROM messaging.inbox AS i WHERE i.event_id = e.id AND coalesce(i.source, e.source) = e.source)
    OR EXISTS (SELECT 1 FROM messaging.inbox_same_id AS s WHERE s.event_id = e.id AND s.source = e.source)`;

/** Names of the arrivals that are in the inbox. */
export const handledAmong = async <Tx extends SqlTx>(tx: SqlTx, arrivals: readonly Readable<Tx>[]): Promise<Set<string>> => {
  if (arrivals.length === 0) return new Set();
  const rows = await rowsOf<EventName>(tx, handledSql(JSON.stringify(arrivals.map(nameOf))));
  return new Set(rows.map(textOf));
};

/** Names of the arrivals that hold their key or wait. Quarantined records are not among them: nobody has confirmed their content yet. */
export const waitingAmong = async <Tx extends SqlTx>(tx: SqlTx, topic: string, arrivals: readonly Readable<Tx>[]): Promise<Set<string>> => {
  if (arrivals.length === 0) return new Set();
  const names = JSON.stringify(arrivals.map((arrival) => ({ ...nameOf(arrival), key: arrival.raw.key })));
  const rows = await rowsOf<EventName>(
    tx,
    sql`SELECT DISTINCT e.source, e.id FROM jsonb_to_recordset(${names}::jsonb) AS e (source text, id text, key text)
     JOIN messaging.parked AS p ON p.topic = ${topic} AND p.event_id = e.id AND p.key = e.key AND p.source = e.source AND p.state <> 'quarantined'`,
  );
  return new Set(rows.map(textOf));
};

/** Inserts the events whose id is in the inbox for another writer. Returns the names of the new ones. */
export const noteSameIds = async (tx: SqlTx, names: readonly EventName[]): Promise<Set<string>> => {
  if (names.length === 0) return new Set();
  const rows = await rowsOf<EventName>(
    tx,
    sql`INSERT INTO messaging.inbox_same_id (event_id, source)
     SELECT i.event_id, e.source FROM jsonb_to_recordset(${JSON.stringify(names)}::jsonb) AS e (source text, id uuid)
     JOIN messaging.inbox AS i ON i.event_id = e.id AND i.source <> e.source
     ON CONFLICT DO NOTHING RETURNING event_id::text AS id, source`,
  );
  return new Set(rows.map(textOf));
};
