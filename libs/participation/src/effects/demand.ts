// What an order demands of records that it has not claimed. While its hold keeps anything from being made in the scope,
// whatever is there is the order's; where it does not (the order is over, M1 was lifted there, a court paused it), records are
// made lawfully, and of those the order demands only what it has claimed.
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { outsideSql } from '../scope';
import type { OrderContext, ScopeColumns } from '../types';

/** Where an order demands only what it has claimed. */
export type ClaimedIn = 'everywhere' | readonly Scope[];

/** `claimed`: SQL, true of what the order has claimed. */
export interface Demand {
  readonly claimedIn: ClaimedIn;
  readonly claimed: string;
}

export interface SqlPart {
  readonly sql: readonly string[];
  readonly params: readonly unknown[];
}

/** Conditions over `alias`, joined by AND: true of what is demanded. Parameters are numbered from `firstParam`. */
export const demandSql = ({ claimedIn, claimed }: Demand, columns: ScopeColumns, alias: string, firstParam: number): SqlPart => {
  if (claimedIn === 'everywhere') return { sql: [claimed], params: [] };
  if (claimedIn.length === 0) return { sql: [], params: [] };
  const outside = outsideSql(claimedIn, columns, alias, firstParam);
  return { sql: [`((${outside.sql.join(' AND ')}) OR ${claimed})`], params: outside.params };
};

/** SQL of a claim of the order, that stands or was lifted too (`any`). */
export type ClaimedSql = (which: 'any' | 'standing') => string;

/** What a row may work on when it is started again: nothing that was lifted of it, and nothing that is not demanded. */
export const againSql = (
  { again, claimedIn = [] }: Pick<OrderContext, 'again' | 'claimedIn'>,
  claimed: ClaimedSql,
  columns: ScopeColumns,
  { alias, firstParam }: { readonly alias: string; readonly firstParam: number },
): { sql: string; params: readonly unknown[] } => {
  const demanded = demandSql({ claimedIn, claimed: claimed('standing') }, columns, alias, firstParam);
  const notLifted = again ? [`(${claimed('standing')} OR NOT ${claimed('any')})`] : [];
  return { sql: [...notLifted, ...demanded.sql].map((condition) => `AND ${condition}`).join(' '), params: demanded.params };
};
