// Claims: which order demanded the withdrawal of which upload. An upload is restored when no order claims it any more. So two orders may
// cover the same upload and be lifted in any order. Both statements process a chunk in order of number, lock the uploads first, and change
// nothing when repeated. Rows of the chunk are looked up one by one (ANY, LATERAL). For a join the planner might scan the whole index for
// each chunk.
import { execute, rowsOf } from '@hengji/messaging';
import {
  againSql,
  changedNamesSql,
  changedSql,
  columnFacts,
  columnSql,
  digestSql,
  scopeSql,
  type EvidenceSpec,
  type Fact,
  type OrderContext,
} from '@hengji/participation';
import sql, { empty, join, type Sql } from 'sql-template-tag';
import { NEVER_STOOD, statesAllowing, type UploadState } from '../../domain/upload';
import type { Tx } from './database';
import { SCOPE } from './scope-columns';

export interface ChunkRange {
  readonly cursor: string;
  readonly limit: number;
  /** The message that the changed uploads of the chunk will wait for. */
  readonly messageId: string;
}

export interface ClaimedUpload {
  readonly number: string;
  /** The upload's state when the order first claimed it. */
  readonly before: UploadState;
  /** The upload's state when this chunk read it, and the state now. */
  readonly was: UploadState;
  readonly state: UploadState;
  /** Number of orders that demand its withdrawal now. */
  readonly claims: number;
  /** True when the upload now waits for the chunk's message. */
  readonly moved: boolean;
}

/**
 * The facts of an upload that justify its withdrawal, with the state that the order found; stored with the claim. The order of the facts
 * must never change.
 */
const factsOf = (before: Sql, upload: string): Fact[] => [
  { name: 'upload_claim.before', sql: before },
  ...columnFacts('upload', ['number', 'institution', 'plan_id', 'session_id', 'occupation', 'level', 'person', 'exam_date'], upload),
];

/** SQL over the alias: the order has a claim on the upload, either in force only, or lifted too. */
export const claimedSql = (orderId: string, alias: 't' | 'u', which: 'any' | 'standing'): Sql =>
  sql`EXISTS (SELECT 1 FROM upload_claim c WHERE c.number = ${columnSql(alias, 'number')} AND c.order_id = ${orderId}
    ${which === 'standing' ? sql`AND c.lifted_at IS NULL` : empty})`;

/** A chunk as one JSON text in order of number, because reading a thousand rows would cost more than writing them. */
const listSql = (before: Sql, messageId: string): Sql => sql`
  json_agg(json_build_array(t.number, ${before}, t.upload_state, coalesce(m.upload_state, t.upload_state), coalesce(m.claims, t.claims),
    coalesce(m.message_id = ${messageId}, false)) ORDER BY t.number)::text AS list`;

type Listed = [number: string, before: UploadState, was: UploadState, state: UploadState, claims: number, moved: boolean];

const listed = async (answer: Promise<{ list: string | null }[]>): Promise<ClaimedUpload[]> => {
  const rows = JSON.parse((await answer)[0]?.list ?? '[]') as Listed[];
  return rows.map(([number, before, was, state, claims, moved]) => ({ number, before, was, state, claims, moved }));
};

const WITHDRAWABLE = sql`u.upload_state IN (${join(statesAllowing('withdraw'))})`;

const claimedAgainSql = (orderId: string, messageId: string): Sql => sql`
  SELECT ${listSql(sql`coalesce(k.before, t.upload_state)`, messageId)}
  FROM target t LEFT JOIN moved m USING (number)
  LEFT JOIN LATERAL (SELECT before FROM upload_claim WHERE number = t.number AND order_id = ${orderId} LIMIT 1) k ON true`;

const CLAIMED_FIRST = sql`
  SELECT json_agg(json_build_array(u.number, u.upload_state, u.upload_state,
    CASE WHEN ${WITHDRAWABLE} THEN 'WITHDRAWING' ELSE u.upload_state END, u.claims + 1, ${WITHDRAWABLE}) ORDER BY u.number)::text AS list
  FROM target u`;

interface ClaimParts {
  readonly conflict: Sql;
  readonly claims: Sql;
  readonly moving: Sql;
  readonly returning: Sql;
  readonly list: Sql;
}

/** On the first pass no upload has a claim of this order, and the result of each upload need not be read back. */
const FIRST: ClaimParts = {
  conflict: empty,
  claims: sql`1`,
  moving: sql`SELECT number FROM target`,
  returning: empty,
  list: CLAIMED_FIRST,
};

/** On a later pass, an upload that is at the platform again is withdrawn again, and its claim is not counted twice. */
const claimedBefore = (orderId: string, messageId: string): ClaimParts => ({
  conflict: sql`ON CONFLICT (number, order_id) DO NOTHING RETURNING number`,
  claims: sql`(SELECT count(*) FROM claimed c WHERE c.number = u.number)`,
  moving: sql`SELECT number FROM claimed UNION ALL SELECT u.number FROM target u WHERE ${WITHDRAWABLE}`,
  returning: sql`RETURNING u.number, u.upload_state, u.message_id, u.claims`,
  list: claimedAgainSql(orderId, messageId),
});

