// Claims: which order demanded the withdrawal of which upload. An upload goes back up when nobody claims it any more, so
// two orders may meet on it and be lifted in any order. Both statements work a chunk in order of number, lock the
// uploads first, and are harmless the second time. Rows of the chunk are looked up one by one (ANY, LATERAL): a join
// would tempt the planner to walk the whole index for each chunk.
import {
  againSql,
  changedNamesSql,
  changedSql,
  columnFacts,
  digestSql,
  scopeSql,
  type EvidenceSpec,
  type Fact,
  type OrderContext,
} from '@hengji/participation';
import { NEVER_STOOD, statesAllowing, type UploadState } from '../../domain/upload';
import type { Tx } from './database';
import { SCOPE } from './scope-columns';

export interface ChunkRange {
  readonly cursor: string;
  readonly limit: number;
  /** The message that the chunk's moved uploads will wait for. */
  readonly messageId: string;
}

export interface ClaimedUpload {
  readonly number: string;
  /** When the order first claimed it. */
  readonly before: UploadState;
  /** When this chunk found it, and now. */
  readonly was: UploadState;
  readonly state: UploadState;
  /** Orders that demand its withdrawal now. */
  readonly claims: number;
  /** It now waits for the chunk's message. */
  readonly moved: boolean;
}

/** What of an upload its withdrawal rests on, with the state that the order met; kept with the claim. For ever, in this order. */
const factsOf = (before: string, upload: string): Fact[] => [
  { name: 'upload_claim.before', sql: before },
  ...columnFacts('upload', ['number', 'institution', 'plan_id', 'session_id', 'occupation', 'level', 'person', 'exam_date'], upload),
];

const list = (states: readonly UploadState[]): string => states.map((state) => `'${state}'`).join(', ');

/** SQL over the alias: the order has a claim on the upload, standing, or lifted too. */
export const claimedSql = (orderId: string, alias: string, which: 'any' | 'standing'): string =>
  `EXISTS (SELECT 1 FROM upload_claim c WHERE c.number = ${alias}.number AND c.order_id = '${orderId.replaceAll("'", "''")}'${
    which === 'standing' ? ' AND c.lifted_at IS NULL' : ''
  })`;

/** A chunk as one JSON text in order of number: a thousand rows would cost more to read than to write. */
const AS_LIST = (before: string): string => `json_agg(json_build_array(t.number, ${before}, t.upload_state,
    coalesce(m.upload_state, t.upload_state), coalesce(m.claims, t.claims), coalesce(m.message_id = $4, false)) ORDER BY t.number)::text AS list`;

type Listed = [number: string, before: UploadState, was: UploadState, state: UploadState, claims: number, moved: boolean];

const listed = async (answer: Promise<{ list: string | null }[]>): Promise<ClaimedUpload[]> => {
  const rows = JSON.parse((await answer)[0]?.list ?? '[]') as Listed[];
  return rows.map(([number, before, was, state, claims, moved]) => ({ number, before, was, state, claims, moved }));
};

const WITHDRAWABLE = `u.upload_state IN (${list(statesAllowing('withdraw'))})`;

const CLAIMED_AGAIN = `SELECT ${AS_LIST('coalesce(k.before, t.upload_state)')}
  FROM target t LEFT JOIN moved m USING (number)
  LEFT JOIN LATERAL (SELECT before FROM upload_claim WHERE number = t.number AND order_id = $3 LIMIT 1) k ON true`;

const CLAIMED_FIRST = `SELECT json_agg(json_build_array(u.number, u.upload_state, u.upload_state,
    CASE WHEN ${WITHDRAWABLE} THEN 'WITHDRAWING' ELSE u.upload_state END, u.claims + 1, ${WITHDRAWABLE}) ORDER BY u.number)::text AS list
  FROM target u`;

// What never reached the platform is claimed as well, so that it stays away, and taken out of the queue.
// Claimed before (`again`), an upload that stands nevertheless is withdrawn anew, and its claim counts no second time. Worked for the
// first time no upload has a claim of the order, and what becomes of each needs not be read back.
const CLAIM = (scope: string, again: boolean): string => `
  WITH target AS MATERIALIZED (
    SELECT u.number, u.institution, u.upload_state, u.claims, ${digestSql(factsOf('u.upload_state', 'u'))} AS facts FROM upload u
    WHERE u.number > $1 AND ${scope} ORDER BY u.number LIMIT $2::int FOR UPDATE OF u
  ), claimed AS (
    INSERT INTO upload_claim (number, order_id, before, facts) SELECT number, $3, upload_state, facts FROM target
    ${again ? 'ON CONFLICT (number, order_id) DO NOTHING RETURNING number' : ''}
  ), moved AS (
    UPDATE upload u SET claims = u.claims + ${again ? '(SELECT count(*) FROM claimed c WHERE c.number = u.number)' : '1'},
      upload_state = CASE WHEN ${WITHDRAWABLE} THEN 'WITHDRAWING' ELSE u.upload_state END,
      message_id = CASE WHEN ${WITHDRAWABLE} THEN $4 ELSE u.message_id END
    WHERE u.number = ANY(ARRAY(${
      again ? `SELECT number FROM claimed UNION ALL SELECT u.number FROM target u WHERE ${WITHDRAWABLE}` : 'SELECT number FROM target'
    })) ${again ? 'RETURNING u.number, u.upload_state, u.message_id, u.claims' : ''}
  ), unqueued AS (
    DELETE FROM waiting_upload w USING target t WHERE t.upload_state = 'WAITING' AND w.institution = t.institution AND w.number = t.number
  )
  ${again ? CLAIMED_AGAIN : CLAIMED_FIRST}`;

