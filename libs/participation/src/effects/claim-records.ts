// The SQL that claims: one statement does a chunk, so that a hundred thousand records cost little more than bare SQL. What
// it found comes back as one row of JSON texts and not as a row per record: taking thousands of rows apart costs a service
// more than the statement costs the database.
import type { Envelope } from '@hengji/contracts';
import type { SqlTx } from '@hengji/messaging';
import { scopeSql } from '../scope';
import type { OrderContext, StateEffectSpec } from '../types';
import { columnFacts, digestSql } from '../evidence/facts';
import { mendColumns } from '../evidence/state-evidence';
import { aboutSql, claimedSql, columnsJson, literal, walkIndexes, type ChunkRange, type ClaimedRecord } from './claims';
import { againSql } from './demand';

type Spec = StateEffectSpec<Envelope>;

interface Found {
  /** JSON lists side by side, in id order; null for an empty chunk. `fen` also where the records have no money. */
  readonly ids: string | null;
  readonly states: string | null;
  readonly fen: string | null;
  /** How many of the claims were new. */
  readonly claimed: number;
}

// Claimed before, and moved only now: the record had strayed, and this order has it to restore from there.
const RETAKEN = `
    ON CONFLICT (order_id, effect, record_id) DO UPDATE SET before = EXCLUDED.before
      WHERE claim.lifted_at IS NULL AND claim.before = claim.after AND EXCLUDED.before <> claim.after`;

const factsSql = (spec: Spec): string => digestSql(columnFacts(spec.table, spec.facts));

// Each `$n` that is not about the scope comes first, so that the scope's parameters can follow in any number. Only a row that is worked
// again meets claims of its own order; to look for them costs as much as to write the claim.
const claimSql = (spec: Spec, columns: readonly string[], { where, again }: { where: string; again: boolean }): string => `
  WITH target AS MATERIALIZED (
    SELECT t.${spec.id} AS id, t.${spec.state} AS state, ${factsSql(spec)} AS facts${spec.fen ? `, ${spec.fen} AS fen` : ''}
    FROM ${spec.table} t WHERE t.${spec.id} > $1 AND ${where} AND ${aboutSql(spec)}
    ORDER BY t.${spec.id} LIMIT $2::int FOR UPDATE OF t
  ), claimed AS (
    INSERT INTO messaging.claim (effect, record_id, order_id, found, before, after, columns, placed_at, facts)
    SELECT $3, id, $4, state, state, ${literal(spec.to)}, $5::jsonb, $6::timestamptz, facts FROM target
    ${again ? RETAKEN : ''} RETURNING xmax = 0 AS is_new
  ), changed AS (
    UPDATE ${spec.table} t SET ${[`${spec.state} = ${literal(spec.to)}`, ...columns.map((column) => `${column} = written.${column}`)].join(', ')}
    FROM target, jsonb_populate_record(NULL::${spec.table}, coalesce($5::jsonb, '{}')) written
    WHERE t.${spec.id} = target.id AND target.state <> ${literal(spec.to)}
  )
  SELECT json_agg(id ORDER BY id)::text AS ids, json_agg(state ORDER BY id)::text AS states,
         ${spec.fen ? 'json_agg(fen::bigint::text ORDER BY id)::text' : 'NULL::text'} AS fen,
         (SELECT count(*)::int FROM claimed WHERE is_new) AS claimed
  FROM target`;

// Claimed again (after a refusal) a record reports the `before` that it reported first.
const foundFirst = async (tx: SqlTx, spec: Spec, order: OrderContext, ids: readonly string[]): Promise<Map<string, string>> => {
  const rows = await tx.$queryRawUnsafe<{ id: string; found: string }[]>(
    `SELECT record_id AS id, found FROM messaging.claim
     WHERE order_id = $1 AND effect = $2 AND record_id = ANY(ARRAY(SELECT jsonb_array_elements_text($3::jsonb)))`,
    order.orderId,
    spec.effect,
    JSON.stringify(ids),
  );
  return new Map(rows.map(({ id, found }) => [id, found]));
};

const listOf = (json: string | null): readonly string[] => (json === null ? [] : (JSON.parse(json) as string[]));

/**
 * Claims the next records after the cursor for the order and moves those that are not yet in the state. Claimed again
 * (after a refusal) a record reports the `before` that it reported first.
 */
export const claimRecords = async (tx: SqlTx, spec: Spec, order: OrderContext, range: ChunkRange): Promise<ClaimedRecord[]> => {
  const columns = spec.set?.(order);
  const scope = scopeSql(order.scope, spec.scope, 't', 7);
  const again = againSql(order, (which) => claimedSql(spec, order.orderId, which), spec.scope, {
    alias: 't',
    firstParam: 7 + scope.params.length,
  });
  if (order.again && range.cursor === '') await mendColumns(tx, spec, order);
  await walkIndexes(tx);
  const [found] = await tx.$queryRawUnsafe<Found[]>(
    claimSql(spec, Object.keys(columns ?? {}), { where: `${scope.sql} ${again.sql}`, again: order.again ?? false }),
    range.cursor,
    range.limit,
    spec.effect,
    order.orderId,
    columnsJson(columns),
    order.now.toISOString(),
    ...scope.params,
    ...again.params,
  );
  const ids = listOf(found?.ids ?? null);
  const states = listOf(found?.states ?? null);
  const fen = listOf(found?.fen ?? null);
  const known = found?.claimed === ids.length ? undefined : await foundFirst(tx, spec, order, ids);
  return ids.map((id, i) => {
    const state = states[i] ?? '';
    return { id, before: known?.get(id) ?? state, after: spec.to, changed: state !== spec.to, fen: fen[i] ?? '0' };
  });
};
