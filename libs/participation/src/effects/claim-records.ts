// The SQL that places claims. One statement processes a chunk, so a hundred thousand records cost little more than plain SQL. The statement
// returns one row of JSON texts instead of one row per record. To parse thousands of rows costs the service more than the statement costs
// the database.
import type { Envelope } from '@hengji/contracts';
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { empty, join, type Sql } from 'sql-template-tag';
import { columnSql, nameSql } from './names';
import { scopeSql } from '../scope';
import type { OrderContext, StateEffectSpec } from '../types';
import { columnFacts, digestSql } from '../evidence/facts';
import { mendColumns } from '../evidence/state-evidence';
import { aboutSql, claimedSql, columnsJson, walkIndexes, type ChunkRange, type ClaimedRecord } from './claims';
import { againSql } from './demand';

type Spec = StateEffectSpec<Envelope>;

interface Found {
  /** Parallel JSON lists in id order; null for an empty chunk. `fen` is present even where the records have no money. */
  readonly ids: string | null;
  readonly states: string | null;
  readonly fen: string | null;
  /** Number of claims that were new. */
  readonly claimed: number;
}

// Claimed before and moved only now: the record had strayed from the demanded state. A later lift restores the state that the record had
// before this move.
const RETAKEN = sql`
    ON CONFLICT (order_id, effect, record_id) DO UPDATE SET before = EXCLUDED.before
      WHERE claim.lifted_at IS NULL AND claim.before = claim.after AND EXCLUDED.before <> claim.after`;

const factsSql = (spec: Spec): Sql => digestSql(columnFacts(spec.table, spec.facts));

/** The columns that the chunk writes: the state and the order's columns. */
const setSql = (spec: Spec, columns: readonly string[]): Sql =>
  join(
    [sql`${nameSql(spec.state)} = ${spec.to}`, ...columns.map((column) => sql`${nameSql(column)} = ${columnSql('written', column)}`)],
    ', ',
  );

/** What the order demands: its scope; for a row that runs again, only the records that are still the order's own. */
const whereSql = (spec: Spec, order: OrderContext): Sql => {
  const again = againSql(order, (which) => claimedSql(spec, order.orderId, which), spec.scope);
  return sql`${scopeSql(order.scope, spec.scope)} ${again} AND ${aboutSql(spec)}`;
};

// Only a row that runs again finds claims of its own order. To look for them costs as much as to write the claim.
const claimSql = (spec: Spec, order: OrderContext, { cursor, limit }: ChunkRange): Sql => {
  const [table, id] = [nameSql(spec.table), columnSql('t', spec.id)];
  const columns = spec.set?.(order);
  const json = columnsJson(columns);
  return sql`
  WITH target AS MATERIALIZED (
    SELECT ${id} AS id, ${columnSql('t', spec.state)} AS state, ${factsSql(spec)} AS facts ${spec.fen ? sql`, ${spec.fen} AS fen` : empty}
    FROM ${table} t WHERE ${id} > ${cursor} AND ${whereSql(spec, order)}
    ORDER BY ${id} LIMIT ${limit}::int FOR UPDATE OF t
  ), claimed AS (
    INSERT INTO messaging.claim (effect, record_id, order_id, found, before, after, columns, placed_at, facts)
    SELECT ${spec.effect}, id, ${order.orderId}, state, state, ${spec.to}, ${json}::jsonb, ${order.now.toISOString()}::timestamptz, facts FROM target
    ${order.again ? RETAKEN : empty} RETURNING xmax = 0 AS is_new
  ), changed AS (
    UPDATE ${table} t SET ${setSql(spec, Object.keys(columns ?? {}))}
    FROM target, jsonb_populate_record(NULL::${table}, coalesce(${json}::jsonb, '{}')) written
    WHERE ${id} = target.id AND target.state <> ${spec.to}
  )
  SELECT json_agg(id ORDER BY id)::text AS ids, json_agg(state ORDER BY id)::text AS states,
         ${spec.fen ? sql`json_agg(fen::bigint::text ORDER BY id)::text` : sql`NULL::text`} AS fen,
         (SELECT count(*)::int FROM claimed WHERE is_new) AS claimed
  FROM target`;
};

// A record that is claimed again (after a refusal) reports the `before` that it reported first.
const foundFirst = async (tx: SqlTx, spec: Spec, order: OrderContext, ids: readonly string[]): Promise<Map<string, string>> => {
  const rows = await rowsOf<{ id: string; found: string }>(
    tx,
    sql`SELECT record_id AS id, found FROM messaging.claim WHERE order_id = ${order.orderId} AND effect = ${spec.effect}
       AND record_id = ANY(ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)))`,
  );
  return new Map(rows.map(({ id, found }) => [id, found]));
};

const listOf = (json: string | null): readonly string[] => (json === null ? [] : (JSON.parse(json) as string[]));

/**
 * Claims the next records after the cursor for the order and moves those that are not yet in the state. A record that is claimed again
 * (after a refusal) reports the `before` that it reported first.
 */
export const claimRecords = async (tx: SqlTx, spec: Spec, order: OrderContext, range: ChunkRange): Promise<ClaimedRecord[]> => {
  if (order.again && range.cursor === '') await mendColumns(tx, spec, order);
  await walkIndexes(tx);
  const [found] = await rowsOf<Found>(tx, claimSql(spec, order, range));
  const ids = listOf(found?.ids ?? null);
  const states = listOf(found?.states ?? null);
  const fen = listOf(found?.fen ?? null);
  const known = found?.claimed === ids.length ? undefined : await foundFirst(tx, spec, order, ids);
  return ids.map((id, i) => {
    const state = states[i] ?? '';
    return { id, before: known?.get(id) ?? state, after: spec.to, changed: state !== spec.to, fen: fen[i] ?? '0' };
  });
};
