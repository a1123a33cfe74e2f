// Names of people: acts store the name beside the id, as it was at the time of the act.
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import type { ActedOn } from './act';

/** Names by id. A person without an act is absent. */
export type Names = ReadonlyMap<string, string>;

/**
 * The name from the person's first act on the record, otherwise from the newest act on any record: a record may be older than the stored
 * acts.
 */
export const namesOf = async (tx: SqlTx, on: Pick<ActedOn, 'kind' | 'id'>, ids: readonly string[]): Promise<Names> => {
  const asked = [...new Set(ids)].filter((id) => id !== '');
  if (asked.length === 0) return new Map();
  const found = await rowsOf<{ id: string; name: string | null }>(
    tx,
    sql`SELECT person.id, COALESCE(
          (SELECT a.by_name FROM procedure.act AS a
           WHERE a.record_kind = ${on.kind} AND a.record_id = ${on.id} AND a.by_kind = 'PERSON' AND a.by_id = person.id AND a.by_name <> ''
           ORDER BY a.id LIMIT 1),
          (SELECT a.by_name FROM procedure.act AS a
           WHERE a.by_kind = 'PERSON' AND a.by_id = person.id AND a.by_name <> '' ORDER BY a.id DESC LIMIT 1)) AS name
        FROM unnest(${asked}::text[]) AS person (id)`,
  );
  return new Map(found.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
};
