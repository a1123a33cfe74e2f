// Residual across services (跨服务核对): each service has its part done, and still two of them may contradict each other (a
// void certificate, and a payment on it that nobody demands back, because the two knew its session differently). One
// service lists what the order has moved, another answers which of it stands there nevertheless. Both sides are rows of a
// table that the service brings along; neither goes the way by which the effect went.
import { isDeepStrictEqual } from 'node:util';
import type { ListAffectedRequest, ListAffectedResponse } from '@hengji/contracts/enforcement/v1/participant_service';
import { Refusal } from '@hengji/domain-kit';
import type { SqlTx } from '../../sql';
import { claimedSql } from '../effects/claims';
import { demandSql } from '../effects/demand';
import { claimedIn } from '../holds';
import { findRow } from '../order-rows';
import { outsideSql, scopeSql } from '../scope';
import type { CrossChecks, ScopeColumns } from '../types';

const MOST_IDS = 20_000;
const SAMPLE = 10;

/** What a check starts from: records that the effect demanded be so, and that are. SQL is over alias t. */
export interface AffectedSpec {
  readonly effect: string;
  readonly table: string;
  readonly id: string;
  /** Column by which the other service knows the record; the id by default. */
  readonly link?: string;
  readonly scope: ScopeColumns;
  /** True of the records in the state demanded. */
  readonly done: string;
}

/** What contradicts a check here: records that one of the links names, and of which this is true. SQL is over alias t. */
export interface ContradictionSpec {
  readonly table: string;
  readonly link: string;
  readonly contradicts: string;
  /** Column that names the record to people. */
  readonly name: string;
}

const unknown = (check: string): never => {
  throw new Refusal('notFound', 'check.unknown', `本服务没有核对项“${check}”`, { field: 'check' });
};

const checked = <S>(table: Readonly<Record<string, S>> | undefined, check: string): S =>
  (table && Object.hasOwn(table, check) ? table[check] : undefined) ?? unknown(check);

const checkLimit = (limit: number): void => {
  if (limit >= 1 && limit <= MOST_IDS) return;
  throw new Refusal('invalid', 'page.limit_invalid', `每页应为1至${MOST_IDS}条`, { field: 'limit' });
};

/** All checks that start from the very records that this one starts from: a page that is read for one of them is read for all. */
const startingAlike = (specs: CrossChecks['affected'], spec: AffectedSpec): string[] =>
  Object.entries(specs ?? {})
    .flatMap(([check, other]) => (isDeepStrictEqual(other, spec) ? [check] : []))
    .sort();

/** One page of links; `next` is empty after the last. Refuses `row.unknown`, `check.unknown`, `page.limit_invalid`. */
export const listAffected = async (
  tx: SqlTx,
  checks: CrossChecks | undefined,
  asked: ListAffectedRequest,
): Promise<Pick<ListAffectedResponse, 'ids' | 'next' | 'checks'>> => {
  const { orderId, row: number, after, limit } = asked;
  const spec = checked(checks?.affected, asked.check);
  checkLimit(limit);
  const row = await findRow(tx, { orderId, row: number });
  const scope = row?.order.scope;
  if (!scope || row.effect !== spec.effect) throw new Refusal('notFound', 'row.unknown', `处理决定没有第${number}行`, { field: 'row' });
  const inside = scopeSql(scope, spec.scope, 't', 2);
  const outside = outsideSql(asked.without, spec.scope, 't', 2 + inside.params.length);
  const demand = { claimedIn: await claimedIn(tx, orderId), claimed: claimedSql(spec, orderId, 'standing') };
  const demanded = demandSql(demand, spec.scope, 't', 2 + inside.params.length + outside.params.length);
  const where = [`t.${spec.id} > $1`, inside.sql, ...outside.sql, `(${spec.done})`, ...demanded.sql];
  // One row of JSON: twenty thousand rows would cost more to take apart than to find.
  const [page] = await tx.$queryRawUnsafe<{ links: string | null; last: string | null }[]>(
    `SELECT json_agg(link ORDER BY id)::text AS links, max(id) AS last FROM (
       SELECT t.${spec.id} AS id, t.${spec.link ?? spec.id} AS link FROM ${spec.table} t
       WHERE ${where.join(' AND ')} ORDER BY t.${spec.id} LIMIT ${limit}) page`,
    after,
    ...inside.params,
    ...outside.params,
    ...demanded.params,
  );
  const ids = JSON.parse(page?.links ?? '[]') as string[];
  return { ids, next: ids.length < limit ? '' : (page?.last ?? ''), checks: startingAlike(checks?.affected, spec) };
};

/** How many of the records that these links name contradict, with the first ten names. Refuses `check.unknown`, `page.limit_invalid`. */
export const findContradictions = async (
  tx: SqlTx,
  checks: CrossChecks | undefined,
  { check, ids }: { check: string; ids: readonly string[] },
): Promise<{ count: bigint; sample: string[] }> => {
  const spec = checked(checks?.contradictions, check);
  if (ids.length === 0) return { count: 0n, sample: [] };
  checkLimit(ids.length);
  const found = await tx.$queryRawUnsafe<{ name: string; total: string }[]>(
    `SELECT t.${spec.name} AS name, count(*) OVER ()::text AS total FROM ${spec.table} t
     WHERE t.${spec.link} = ANY(ARRAY(SELECT jsonb_array_elements_text($1::jsonb))) AND (${spec.contradicts})
     ORDER BY 1 LIMIT ${SAMPLE}`,
    JSON.stringify(ids),
  );
  return { count: BigInt(found[0]?.total ?? 0), sample: found.map(({ name }) => name) };
};
