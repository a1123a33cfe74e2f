// Counts parked messages by topic, state and reason, and discards many quarantined ones in one act. The proposal fixes the set by its
// highest id, count and digest; the confirmation discards exactly that set, or nothing.
import type {
  ConfirmGroupDiscardResponse,
  DiscardFilter,
  DiscardGroup,
  ListParkedGroupsResponse,
} from '@hengji/contracts/messaging/v1/parking_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { Refusal } from '@hengji/domain-kit';
import sql, { type Sql } from 'sql-template-tag';
import { execute, LONG_TRANSACTION, rowsOf, storable, type SqlDb, type SqlTx } from '../sql';
import { checkSecond, operatorOf, proposalChanged, proposalWith, reasonOf } from './proposal';

/** The limit of one act, which is one statement; for more messages another proposal is needed. */
export const MOST_AT_ONCE = 10_000;
/** Grouping this many messages takes a quarter of a second. */
const MOST_GROUPED = 100_000;
const MOST_GROUPS = 200;
const MOST_PROPOSALS = 50;

const GROUPS = sql`
  WITH oldest AS (
    SELECT topic, state, reason, parked_at FROM messaging.parked ORDER BY id LIMIT ${MOST_GROUPED}::integer
  ), held AS (
    SELECT topic, state, reason, count(*) AS messages, min(parked_at) AS first, max(parked_at) AS last FROM oldest GROUP BY topic, state, reason
  ), counted AS (
    SELECT topic, 'quarantined' AS state, reason, sum(records) AS records FROM messaging.not_kept GROUP BY topic, reason
  )
  SELECT topic, state, reason, coalesce(messages, 0)::text AS messages, first, last, coalesce(records, 0)::text AS not_kept
  FROM held FULL JOIN counted USING (topic, state, reason)
  ORDER BY coalesce(messages, 0) + coalesce(records, 0) DESC, topic, state, reason LIMIT ${MOST_GROUPS}::integer`;

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

const GROUP = sql`id::text, topic, parked_reason, parked_from, parked_until, last_id::text, messages, digest, reason, proposed_by, proposed_name, proposed_at`;

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

/** Open and complete: once a message of the set was replayed or discarded alone, the proposal cannot be confirmed any more. */
const CONFIRMABLE = sql`
  SELECT ${GROUP} FROM messaging.discard_group WHERE outcome IS NULL AND messages = (
    SELECT count(*) FROM (
      SELECT 1 FROM messaging.parked AS p
      WHERE p.state = 'quarantined' AND p.topic = discard_group.topic AND p.id <= discard_group.last_id
        AND (discard_group.parked_reason = '' OR p.reason = discard_group.parked_reason)
        AND (discard_group.parked_from IS NULL OR p.parked_at >= discard_group.parked_from)
        AND (discard_group.parked_until IS NULL OR p.parked_at < discard_group.parked_until)
      LIMIT ${MOST_AT_ONCE}
    ) AS left_of_set
  ) ORDER BY discard_group.id DESC LIMIT ${MOST_PROPOSALS}::integer`;

export const listGroups = async (db: SqlTx): Promise<ListParkedGroupsResponse> => {
  const counts = await rowsOf<CountRow>(db, GROUPS);
  const open = await rowsOf<GroupRow>(db, CONFIRMABLE);
  const groups = counts.map(({ topic, state, reason, messages, first, last, not_kept }) => ({
    ...{ topic, state, reason, messages: BigInt(messages), notKept: BigInt(not_kept) },
    ...{ firstParkedAt: first ?? undefined, lastParkedAt: last ?? undefined },
  }));
  return { groups, proposals: open.map(groupOf) };
};

/** Digest of the set's ids and positions; the bytes of a parked message never change. */
const DIGEST = sql`encode(sha256(convert_to(coalesce(string_agg(concat_ws(':', id, topic, partition, "offset"), ',' ORDER BY id), ''), 'UTF8')), 'hex')`;

/** The filter as columns of a group. */
interface StoredFilter {
  readonly topic: string;
  readonly reason: string;
  readonly from: string | null;
  readonly until: string | null;
}

const storedFilter = ({ topic, reason, parkedFrom, parkedUntil }: DiscardFilter): StoredFilter => ({
  topic: storable(topic),
  reason: storable(reason),
  from: parkedFrom?.toISOString() ?? null,
  until: parkedUntil?.toISOString() ?? null,
});

const setSql = ({ topic, reason, from, until }: StoredFilter): Sql => sql`
  SELECT * FROM messaging.parked
  WHERE state = 'quarantined' AND topic = ${topic} AND (${reason} = '' OR reason = ${reason})
    AND (${from}::timestamptz IS NULL OR parked_at >= ${from}::timestamptz)
    AND (${until}::timestamptz IS NULL OR parked_at < ${until}::timestamptz)`;

const emptyGroup = (): Refusal => new Refusal('notFound', 'discard.empty_group', '没有符合条件的被隔离消息', { field: 'filter' });

interface Proposing {
  readonly reason: string;
  readonly actor: Actor | undefined;
  readonly now: Date;
  /** Records who did it. */
  readonly kept: (tx: SqlTx, group: DiscardGroup) => Promise<void>;
}

