// Parked messages counted by topic, state and reason, and many quarantined ones discarded in one act. The proposal fixes the set by its
// highest id, count and digest; the confirmation discards just that set, or nothing.
import type {
  ConfirmGroupDiscardResponse,
  DiscardFilter,
  DiscardGroup,
  ListParkedGroupsResponse,
} from '@hengji/contracts/messaging/v1/parking_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { Refusal } from '@hengji/domain-kit';
import { LONG_TRANSACTION, storable, type SqlDb, type SqlTx } from '../sql';
import { checkSecond, operatorOf, proposalChanged, proposalWith, reasonOf } from './proposal';

/** In one act, which is one statement; whoever has more proposes again. */
export const MOST_AT_ONCE = 10_000;
/** Whoever looks at the groups waits a quarter of a second for so many. */
const MOST_GROUPED = 100_000;
const MOST_GROUPS = 200;
const MOST_PROPOSALS = 50;

const GROUPS = `
  WITH oldest AS (
    SELECT topic, state, reason, parked_at FROM messaging.parked ORDER BY id LIMIT $1::integer
  ), held AS (
    SELECT topic, state, reason, count(*) AS messages, min(parked_at) AS first, max(parked_at) AS last FROM oldest GROUP BY topic, state, reason
  ), counted AS (
    SELECT topic, 'quarantined' AS state, reason, sum(records) AS records FROM messaging.not_kept GROUP BY topic, reason
  )
  SELECT topic, state, reason, coalesce(messages, 0)::text AS messages, first, last, coalesce(records, 0)::text AS not_kept
  FROM held FULL JOIN counted USING (topic, state, reason)
  ORDER BY coalesce(messages, 0) + coalesce(records, 0) DESC, topic, state, reason LIMIT $2::integer`;

interface CountRow {
  readonly topic: string;
  readonly state: string;
  readonly reason: string;
  readonly messages: string;
  readonly first: Date | null;
  readonly last: Date | null;
  readonly not_kept: string;
}

interface GroupRow {
  readonly id: string;
  readonly topic: string;
  readonly parked_reason: string;
  readonly parked_from: Date | null;
  readonly parked_until: Date | null;
  readonly last_id: string;
  readonly messages: number;
  readonly digest: string;
  readonly reason: string;
  readonly proposed_by: string;
  readonly proposed_name: string;
  readonly proposed_at: Date;
}

const GROUP = `id::text, topic, parked_reason, parked_from, parked_until, last_id::text, messages, digest, reason, proposed_by, proposed_name, proposed_at`;

const groupOf = (row: GroupRow): DiscardGroup => ({
  groupId: row.id,
  filter: {
    ...{ topic: row.topic, reason: row.parked_reason },
    ...{ parkedFrom: row.parked_from ?? undefined, parkedUntil: row.parked_until ?? undefined },
  },
  messages: BigInt(row.messages),
  lastParkedId: row.last_id,
  digest: row.digest,
  proposal: proposalWith({ reason: row.reason, officerId: row.proposed_by, name: row.proposed_name, proposedAt: row.proposed_at }),
});

/** Open and still whole: once one of the set has been replayed or discarded alone, nobody can confirm it any more. */
const CONFIRMABLE = `
  SELECT ${GROUP} FROM messaging.discard_group WHERE outcome IS NULL AND messages = (
    SELECT count(*) FROM (
      SELECT 1 FROM messaging.parked AS p
      WHERE p.state = 'quarantined' AND p.topic = discard_group.topic AND p.id <= discard_group.last_id
        AND (discard_group.parked_reason = '' OR p.reason = discard_group.parked_reason)
        AND (discard_group.parked_from IS NULL OR p.parked_at >= discard_group.parked_from)
        AND (discard_group.parked_until IS NULL OR p.parked_at < discard_group.parked_until)
      LIMIT ${MOST_AT_ONCE}
    ) AS left_of_set
  ) ORDER BY discard_group.id DESC LIMIT $1::integer`;

export const listGroups = async (db: SqlTx): Promise<ListParkedGroupsResponse> => {
  const counts = await db.$queryRawUnsafe<CountRow[]>(GROUPS, MOST_GROUPED, MOST_GROUPS);
  const open = await db.$queryRawUnsafe<GroupRow[]>(CONFIRMABLE, MOST_PROPOSALS);
  const groups = counts.map(({ topic, state, reason, messages, first, last, not_kept }) => ({
    ...{ topic, state, reason, messages: BigInt(messages), notKept: BigInt(not_kept) },
    ...{ firstParkedAt: first ?? undefined, lastParkedAt: last ?? undefined },
  }));
  return { groups, proposals: open.map(groupOf) };
};

/** Of the set's ids and positions; the bytes of a parked message never change. */
const DIGEST = `encode(sha256(convert_to(coalesce(string_agg(concat_ws(':', id, topic, partition, "offset"), ',' ORDER BY id), ''), 'UTF8')), 'hex')`;

const SET = `
  SELECT * FROM messaging.parked
  WHERE state = 'quarantined' AND topic = $1 AND ($2 = '' OR reason = $2)
    AND ($3::timestamptz IS NULL OR parked_at >= $3::timestamptz) AND ($4::timestamptz IS NULL OR parked_at < $4::timestamptz)`;

type FilterParams = readonly [topic: string, reason: string, from: string | null, until: string | null];

const paramsOf = ({ topic, reason, parkedFrom, parkedUntil }: DiscardFilter): FilterParams => [
  storable(topic),
  storable(reason),
  parkedFrom?.toISOString() ?? null,
  parkedUntil?.toISOString() ?? null,
];

