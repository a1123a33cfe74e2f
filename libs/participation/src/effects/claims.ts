// The SQL of claims: what an order demands of a record, and what to restore when the order no longer demands it. claim-records.ts places
// the claims. Identifiers come from the service's own effect table, never from outside; values are parameters.
//
// Several orders may claim one record. The earliest claim in force stores the state to restore (`before`) and owns the columns written
// beside the state. When that claim is lifted, the next earliest claim inherits both. When the last claim is lifted, the earlier state is
// restored. If another writer changed the state of the record in between, the record is left unchanged.
import type { Envelope } from '@hengji/contracts';
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { empty, join, type Sql } from 'sql-template-tag';
import { columnSql, nameSql } from './names';
import { scopeSql } from '../scope';
import type { ColumnValue, OrderContext, StateEffectSpec } from '../types';

/** One record of a chunk, in id order; `fen` is its money, '0' where nothing changed. */
export interface ClaimedRecord {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly changed: boolean;
  readonly fen: string;
  /** Set by a lift that left the record unchanged: the state that the lift would have restored if nobody had changed the record. */
  readonly left?: string | null;
  /** Set by a lift: the columns of the order that the record's state now rests on, as JSON text. */
  readonly inherited?: string | null;
}

export interface ChunkRange {
  readonly cursor: string;
  readonly limit: number;
}

type Spec = StateEffectSpec<Envelope>;

/** Columns as JSON text; a 64-bit number is sent as text. */
export const columnsJson = (columns: Readonly<Record<string, ColumnValue>> | undefined): string | null =>
  columns ? JSON.stringify(columns, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)) : null;

/** SQL over alias t: the records that the effect applies to, already moved or not. */
export const aboutSql = (spec: Pick<Spec, 'eligible' | 'state' | 'to'>): Sql =>
  spec.eligible ? sql`((${spec.eligible}) OR ${columnSql('t', spec.state)} = ${spec.to})` : sql`true`;

/** SQL over alias t: the order has a claim on the record: a claim in force (`standing`), or also a lifted claim (`any`). */
export const claimedSql = (spec: Pick<Spec, 'effect' | 'id'>, orderId: string, which: 'any' | 'standing'): Sql =>
  sql`EXISTS (SELECT 1 FROM messaging.claim m WHERE m.order_id = ${orderId} AND m.effect = ${spec.effect}
           AND m.record_id = ${columnSql('t', spec.id)} ${which === 'standing' ? sql`AND m.lifted_at IS NULL` : empty})`;

// A chunk is small and its indexes are known, but the planner's statistics are older than the claims of a running order. The planner would
// read whole tables for each chunk, so this transaction may only use indexes.
export const walkIndexes = async (tx: SqlTx): Promise<void> => {
  const off = ['enable_seqscan', 'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin', 'jit'];
  await rowsOf(tx, sql`SELECT set_config(setting, 'off', true) AS setting FROM unnest(${off}::text[]) AS setting`);
};

/**
 * SQL over alias c, a claim of the order. True if this undo row lifted the claim and its record is in the demanded state again although no
 * order demands it. A record that was lifted earlier, or left because somebody had changed it, does not count: no order owns its later
 * changes.
 */
export const strayedSql = (spec: Pick<Spec, 'table' | 'id' | 'state'>, orderId: string, row: number): Sql => sql`(
      c.before <> c.after
      AND c.lifted_at >= coalesce((SELECT asked_at FROM messaging.order_row WHERE order_id = ${orderId} AND "row" = ${row}::int), '-infinity')
      AND NOT EXISTS (SELECT 1 FROM messaging.left_record l WHERE l.order_id = ${orderId} AND l.record_id = c.record_id)
      AND EXISTS (
        SELECT 1 FROM ${nameSql(spec.table)} t WHERE ${columnSql('t', spec.id)} = c.record_id AND ${columnSql('t', spec.state)} = c.after)
      AND NOT EXISTS (SELECT 1 FROM messaging.claim o WHERE o.effect = c.effect AND o.record_id = c.record_id AND o.lifted_at IS NULL))`;

/**
 * The order's next claims in force. For a row that runs again, also the claims whose records have strayed. If the lifting covers a part of
 * the order, only the claims in that part.
 */
const mineSql = (spec: Spec, { orderId, again, row, narrowed, scope }: OrderContext, { cursor, limit }: ChunkRange): Sql => {
  const isMine = again ? sql`(c.lifted_at IS NULL OR ${strayedSql(spec, orderId, row)})` : sql`c.lifted_at IS NULL`;
  const inside = sql`AND EXISTS (
      SELECT 1 FROM ${nameSql(spec.table)} t WHERE ${columnSql('t', spec.id)} = c.record_id AND ${scopeSql(scope, spec.scope)})`;
  return sql`
    SELECT c.seq, c.ctid AS at, c.record_id, c.before, c.after FROM messaging.claim c
    WHERE c.order_id = ${orderId} AND c.effect = ${spec.effect} AND c.record_id > ${cursor} AND ${isMine} ${narrowed ? inside : empty}
    ORDER BY c.record_id LIMIT ${limit}::int`;
};

