// What an order demands of records that it has not claimed. While the order's hold blocks new records in the scope, every record in the
// scope falls under the order. Where the hold does not block (the order is completed, M1 was lifted there, or a court paused it), new
// records are lawful. There the order demands only the records that it has claimed.
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import sql, { empty, join, type Sql } from 'sql-template-tag';
import { outsideSql } from '../scope';
import type { OrderContext, ScopeColumns } from '../types';

/** Where an order demands only the records that it has claimed. */
export type ClaimedIn = 'everywhere' | readonly Scope[];

/** `claimed`: SQL that is true for the records that the order has claimed. */
export interface Demand {
  readonly claimedIn: ClaimedIn;
  readonly claimed: Sql;
}

/** Conditions over `alias`, joined by AND; true for the demanded records. */
export const demandSql = ({ claimedIn, claimed }: Demand, columns: ScopeColumns, alias = 't'): Sql[] => {
  if (claimedIn === 'everywhere') return [claimed];
  if (claimedIn.length === 0) return [];
  return [sql`((${join(outsideSql(claimedIn, columns, alias), ' AND ')}) OR ${claimed})`];
};

/** SQL that is true if the order has a claim: one in force (`standing`), or also a lifted one (`any`). */
export type ClaimedSql = (which: 'any' | 'standing') => Sql;

/**
 * Limits what a row may work on when it is started again: no record that was lifted, and no record that is not demanded. Each condition
 * begins with AND.
 */
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
