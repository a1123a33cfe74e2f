// The evidence of a state effect: its claims, as they were placed, and the records under them. One pass over the order's claims
// finds the records that are gone or differ from what was claimed, the claims that were written to, and the columns that the order
// wrote and that say something else now.
import type { Envelope } from '@hengji/contracts';
import { OrderIssued } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import type { SqlTx } from '@hengji/messaging';
import { columnsJson, literal } from '../effects/claims';
import { outsideSql } from '../scope';
import type { AlteredOrder, EvidenceSpec, Residual, StateEffectSpec } from '../types';
import { changedNamesSql, changedSql, columnFacts } from './facts';

type Spec = StateEffectSpec<Envelope>;

const SAMPLE = 10;

/** `before` as the order placed it: what it inherited since is not its own. */
const LINE = `concat_ws(E'\\t', c.found, CASE WHEN c.inherited_from IS NULL THEN c.before ELSE c.after END, c.after,
  coalesce(c.columns::text, ''), coalesce(encode(c.facts, 'hex'), ''))`;

interface Lifted {
  readonly scopes: readonly Scope[];
  readonly whole: boolean;
}

/** What liftings were asked to take back of the effect. */
const liftedOf = async (tx: SqlTx, orderId: string, effect: string): Promise<Lifted> => {
  const rows = await tx.$queryRawUnsafe<{ announced: Uint8Array; narrowed: boolean }[]>(
    `SELECT announced, narrowed FROM messaging.order_row WHERE order_id = $1 AND effect = $2 AND undo`,
    orderId,
    effect,
  );
  return {
    scopes: rows.flatMap(({ announced }) => OrderIssued.decode(announced).scope ?? []),
    whole: rows.some(({ narrowed }) => !narrowed),
  };
};

/** Columns that stand as another order wrote them that moved the record too are that order's. */
const foreignSql = (spec: Spec, columns: readonly string[]): string => `
  EXISTS (SELECT 1 FROM messaging.claim o, LATERAL jsonb_populate_record(NULL::${spec.table}, coalesce(o.columns, '{}')) ow
    WHERE o.effect = c.effect AND o.record_id = c.record_id AND o.lifted_at IS NULL AND o.before <> o.after
      AND ${columns.map((column) => `t.${column} IS NOT DISTINCT FROM ow.${column}`).join(' AND ')})`;

const columnSql = (spec: Spec, columns: readonly string[]): { differs: string; names: string } => {
  if (columns.length === 0) return { differs: 'false', names: '' };
  const moved = `c.lifted_at IS NULL AND c.before <> c.after AND t.${spec.state} = c.after`;
  const each = columns.map((column) => `t.${column} IS DISTINCT FROM w.${column}`);
  return {
    differs: `(${moved} AND (${each.join(' OR ')}) AND NOT ${foreignSql(spec, columns)})`,
    names: columns.map((column, i) => `CASE WHEN ${each[i]} THEN '${spec.table}.${column}' END`).join(', '),
  };
};

// What was lifted before may have been handed on under an order that has been lifted too: its claim is kept for ever.
const BEFORE = `(CASE WHEN c.found <> c.after THEN c.before <> c.found
  WHEN c.inherited_from IS NULL THEN false
  ELSE NOT EXISTS (SELECT 1 FROM messaging.claim o WHERE o.order_id = c.inherited_from AND o.effect = c.effect
    AND o.record_id = c.record_id AND o.lifted_at IS NOT NULL AND o.before = c.before) END)`;

interface AlteredSql {
  readonly columns: readonly string[];
  readonly outside: readonly string[] | undefined;
  readonly untouched: string;
}

// Where nobody has written to the claim nor to its record since they were sealed, only the cheap questions are asked.
const alteredSql = (spec: Spec, { columns, outside, untouched }: AlteredSql): string => {
  const facts = columnFacts(spec.table, spec.facts);
  const written = columnSql(spec, columns);
  const tests = {
    gone: `(c.lifted_at IS NULL AND t.${spec.id} IS NULL)`,
    moved: `(CASE WHEN c.lifted_at IS NOT NULL OR t.${spec.id} IS NULL OR ${untouched} THEN false ELSE ${changedSql(facts, 'c.facts')} END)`,
    before: BEFORE,
    lifted: outside ? `(c.lifted_at IS NOT NULL AND ${['true', ...outside].join(' AND ')})` : 'false',
    written: `(CASE WHEN ${untouched} THEN false ELSE ${written.differs} END)`,
  };
  return `
  SELECT id || '：' || concat_ws('、', CASE WHEN gone THEN '${spec.table} 的记录已被删除' END, CASE WHEN moved THEN changed_names END,
      CASE WHEN before THEN 'claim.before' END, CASE WHEN lifted THEN 'claim.lifted_at' END,
      CASE WHEN written THEN written_names END) || ' 与执行时不符' AS what, count(*) OVER ()::text AS total
  FROM (SELECT c.record_id AS id, ${Object.entries(tests)
    .map(([name, sql]) => `coalesce(${sql}, false) AS ${name}`)
    .join(', ')},
      CASE WHEN ${tests.moved} THEN ${changedNamesSql(facts, 'c.facts')} END AS changed_names,
      ${written.names === '' ? `''` : `concat_ws('、', ${written.names})`} AS written_names
    FROM jsonb_populate_record(NULL::${spec.table}, coalesce($2::jsonb, '{}')) w, messaging.claim c
      LEFT JOIN ${spec.table} t ON t.${spec.id} = c.record_id
    WHERE c.order_id = $1 AND c.effect = ${literal(spec.effect)}) found
  WHERE gone OR moved OR before OR lifted OR written ORDER BY id LIMIT ${SAMPLE}`;
};

