// The evidence of a state effect: its claims as they were placed, and their records. One pass over the order's claims finds three things.
// These are records that are missing or differ from the claim, claims that were changed, and columns of the order with another value now.
import type { Envelope } from '@hengji/contracts';
import { OrderIssued } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { empty, join, type Sql } from 'sql-template-tag';
import { columnsJson } from '../effects/claims';
import { columnSql, nameSql } from '../effects/names';
import { outsideSql } from '../scope';
import type { AlteredOrder, ColumnValue, EvidenceSpec, Residual, StateEffectSpec } from '../types';
import { changedNamesSql, changedSql, columnFacts } from './facts';

type Spec = StateEffectSpec<Envelope>;

const SAMPLE = 10;

/** `before` as the order placed it; a value that the claim inherited later does not belong to it. */
const LINE = sql`concat_ws(E'\\t', c.found, CASE WHEN c.inherited_from IS NULL THEN c.before ELSE c.after END, c.after,
  coalesce(c.columns::text, ''), coalesce(encode(c.facts, 'hex'), ''))`;

interface Lifted {
  readonly scopes: readonly Scope[];
  readonly whole: boolean;
}

/** What liftings were asked to take back of the effect. */
const liftedOf = async (tx: SqlTx, orderId: string, effect: string): Promise<Lifted> => {
  const rows = await rowsOf<{ announced: Uint8Array; narrowed: boolean }>(
    tx,
    sql`SELECT announced, narrowed FROM messaging.order_row WHERE order_id = ${orderId} AND effect = ${effect} AND undo`,
  );
  return {
    scopes: rows.flatMap(({ announced }) => OrderIssued.decode(announced).scope ?? []),
    whole: rows.some(({ narrowed }) => !narrowed),
  };
};

/** If another order that also moved the record wrote the columns, and they have its values, the columns belong to that order. */
const foreignSql = (spec: Spec, columns: readonly string[]): Sql => sql`
  EXISTS (SELECT 1 FROM messaging.claim o, LATERAL jsonb_populate_record(NULL::${nameSql(spec.table)}, coalesce(o.columns, '{}')) ow
    WHERE o.effect = c.effect AND o.record_id = c.record_id AND o.lifted_at IS NULL AND o.before <> o.after AND ${join(
      columns.map((column) => sql`${columnSql('t', column)} IS NOT DISTINCT FROM ${columnSql('ow', column)}`),
      ' AND ',
    )})`;

interface WrittenSql {
  readonly differs: Sql;
  /** The names of the columns that differ. */
  readonly names: Sql;
}

const writtenSql = (spec: Spec, columns: readonly string[]): WrittenSql => {
  if (columns.length === 0) return { differs: sql`false`, names: sql`''` };
  const each = columns.map((column) => ({
    differs: sql`${columnSql('t', column)} IS DISTINCT FROM ${columnSql('w', column)}`,
    name: `${spec.table}.${column}`,
  }));
  const any = join(
    each.map(({ differs }) => differs),
    ' OR ',
  );
  const names = join(
    each.map(({ differs, name }) => sql`CASE WHEN ${differs} THEN ${name} END`),
    ', ',
  );
  const isMoved = sql`c.lifted_at IS NULL AND c.before <> c.after AND ${columnSql('t', spec.state)} = c.after`;
  return { differs: sql`(${isMoved} AND (${any}) AND NOT ${foreignSql(spec, columns)})`, names: sql`concat_ws('、', ${names})` };
};

// The value lifted earlier may have been inherited by an order that has been lifted too: that order's claim is kept forever.
const BEFORE = sql`(CASE WHEN c.found <> c.after THEN c.before <> c.found
  WHEN c.inherited_from IS NULL THEN false
  ELSE NOT EXISTS (SELECT 1 FROM messaging.claim o WHERE o.order_id = c.inherited_from AND o.effect = c.effect
    AND o.record_id = c.record_id AND o.lifted_at IS NOT NULL AND o.before = c.before) END)`;

