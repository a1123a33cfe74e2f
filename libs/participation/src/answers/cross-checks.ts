// Residual across services (跨服务核对). Each service may have completed its part while two of them contradict each other. Example: a
// certificate is void, but nobody demands its payment back, because the two services recorded different exam sessions. One service lists
// the records that the order has moved. Another service answers which of them it still has in a contradicting state. Both sides are rows of
// a table that the service provides. Neither side uses the code path that carried out the effect.
import { isDeepStrictEqual } from 'node:util';
import type { FindContradictionsRequest, ListAffectedRequest } from '@hengji/contracts/enforcement/v1/participant_service';
import { Refusal } from '@hengji/domain-kit';
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { join, type Sql } from 'sql-template-tag';
import { columnSql, nameSql } from '../effects/names';
import { claimedSql, walkIndexes } from '../effects/claims';
import { demandSql } from '../effects/demand';
import { claimedIn } from '../holds';
import { findRow } from '../order-rows';
import { outsideSql, scopeSql } from '../scope';
import type { CrossChecks, ScopeColumns } from '../types';

const MOST_IDS = 20_000;
const SAMPLE = 10;

/** The records that a check starts from: the effect demanded a state of them, and they are in it. SQL is over alias t. */
export interface AffectedSpec {
  readonly effect: string;
  readonly table: string;
  readonly id: string;
  /** Column by which the other service identifies the record; the id by default. */
  readonly link?: string;
  readonly scope: ScopeColumns;
  /** True for the records in the demanded state. */
  readonly done: Sql;
}

/** What contradicts a check here: records that one of the links names and for which this condition is true. SQL is over alias t. */
export interface ContradictionSpec {
  readonly table: string;
  readonly link: string;
  readonly contradicts: Sql;
  /** Column with the record's name for people. */
  readonly name: string;
}

const unknown = (check: string): never => {
  throw new Refusal('notFound', 'check.unknown', `本服务没有核对项“${check}”`, { field: 'check' });
};

const checked = <S>(table: Readonly<Record<string, S>> | undefined, check: string): S =>
  (table && Object.hasOwn(table, check) ? table[check] : undefined) ?? unknown(check);

const unprovable = (link: string): Refusal =>
  new Refusal('illegalMove', 'record.not_provable', `编号“${link}”含有换行，不能跨服务核对`, { field: 'record_id', rule: 'N3.5c' });

const checkLimit = (limit: number): void => {
  if (limit >= 1 && limit <= MOST_IDS) return;
  throw new Refusal('invalid', 'page.limit_invalid', `每页应为1至${MOST_IDS}条`, { field: 'limit' });
};

/** All checks that start from the same records as this one: a page read for one of them serves all of them. */
const startingAlike = (specs: CrossChecks['affected'], spec: AffectedSpec): string[] =>
  Object.entries(specs ?? {})
    .flatMap(([check, other]) => (isDeepStrictEqual(other, spec) ? [check] : []))
    .sort();

/** Ids as one service sends them to another: joined by LF. To split twenty thousand ids costs more than to find them. */
export interface JoinedIds {
  readonly joinedIds: string;
  readonly count: number;
}

export interface AffectedPage extends JoinedIds {
  readonly next: string;
  /** All checks that share this page. */
  readonly checks: string[];
}

interface Page {
  /** Null for an empty page. */
  readonly links: string | null;
  readonly count: number;
  readonly last: string | null;
  /** A link that contains a line break. */
  readonly split: string | null;
}

/** One page of links; `next` is empty after the last. Refuses `row.unknown`, `check.unknown`, `page.limit_invalid`, `record.not_provable`. */
export const listAffected = async (tx: SqlTx, checks: CrossChecks | undefined, asked: ListAffectedRequest): Promise<AffectedPage> => {
  const { orderId, row: number, after, limit } = asked;
  const spec = checked(checks?.affected, asked.check);
  checkLimit(limit);
  const row = await findRow(tx, { orderId, row: number });
  const scope = row?.order.scope;
  if (!scope || row.effect !== spec.effect) throw new Refusal('notFound', 'row.unknown', `处理决定没有第${number}行`, { field: 'row' });
  const demand = { claimedIn: await claimedIn(tx, orderId), claimed: claimedSql(spec, orderId, 'standing') };
  const id = columnSql('t', spec.id);
  const where = [
    sql`${id} > ${after}`,
    scopeSql(scope, spec.scope),
    ...outsideSql(asked.without, spec.scope),
    sql`(${spec.done})`,
    ...demandSql(demand, spec.scope),
  ];
  // A page is the next range of an index. The planner's statistics are older than the order; without this setting the planner would collect
  // and sort all records.
  await walkIndexes(tx);
  const [page] = await rowsOf<Page>(
    tx,
    sql`SELECT string_agg(link, E'\\n' ORDER BY id) AS links, count(*)::int AS count, max(id) AS last, max(link) FILTER (WHERE strpos(link, E'\\n') > 0) AS split
     FROM (SELECT ${id} AS id, ${columnSql('t', spec.link ?? spec.id)} AS link FROM ${nameSql(spec.table)} t
           WHERE ${join(where, ' AND ')} ORDER BY ${id} LIMIT ${limit}::int) page`,
  );
  // The receiver would read the link as two ids that belong to no record, and would not find the contradiction.
  if (typeof page?.split === 'string') throw unprovable(page.split);
  const { links = null, count = 0, last = null } = page ?? {};
  return { joinedIds: links ?? '', count, next: count < limit ? '' : (last ?? ''), checks: startingAlike(checks?.affected, spec) };
};

/** The ids of the request; an older version of enforcement sends them as a list. */
export const idsOf = ({ ids, joinedIds, count }: Pick<FindContradictionsRequest, 'ids' | 'joinedIds' | 'count'>): JoinedIds =>
  count > 0 ? { joinedIds: Buffer.from(joinedIds).toString(), count } : { joinedIds: ids.join('\n'), count: ids.length };

/**
 * How many of the records that these links name are contradictions, with the first ten names. Refuses `check.unknown`,
 * `page.limit_invalid`.
 */
export const findContradictions = async (
  tx: SqlTx,
  checks: CrossChecks | undefined,
  { check, joinedIds, count }: JoinedIds & { readonly check: string },
): Promise<{ count: bigint; sample: string[] }> => {
  const spec = checked(checks?.contradictions, check);
  if (count === 0) return { count: 0n, sample: [] };
  checkLimit(count);
  const found = await rowsOf<{ name: string; total: string }>(
    tx,
    sql`SELECT ${columnSql('t', spec.name)} AS name, count(*) OVER ()::text AS total FROM ${nameSql(spec.table)} t
     WHERE ${columnSql('t', spec.link)} = ANY(ARRAY(SELECT string_to_table(${joinedIds}, E'\\n'))) AND (${spec.contradicts})
     ORDER BY 1 LIMIT ${SAMPLE}`,
  );
  return { count: BigInt(found[0]?.total ?? 0), sample: found.map(({ name }) => name) };
};
