// M5 (追回补贴, N3.5c): a draft recovery for each payment in scope, never an automatic debt (rules §6.3). Each order demands each payment once; a payment is
// recovered once, for any number of orders. Lifting an order withdraws its demands. A recovery that no other order demands is revoked; one
// that another order demands passes to the earliest of them.
import { type Body, TOPICS } from '@hengji/contracts';
import type { RecoveriesRevoked, SubsidyEvent } from '@hengji/contracts/subsidy/v1/subsidy_events';
import { rowsOf, publishAll } from '@hengji/messaging';
import {
  againSql,
  bindTargets,
  changedNamesSql,
  changedSql,
  type Chunk,
  columnFacts,
  digestSql,
  type Effect,
  eventStretches,
  keyedStretches,
  type EvidenceSpec,
  type OrderContext,
  previewTargets,
  type Residual,
  type ResidualOrder,
  residualTargets,
  SCOPE_COLUMNS,
  scopeSql,
  type Targets,
} from '@hengji/participation';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { Tx } from './database';

/** The payments that a recovery order concerns. */
const PAYMENTS = {
  table: 'payment',
  id: 'payment_id',
  scope: SCOPE_COLUMNS,
  fen: sql`t.fen`,
  person: sql`t.person`,
} as const satisfies Targets;

/** SQL over alias t: the order has demanded the payment back; in force only, or lifted too. */
const demandedSql = (orderId: string, which: 'any' | 'standing'): Sql =>
  sql`EXISTS (SELECT 1 FROM recovery_demand d WHERE d.order_id = ${orderId} AND d.payment_id = t.payment_id
    ${which === 'standing' ? sql`AND d.lifted_at IS NULL` : empty})`;

/** SQL over alias t: the payment has no recovery, or its recovery has another amount or another debtor. */
export const NOT_RECOVERED = sql`NOT EXISTS (
  SELECT 1 FROM recovery r WHERE r.payment_id = t.payment_id AND r.state = 'DRAFT' AND r.fen = t.fen
    AND r.debtor = t.institution AND r.institution = t.institution)`;

/** The facts of a payment that justify its recovery, stored with the demand. The order of the facts must never change. */
const FACTS = columnFacts('payment', [
  ...['payment_id', 'certificate_number', 'institution', 'plan_id', 'session_id', 'occupation', 'level'],
  ...['person', 'fen', 'fund_source', 'paid_on', 'exam_date'],
]);

interface WorkedPayment {
  readonly id: string;
  readonly fen: string;
  readonly changed: boolean;
  /** The order that the recovery now belongs to; null unless this order was lifted and another order had demanded the payment too. */
  readonly heir: string | null;
}

// Opening and lifting read each other's demands, so at one institution they run one after the other. The lock is a statement of its own, so
// that the snapshot of the next statement contains the earlier commit. A chunk is the next thousand entries of an index. Right after an
// import, when PostgreSQL has no statistics of the table, it would collect and sort all remaining rows for each chunk.
const takeTurn = (tx: Tx, institution: string): Promise<unknown> =>
  rowsOf(
    tx,
    sql`SELECT set_config('enable_bitmapscan', 'off', true), pg_advisory_xact_lock(hashtextextended('recovery ' || ${institution}, 0))::text AS turn`,
  );

/** The changes of a chunk, as one row of JSON lists, because reading thousands of rows would cost more than writing them. */
const listsSql = ({ fen, changed, heir }: { readonly fen: Sql; readonly changed: Sql; readonly heir: Sql }): Sql => sql`
  json_agg(payment_id ORDER BY payment_id)::text AS ids, json_agg(${fen} ORDER BY payment_id)::text AS fen,
  json_agg(${changed} ORDER BY payment_id)::text AS changed, json_agg(${heir} ORDER BY payment_id)::text AS heir`;

// For a recovery of any order: its money must be the money that was paid.
const CORRECT = sql`
    UPDATE recovery r SET fen = target.fen, debtor = target.institution, institution = target.institution FROM target
    WHERE r.payment_id = target.payment_id AND r.state = 'DRAFT'
      AND (r.fen, r.debtor, r.institution) <> (target.fen, target.institution, target.institution)
    RETURNING r.payment_id`;

