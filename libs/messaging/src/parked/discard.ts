// Discarding a parked message needs a reason and two people; the message stays with its bytes among the discarded messages for ever.
import type { ParkedMessage } from '@hengji/contracts/messaging/v1/parking_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { Refusal } from '@hengji/domain-kit';
import sql, { type Sql } from 'sql-template-tag';
import { lockKey } from '../inbox/parking';
import { execute, rowsOf, storable, type SqlDb, type SqlTx } from '../sql';
import { checkSecond, operatorOf, proposalChanged, proposalWith, reasonOf } from './proposal';

/** Records who wants to discard the message and why; replaces an earlier proposal. */
export const proposeDiscard = async (
  db: SqlTx,
  message: ParkedMessage,
  { reason, actor, now }: { reason: string; actor: Actor | undefined; now: Date },
): Promise<void> => {
  const { officerId, name } = operatorOf(actor);
  const text = reasonOf(reason);
  await execute(
    db,
    sql`INSERT INTO messaging.discard_proposal (parked_id, reason, proposed_by, proposed_name, proposed_at)
     VALUES (${message.parkedId}::bigint, ${text}, ${officerId}, ${storable(name)}, ${now.toISOString()}::timestamptz)
     ON CONFLICT (parked_id) DO UPDATE SET reason = EXCLUDED.reason, proposed_by = EXCLUDED.proposed_by,
       proposed_name = EXCLUDED.proposed_name, proposed_at = EXCLUDED.proposed_at`,
  );
};

const moveSql = (parkedId: string, officerId: string, name: string, now: string): Sql => sql`
  WITH gone AS (
    SELECT p.*, d.reason AS discard_reason, d.proposed_by, d.proposed_name, d.proposed_at
    FROM messaging.parked AS p JOIN messaging.discard_proposal AS d ON d.parked_id = p.id WHERE p.id = ${parkedId}::bigint
  ), kept AS (
    INSERT INTO messaging.discarded (parked_id, topic, key, partition, "offset", event_id, type, source, traceparent, state, parked_reason,
      tries, value, key_bytes, headers, parked_at, reason, proposed_by, proposed_name, proposed_at, confirmed_by, confirmed_name, confirmed_at)
    SELECT id, topic, key, partition, coalesce(former_offset, "offset"), event_id, type, source, traceparent, state, reason,
      tries, value, key_bytes, headers, parked_at, discard_reason, proposed_by, proposed_name, proposed_at, ${officerId}, ${name}, ${now}::timestamptz FROM gone
  )
  DELETE FROM messaging.parked WHERE id = ${parkedId}::bigint`;

interface ProposalRow {
  readonly reason: string;
  readonly proposed_by: string;
  readonly proposed_name: string;
  readonly proposed_at: Date;
}

/** Locks the message and its proposal, so that no new proposal is made before the discarding commits. */
const lockProposal = async (tx: SqlTx, parkedId: string): Promise<ProposalRow> => {
  const parked = await rowsOf<unknown>(tx, sql`SELECT 1 AS parked FROM messaging.parked WHERE id = ${parkedId}::bigint FOR UPDATE`);
  if (parked.length === 0) throw new Refusal('notFound', 'parked.unknown', '没有这条滞留消息', { field: 'parked_id' });
  const [row] = await rowsOf<ProposalRow>(
    tx,
    sql`SELECT reason, proposed_by, proposed_name, proposed_at FROM messaging.discard_proposal WHERE parked_id = ${parkedId}::bigint FOR UPDATE`,
  );
  if (row) return row;
  throw new Refusal('illegalMove', 'discard.not_proposed', '尚无人提议作废该消息', { field: 'parked_id' });
};

/**
 * Moves the message to the discarded, if its proposal has the version that was shown; `kept` records who did it. The caller replays the
 * messages that waited behind it.
 */
export const confirmDiscard = async <Tx extends SqlTx>(
  db: SqlDb<Tx>,
  { parkedId, topic, key }: ParkedMessage,
  { actor, version, now, kept }: { actor: Actor | undefined; version: string; now: Date; kept: (tx: SqlTx) => Promise<void> },
): Promise<void> => {
  const { officerId, name } = operatorOf(actor);
  await db.$transaction(async (tx) => {
    await lockKey(tx, topic, key);
    const { reason, proposed_by, proposed_name, proposed_at } = await lockProposal(tx, parkedId);
    checkSecond(proposed_by, officerId);
    const proposal = proposalWith({ reason, officerId: proposed_by, name: proposed_name, proposedAt: proposed_at });
    if (proposal.version !== version) throw proposalChanged('version');
    await execute(tx, moveSql(parkedId, officerId, storable(name), now.toISOString()));
    await kept(tx);
  });
};