const emptyGroup = (): Refusal => new Refusal('notFound', 'discard.empty_group', '没有符合条件的被隔离消息', { field: 'filter' });

interface Proposing {
  readonly reason: string;
  readonly actor: Actor | undefined;
  readonly now: Date;
  /** Writes who did it. */
  readonly kept: (tx: SqlTx, group: DiscardGroup) => Promise<void>;
}

/** Fixes the set and notes who wants to discard it and why; an earlier proposal of the same filter is replaced. */
export const proposeGroup = async <Tx extends SqlTx>(
  db: SqlDb<Tx>,
  filter: DiscardFilter,
  { reason, actor, now, kept }: Proposing,
): Promise<DiscardGroup> => {
  const { officerId, name } = operatorOf(actor);
  const text = reasonOf(reason);
  const params = paramsOf(filter);
  return db.$transaction(async (tx) => {
    const [set] = await tx.$queryRawUnsafe<{ messages: number; last: string | null; digest: string }[]>(
      `WITH found AS (${SET} ORDER BY id LIMIT $5::integer)
       SELECT count(*)::integer AS messages, max(id)::text AS last, ${DIGEST} AS digest FROM found`,
      ...params,
      MOST_AT_ONCE,
    );
    if (!set || set.last === null) throw emptyGroup();
    await tx.$executeRawUnsafe(
      `UPDATE messaging.discard_group SET outcome = 'replaced', closed_at = now()
       WHERE outcome IS NULL AND topic = $1 AND parked_reason = $2
         AND parked_from IS NOT DISTINCT FROM $3::timestamptz AND parked_until IS NOT DISTINCT FROM $4::timestamptz`,
      ...params,
    );
    const [row] = await tx.$queryRawUnsafe<GroupRow[]>(
      `INSERT INTO messaging.discard_group
         (topic, parked_reason, parked_from, parked_until, last_id, messages, digest, reason, proposed_by, proposed_name, proposed_at)
       VALUES ($1, $2, $3::timestamptz, $4::timestamptz, $5::bigint, $6::integer, $7, $8, $9, $10, $11::timestamptz) RETURNING ${GROUP}`,
      ...params,
      ...[set.last, set.messages, set.digest, text, officerId, storable(name), now.toISOString()],
    );
    if (!row) throw emptyGroup();
    const group = groupOf(row);
    await kept(tx, group);
    return group;
  }, LONG_TRANSACTION);
};

// One statement sees one moment: what it discards is what its digest is of.
const MOVE = `
  WITH found AS (${SET} AND id <= $5::bigint ORDER BY id LIMIT ${MOST_AT_ONCE} FOR UPDATE), kept AS (
    INSERT INTO messaging.discarded (parked_id, topic, key, partition, "offset", event_id, type, source, traceparent, state, parked_reason,
      tries, value, key_bytes, headers, parked_at, reason, proposed_by, proposed_name, proposed_at, confirmed_by, confirmed_name, confirmed_at)
    SELECT f.id, f.topic, f.key, f.partition, f."offset", f.event_id, f.type, f.source, f.traceparent, f.state, f.reason,
      f.tries, f.value, f.key_bytes, f.headers, f.parked_at, g.reason, g.proposed_by, g.proposed_name, g.proposed_at, $7, $8, $9::timestamptz
    FROM found AS f, messaging.discard_group AS g WHERE g.id = $6::bigint
  ), gone AS (
    DELETE FROM messaging.parked AS p USING found AS f WHERE p.id = f.id
  )
  SELECT count(*)::integer AS messages, ${DIGEST} AS digest FROM found`;

/** Moves the set to the discarded, if it is still the one that was proposed and seen; else refuses `parked.proposal_changed`. */
export const confirmGroup = async <Tx extends SqlTx>(
  db: SqlDb<Tx>,
  groupId: string,
  { actor, digest, now, kept }: { actor: Actor | undefined; digest: string; now: Date; kept: (tx: SqlTx) => Promise<void> },
): Promise<ConfirmGroupDiscardResponse> => {
  const { officerId, name } = operatorOf(actor);
  return db.$transaction(async (tx) => {
    const rows = /^\d{1,18}$/.test(groupId)
      ? await tx.$queryRawUnsafe<GroupRow[]>(
          `SELECT ${GROUP} FROM messaging.discard_group WHERE discard_group.id = $1::bigint AND outcome IS NULL FOR UPDATE`,
          groupId,
        )
      : [];
    const [row] = rows;
    if (!row) throw new Refusal('notFound', 'discard.not_proposed', '没有这项作废提议,或已被办理', { field: 'group_id' });
    checkSecond(row.proposed_by, officerId);
    if (digest !== row.digest) throw proposalChanged('digest');
    const by = [officerId, storable(name)] as const;
    const filter = groupOf(row).filter as DiscardFilter;
    const [moved] = await tx.$queryRawUnsafe<{ messages: number; digest: string }[]>(
      MOVE,
      ...paramsOf(filter),
      ...[row.last_id, groupId, ...by, now.toISOString()],
    );
    if (moved?.messages !== row.messages || moved.digest !== row.digest) throw proposalChanged('group_id');
    await tx.$executeRawUnsafe(
      `UPDATE messaging.discard_group SET outcome = 'confirmed', confirmed_by = $2, confirmed_name = $3, closed_at = $4::timestamptz WHERE id = $1::bigint`,
      groupId,
      ...by,
      now.toISOString(),
    );
    await kept(tx);
    return { discarded: BigInt(moved.messages) };
  }, LONG_TRANSACTION);
};
