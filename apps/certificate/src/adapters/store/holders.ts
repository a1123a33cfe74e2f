// The certificates in the scope of an order with their holders, for the list (名单) of a public notice or of a document for the institution.
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { rowsOf } from '@hengji/messaging';
import { scopeSql } from '@hengji/participation';
import type { NamedPerson } from '@hengji/province';
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
  /** Opens the whole name of a sealed holder; null where masked names are enough. */
  readonly open: ((sealed: string) => NamedPerson) | null;
}

interface Holder {
  readonly number: string;
  readonly maskedName: string;
  readonly name?: string;
}

const outside = (parts: readonly Scope[]): Sql =>
  parts.length === 0
    ? empty
    : sql`AND NOT coalesce(${join(
        parts.map((part) => sql`(${scopeSql(part, SCOPE)})`),
        ' OR ',
      )}, false)`;

/** A page in the order of the numbers; `next` is empty at the end. At most 10,000 rows. */
export const listHolders = async (db: Tx, { scope, without, after, limit, open }: Asked): Promise<{ holders: Holder[]; next: string }> => {
  const most = Math.min(Math.max(limit, 1), MOST);
  const rows = await rowsOf<Holder & { readonly sealed: string }>(
    db,
    sql`SELECT t.number, t.masked_name AS "maskedName", t.sealed_holder AS sealed FROM certificate t
        WHERE ${scopeSql(scope, SCOPE)} ${outside(without)} AND t.number > ${after} ORDER BY t.number LIMIT ${most}::int`,
  );
  const holders = rows.map(({ sealed, ...holder }) => (open ? { ...holder, name: open(sealed).name } : holder));
  return { holders, next: holders.length < most ? '' : (holders.at(-1)?.number ?? '') };
};
