// Throwing a parked message away needs a reason and two people, and leaves the message with its bytes among the discarded, for ever.
import type { ParkedMessage } from '@hengji/contracts/messaging/v1/parking_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { Refusal } from '@hengji/domain-kit';
import { lockKey } from '../inbox/parking';
import { storable, type SqlDb, type SqlTx } from '../sql';

const LONGEST_REASON = 2_000;
const ROLES: readonly string[] = ['OPERATOR', 'PROVINCE_OFFICER'];

/** The person, if it is one that keeps the messages going. Refuses forbidden `actor.not_allowed`. */
const operatorOf = (actor: Actor | undefined): Actor => {
  if (actor && actor.officerId !== '' && ROLES.includes(actor.role)) return actor;
  throw new Refusal('forbidden', 'actor.not_allowed', '您的角色不能作废滞留消息', { field: 'actor.role', rule: ROLES.join(' | ') });
};

/** Notes who wants to discard the message and why; an earlier proposal goes. */
export const proposeDiscard = async (
  db: SqlTx,
  message: ParkedMessage,
  { reason, actor, now }: { reason: string; actor: Actor | undefined; now: Date },
): Promise<void> => {
  const { officerId, name } = operatorOf(actor);
  const text = reason.trim();
  if (text === '' || text.length > LONGEST_REASON) {
    throw new Refusal('invalid', 'discard.no_reason', '作废滞留消息须写明理由', { field: 'reason', rule: `1至${LONGEST_REASON}字` });
  }
  await db.$executeRawUnsafe(
    `INSERT INTO messaging.discard_proposal (parked_id, reason, proposed_by, proposed_name, proposed_at)
     VALUES ($1::bigint, $2, $3, $4, $5::timestamptz)
     ON CONFLICT (parked_id) DO UPDATE SET reason = EXCLUDED.reason, proposed_by = EXCLUDED.proposed_by,
       proposed_name = EXCLUDED.proposed_name, proposed_at = EXCLUDED.proposed_at`,
    message.parkedId,
    storable(text, LONGEST_REASON),
    officerId,
    storable(name),
    now.toISOString(),
  );
};

const MOVE = `
  WITH gone AS (
    SELECT p.*, d.reason AS discard_reason, d.proposed_by, d.proposed_name, d.proposed_at
    FROM messaging.parked AS p JOIN messaging.discard_proposal AS d ON d.parked_id = p.id WHERE p.id = $1::bigint
  ), kept AS (
    INSERT INTO messaging.discarded (parked_id, topic, key, partition, "offset", event_id, type, source, traceparent, state, parked_reason,
      tries, value, key_bytes, headers, parked_at, reason, proposed_by, proposed_name, proposed_at, confirmed_by, confirmed_name, confirmed_at)
    SELECT id, topic, key, partition, coalesce(former_offset, "offset"), event_id, type, source, traceparent, state, reason,
      tries, value, key_bytes, headers, parked_at, discard_reason, proposed_by, proposed_name, proposed_at, $2, $3, $4::timestamptz FROM gone
  )
  DELETE FROM messaging.parked WHERE id = $1::bigint`;

/** Moves the message to the discarded. What waited behind it is the caller's to replay. */
export const confirmDiscard = async <Tx extends SqlTx>(
  db: SqlDb<Tx>,
  message: ParkedMessage,
  { actor, now }: { actor: Actor | undefined; now: Date },
): Promise<void> => {
  const { officerId, name } = operatorOf(actor);
  const { parkedId, topic, key } = message;
  await db.$transaction(async (tx) => {
    await lockKey(tx, topic, key);
    const rows = await tx.$queryRawUnsafe<{ proposed_by: string | null }[]>(
      `SELECT d.proposed_by FROM messaging.parked AS p LEFT JOIN messaging.discard_proposal AS d ON d.parked_id = p.id
       WHERE p.id = $1::bigint FOR UPDATE OF p`,
      parkedId,
    );
    const [row] = rows;
    if (!row) throw new Refusal('notFound', 'parked.unknown', '没有这条滞留消息', { field: 'parked_id' });
    if (row.proposed_by === null) throw new Refusal('illegalMove', 'discard.not_proposed', '尚无人提议作废该消息', { field: 'parked_id' });
    if (row.proposed_by === officerId) {
      throw new Refusal('forbidden', 'discard.same_person', '提议作废与确认作废须为两人', { field: 'actor.officer_id' });
    }
    await tx.$executeRawUnsafe(MOVE, parkedId, officerId, storable(name), now.toISOString());
  });
};