// Uploads that never reached the platform are also claimed, so that they stay away, and removed from the queue.
const claimSql = (order: OrderContext, { cursor, limit, messageId }: ChunkRange): Sql => {
  const { orderId } = order;
  const demanded = againSql(order, (which) => claimedSql(orderId, 'u', which), SCOPE, 'u');
  const { conflict, claims, moving, returning, list } = order.again ? claimedBefore(orderId, messageId) : FIRST;
  return sql`
  WITH target AS MATERIALIZED (
    SELECT u.number, u.institution, u.upload_state, u.claims, ${digestSql(factsOf(sql`u.upload_state`, 'u'))} AS facts FROM upload u
    WHERE u.number > ${cursor} AND ${scopeSql(order.scope, SCOPE, 'u')} ${demanded} ORDER BY u.number LIMIT ${limit}::int FOR UPDATE OF u
  ), claimed AS (
    INSERT INTO upload_claim (number, order_id, before, facts) SELECT number, ${orderId}, upload_state, facts FROM target ${conflict}
  ), moved AS (
    UPDATE upload u SET claims = u.claims + ${claims},
      upload_state = CASE WHEN ${WITHDRAWABLE} THEN 'WITHDRAWING' ELSE u.upload_state END,
      message_id = CASE WHEN ${WITHDRAWABLE} THEN ${messageId} ELSE u.message_id END
    WHERE u.number = ANY(ARRAY(${moving})) ${returning}
  ), unqueued AS (
    DELETE FROM waiting_upload w USING target t WHERE t.upload_state = 'WAITING' AND w.institution = t.institution AND w.number = t.number
  )
  ${list}`;
};

/** Claims the next uploads in the order's scope; a withdrawal begins for those at the platform. */
export const claimUploads = (tx: Tx, order: OrderContext, range: ChunkRange): Promise<ClaimedUpload[]> =>
  listed(rowsOf(tx, claimSql(order, range)));

/** The upload is in the part of the order that is lifted; true where the whole order is lifted. Over alias u. */
const inPart = ({ narrowed, scope }: Pick<OrderContext, 'narrowed' | 'scope'>): Sql => (narrowed ? scopeSql(scope, SCOPE, 'u') : sql`true`);

// After a refused withdrawal the record is still at the platform: without a claim the record only returns to UPLOADED, without a request.
// When a row is repeated, records that are withdrawn without any claim are restored again.
const liftSql = (order: OrderContext, { cursor, limit, messageId }: ChunkRange): Sql => {
  const { orderId, institution, now, again = false } = order;
  const moved = sql`u.number, u.institution, u.upload_state, u.claims, u.voided, u.message_id`;
  return sql`
  WITH target AS MATERIALIZED (
    SELECT u.number, u.upload_state, u.claims FROM upload u JOIN upload_claim k ON k.number = u.number AND k.order_id = ${orderId}
    WHERE u.institution = ${institution} AND u.number > ${cursor} AND k.number > ${cursor} AND ${inPart(order)}
    ORDER BY u.number LIMIT ${limit}::int FOR UPDATE OF u
  ), lifted AS (
    UPDATE upload_claim k SET lifted_at = ${now.toISOString()}::timestamptz
    WHERE k.number = ANY(ARRAY(SELECT number FROM target)) AND k.order_id = ${orderId} AND k.lifted_at IS NULL RETURNING k.number
  ), moved AS (
    UPDATE upload u SET claims = u.claims - 1,
      upload_state = CASE WHEN u.claims > 1 THEN u.upload_state WHEN u.upload_state = 'WITHDRAWN' THEN 'RESTORING'
                          WHEN u.upload_state = 'WITHDRAWAL_REJECTED' THEN 'UPLOADED' ELSE u.upload_state END,
      message_id = CASE WHEN u.claims = 1 AND u.upload_state = 'WITHDRAWN' THEN ${messageId} ELSE u.message_id END
    WHERE u.number = ANY(ARRAY(SELECT number FROM lifted)) RETURNING ${moved}
  ), restored AS (
    UPDATE upload u SET upload_state = 'RESTORING', message_id = ${messageId} WHERE ${again}::boolean
      AND u.number = ANY(ARRAY(SELECT number FROM target WHERE upload_state = 'WITHDRAWN' AND claims = 0))
      AND NOT u.number = ANY(ARRAY(SELECT number FROM lifted)) RETURNING ${moved}
  ), queued AS (
    INSERT INTO waiting_upload (institution, number)
    SELECT institution, number FROM moved WHERE upload_state = 'WAITING' AND claims = 0 AND NOT voided ON CONFLICT DO NOTHING
  )
  SELECT ${listSql(sql`k.before`, messageId)}
  FROM target t LEFT JOIN (SELECT * FROM moved UNION ALL SELECT * FROM restored) m USING (number)
  JOIN LATERAL (SELECT before FROM upload_claim WHERE number = t.number AND order_id = ${orderId} LIMIT 1) k ON true`;
};

