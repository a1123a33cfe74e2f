// What people are called: acts hold the name beside the id, as it was when the act was done.
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import type { ActedOn } from './act';

/** Names by ids. Whoever has no act is not in it. */
export type Names = ReadonlyMap<string, string>;

/** By the person's first act on the record, or else by the newest one on any: a record may be older than acts are kept. */
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