/** Recoveries of the order that no longer match its demands. */
const reopenedSql = (orderId: string): Sql => sql`
  , mended AS (
    UPDATE recovery r SET state = 'DRAFT', revoked_at = NULL, fen = target.fen FROM target
    WHERE r.recovery_id = ${orderId} || '-' || target.payment_id AND r.state = 'REVOKED'
      AND NOT EXISTS (SELECT 1 FROM recovery other WHERE other.payment_id = target.payment_id AND other.state = 'DRAFT')
    RETURNING r.payment_id
  ), corrected AS (${CORRECT}), reopened AS (SELECT * FROM mended UNION SELECT * FROM corrected)`;

const OPENED = { fen: sql`target.fen::text`, changed: sql`opened.payment_id IS NOT NULL`, heir: sql`NULL::text` };
const REOPENED = { ...OPENED, changed: sql`opened.payment_id IS NOT NULL OR reopened.payment_id IS NOT NULL` };

// A recovery that was revoked although its order still demands it (`again`) is opened again, under the same id. Only a repeated row finds
// demands of its own order.
const openSql = (order: OrderContext, cursor: string, limit: number): Sql => {
  const { orderId, epoch, now, again = false } = order;
  const demanded = againSql(order, (which) => demandedSql(orderId, which), SCOPE_COLUMNS);
  return sql`
  WITH target AS MATERIALIZED (
    SELECT t.payment_id, t.institution, t.fen, t.fund_source, t.authority, t.area, ${digestSql(FACTS)} AS facts FROM payment t
    WHERE t.payment_id > ${cursor} AND ${scopeSql(order.scope, SCOPE_COLUMNS)} ${demanded} ORDER BY t.payment_id LIMIT ${limit}::int
  ), demanded AS (
    INSERT INTO recovery_demand (order_id, payment_id, epoch, facts)
    SELECT ${orderId}, payment_id, ${epoch.toString()}::bigint, facts FROM target ${again ? sql`ON CONFLICT DO NOTHING` : empty}
  ), opened AS (
    INSERT INTO recovery (recovery_id, order_id, payment_id, institution, debtor, fen, state, opened_at, fund_source, authority, area)
    SELECT ${orderId} || '-' || payment_id, ${orderId}, payment_id, institution, institution, fen, 'DRAFT', ${now.toISOString()}::timestamptz,
      fund_source, authority, area FROM target
    ON CONFLICT DO NOTHING RETURNING payment_id
  ) ${again ? reopenedSql(orderId) : empty}
  SELECT ${listsSql(again ? REOPENED : OPENED)}
  FROM target LEFT JOIN opened USING (payment_id) ${again ? sql`LEFT JOIN reopened USING (payment_id)` : empty}`;
};

/** The payment in the column is in the part of the order that is lifted; always true where the whole order is lifted. */
const inPart = ({ narrowed, scope }: Pick<OrderContext, 'narrowed' | 'scope'>, column: Sql): Sql =>
  narrowed ? sql`EXISTS (SELECT 1 FROM payment t WHERE t.payment_id = ${column} AND ${scopeSql(scope, SCOPE_COLUMNS)})` : sql`true`;

const LIFTED = { fen: sql`coalesce(revoked.fen, 0)::text`, changed: sql`revoked.payment_id IS NOT NULL`, heir: sql`handed.order_id` };

// A chunk is a range of ids, and every step reads this range of an index. With a join to the chunk alone, the planner would scan whole
// tables for each thousand records.
const liftSql = (order: OrderContext, cursor: string, limit: number): Sql => {
  const { orderId } = order;
  const now = sql`${order.now.toISOString()}::timestamptz`;
  const [demand, recovery] = [sql`d.payment_id`, sql`r.payment_id`];
  const inStretch = (column: Sql): Sql => sql`${column} > ${cursor} AND ${column} <= (SELECT last FROM stretch)`;
  return sql`
  WITH mine AS MATERIALIZED (
    -- What an earlier lifting took back is not taken back twice; unless its recovery stands again all the same.
    SELECT d.payment_id FROM recovery_demand d WHERE d.order_id = ${orderId} AND d.payment_id > ${cursor} AND ${inPart(order, demand)}
      AND (d.lifted_at IS NULL OR EXISTS (
        SELECT 1 FROM recovery r WHERE r.payment_id = d.payment_id AND r.order_id = ${orderId} AND r.state = 'DRAFT'))
    ORDER BY d.payment_id LIMIT ${limit}::int
  ), stretch AS MATERIALIZED (
    SELECT max(payment_id) AS last FROM mine
  ), lifted AS (
    UPDATE recovery_demand d SET lifted_at = ${now}
    WHERE d.order_id = ${orderId} AND ${inStretch(demand)} AND d.lifted_at IS NULL AND ${inPart(order, demand)}
  ), heir AS MATERIALIZED (
    SELECT DISTINCT ON (d.payment_id) d.payment_id, d.order_id FROM recovery_demand d
    WHERE ${inStretch(demand)} AND d.order_id <> ${orderId} AND d.lifted_at IS NULL
    ORDER BY d.payment_id, d.epoch
  ), handed AS (
    UPDATE recovery r SET order_id = heir.order_id FROM heir
    WHERE r.payment_id = heir.payment_id AND r.order_id = ${orderId} AND r.state = 'DRAFT'
      AND ${inStretch(recovery)} AND ${inPart(order, recovery)}
    RETURNING r.payment_id, r.order_id
  ), revoked AS (
    UPDATE recovery r SET state = 'REVOKED', revoked_at = ${now}
    WHERE ${inStretch(recovery)} AND r.order_id = ${orderId} AND r.state = 'DRAFT'
      AND NOT EXISTS (SELECT 1 FROM heir WHERE heir.payment_id = r.payment_id) AND ${inPart(order, recovery)}
    RETURNING r.payment_id, r.fen
  )
  SELECT ${listsSql(LIFTED)}
  FROM mine LEFT JOIN revoked USING (payment_id) LEFT JOIN handed USING (payment_id)`;
};