/** Claims the next uploads of the order's scope; those that stand begin to be withdrawn. */
export const claimUploads = (tx: Tx, order: OrderContext, { cursor, limit, messageId }: ChunkRange): Promise<ClaimedUpload[]> => {
  const scope = scopeSql(order.scope, SCOPE, 'u', 5);
  const at = { alias: 'u', firstParam: 5 + scope.params.length };
  const again = againSql(order, (which) => claimedSql(order.orderId, 'u', which), SCOPE, at);
  const sql = CLAIM(`${scope.sql} ${again.sql}`, order.again ?? false);
  return listed(tx.$queryRawUnsafe(sql, cursor, limit, order.orderId, messageId, ...scope.params, ...again.params));
};

// A withdrawal that was refused left the record standing: without a claim it is simply uploaded again, unasked.
/** `inside`: SQL over alias u, the uploads of a part of the order. `again`: what is withdrawn although nobody claims it any more is restored anew. */
const liftSql = (inside: string | undefined, again: boolean): string => `
  WITH target AS MATERIALIZED (
    SELECT u.number, u.upload_state, u.claims FROM upload u JOIN upload_claim k ON k.number = u.number AND k.order_id = $3
    WHERE u.institution = $5 AND u.number > $1 AND k.number > $1 ${inside ? `AND ${inside}` : ''} ORDER BY u.number LIMIT $2::int FOR UPDATE OF u
  ), lifted AS (
    UPDATE upload_claim k SET lifted_at = $6::timestamptz
    WHERE k.number = ANY(ARRAY(SELECT number FROM target)) AND k.order_id = $3 AND k.lifted_at IS NULL RETURNING k.number
  ), moved AS (
    UPDATE upload u SET claims = u.claims - 1,
      upload_state = CASE WHEN u.claims > 1 THEN u.upload_state WHEN u.upload_state = 'WITHDRAWN' THEN 'RESTORING'
                          WHEN u.upload_state = 'WITHDRAWAL_REJECTED' THEN 'UPLOADED' ELSE u.upload_state END,
      message_id = CASE WHEN u.claims = 1 AND u.upload_state = 'WITHDRAWN' THEN $4 ELSE u.message_id END
    WHERE u.number = ANY(ARRAY(SELECT number FROM lifted)) RETURNING u.number, u.institution, u.upload_state, u.claims, u.voided, u.message_id
  ), restored AS (
    UPDATE upload u SET upload_state = 'RESTORING', message_id = $4 WHERE ${again}
      AND u.number = ANY(ARRAY(SELECT number FROM target WHERE upload_state = 'WITHDRAWN' AND claims = 0))
      AND NOT u.number = ANY(ARRAY(SELECT number FROM lifted)) RETURNING u.number, u.institution, u.upload_state, u.claims, u.voided, u.message_id
  ), queued AS (
    INSERT INTO waiting_upload (institution, number)
    SELECT institution, number FROM moved WHERE upload_state = 'WAITING' AND claims = 0 AND NOT voided ON CONFLICT DO NOTHING
  )
  SELECT ${AS_LIST('k.before')}
  FROM target t LEFT JOIN (SELECT * FROM moved UNION ALL SELECT * FROM restored) m USING (number)
  JOIN LATERAL (SELECT before FROM upload_claim WHERE number = t.number AND order_id = $3 LIMIT 1) k ON true`;

/** Lifts the order's next claims; uploads that nobody claims any more begin to be restored. */
export const liftClaims = (tx: Tx, order: OrderContext, { cursor, limit, messageId }: ChunkRange): Promise<ClaimedUpload[]> => {
  const inside = order.narrowed ? scopeSql(order.scope, SCOPE, 'u', 7) : undefined;
  const { orderId, institution, now } = order;
  const params = [cursor, limit, orderId, messageId, institution, now.toISOString(), ...(inside?.params ?? [])];
  return listed(tx.$queryRawUnsafe(liftSql(inside?.sql, order.again ?? false), ...params));
};

