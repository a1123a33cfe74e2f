// Where institutions are: a copy of the data that approval publishes (code, name, authority, area), for a service's lists. The migration of
// each service creates the table and the triggers that write authority and area into the rows. The triggers fill new rows on insert, and
// earlier rows when their institution arrives.
import type { Institution } from '@hengji/contracts/approval/v1/approval';
import type { InstitutionPlace } from '@hengji/contracts/meta/v1/list';
import { namesLike, searchText, type ListDb, type ListSearch } from '@hengji/host';
import { rowsOf } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import { GATE } from '../gate';

/**
 * Stores or changes the place of the institution. It waits for the in-flight writers (they hold the gate of `checkGuard`), so that no row
 * written before and committed after this change is missed. A repeated call is harmless.
 */
export const rememberPlace = async (tx: ListDb, institution: Institution | undefined): Promise<void> => {
  if (!institution) return;
  const { code, name, authority, area } = institution;
  const search = await searchText(name);
  await rowsOf(tx, sql`SELECT pg_advisory_xact_lock(${GATE}::int, hashtext(${code}))::text AS passed`);
  await rowsOf(
    tx,
    sql`
    INSERT INTO institution_place AS p (code, name, authority, area, search_text) VALUES (${code}, ${name}, ${authority}, ${area}, ${search})
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, authority = excluded.authority, area = excluded.area, search_text = excluded.search_text
    WHERE (p.name, p.authority, p.area, p.search_text) IS DISTINCT FROM (excluded.name, excluded.authority, excluded.area, excluded.search_text)
    RETURNING code`,
  );
};

/** The known places of the institutions on a page, by code. */
export const placesOf = (db: ListDb, codes: readonly string[]): Promise<InstitutionPlace[]> =>
  rowsOf(db, sql`SELECT code, name, authority, area FROM institution_place WHERE code = ANY(${[...new Set(codes)]}::text[]) ORDER BY code`);

/** For a list's search: the rows whose institution, in the column, has a name that matches the text. */
export const institutionsLike = async (db: ListDb, column: Sql, text: string): Promise<NonNullable<ListSearch['institutions']>> => {
  const named = sql`SELECT code FROM institution_place WHERE ${await namesLike(sql`search_text`, text)} ORDER BY code`;
  return { column, codes: (await rowsOf<{ code: string }>(db, named)).map(({ code }) => code) };
};
