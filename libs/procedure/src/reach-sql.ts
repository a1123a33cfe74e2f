// A person's jurisdiction (libs/province) as a condition on rows with authority and institution. No filter widens it.
import type { Reach } from '@hengji/province';
import sql, { join, type Sql } from 'sql-template-tag';

export interface PlaceColumns {
  readonly authority: Sql;
  readonly institution: Sql;
}

export const EVERYWHERE = sql`TRUE`;
export const NOWHERE = sql`FALSE`;

/** Null matches nothing. */
export const reachSql = (reach: Reach | null, columns: PlaceColumns): Sql => {
  if (reach === null) return NOWHERE;
  const conditions = [
    ...(reach.authority === undefined ? [] : [sql`${columns.authority} = ${reach.authority}`]),
    ...(reach.institution === undefined ? [] : [sql`${columns.institution} = ${reach.institution}`]),
  ];
  return conditions.length === 0 ? EVERYWHERE : join(conditions, ' AND ');
};
