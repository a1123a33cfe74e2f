// The SQL of claims: what an order demands of a record, and what to restore when it no longer does; how they are placed is
// in claim-records.ts. Identifiers come from a service's own effect table, never from outside; values are parameters.
//
// Several orders may claim one record. The earliest standing claim holds the state to restore (`before`) and owns the
// columns written beside the state. When it is lifted the next earliest inherits both; when the last is lifted, the
// state from before is restored. A record whose state somebody else changed meanwhile is left as it is.
import type { Envelope } from '@hengji/contracts';
import type { SqlTx } from '@hengji/messaging';
import { scopeSql } from '../scope';
import type { ColumnValue, OrderContext, StateEffectSpec } from '../types';

/** One record of a chunk, in id order; `fen` is its money, '0' where nothing changed. */
export interface ClaimedRecord {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly changed: boolean;
  readonly fen: string;
  /** Set by a lift: what the record would be, had nobody changed it meanwhile. */
  readonly left?: string | null;
  /** Set by a lift: the columns of the order that the record's state rests on since, as JSON text. */
  readonly inherited?: string | null;
}

export interface ChunkRange {
  readonly cursor: string;
  readonly limit: number;
}

type Spec = StateEffectSpec<Envelope>;

/** Quotes a constant of the service for SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Columns as JSON text; a 64-bit number travels as text. */
export const columnsJson = (columns: Readonly<Record<string, ColumnValue>> | undefined): string | null =>
  columns ? JSON.stringify(columns, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)) : null;

/** SQL over alias t: the records that the effect is about, moved already or not. */
export const aboutSql = (spec: Pick<Spec, 'eligible' | 'state' | 'to'>): string =>
  spec.eligible ? `((${spec.eligible}) OR t.${spec.state} = ${literal(spec.to)})` : 'true';

/** SQL over alias t: the order has a claim on the record, whether it stands (`standing`) or was lifted too (`any`). */
export const claimedSql = (spec: Pick<Spec, 'effect' | 'id'>, orderId: string, which: 'any' | 'standing'): string =>
  `EXISTS (SELECT 1 FROM messaging.claim m WHERE m.order_id = ${literal(orderId)} AND m.effect = ${literal(spec.effect)}
           AND m.record_id = t.${spec.id}${which === 'standing' ? ' AND m.lifted_at IS NULL' : ''})`;

// A chunk is small and its indexes are known, but the planner's figures are not: the claims of a running order are newer
// than any statistics. Left to itself it reads whole tables per chunk, so for this transaction it may only walk indexes.
export const walkIndexes = async (tx: SqlTx): Promise<void> => {
  const off = ['enable_seqscan', 'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin', 'jit'];
  await tx.$queryRawUnsafe(`SELECT ${off.map((setting, i) => `set_config('${setting}', 'off', true) AS s${i}`).join(', ')}`);
};

/**
 * SQL over alias c, a claim of order `$1`: lifted by this undo row, and its record is in the state demanded all the same, although
 * nobody demands it. What was lifted before, or left as somebody had changed it, is nobody's: what became of it since is its own affair.
 */
export const strayedSql = (spec: Pick<Spec, 'table' | 'id' | 'state'>, row: number): string => `(
      c.before <> c.after
      AND c.lifted_at >= coalesce((SELECT asked_at FROM messaging.order_row WHERE order_id = $1 AND "row" = ${row}), '-infinity')
      AND NOT EXISTS (SELECT 1 FROM messaging.left_record l WHERE l.order_id = $1 AND l.record_id = c.record_id)
      AND EXISTS (SELECT 1 FROM ${spec.table} t WHERE t.${spec.id} = c.record_id AND t.${spec.state} = c.after)
      AND NOT EXISTS (SELECT 1 FROM messaging.claim o WHERE o.effect = c.effect AND o.record_id = c.record_id AND o.lifted_at IS NULL))`;

/**
 * The order's next claims that stand, and for a row that is worked again those whose records have strayed; `inside`: SQL over
 * alias t that narrows them to a part of the order.
 */
const mineSql = (spec: Spec, { again, row }: Pick<OrderContext, 'again' | 'row'>, inside: string | undefined): string => `
    SELECT c.seq, c.ctid AS at, c.record_id, c.before, c.after FROM messaging.claim c
    WHERE c.order_id = $1 AND c.effect = $2 AND c.record_id > $3 AND $5::timestamptz IS NOT NULL
    AND ${again ? `(c.lifted_at IS NULL OR ${strayedSql(spec, row)})` : 'c.lifted_at IS NULL'}
    ${inside ? `AND EXISTS (SELECT 1 FROM ${spec.table} t WHERE t.${spec.id} = c.record_id AND ${inside})` : ''}
    ORDER BY c.record_id LIMIT $4::int`;