interface AlteredSql {
  readonly orderId: string;
  readonly columns: Readonly<Record<string, ColumnValue>> | undefined;
  /** Conditions for the records that no lifting took back; undefined if a lifting took back all. */
  readonly outside: readonly Sql[] | undefined;
  readonly untouched: Sql;
}

const isGone = (spec: Spec): string => `${spec.table} 的记录已被删除`;

// If nobody has written to the claim or its record since the seal, only the cheap conditions are checked.
const alteredSql = (spec: Spec, { orderId, columns, outside, untouched }: AlteredSql): Sql => {
  const facts = columnFacts(spec.table, spec.facts);
  const written = writtenSql(spec, Object.keys(columns ?? {}));
  const [table, id, kept] = [nameSql(spec.table), columnSql('t', spec.id), sql`c.facts`];
  const isMoved = sql`(CASE WHEN c.lifted_at IS NOT NULL OR ${id} IS NULL OR ${untouched} THEN false ELSE ${changedSql(facts, kept)} END)`;
  const isLifted = outside ? sql`(c.lifted_at IS NOT NULL AND ${join([sql`true`, ...outside], ' AND ')})` : sql`false`;
  return sql`
  SELECT id || '：' || concat_ws('、', CASE WHEN gone THEN ${isGone(spec)} END, CASE WHEN moved THEN changed_names END,
      CASE WHEN before THEN 'claim.before' END, CASE WHEN lifted THEN 'claim.lifted_at' END,
      CASE WHEN written THEN written_names END) || ' 与执行时不符' AS what, count(*) OVER ()::text AS total
  FROM (SELECT c.record_id AS id,
      (c.lifted_at IS NULL AND ${id} IS NULL) AS gone,
      coalesce(${isMoved}, false) AS moved,
      coalesce(${BEFORE}, false) AS before,
      coalesce(${isLifted}, false) AS lifted,
      coalesce((CASE WHEN ${untouched} THEN false ELSE ${written.differs} END), false) AS written,
      CASE WHEN ${isMoved} THEN ${changedNamesSql(facts, kept)} END AS changed_names,
      ${written.names} AS written_names
    FROM jsonb_populate_record(NULL::${table}, coalesce(${columnsJson(columns)}::jsonb, '{}')) w, messaging.claim c
      LEFT JOIN ${table} t ON ${id} = c.record_id
    WHERE c.order_id = ${orderId} AND c.effect = ${spec.effect}) found
  WHERE gone OR moved OR before OR lifted OR written ORDER BY id LIMIT ${SAMPLE}`;
};

const residualOf = (found: readonly { readonly what: string; readonly total: string }[]): Residual => ({
  count: BigInt(found[0]?.total ?? 0),
  sample: found.map(({ what }) => what),
});

const altered = async (tx: SqlTx, spec: Spec, { orderId, announced }: AlteredOrder, untouched: Sql): Promise<Residual> => {
  const lifted = await liftedOf(tx, orderId, spec.effect);
  const outside = lifted.whole ? undefined : outsideSql(lifted.scopes, spec.scope);
  return residualOf(await rowsOf(tx, alteredSql(spec, { orderId, columns: spec.set?.(announced), outside, untouched })));
};

/**
 * Writes the order's columns beside the state again where they have another value now. Used for a row that runs again, because its chunks
 * move only records that are no longer in the state.
 */
export const mendColumns = async (tx: SqlTx, spec: Spec, announced: AlteredOrder['announced']): Promise<void> => {
  const columns = spec.set?.(announced);
  const names = Object.keys(columns ?? {});
  if (names.length === 0) return;
  const table = nameSql(spec.table);
  const set = names.map((name) => sql`${nameSql(name)} = ${columnSql('w', name)}`);
  await execute(
    tx,
    sql`UPDATE ${table} t SET ${join(set, ', ')}
     FROM messaging.claim c, jsonb_populate_record(NULL::${table}, coalesce(${columnsJson(columns)}::jsonb, '{}')) w
     WHERE c.order_id = ${announced.orderId} AND c.effect = ${spec.effect} AND ${columnSql('t', spec.id)} = c.record_id
       AND ${writtenSql(spec, names).differs}`,
  );
};

