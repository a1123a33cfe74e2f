// The records that an effect is about, read by a plain SELECT: previews and residual counts. It is another code path
// than the chunks on purpose, so that a mistake in the one is seen by the other.
import { hash } from 'node:crypto';
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { appendLeaves, EMPTY_FRONTIER, merkleRoot, Refusal } from '@hengji/domain-kit';
import type { SqlTx } from '../../sql';
import { scopeSql } from '../scope';
import type { EffectPreview, Residual, ScopeColumns } from '../types';

const PAGE = 20_000;
const SAMPLE = 10;

/** SHA-256, as the Merkle trees of receipts and previews use it. */
export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

/** Where an effect's records are found: a table, its id, and SQL over alias t. */
export interface Targets {
  readonly table: string;
  readonly id: string;
  readonly eligible?: string;
  readonly scope: ScopeColumns;
  readonly fen?: string;
  readonly person?: string;
}

interface Totals {
  readonly count: bigint;
  readonly fen: bigint;
  readonly people: bigint;
}

const condition = (targets: Targets, scope: Scope, firstParam: number): { sql: string; params: unknown[] } => {
  const { sql, params } = scopeSql(scope, targets.scope, 't', firstParam);
  return { sql: targets.eligible ? `${sql} AND (${targets.eligible})` : sql, params };
};

/** How many records, how much money, how many people. */
export const countTargets = async (tx: SqlTx, targets: Targets, scope: Scope): Promise<Totals> => {
  const { sql, params } = condition(targets, scope, 1);
  const [row] = await tx.$queryRawUnsafe<{ count: string; fen: string; people: string }[]>(
    `SELECT count(*)::text AS count, coalesce(sum(${targets.fen ?? '0'}), 0)::bigint::text AS fen,
            count(DISTINCT ${targets.person ?? 'NULL::text'})::text AS people
     FROM ${targets.table} t WHERE ${sql}`,
    ...params,
  );
  return { count: BigInt(row?.count ?? 0), fen: BigInt(row?.fen ?? 0), people: BigInt(row?.people ?? 0) };
};

const page = async (tx: SqlTx, targets: Targets, scope: Scope, { after, limit }: { after: string; limit: number }): Promise<string[]> => {
  const { sql, params } = condition(targets, scope, 2);
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
    `SELECT t.${targets.id} AS id FROM ${targets.table} t WHERE t.${targets.id} > $1 AND ${sql} ORDER BY t.${targets.id} LIMIT ${limit}`,
    after,
    ...params,
  );
  return rows.map(({ id }) => id);
};

/** The first ten of the records. */
export const sampleTargets = (tx: SqlTx, targets: Targets, scope: Scope): Promise<string[]> =>
  page(tx, targets, scope, { after: '', limit: SAMPLE });

/** Totals, sample and the root over the exact ids in id order. Read in pages: memory does not grow with the count. */
export const previewTargets = async (tx: SqlTx, targets: Targets, scope: Scope): Promise<EffectPreview> => {
  const totals = await countTargets(tx, targets, scope);
  let frontier = EMPTY_FRONTIER;
  let ids = await page(tx, targets, scope, { after: '', limit: PAGE });
  const sample = ids.slice(0, SAMPLE);
  while (ids.length > 0) {
    frontier = appendLeaves(
      sha256,
      frontier,
      ids.map((id) => Buffer.from(id)),
    );
    ids = ids.length < PAGE ? [] : await page(tx, targets, scope, { after: ids.at(-1) ?? '', limit: PAGE });
  }
  return { ...totals, sample, root: merkleRoot(sha256, frontier) };
};

/** How many records, and the first ten of them. */
export const residualTargets = async (tx: SqlTx, targets: Targets, scope: Scope): Promise<Residual> => {
  const { count } = await countTargets(tx, { ...targets, fen: '0', person: 'NULL::text' }, scope);
  return { count, sample: count === 0n ? [] : await sampleTargets(tx, targets, scope) };
};

/** The refusal of a row that would touch more than was signed; the signed preview no longer holds. */
export const moreThanSigned = (signed: bigint, found: bigint): Refusal =>
  new Refusal('illegalMove', 'order.more_than_signed', `范围内现有${found}条记录,超过签发时确认的${signed}条,须重新预览后签发`, {
    field: 'signed_count',
    rule: 'N3.5c',
  });