const lockSql = (spec: Spec, mine: string): string => `
  SELECT count(*)::text AS locked FROM (
    SELECT 1 FROM ${spec.table} t WHERE t.${spec.id} IN (SELECT record_id FROM (${mine}) mine) ORDER BY t.${spec.id} FOR UPDATE OF t
  ) locks`;

/** Columns after the lift: those of the heir; without one, null (`unset`) or as they are (the others). */
const liftedColumns = (spec: Spec, written: readonly string[]): string[] => [
  ...spec.unset.map((column) => `${column} = inherited.${column}`),
  ...written
    .filter((column) => !spec.unset.includes(column))
    .map((column) => `${column} = CASE WHEN lift.heir_at IS NULL THEN t.${column} ELSE inherited.${column} END`),
];

/** The state after the lift. */
const RESTORED = `coalesce(CASE WHEN lift.owner AND lift.heir_at IS NULL THEN lift.before ELSE lift.state END, '')`;

// Rows are addressed by ctid: the records were locked by the statement before, so no version can have moved since.
const liftSql = (spec: Spec, { row }: Pick<OrderContext, 'row'>, written: readonly string[], mine: string): string => `
  WITH mine AS MATERIALIZED (${mine}
  ), lift AS MATERIALIZED (
    SELECT mine.*, heir.at AS heir_at, heir.columns, record.at AS record_at, record.state, record.fen,
           -- A claim owns a record if its order moved it, or has inherited it; and as long as nobody else has moved it since.
           mine.before <> mine.after AND record.state = mine.after AS owner
    FROM mine LEFT JOIN LATERAL (
      SELECT c.seq, c.ctid AS at, c.columns FROM messaging.claim c
      WHERE c.effect = $2 AND c.record_id = mine.record_id AND c.lifted_at IS NULL AND c.seq <> mine.seq
      ORDER BY c.seq LIMIT 1
    ) heir ON true LEFT JOIN LATERAL (
      SELECT t.ctid AS at, t.${spec.state} AS state, ${spec.fen ?? '0'} AS fen FROM ${spec.table} t WHERE t.${spec.id} = mine.record_id LIMIT 1
    ) record ON true
  ), lifted AS (
    UPDATE messaging.claim c SET lifted_at = coalesce(c.lifted_at, $5::timestamptz), lifted_row = coalesce(c.lifted_row, ${row}),
      restored = CASE WHEN c.lifted_row <> ${row} THEN c.restored ELSE ${RESTORED} END
    FROM lift WHERE c.ctid = lift.at
  ), handed AS (
    UPDATE messaging.claim c SET before = lift.before, inherited_from = $1 FROM lift
    -- An heir that moved the record itself, out of a third state, has its own state to restore.
    WHERE lift.owner AND c.ctid = lift.heir_at AND c.before = c.after
  ), restored AS (
    UPDATE ${spec.table} t
    SET ${[`${spec.state} = CASE WHEN lift.heir_at IS NULL THEN lift.before ELSE lift.state END`, ...liftedColumns(spec, written)].join(', ')}
    FROM lift, jsonb_populate_record(NULL::${spec.table}, coalesce(lift.columns, '{}')) inherited
    WHERE lift.owner AND t.ctid = lift.record_at
  )
  SELECT record_id AS id, coalesce(state, '') AS before, ${RESTORED} AS after,
         coalesce(owner AND heir_at IS NULL, false) AS changed, coalesce(fen, 0)::bigint::text AS fen,
         CASE WHEN before <> after AND state IS DISTINCT FROM after THEN before END AS left,
         CASE WHEN owner AND heir_at IS NOT NULL THEN columns::text END AS inherited
  FROM lift ORDER BY record_id`;

/**
 * Lifts the order's next claims after the cursor and restores each record that no other order claims. The records are
 * locked first, in id order like everywhere, so that two lifts (or a lift and a new order) that meet on a record see
 * each other's claims.
 */
export const liftRecords = async (tx: SqlTx, spec: Spec, order: OrderContext, range: ChunkRange): Promise<ClaimedRecord[]> => {
  const inside = order.narrowed ? scopeSql(order.scope, spec.scope, 't', 6) : undefined;
  const mine = mineSql(spec, order, inside?.sql);
  const params = [order.orderId, spec.effect, range.cursor, range.limit, order.now.toISOString(), ...(inside?.params ?? [])];
  await walkIndexes(tx);
  await tx.$queryRawUnsafe(lockSql(spec, mine), ...params);
  return tx.$queryRawUnsafe<ClaimedRecord[]>(liftSql(spec, order, Object.keys(spec.set?.(order) ?? {}), mine), ...params);
};