/** What differs in a restored record: the record is missing, its facts differ, or the order's columns are still set. */
const notBackSql = (spec: Spec): Sql => {
  const facts = columnFacts(spec.table, spec.facts);
  const [id, kept] = [columnSql('t', spec.id), sql`c.facts`];
  const isBack = sql`c.before <> c.after AND c.restored = c.before AND ${columnSql('t', spec.state)} <> c.after AND NOT EXISTS (
    SELECT 1 FROM messaging.claim o WHERE o.effect = c.effect AND o.record_id = c.record_id AND o.order_id <> c.order_id)
    AND NOT EXISTS (SELECT 1 FROM messaging.left_record l WHERE l.order_id = c.order_id AND l.record_id = c.record_id)`;
  const changed = spec.fixed ? sql`WHEN ${changedSql(facts, kept)} THEN ${changedNamesSql(facts, kept)}` : empty;
  const record = sql`CASE WHEN c.restored = '' THEN NULL WHEN ${id} IS NULL THEN ${isGone(spec)} ${changed} END`;
  const columns = spec.unset.map(
    (column) => sql`CASE WHEN ${isBack} AND ${columnSql('t', column)} IS NOT NULL THEN ${`${spec.table}.${column}`} END`,
  );
  return sql`concat_ws('、', ${join([record, ...columns], ', ')})`;
};

/**
 * Findings about the records that the row restored: missing records, changed facts that no lawful process changes, and the order's columns
 * that the row had removed. The state itself may have changed since: only `residual` reports on the state.
 */
const restored = async (tx: SqlTx, spec: Spec, { orderId, announced }: AlteredOrder): Promise<Residual> =>
  residualOf(
    await rowsOf(
      tx,
      sql`SELECT id || '：' || what || ' 与解除时不符' AS what, count(*) OVER ()::text AS total
     FROM (SELECT c.record_id AS id, ${notBackSql(spec)} AS what
      FROM messaging.claim c LEFT JOIN ${nameSql(spec.table)} t ON ${columnSql('t', spec.id)} = c.record_id
      WHERE c.order_id = ${orderId} AND c.effect = ${spec.effect} AND c.lifted_row = ${announced.row}::int) back
     WHERE what <> '' ORDER BY id LIMIT ${SAMPLE}`,
    ),
  );

export const stateEvidence = (spec: Spec): EvidenceSpec<SqlTx> => ({
  lines: (orderId, undo, row) =>
    sql`SELECT c.record_id AS id, ${undo ? sql`concat_ws(E'\\t', ${LINE}, c.restored)` : LINE} AS line FROM messaging.claim c
     WHERE c.order_id = ${orderId} AND c.effect = ${spec.effect} ${undo ? sql`AND c.lifted_row = ${row}::int` : empty}`,
  written: (orderId) =>
    sql`messaging.claim c LEFT JOIN ${nameSql(spec.table)} t ON ${columnSql('t', spec.id)} = c.record_id
    WHERE c.order_id = ${orderId} AND c.effect = ${spec.effect}`,
  altered: (tx, order, untouched) => altered(tx, spec, order, untouched),
  restored: (tx, order) => restored(tx, spec, order),
  isKept: async (tx, orderId) => {
    const rows = await rowsOf(
      tx,
      // A row that an older version ended has claims without a digest too, and was never sealed.
      sql`SELECT 1 AS found FROM messaging.claim WHERE order_id = ${orderId} AND effect = ${spec.effect}
       HAVING count(*) > 0 AND bool_and(facts IS NOT NULL)`,
    );
    return rows.length > 0;
  },
});
