// The records that an effect applies to, read by a plain SELECT: for previews, for what a signature binds, and for residual counts. This
// code path is separate from the chunks on purpose, so that each path detects a mistake in the other.
import { hash } from 'node:crypto';
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { appendHashes, EMPTY_FRONTIER, merkleRoot, Refusal } from '@hengji/domain-kit';
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { join, type Sql } from 'sql-template-tag';
import { columnSql, nameSql } from './names';
import { outsideSql, scopeSql } from '../scope';
import { demandSql, type Demand } from './demand';
import type { EffectPreview, Residual, ScopeColumns, Target } from '../types';

const SAMPLE = 10;
/** Number of ids in one leaf of a preview's tree. */
const BLOCK = 1_000;

/**
 * SHA-256 for the Merkle trees of receipts and previews. The result goes through a string because Node returns strings in a third of the
 * time.
 */
export const sha256 = (bytes: Uint8Array): Uint8Array => Buffer.from(hash('sha256', bytes, 'binary'), 'binary');

/** Where the records of an effect are: a table, its id column, and SQL over alias t. Names are columns of the table. */
export interface Targets {
  readonly table: string;
  readonly id: string;
  readonly eligible?: Sql;
  readonly scope: ScopeColumns;
  readonly fen?: Sql;
  readonly person?: Sql;
  /** Parts of the scope that no longer belong to the order because they were lifted. */
  readonly without?: readonly Scope[] | undefined;
  /** What is demanded of an order where that is not all records in the scope. */
  readonly demand?: Demand;
}

interface Totals {
  readonly count: bigint;
  readonly fen: bigint;
  readonly people: bigint;
}

const condition = (targets: Targets, scope: Scope): Sql =>
  join(
    [
      scopeSql(scope, targets.scope),
      ...outsideSql(targets.without ?? [], targets.scope),
      ...(targets.eligible ? [sql`(${targets.eligible})`] : []),
      ...(targets.demand ? demandSql(targets.demand, targets.scope) : []),
    ],
    ' AND ',
  );

/** Number of records, sum of money and number of people. */
export const countTargets = async (tx: SqlTx, targets: Targets, scope: Scope): Promise<Totals> => {
  const [row] = await rowsOf<{ count: string; fen: string; people: string }>(
    tx,
    sql`SELECT count(*)::text AS count, coalesce(sum(${targets.fen ?? sql`0`}), 0)::bigint::text AS fen,
            count(DISTINCT ${targets.person ?? sql`NULL::text`})::text AS people
     FROM ${nameSql(targets.table)} t WHERE ${condition(targets, scope)}`,
  );
  return { count: BigInt(row?.count ?? 0), fen: BigInt(row?.fen ?? 0), people: BigInt(row?.people ?? 0) };
};

/** The first ten of the records. */
export const sampleTargets = async (tx: SqlTx, targets: Targets, scope: Scope): Promise<string[]> => {
  const id = columnSql('t', targets.id);
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`SELECT ${id} AS id FROM ${nameSql(targets.table)} t WHERE ${condition(targets, scope)} ORDER BY ${id} LIMIT ${SAMPLE}`,
  );
  return rows.map((row) => row.id);
};

/**
 * What a signature binds: the number of records, and the root over exactly their ids. The tree follows RFC 9162. A leaf is a block of up to
 * a thousand ids in id order, joined by LF. The database hashes each block: a hundred thousand ids are read as a hundred hashes.
 */
export const bindTargets = async (tx: SqlTx, targets: Targets, scope: Scope): Promise<Target> => {
  const blocks = await rowsOf<{ leaf: string; count: string; split: string | null }>(
    tx,
    sql`WITH target AS MATERIALIZED (
            SELECT ${columnSql('t', targets.id)} AS id FROM ${nameSql(targets.table)} t WHERE ${condition(targets, scope)}),
          placed AS (SELECT id, (row_number() OVER (ORDER BY id) - 1) / ${BLOCK}::int AS block FROM target)
     SELECT encode(sha256('\\x00'::bytea || convert_to(string_agg(id, E'\\n' ORDER BY id), 'UTF8')), 'hex') AS leaf, count(*)::text AS count,
            max(id) FILTER (WHERE strpos(id, E'\\n') > 0) AS split
     FROM placed GROUP BY block ORDER BY block`,
  );
  // An id that contains a line break has the same hash as two ids: the signed content would be ambiguous.
  const split = blocks.find((block) => block.split !== null);
  if (split) {
    throw new Refusal('illegalMove', 'record.not_provable', `记录“${split.split}”的编号含有换行，不能签发`, {
      ...{ field: 'record_id', rule: 'N3.5c' },
    });
  }
  const leaves = blocks.map(({ leaf }) => Buffer.from(leaf, 'hex'));
  return {
    count: blocks.reduce((sum, { count }) => sum + BigInt(count), 0n),
    root: merkleRoot(sha256, appendHashes(sha256, EMPTY_FRONTIER, leaves)),
  };
};

/** Totals, sample and the root over the exact ids. */
export const previewTargets = async (tx: SqlTx, targets: Targets, scope: Scope): Promise<EffectPreview> => ({
  ...(await countTargets(tx, targets, scope)),
  ...(await bindTargets(tx, targets, scope)),
  sample: await sampleTargets(tx, targets, scope),
});

/** The number of records, and the first ten of them. */
export const residualTargets = async (tx: SqlTx, targets: Targets, scope: Scope): Promise<Residual> => {
  const { count } = await countTargets(tx, { ...targets, fen: sql`0`, person: sql`NULL::text` }, scope);
  return { count, sample: count === 0n ? [] : await sampleTargets(tx, targets, scope) };
};

/** The refusal of a row that would change more records than were signed; the signed preview no longer holds. */
export const moreThanSigned = (signed: bigint, found: bigint): Refusal =>
  new Refusal('illegalMove', 'order.more_than_signed', `范围内现有${found}条记录,超过签发时确认的${signed}条,须重新预览后签发`, {
    field: 'signed_count',
    rule: 'N3.5c',
  });

/** The refusal of a row whose records are no longer exactly those that were signed. */
export const targetDrifted = (signed: bigint, found: bigint): Refusal =>
  new Refusal('illegalMove', 'order.target_drifted', `签发时确认${signed}条记录,现有${found}条,已不是同一批,须由两人确认变化后再执行`, {
    field: 'signed_root',
    rule: 'N3.5c',
  });