/** Lifts the order's next claims; a restoration begins for uploads without any claim. */
export const liftClaims = (tx: Tx, order: OrderContext, range: ChunkRange): Promise<ClaimedUpload[]> =>
  listed(rowsOf(tx, liftSql(order, range)));

/** Stores what the order's messages cite. */
export const rememberOrder = async (tx: Tx, order: OrderContext): Promise<void> => {
  await execute(
    tx,
    sql`INSERT INTO withdrawal_order (order_id, institution, document_no, "row")
     VALUES (${order.orderId}, ${order.institution}, ${order.documentNo}, ${order.row}) ON CONFLICT (order_id) DO NOTHING`,
  );
};

const UNSETTLED = {
  // Claimed, and still at the platform, or possibly there.
  apply: sql`k.lifted_at IS NULL AND u.upload_state IN ('SENDING', 'UPLOADED', 'WITHDRAWING', 'WITHDRAWAL_REJECTED', 'RESTORING')`,
  // The upload was at the platform before the order, no order claims it any more, and the platform has not taken it back yet.
  undo: sql`(k.lifted_at IS NULL OR (u.claims = 0 AND k.before NOT IN (${join([...NEVER_STOOD, 'SENDING'])})
          AND u.upload_state IN ('WITHDRAWING', 'WITHDRAWN', 'RESTORING', 'REJECTED')))`,
} as const;

type Asked = Pick<OrderContext, 'orderId' | 'scope' | 'undo' | 'narrowed'>;

const unsettledSql = (order: Asked): Sql => {
  const { institution } = order.scope;
  return sql`FROM upload_claim k JOIN upload u USING (number)
   WHERE k.order_id = ${order.orderId} AND k.number >= ${institution} AND k.number < ${`${institution}~`} AND u.institution = ${institution}
     AND ${inPart(order)} AND ${order.undo ? UNSETTLED.undo : UNSETTLED.apply}`;
};

/** True while a message of the order is in flight; queried first, because the query is cheap. */
const underWay = async (tx: Tx, orderId: string, undo: boolean): Promise<boolean> => {
  const rows = await rowsOf<unknown>(
    tx,
    sql`SELECT 1 AS found FROM message WHERE order_id = ${orderId} AND undo = ${undo} AND kind IN ('upload', 'withdraw') AND state = 'PENDING'
     LIMIT 1`,
  );
  return rows.length > 0;
};

/** True when the platform has acknowledged all that the order (or its lifting) requested. */
export const isSettled = async (tx: Tx, order: Asked): Promise<boolean> => {
  if (await underWay(tx, order.orderId, order.undo)) return false;
  const rows = await rowsOf(tx, sql`SELECT 1 AS found ${unsettledSql(order)} LIMIT 1`);
  return rows.length === 0;
};

/** Uploads that a lifting has not restored yet. */
export const unrestored = async (tx: Tx, order: Asked): Promise<{ count: bigint; sample: string[] }> => {
  const unsettled = unsettledSql(order);
  const [row] = await rowsOf<{ count: string }>(tx, sql`SELECT count(*)::text AS count ${unsettled}`);
  const sample = await rowsOf<{ number: string }>(tx, sql`SELECT number ${unsettled} ORDER BY number LIMIT 10`);
  return { count: BigInt(row?.count ?? 0), sample: sample.map(({ number }) => number) };
};

const FACTS = factsOf(sql`c.before`, 't');
const KEPT = sql`c.facts`;

const alteredSql = (orderId: string, untouched: Sql): Sql => sql`
  SELECT c.number || '：' || CASE WHEN t.number IS NULL THEN 'upload 的记录已被删除' ELSE ${changedNamesSql(FACTS, KEPT)} END
      || ' 与执行时不符' AS what, count(*) OVER ()::text AS total
  FROM upload_claim c LEFT JOIN upload t USING (number)
  WHERE c.order_id = ${orderId} AND c.lifted_at IS NULL AND (t.number IS NULL OR (NOT ${untouched} AND ${changedSql(FACTS, KEPT)}))
  ORDER BY c.number LIMIT 10`;

/** The claims at the time they were placed, and the uploads that they cover. */
export const claimEvidence: EvidenceSpec<Tx> = {
  lines: (orderId, undo) =>
    undo
      ? undefined
      : sql`SELECT number AS id, concat_ws(E'\\t', before, coalesce(encode(facts, 'hex'), '')) AS line
         FROM upload_claim WHERE order_id = ${orderId}`,
  written: (orderId) => sql`upload_claim c LEFT JOIN upload t USING (number) WHERE c.order_id = ${orderId}`,
  altered: async (tx, { orderId }, untouched) => {
    const found = await rowsOf<{ what: string; total: string }>(tx, alteredSql(orderId, untouched));
    return { count: BigInt(found[0]?.total ?? 0), sample: found.map(({ what }) => what) };
  },
  // `isKept` is not derived from claims: while versions run side by side, a new instance may place the claims, and an older one may consume
  // the last answer and seal nothing.
};
