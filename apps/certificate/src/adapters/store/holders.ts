// The certificates in the scope of an order with their masked holders, for the list (名单) of a public notice.
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { rowsOf } from '@hengji/messaging';
import { scopeSql } from '@hengji/participation';
import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Tx } from './database';
import { SCOPE } from './effects';

const MOST = 10_000;

interface Asked {
  readonly scope: Scope;
  /** Parts of the scope that were lifted. */
  readonly without: readonly Scope[];
  readonly after: string;
  readonly limit: number;
}

interface Holder {
  readonly number: string;
  readonly maskedName: string;
}

const outside = (parts: readonly Scope[]): Sql =>
  parts.length === 0
    ? empty
    : sql`AND NOT coalesce(${join(
        parts.map((part) => sql`(${scopeSql(part, SCOPE)})`),
        ' OR ',
      )}, false)`;

/** A page in the order of the numbers; `next` is empty at the end. At most 10,000 rows. */
export const listHolders = async (db: Tx, { scope, without, after, limit }: Asked): Promise<{ holders: Holder[]; next: string }> => {
  const most = Math.min(Math.max(limit, 1), MOST);
  const holders = await rowsOf<Holder>(
    db,
    sql`SELECT t.number, t.masked_name AS "maskedName" FROM certificate t
        WHERE ${scopeSql(scope, SCOPE)} ${outside(without)} AND t.number > ${after} ORDER BY t.number LIMIT ${most}::int`,
  );
  return { holders, next: holders.length < most ? '' : (holders.at(-1)?.number ?? '') };
};