/** What the order's messages cite. */
export const rememberOrder = async (tx: Tx, order: OrderContext): Promise<void> => {
  await tx.$executeRawUnsafe(
    `INSERT INTO withdrawal_order (order_id, institution, document_no, "row") VALUES ($1, $2, $3, $4) ON CONFLICT (order_id) DO NOTHING`,
    order.orderId,
    order.institution,
    order.documentNo,
    order.row,
  );
};

const UNSETTLED = {
  // Claimed, and at the platform still, or perhaps.
  apply: `k.lifted_at IS NULL AND u.upload_state IN ('SENDING', 'UPLOADED', 'WITHDRAWING', 'WITHDRAWAL_REJECTED', 'RESTORING')`,
  // It stood before the order, no order claims it any more, and the platform has not taken it back yet.
  undo: `(k.lifted_at IS NULL OR (u.claims = 0 AND k.before NOT IN (${list([...NEVER_STOOD, 'SENDING'])})
          AND u.upload_state IN ('WITHDRAWING', 'WITHDRAWN', 'RESTORING', 'REJECTED')))`,
} as const;

type Asked = Pick<OrderContext, 'orderId' | 'scope' | 'undo' | 'narrowed'>;

const unsettled = ({ orderId, scope, undo, narrowed }: Asked): { sql: string; params: unknown[] } => {
  const inside = narrowed ? scopeSql(scope, SCOPE, 'u', 3) : undefined;
  const sql = `FROM upload_claim k JOIN upload u USING (number)
   WHERE k.order_id = $1 AND k.number >= $2 AND k.number < $2 || '~' AND u.institution = $2 ${inside ? `AND ${inside.sql}` : ''}
     AND ${undo ? UNSETTLED.undo : UNSETTLED.apply}`;
  return { sql, params: [orderId, scope.institution, ...(inside?.params ?? [])] };
};

/** True while a message of the order is under way (asked first: it is cheap). */
const underWay = async (tx: Tx, orderId: string, undo: boolean): Promise<boolean> => {
  const rows = await tx.$queryRawUnsafe<unknown[]>(
    `SELECT 1 AS found FROM message WHERE order_id = $1 AND undo = $2 AND kind IN ('upload', 'withdraw') AND state = 'PENDING' LIMIT 1`,
    orderId,
    undo,
  );
  return rows.length > 0;
};

/** True when the platform has acknowledged all that the order (or its lifting) asked of it. */
export const isSettled = async (tx: Tx, order: Asked): Promise<boolean> => {
  if (await underWay(tx, order.orderId, order.undo)) return false;
  const { sql, params } = unsettled(order);
  const rows = await tx.$queryRawUnsafe<unknown[]>(`SELECT 1 AS found ${sql} LIMIT 1`, ...params);
  return rows.length === 0;
};

/** Uploads that a lifting has not brought back. */
export const unrestored = async (tx: Tx, order: Asked): Promise<{ count: bigint; sample: string[] }> => {
  const { sql, params } = unsettled(order);
  const [row] = await tx.$queryRawUnsafe<{ count: string }[]>(`SELECT count(*)::text AS count ${sql}`, ...params);
  const sample = await tx.$queryRawUnsafe<{ number: string }[]>(`SELECT number ${sql} ORDER BY number LIMIT 10`, ...params);
  return { count: BigInt(row?.count ?? 0), sample: sample.map(({ number }) => number) };
};

const KEPT = factsOf('c.before', 't');

const alteredSql = (untouched: string): string => `
  SELECT c.number || '：' || CASE WHEN t.number IS NULL THEN 'upload 的记录已被删除' ELSE ${changedNamesSql(KEPT, 'c.facts')} END
      || ' 与执行时不符' AS what, count(*) OVER ()::text AS total
  FROM upload_claim c LEFT JOIN upload t USING (number)
  WHERE c.order_id = $1 AND c.lifted_at IS NULL AND (t.number IS NULL OR (NOT ${untouched} AND ${changedSql(KEPT, 'c.facts')}))
  ORDER BY c.number LIMIT 10`;

/** The claims as they were placed, and the uploads under them. */
export const claimEvidence: EvidenceSpec<Tx> = {
  lines: (undo) =>
    undo
      ? undefined
      : `SELECT number AS id, concat_ws(E'\\t', before, coalesce(encode(facts, 'hex'), '')) AS line FROM upload_claim WHERE order_id = $1`,
  written: `upload_claim c LEFT JOIN upload t USING (number) WHERE c.order_id = $1`,
  altered: async (tx, { orderId }, untouched) => {
    const found = await tx.$queryRawUnsafe<{ what: string; total: string }[]>(alteredSql(untouched), orderId);
    return { count: BigInt(found[0]?.total ?? 0), sample: found.map(({ what }) => what) };
  },
  // Not told from claims: while versions run side by side one may place them, and one from before hear the last answer and seal nothing.
};
