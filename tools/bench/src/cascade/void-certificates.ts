// Voids certificates as the peers' methods do, on the copies of the tables: lock, claim with the state before, void, write
// an outbox row, commit. The statements work on sets and use the same indexes as ours; nothing here is slower than
// necessary.
import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';

export const PEER_TABLES = ['public.certificate', 'messaging.claim', 'messaging.outbox'] as const;

const ORDER = '00000000-0000-7000-8000-000000000000';

const VOID = {
  name: 'peer-void',
  text: `
    WITH target AS MATERIALIZED (
      SELECT number, state FROM floor.certificate WHERE number = ANY($1::text[]) AND state = 'ISSUED' ORDER BY number FOR UPDATE
    ), claimed AS (
      INSERT INTO floor.claim (effect, record_id, order_id, found, before, after, columns, placed_at)
      SELECT 'VOID_CERTIFICATES', number, $2, state, state, 'VOIDED', NULL, now() FROM target
    )
    UPDATE floor.certificate c SET state = 'VOIDED', voided_at = now(), voided_by = $2, void_document_no = '1'
    FROM target WHERE c.number = target.number`,
};

const TELL = {
  name: 'peer-tell',
  text: `
    INSERT INTO floor.outbox (event_id, topic, key, sequence, type, order_id, body, occurred_at)
    VALUES ($1, 'peer', left($2, 13), 0, 'certificatesVoided', $3, $4, now())`,
};

/** Voids the valid ones among these certificates in one transaction. Returns their number. */
export const voidCertificates = async (session: ClientBase, numbers: readonly string[]): Promise<number> => {
  await session.query('BEGIN');
  const { rowCount } = await session.query({ ...VOID, values: [numbers, ORDER] });
  await session.query({ ...TELL, values: [randomUUID(), numbers[0] ?? '', ORDER, Buffer.from(numbers.join('\n'))] });
  await session.query('COMMIT');
  return rowCount ?? 0;
};