const lockSql = (spec: Spec, mine: Sql): Sql => sql`
  SELECT count(*)::text AS locked FROM (
    SELECT 1 FROM ${nameSql(spec.table)} t WHERE ${columnSql('t', spec.id)} IN (SELECT record_id FROM (${mine}) mine)
    ORDER BY ${columnSql('t', spec.id)} FOR UPDATE OF t
  ) locks`;

/** Columns after the lift: those of the inheriting claim. Without such a claim: null (`unset`), or unchanged (the other columns). */
const liftedColumns = (spec: Spec, written: readonly string[]): Sql[] => [
  ...spec.unset.map((column) => sql`${nameSql(column)} = ${columnSql('inherited', column)}`),
  ...written
    .filter((column) => !spec.unset.includes(column))
    .map(
      (column) =>
        sql`${nameSql(column)} = CASE WHEN lift.heir_at IS NULL THEN ${columnSql('t', column)} ELSE ${columnSql('inherited', column)} END`,
    ),
];

/** The state after the lift. */
const RESTORED = sql`coalesce(CASE WHEN lift.owner AND lift.heir_at IS NULL THEN lift.before ELSE lift.state END, '')`;

/** The record's columns after the lift. */
const setSql = (spec: Spec, written: readonly string[]): Sql => {
  const state = sql`${nameSql(spec.state)} = CASE WHEN lift.heir_at IS NULL THEN lift.before ELSE lift.state END`;
  return join([state, ...liftedColumns(spec, written)], ', ');
};

// Rows are addressed by ctid: the statement before locked the records, so no row version can have moved since.
const liftSql = (spec: Spec, { orderId, row, now }: OrderContext, written: readonly string[], mine: Sql): Sql => sql`
  WITH mine AS MATERIALIZED (${mine}
  ), lift AS MATERIALIZED (
    SELECT mine.*, heir.at AS heir_at, heir.columns, record.at AS record_at, record.state, record.fen,
           -- A claim owns a record if its order moved it, or has inherited it; and as long as nobody else has moved it since.
           mine.before <> mine.after AND record.state = mine.after AS owner
    FROM mine LEFT JOIN LATERAL (
      SELECT c.seq, c.ctid AS at, c.columns FROM messaging.claim c
      WHERE c.effect = ${spec.effect} AND c.record_id = mine.record_id AND c.lifted_at IS NULL AND c.seq <> mine.seq
      ORDER BY c.seq LIMIT 1
    ) heir ON true LEFT JOIN LATERAL (
      SELECT t.ctid AS at, ${columnSql('t', spec.state)} AS state, ${spec.fen ?? sql`0`} AS fen
      FROM ${nameSql(spec.table)} t WHERE ${columnSql('t', spec.id)} = mine.record_id LIMIT 1
    ) record ON true
  ), lifted AS (
    UPDATE messaging.claim c SET lifted_at = coalesce(c.lifted_at, ${now.toISOString()}::timestamptz),
      lifted_row = coalesce(c.lifted_row, ${row}::int),
      restored = CASE WHEN c.lifted_row <> ${row}::int THEN c.restored ELSE ${RESTORED} END
    FROM lift WHERE c.ctid = lift.at
  ), handed AS (
    UPDATE messaging.claim c SET before = lift.before, inherited_from = ${orderId} FROM lift
    -- An heir that moved the record itself, out of a third state, has its own state to restore.
    WHERE lift.owner AND c.ctid = lift.heir_at AND c.before = c.after
  ), restored AS (
    UPDATE ${nameSql(spec.table)} t
    SET ${setSql(spec, written)}
    FROM lift, jsonb_populate_record(NULL::${nameSql(spec.table)}, coalesce(lift.columns, '{}')) inherited
    WHERE lift.owner AND t.ctid = lift.record_at
  )
  SELECT record_id AS id, coalesce(state, '') AS before, ${RESTORED} AS after,
         coalesce(owner AND heir_at IS NULL, false) AS changed, coalesce(fen, 0)::bigint::text AS fen,
         CASE WHEN before <> after AND state IS DISTINCT FROM after THEN before END AS left,
         CASE WHEN owner AND heir_at IS NOT NULL THEN columns::text END AS inherited
  FROM lift ORDER BY record_id`;

/**
 * Lifts the order's next claims after the cursor and restores each record that no other order claims. The records are locked first, in id
 * order as in all other statements. Two lifts, or a lift and a new order, that meet on a record therefore see each other's claims.
 */
export const liftRecords = async (tx: SqlTx, spec: Spec, order: OrderContext, range: ChunkRange): Promise<ClaimedRecord[]> => {
  const mine = mineSql(spec, order, range);
  await walkIndexes(tx);
  await rowsOf(tx, lockSql(spec, mine));
  return rowsOf(tx, liftSql(spec, order, Object.keys(spec.set?.(order) ?? {}), mine));
};
