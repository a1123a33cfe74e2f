// The list of acts (操作记录) of one service over its table. An act belongs to the territory of its institution. An act about no institution
// belongs to the authority of the person who acted.
import { LISTS } from '@hengji/contracts/lists';
import type { InstitutionPlace, ListQuery, ListTotal } from '@hengji/contracts/meta/v1/list';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { inOrder, readList, type ListSource } from '@hengji/host';
import { rowsOf, type SqlDb } from '@hengji/messaging';
import { reachOf } from '@hengji/province';
import sql, { raw, type Sql } from 'sql-template-tag';
import { actorOf } from '../actor';
import { reachSql } from '../reach-sql';
import { ACT_COLUMNS, type ActRow } from './act-rows';

export interface ActsDeps {
  readonly service: string;
  readonly db: SqlDb;
  /** The service's table of institutions: `code`, `name`, `authority`, `area`. */
  readonly places: 'institution' | 'institution_place';
  /** The title of a step of the service's procedure. */
  readonly titleOfStep?: (step: string) => string | undefined;
}

/**
 * Acts on records that belong to a case or an order, and acts on the case or order itself: its first act created it. The partial index
 * needs its own condition beside it.
 */
const of = (kind: 'case' | 'order', column: Sql) => ({
  sql: column,
  is: (values: readonly string[]): Sql =>
    sql`(${column} = ANY(${[...values]}::text[]) AND ${column} <> '') OR (a.record_kind = ${kind} AND a.record_id = ANY(${[...values]}::text[]))`,
});

/** SQL over alias a. */
const sourceOf = ({ service }: ActsDeps): ListSource<typeof LISTS.acts> => ({
  spec: LISTS.acts,
  from: sql`procedure.act AS a`,
  columns: {
    at: { sql: sql`a.at` },
    actId: {
      sql: sql`(${service}::text || '-' || a.id)`,
      is: (values) => sql`a.id = ANY(${idsOf(values)}::bigint[])`,
    },
    keptBy: { sql: sql`${service}::text` },
    personName: { sql: sql`a.by_name` },
    personId: { sql: sql`a.by_id`, is: (values) => sql`a.by_kind = 'PERSON' AND a.by_id = ANY(${[...values]}::text[])` },
    what: { sql: sql`split_part(a.what, ' ', 1)` },
    recordKind: { sql: sql`a.record_kind` },
    recordId: { sql: sql`a.record_id` },
    institution: { sql: sql`a.institution` },
    purpose: { sql: sql`a.purpose` },
    caseId: of('case', sql`a.case_id`),
    orderId: of('order', sql`a.order_id`),
  },
});

const ID = /-(\d{1,18})$/;
/** A key that is not an act's id matches none. */
const idsOf = (keys: readonly string[]): string[] => keys.flatMap((key) => ID.exec(key)?.[1] ?? []);

/** Refuses `actor.missing`. */
const territory = ({ places }: ActsDeps, actor: Actor | undefined): Sql => {
  const ofInstitution = sql`(SELECT place.authority FROM ${raw(places)} AS place WHERE place.code = a.institution)`;
  return reachSql(reachOf(actorOf(actor)), {
    authority: sql`CASE WHEN a.institution = '' THEN a.by_authority ELSE ${ofInstitution} END`,
    institution: sql`a.institution`,
  });
};

interface ListedActs {
  readonly rows: ActRow[];
  readonly next: string;
  readonly total: ListTotal | undefined;
  readonly institutions: InstitutionPlace[];
}

/** A page of the acts in the person's territory. Refuses `actor.missing`, and what `readList` refuses. */
export const listedActs = async (deps: ActsDeps, actor: Actor | undefined, query: ListQuery): Promise<ListedActs> => {
  const { db, service, places } = deps;
  const { keys, next, total } = await readList(db, sourceOf(deps), query, territory(deps, actor));
  const found = await rowsOf<ActRow>(db, sql`SELECT ${ACT_COLUMNS} FROM procedure.act WHERE act.id = ANY(${idsOf(keys)}::bigint[])`);
  const rows = inOrder(keys, found, ({ id }) => `${service}-${id}`);
  const codes = [...new Set(rows.map(({ institution }) => institution))];
  const institutions = await rowsOf<InstitutionPlace>(
    db,
    sql`SELECT code, name, authority, area FROM ${raw(places)} WHERE code = ANY(${codes}::text[]) ORDER BY code`,
  );
  return { rows, next, total, institutions };
};