interface Lists {
  readonly ids: string | null;
  readonly fen: string;
  readonly changed: string;
  readonly heir: string;
}

const worked = async (answer: Promise<Lists[]>): Promise<WorkedPayment[]> => {
  const [lists] = await answer;
  if (!lists?.ids) return [];
  const fen = JSON.parse(lists.fen) as string[];
  const changed = JSON.parse(lists.changed) as boolean[];
  const heirs = JSON.parse(lists.heir) as (string | null)[];
  return (JSON.parse(lists.ids) as string[]).map((id, i) => ({
    ...{ id, fen: fen[i] ?? '0', changed: changed[i] === true },
    heir: heirs[i] ?? null,
  }));
};

const open = (tx: Tx, order: OrderContext, cursor: string, limit: number): Promise<WorkedPayment[]> =>
  worked(rowsOf(tx, openSql(order, cursor, limit)));

const lift = (tx: Tx, order: OrderContext, cursor: string, limit: number): Promise<WorkedPayment[]> =>
  worked(rowsOf(tx, liftSql(order, cursor, limit)));

type RecoveryState = 'DRAFT' | 'REVOKED';

const bodyOf = (after: RecoveryState, value: RecoveriesRevoked, debtor: string): Body<SubsidyEvent> =>
  after === 'DRAFT' ? { $case: 'recoveriesOpened', value: { ...value, debtor } } : { $case: 'recoveriesRevoked', value };

/** One event for each order that has taken over recoveries. */
const takenOver = (orderId: string, payments: readonly WorkedPayment[]): Body<SubsidyEvent>[] =>
  keyedStretches(payments, ({ heir }) => heir).map(([heir, stretch]) => ({
    $case: 'recoveriesTakenOver',
    value: { fromOrderId: orderId, orderId: heir, paymentIds: stretch.map(({ id }) => id) },
  }));

const moneyOf = (payments: readonly WorkedPayment[]): bigint => payments.reduce((sum, { fen }) => sum + BigInt(fen), 0n);

/** Turns the changes of a chunk into leaves, money and events. */
const finish = async (
  tx: Tx,
  order: OrderContext,
  payments: readonly WorkedPayment[],
  { before, after, limit }: { before: string; after: RecoveryState; limit: number },
): Promise<Chunk> => {
  const changed = payments.filter((payment) => payment.changed);
  const { institution, orderId, now } = order;
  const bodies = eventStretches(changed).map((stretch) => {
    const amounts = stretch.map(({ fen }) => BigInt(fen));
    return bodyOf(after, { orderId, paymentIds: stretch.map(({ id }) => id), fen: moneyOf(stretch), amounts }, institution);
  });
  const events = [...bodies, ...takenOver(orderId, payments)].map((body) => ({ institution, orderId, body, occurredAt: now }));
  await publishAll(tx, TOPICS.subsidy, events);
  // An unchanged recovery is DRAFT before and after: another order opened it, or still demands it.
  const leaves = payments.map((payment) =>
    payment.changed ? { id: payment.id, before, after } : { id: payment.id, before: 'DRAFT', after: 'DRAFT' },
  );
  const next = payments.length < limit ? null : (payments.at(-1)?.id ?? null);
  return { leaves, changed: changed.length, already: payments.length - changed.length, fen: moneyOf(changed), next };
};