/** Fixes the set and records who wants to discard it and why; replaces an earlier proposal of the same filter. */
export const proposeGroup = async <Tx extends SqlTx>(
  db: SqlDb<Tx>,
  filter: DiscardFilter,
  { reason, actor, now, kept }: Proposing,
): Promise<DiscardGroup> => {
  const { officerId, name } = operatorOf(actor);
  const text = reasonOf(reason);
  const { topic, reason: parkedReason, from, until } = storedFilter(filter);
  return db.$transaction(async (tx) => {
    const [set] = await rowsOf<{ messages: number; last: string | null; digest: string }>(
      tx,
      sql`WITH found AS (${setSql(storedFilter(filter))} ORDER BY id LIMIT ${MOST_AT_ONCE}::integer)
       SELECT count(*)::integer AS messages, max(id)::text AS last, ${DIGEST} AS digest FROM found`,
    );
    if (!set || set.last === null) throw emptyGroup();
    await execute(
      tx,
      sql`UPDATE messaging.discard_group SET outcome = 'replaced', closed_at = now()
       WHERE outcome IS NULL AND topic = ${topic} AND parked_reason = ${parkedReason}
         AND parked_from IS NOT DISTINCT FROM ${from}::timestamptz AND parked_until IS NOT DISTINCT FROM ${until}::timestamptz`,
    );
    const [row] = await rowsOf<GroupRow>(
      tx,
      sql`INSERT INTO messaging.discard_group
         (topic, parked_reason, parked_from, parked_until, last_id, messages, digest, reason, proposed_by, proposed_name, proposed_at)
       VALUES (${topic}, ${parkedReason}, ${from}::timestamptz, ${until}::timestamptz, ${set.last}::bigint, ${set.messages}::integer,
         ${set.digest}, ${text}, ${officerId}, ${storable(name)}, ${now.toISOString()}::timestamptz) RETURNING ${GROUP}`,
    );
    if (!row) throw emptyGroup();
    const group = groupOf(row);
    await kept(tx, group);
    return group;
  }, LONG_TRANSACTION);
};

// One statement uses one snapshot: it discards exactly the set of its digest.
const moveSql = (filter: StoredFilter, { id, last_id }: GroupRow, confirmed: Sql): Sql => sql`
  WITH found AS (${setSql(filter)} AND id <= ${last_id}::bigint ORDER BY id LIMIT ${MOST_AT_ONCE} FOR UPDATE), kept AS (
    INSERT INTO messaging.discarded (parked_id, topic, key, partition, "offset", event_id, type, source, traceparent, state, parked_reason,
      tries, value, key_bytes, headers, parked_at, reason, proposed_by, proposed_name, proposed_at, confirmed_by, confirmed_name, confirmed_at)
    SELECT f.id, f.topic, f.key, f.partition, f."offset", f.event_id, f.type, f.source, f.traceparent, f.state, f.reason,
      f.tries, f.value, f.key_bytes, f.headers, f.parked_at, g.reason, g.proposed_by, g.proposed_name, g.proposed_at, ${confirmed}
    FROM found AS f, messaging.discard_group AS g WHERE g.id = ${id}::bigint
  ), gone AS (
    DELETE FROM messaging.parked AS p USING found AS f WHERE p.id = f.id
  )
  SELECT count(*)::integer AS messages, ${DIGEST} AS digest FROM found`;

/** Moves the set to the discarded, if it is still the set that was proposed and shown; else refuses `parked.proposal_changed`. */
export const confirmGroup = async <Tx extends SqlTx>(
  db: SqlDb<Tx>,
  groupId: string,
  { actor, digest, now, kept }: { actor: Actor | undefined; digest: string; now: Date; kept: (tx: SqlTx) => Promise<void> },
): Promise<ConfirmGroupDiscardResponse> => {
  const { officerId, name } = operatorOf(actor);
  return db.$transaction(async (tx) => {
    const rows = /^\d{1,18}$/.test(groupId)
      ? await rowsOf<GroupRow>(
          tx,
          sql`SELECT ${GROUP} FROM messaging.discard_group WHERE discard_group.id = ${groupId}::bigint AND outcome IS NULL FOR UPDATE`,
        )
      : [];
    const [row] = rows;
    if (!row) throw new Refusal('notFound', 'discard.not_proposed', '没有这项作废提议,或已被办理', { field: 'group_id' });
    checkSecond(row.proposed_by, officerId);
    if (digest !== row.digest) throw proposalChanged('digest');
    const confirmed = sql`${officerId}, ${storable(name)}, ${now.toISOString()}::timestamptz`;
    const filter = storedFilter(groupOf(row).filter as DiscardFilter);
    const [moved] = await rowsOf<{ messages: number; digest: string }>(tx, moveSql(filter, row, confirmed));
    if (moved?.messages !== row.messages || moved.digest !== row.digest) throw proposalChanged('group_id');
    await execute(
      tx,
      sql`UPDATE messaging.discard_group SET outcome = 'confirmed', (confirmed_by, confirmed_name, closed_at) = (${confirmed})
       WHERE id = ${groupId}::bigint`,
    );
    await kept(tx);
    return { discarded: BigInt(moved.messages) };
  }, LONG_TRANSACTION);
};
