// M5: a draft recovery for each payment in scope, never an automatic debt (rules §6.3). Each order demands each payment
// once; a payment is recovered once, whoever demands it. Lifting an order takes its demands back: a recovery that no other
// order demands is revoked, one that another still demands is handed to the earliest of them.
import { type Body, TOPICS } from '@hengji/contracts';
import type { RecoveriesRevoked, SubsidyEvent } from '@hengji/contracts/subsidy/v1/subsidy_events';
import { publishAll } from '@hengji/messaging';
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
import type { Tx } from './database';

/** The payments that a recovery order is about. */
const PAYMENTS = { table: 'payment', id: 'payment_id', scope: SCOPE_COLUMNS, fen: 't.fen', person: 't.person' } as const satisfies Targets;

/** SQL over alias t: the order has demanded the payment back, standing, or lifted too. */
const demandedSql = (orderId: string, which: 'any' | 'standing'): string =>
  `EXISTS (SELECT 1 FROM recovery_demand d WHERE d.order_id = '${orderId.replaceAll("'", "''")}' AND d.payment_id = t.payment_id${
    which === 'standing' ? ' AND d.lifted_at IS NULL' : ''
  })`;

/** SQL over alias t: nobody demands the payment back, or not the money that was paid, or of somebody else. */
export const NOT_RECOVERED = `NOT EXISTS (
  SELECT 1 FROM recovery r WHERE r.payment_id = t.payment_id AND r.state = 'DRAFT' AND r.fen = t.fen
    AND r.debtor = t.institution AND r.institution = t.institution)`;

/** What of a payment its recovery rests on, kept with the demand. For ever, in this order. */
const FACTS = columnFacts('payment', [
  ...['payment_id', 'certificate_number', 'institution', 'plan_id', 'session_id', 'occupation', 'level'],
  ...['person', 'fen', 'fund_source', 'paid_on', 'exam_date'],
]);

interface WorkedPayment {
  readonly id: string;
  readonly fen: string;
  readonly changed: boolean;
  /** The order that its recovery rests on since; null unless this one was lifted and another had demanded it too. */
  readonly heir: string | null;
}

// Opening and lifting look at each other's demands, so at one institution they take turns. A statement of its own: the
// next one's snapshot then sees what the one before has committed. A chunk is the next thousand of an index; right after
// a load, when PostgreSQL knows nothing of the table yet, it would collect and sort all that is left, for each chunk.
const takeTurn = (tx: Tx, institution: string): Promise<unknown> =>
  tx.$queryRawUnsafe(
    `SELECT set_config('enable_bitmapscan', 'off', true), pg_advisory_xact_lock(hashtextextended('recovery ' || $1, 0))::text AS turn`,
    institution,
  );

/** What a chunk did, as one row of JSON lists: thousands of rows would cost more to read than to write. */
const AS_LISTS = (id: string, columns: { fen: string; changed: string; heir: string }): string =>
  [`json_agg(${id} ORDER BY ${id})::text AS ids`]
    .concat(Object.entries(columns).map(([name, sql]) => `json_agg(${sql} ORDER BY ${id})::text AS ${name}`))
    .join(', ');

const REOPEN = `
    UPDATE recovery r SET state = 'DRAFT', revoked_at = NULL, fen = target.fen FROM target
    WHERE r.recovery_id = $3 || '-' || target.payment_id AND r.state = 'REVOKED'
      AND NOT EXISTS (SELECT 1 FROM recovery other WHERE other.payment_id = target.payment_id AND other.state = 'DRAFT')
    RETURNING r.payment_id`;

// Whoever's it is: a recovery is of the money that was paid.
const CORRECT = `
    UPDATE recovery r SET fen = target.fen, debtor = target.institution, institution = target.institution FROM target
    WHERE r.payment_id = target.payment_id AND r.state = 'DRAFT'
      AND (r.fen, r.debtor, r.institution) <> (target.fen, target.institution, target.institution)
    RETURNING r.payment_id`;

// A recovery that was revoked although its order demands it still (`again`) is opened anew, under the same id. Only a row that is
// worked again meets demands of its own order.
const OPEN = (scope: string, again: boolean): string => `
  WITH target AS MATERIALIZED (
    SELECT t.payment_id, t.institution, t.fen, t.authority, t.area, ${digestSql(FACTS)} AS facts FROM payment t WHERE t.payment_id > $1 AND ${scope} ORDER BY t.payment_id LIMIT $2::int
  ), demanded AS (
    INSERT INTO recovery_demand (order_id, payment_id, epoch, facts) SELECT $3, payment_id, $4::bigint, facts FROM target ${again ? 'ON CONFLICT DO NOTHING' : ''}
  ), opened AS (
    INSERT INTO recovery (recovery_id, order_id, payment_id, institution, debtor, fen, state, opened_at, authority, area)
    SELECT $3 || '-' || payment_id, $3, payment_id, institution, institution, fen, 'DRAFT', $5::timestamptz, authority, area FROM target
    ON CONFLICT DO NOTHING RETURNING payment_id
  )${again ? `, mended AS (${REOPEN}), corrected AS (${CORRECT}), reopened AS (SELECT * FROM mended UNION SELECT * FROM corrected)` : ''}
  SELECT ${AS_LISTS('payment_id', {
    fen: 'target.fen::text',
    changed: `opened.payment_id IS NOT NULL${again ? ' OR reopened.payment_id IS NOT NULL' : ''}`,
    heir: 'NULL::text',
  })}
  FROM target LEFT JOIN opened USING (payment_id) ${again ? 'LEFT JOIN reopened USING (payment_id)' : ''}`;