const altered = async (tx: SqlTx, spec: Spec, { orderId, announced }: AlteredOrder, untouched: string): Promise<Residual> => {
  const columns = spec.set?.(announced);
  const lifted = await liftedOf(tx, orderId, spec.effect);
  const outside = lifted.whole ? undefined : outsideSql(lifted.scopes, spec.scope, 't', 3);
  const found = await tx.$queryRawUnsafe<{ what: string; total: string }[]>(
    alteredSql(spec, { columns: Object.keys(columns ?? {}), outside: outside?.sql, untouched }),
    orderId,
    columnsJson(columns),
    ...(outside?.params ?? []),
  );
  return { count: BigInt(found[0]?.total ?? 0), sample: found.map(({ what }) => what) };
};

/**
 * Writes anew what the order wrote beside the state where it says something else now. For a row that is worked again: its chunks
 * move only records that are not in the state any more.
 */
export const mendColumns = async (tx: SqlTx, spec: Spec, announced: AlteredOrder['announced']): Promise<void> => {
  const columns = spec.set?.(announced);
  const names = Object.keys(columns ?? {});
  if (names.length === 0) return;
  await tx.$executeRawUnsafe(
    `UPDATE ${spec.table} t SET ${names.map((name) => `${name} = w.${name}`).join(', ')}
     FROM messaging.claim c, jsonb_populate_record(NULL::${spec.table}, coalesce($2::jsonb, '{}')) w
     WHERE c.order_id = $1 AND c.effect = ${literal(spec.effect)} AND t.${spec.id} = c.record_id AND ${columnSql(spec, names).differs}`,
    announced.orderId,
    columnsJson(columns),
  );
};

/**
 * Of what the row gave back: records that are gone, facts that no life of the record changes, and what the order wrote beside the state and took
 * back with it. The state itself may be another since: of that only `residual` speaks.
 */
const restored = async (tx: SqlTx, spec: Spec, { orderId, announced }: AlteredOrder): Promise<Residual> => {
  const facts = columnFacts(spec.table, spec.facts);
  const isBack = `c.before <> c.after AND c.restored = c.before AND t.${spec.state} <> c.after AND NOT EXISTS (
    SELECT 1 FROM messaging.claim o WHERE o.effect = c.effect AND o.record_id = c.record_id AND o.order_id <> c.order_id)
    AND NOT EXISTS (SELECT 1 FROM messaging.left_record l WHERE l.order_id = c.order_id AND l.record_id = c.record_id)`;
  const unset = spec.unset.map((column) => `, CASE WHEN ${isBack} AND t.${column} IS NOT NULL THEN '${spec.table}.${column}' END`);
  const found = await tx.$queryRawUnsafe<{ what: string; total: string }[]>(
    `SELECT id || '：' || what || ' 与解除时不符' AS what, count(*) OVER ()::text AS total
     FROM (SELECT c.record_id AS id, concat_ws('、', CASE WHEN c.restored = '' THEN NULL WHEN t.${spec.id} IS NULL THEN '${spec.table} 的记录已被删除'
        ${spec.fixed ? `WHEN ${changedSql(facts, 'c.facts')} THEN ${changedNamesSql(facts, 'c.facts')}` : ''} END ${unset.join('')}) AS what
      FROM messaging.claim c LEFT JOIN ${spec.table} t ON t.${spec.id} = c.record_id
      WHERE c.order_id = $1 AND c.effect = ${literal(spec.effect)} AND c.lifted_row = $2::int) back
     WHERE what <> '' ORDER BY id LIMIT ${SAMPLE}`,
    orderId,
    announced.row,
  );
  return { count: BigInt(found[0]?.total ?? 0), sample: found.map(({ what }) => what) };
};

export const stateEvidence = (spec: Spec): EvidenceSpec<SqlTx> => ({
  lines: (undo, row) =>
    `SELECT c.record_id AS id, ${undo ? `concat_ws(E'\\t', ${LINE}, c.restored)` : LINE} AS line FROM messaging.claim c
     WHERE c.order_id = $1 AND c.effect = ${literal(spec.effect)} ${undo ? `AND c.lifted_row = ${row}` : ''}`,
  written: `messaging.claim c LEFT JOIN ${spec.table} t ON t.${spec.id} = c.record_id
    WHERE c.order_id = $1 AND c.effect = ${literal(spec.effect)}`,
  altered: (tx, order, untouched) => altered(tx, spec, order, untouched),
  restored: (tx, order) => restored(tx, spec, order),
  isKept: async (tx, orderId) => {
    const rows = await tx.$queryRawUnsafe<unknown[]>(
      // A row that a version from before this one has ended has claims without digest too, and was never sealed.
      `SELECT 1 AS found FROM messaging.claim WHERE order_id = $1 AND effect = $2 HAVING count(*) > 0 AND bool_and(facts IS NOT NULL)`,
      orderId,
      spec.effect,
    );
    return rows.length > 0;
  },
});
