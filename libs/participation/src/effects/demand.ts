// What an order demands of records that it has not claimed. While its hold keeps anything from being made in the scope,
// whatever is there is the order's; where it does not (the order is over, M1 was lifted there, a court paused it), records are
// made lawfully, and of those the order demands only what it has claimed.
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import sql, { empty, join, type Sql } from 'sql-template-tag';
import { outsideSql } from '../scope';
import type { OrderContext, ScopeColumns } from '../types';

/** Where an order demands only what it has claimed. */
export type ClaimedIn = 'everywhere' | readonly Scope[];

/** `claimed`: SQL, true of what the order has claimed. */
export interface Demand {
  readonly claimedIn: ClaimedIn;
  readonly claimed: Sql;
}

/** Conditions over `alias`, joined by AND: true of what is demanded. */
export const demandSql = ({ claimedIn, claimed }: Demand, columns: ScopeColumns, alias = 't'): Sql[] => {
  if (claimedIn === 'everywhere') return [claimed];
  if (claimedIn.length === 0) return [];
  return [sql`((${join(outsideSql(claimedIn, columns, alias), ' AND ')}) OR ${claimed})`];
};

/** SQL of a claim of the order, that stands or was lifted too (`any`). */
export type ClaimedSql = (which: 'any' | 'standing') => Sql;

/** What a row may work on when it is started again: nothing that was lifted of it, and nothing that is not demanded. Each condition begins with AND. */
export const againSql = (
  { again, claimedIn = [] }: Pick<OrderContext, 'again' | 'claimedIn'>,
  claimed: ClaimedSql,
  columns: ScopeColumns,
  alias = 't',
): Sql => {
  const notLifted = again ? [sql`(${claimed('standing')} OR NOT ${claimed('any')})`] : [];
  const conditions = [...notLifted, ...demandSql({ claimedIn, claimed: claimed('standing') }, columns, alias)];
  return conditions.length === 0 ? empty : sql`AND ${join(conditions, ' AND ')}`;
};