// A chunk is a stretch of ids: every step reads that stretch of an index. Joined to the chunk alone, the planner would
// rather read whole tables for each thousand records.
/** `inside`: SQL over alias t, the payments of a part of the order. */
const liftSql = (inside: string | undefined): string => {
  const isPart = (column: string): string =>
    inside ? `AND EXISTS (SELECT 1 FROM payment t WHERE t.payment_id = ${column} AND ${inside})` : '';
  return `
  WITH mine AS MATERIALIZED (
    -- What an earlier lifting took back is not taken back twice; unless its recovery stands again all the same.
    SELECT d.payment_id FROM recovery_demand d WHERE d.order_id = $3 AND d.payment_id > $1 ${isPart('d.payment_id')}
      AND (d.lifted_at IS NULL OR EXISTS (
        SELECT 1 FROM recovery r WHERE r.payment_id = d.payment_id AND r.order_id = $3 AND r.state = 'DRAFT'))
    ORDER BY d.payment_id LIMIT $2::int
  ), stretch AS MATERIALIZED (
    SELECT max(payment_id) AS last FROM mine
  ), lifted AS (
    UPDATE recovery_demand d SET lifted_at = $4::timestamptz
    WHERE d.order_id = $3 AND d.payment_id > $1 AND d.payment_id <= (SELECT last FROM stretch) AND d.lifted_at IS NULL ${isPart('d.payment_id')}
  ), heir AS MATERIALIZED (
    SELECT DISTINCT ON (d.payment_id) d.payment_id, d.order_id FROM recovery_demand d
    WHERE d.payment_id > $1 AND d.payment_id <= (SELECT last FROM stretch) AND d.order_id <> $3 AND d.lifted_at IS NULL
    ORDER BY d.payment_id, d.epoch
  ), handed AS (
    UPDATE recovery r SET order_id = heir.order_id FROM heir
    WHERE r.payment_id = heir.payment_id AND r.order_id = $3 AND r.state = 'DRAFT'
      AND r.payment_id > $1 AND r.payment_id <= (SELECT last FROM stretch) ${isPart('r.payment_id')}
    RETURNING r.payment_id, r.order_id
  ), revoked AS (
    UPDATE recovery r SET state = 'REVOKED', revoked_at = $4::timestamptz
    WHERE r.payment_id > $1 AND r.payment_id <= (SELECT last FROM stretch) AND r.order_id = $3 AND r.state = 'DRAFT'
      AND NOT EXISTS (SELECT 1 FROM heir WHERE heir.payment_id = r.payment_id) ${isPart('r.payment_id')}
    RETURNING r.payment_id, r.fen
  )
  SELECT ${AS_LISTS('payment_id', { fen: 'coalesce(revoked.fen, 0)::text', changed: 'revoked.payment_id IS NOT NULL', heir: 'handed.order_id' })}
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

const open = (tx: Tx, order: OrderContext, cursor: string, limit: number): Promise<WorkedPayment[]> => {
  const scope = scopeSql(order.scope, SCOPE_COLUMNS, 't', 6);
  const { orderId, epoch, now } = order;
  const at = { alias: 't', firstParam: 6 + scope.params.length };
  const again = againSql(order, (which) => demandedSql(orderId, which), SCOPE_COLUMNS, at);
  const sql = OPEN(`${scope.sql} ${again.sql}`, order.again ?? false);
  return worked(tx.$queryRawUnsafe(sql, cursor, limit, orderId, epoch.toString(), now.toISOString(), ...scope.params, ...again.params));
};

const lift = (tx: Tx, order: OrderContext, cursor: string, limit: number): Promise<WorkedPayment[]> => {
  const inside = order.narrowed ? scopeSql(order.scope, SCOPE_COLUMNS, 't', 5) : undefined;
  return worked(tx.$queryRawUnsafe(liftSql(inside?.sql), cursor, limit, order.orderId, order.now.toISOString(), ...(inside?.params ?? [])));
};

type RecoveryState = 'DRAFT' | 'REVOKED';

const bodyOf = (after: RecoveryState, value: RecoveriesRevoked, debtor: string): Body<SubsidyEvent> =>
  after === 'DRAFT' ? { $case: 'recoveriesOpened', value: { ...value, debtor } } : { $case: 'recoveriesRevoked', value };

/** One event for each order that has taken recoveries over. */
const takenOver = (orderId: string, payments: readonly WorkedPayment[]): Body<SubsidyEvent>[] =>
  keyedStretches(payments, ({ heir }) => heir).map(([heir, stretch]) => ({
    $case: 'recoveriesTakenOver',
    value: { fromOrderId: orderId, orderId: heir, paymentIds: stretch.map(({ id }) => id) },
  }));

const moneyOf = (payments: readonly WorkedPayment[]): bigint => payments.reduce((sum, { fen }) => sum + BigInt(fen), 0n);

/** Turns what a chunk did into leaves, money and events. */
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
  // What did not change is DRAFT before and after: another order opened it, or still demands it.
  const leaves = payments.map((payment) =>
    payment.changed ? { id: payment.id, before, after } : { id: payment.id, before: 'DRAFT', after: 'DRAFT' },
  );
  const next = payments.length < limit ? null : (payments.at(-1)?.id ?? null);
  return { leaves, changed: changed.length, already: payments.length - changed.length, fen: moneyOf(changed), next };
};

const leftAfterLift = async (tx: Tx, { orderId, scope, narrowed }: ResidualOrder): Promise<Residual> => {
  const inside = narrowed ? scopeSql(scope, SCOPE_COLUMNS, 't', 2) : undefined;
  const part = inside ? `EXISTS (SELECT 1 FROM payment t WHERE t.payment_id = d.payment_id AND ${inside.sql}) AND` : '';
  const left = `
    FROM recovery_demand d WHERE ${part} d.order_id = $1 AND (d.lifted_at IS NULL OR EXISTS (
      SELECT 1 FROM recovery r WHERE r.payment_id = d.payment_id AND r.order_id = $1 AND r.state = 'DRAFT'))`;
  const params = [orderId, ...(inside?.params ?? [])];
  const [row] = await tx.$queryRawUnsafe<{ count: string }[]>(`SELECT count(*)::text AS count ${left}`, ...params);
  const sample = await tx.$queryRawUnsafe<{ id: string }[]>(`SELECT d.payment_id AS id ${left} ORDER BY 1 LIMIT 10`, ...params);
  return { count: BigInt(row?.count ?? 0), sample: sample.map(({ id }) => id) };
};

// A recovery's id says which order opened it, also after another has taken it over.
const LEAVES = `SELECT d.payment_id AS id, 'DRAFT' AS after,
    CASE WHEN r.recovery_id IS NULL THEN 'DRAFT' ELSE 'NONE' END AS before
  FROM recovery_demand d LEFT JOIN recovery r ON r.recovery_id = d.order_id || '-' || d.payment_id WHERE d.order_id = $1`;

const alteredSql = (untouched: string): string => `
  SELECT c.payment_id || '：' || CASE WHEN t.payment_id IS NULL THEN 'payment 的记录已被删除' ELSE ${changedNamesSql(FACTS, 'c.facts')} END
      || ' 与执行时不符' AS what, count(*) OVER ()::text AS total
  FROM recovery_demand c LEFT JOIN payment t USING (payment_id)
  WHERE c.order_id = $1 AND c.lifted_at IS NULL AND (t.payment_id IS NULL OR (NOT ${untouched} AND ${changedSql(FACTS, 'c.facts')}))
  ORDER BY c.payment_id LIMIT 10`;

const evidence: EvidenceSpec<Tx> = {
  lines: (undo) =>
    undo
      ? undefined
      : `SELECT payment_id AS id, concat_ws(E'\\t', epoch::text, coalesce(encode(facts, 'hex'), '')) AS line FROM recovery_demand WHERE order_id = $1`,
  written: `recovery_demand c LEFT JOIN payment t USING (payment_id) WHERE c.order_id = $1`,
  altered: async (tx, { orderId }, untouched) => {
    const found = await tx.$queryRawUnsafe<{ what: string; total: string }[]>(alteredSql(untouched), orderId);
    return { count: BigInt(found[0]?.total ?? 0), sample: found.map(({ what }) => what) };
  },
  // A row that a version from before this one has ended has demands without digest too, and was never sealed.
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
  leaves: (undo) => (undo ? undefined : LEAVES),
  evidence,
  residual: (tx, order) => {
    const { orderId, scope, undo, without, claimedIn = [] } = order;
    if (undo) return leftAfterLift(tx, order);
    const demand = { claimedIn, claimed: demandedSql(orderId, 'standing') };
    return residualTargets(tx, { ...PAYMENTS, eligible: NOT_RECOVERED, without, demand }, scope);
  },
};