const leftAfterLift = async (tx: Tx, order: ResidualOrder): Promise<Residual> => {
  const { orderId } = order;
  const left = sql`
    FROM recovery_demand d WHERE ${inPart(order, sql`d.payment_id`)} AND d.order_id = ${orderId} AND (d.lifted_at IS NULL OR EXISTS (
      SELECT 1 FROM recovery r WHERE r.payment_id = d.payment_id AND r.order_id = ${orderId} AND r.state = 'DRAFT'))`;
  const [row] = await rowsOf<{ count: string }>(tx, sql`SELECT count(*)::text AS count ${left}`);
  const sample = await rowsOf<{ id: string }>(tx, sql`SELECT d.payment_id AS id ${left} ORDER BY 1 LIMIT 10`);
  return { count: BigInt(row?.count ?? 0), sample: sample.map(({ id }) => id) };
};

// A recovery's id names the order that opened it, also after another order has taken it over.
const leavesSql = (orderId: string): Sql => sql`SELECT d.payment_id AS id, 'DRAFT' AS after,
    CASE WHEN r.recovery_id IS NULL THEN 'DRAFT' ELSE 'NONE' END AS before
  FROM recovery_demand d LEFT JOIN recovery r ON r.recovery_id = d.order_id || '-' || d.payment_id WHERE d.order_id = ${orderId}`;

const KEPT = sql`c.facts`;

const alteredSql = (orderId: string, untouched: Sql): Sql => sql`
  SELECT c.payment_id || '：' || CASE WHEN t.payment_id IS NULL THEN 'payment 的记录已被删除' ELSE ${changedNamesSql(FACTS, KEPT)} END
      || ' 与执行时不符' AS what, count(*) OVER ()::text AS total
  FROM recovery_demand c LEFT JOIN payment t USING (payment_id)
  WHERE c.order_id = ${orderId} AND c.lifted_at IS NULL AND (t.payment_id IS NULL OR (NOT ${untouched} AND ${changedSql(FACTS, KEPT)}))
  ORDER BY c.payment_id LIMIT 10`;

const evidence: EvidenceSpec<Tx> = {
  lines: (orderId, undo) =>
    undo
      ? undefined
      : sql`SELECT payment_id AS id, concat_ws(E'\\t', epoch::text, coalesce(encode(facts, 'hex'), '')) AS line
         FROM recovery_demand WHERE order_id = ${orderId}`,
  written: (orderId) => sql`recovery_demand c LEFT JOIN payment t USING (payment_id) WHERE c.order_id = ${orderId}`,
  altered: async (tx, { orderId }, untouched) => {
    const found = await rowsOf<{ what: string; total: string }>(tx, alteredSql(orderId, untouched));
    return { count: BigInt(found[0]?.total ?? 0), sample: found.map(({ what }) => what) };
  },
  // A row that an older version has ended also has demands without a digest, and was never sealed.
  isKept: async (tx, orderId) =>
    (await tx.recoveryDemand.count({ where: { orderId } })) > 0 &&
    (await tx.recoveryDemand.count({ where: { orderId, facts: null } })) === 0,
};

const bound = ({ orderId, claimedIn = [] }: Pick<OrderContext, 'orderId' | 'claimedIn'>): Targets => ({
  ...PAYMENTS,
  demand: { claimedIn, claimed: demandedSql(orderId, 'any') },
});

/** OPEN_RECOVERIES. */
export const openRecoveries: Effect<Tx> = {
  preview: (tx, scope, again) => previewTargets(tx, again ? bound(again) : PAYMENTS, scope),
  target: (tx, order) => bindTargets(tx, bound(order), order.scope),
  apply: async (tx, order, cursor, limit) => {
    await takeTurn(tx, order.institution);
    return finish(tx, order, await open(tx, order, cursor, limit), { before: 'NONE', after: 'DRAFT', limit });
  },
  undo: async (tx, order, cursor, limit) => {
    await takeTurn(tx, order.institution);
    return finish(tx, order, await lift(tx, order, cursor, limit), { before: 'DRAFT', after: 'REVOKED', limit });
  },
  leaves: (orderId, undo) => (undo ? undefined : leavesSql(orderId)),
  evidence,
  residual: (tx, order) => {
    const { orderId, scope, undo, without, claimedIn = [] } = order;
    if (undo) return leftAfterLift(tx, order);
    const demand = { claimedIn, claimed: demandedSql(orderId, 'standing') };
    return residualTargets(tx, { ...PAYMENTS, eligible: NOT_RECOVERED, without, demand }, scope);
  },
};
