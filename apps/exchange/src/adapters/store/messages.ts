// Messages and their tries. A message's results lie in an array beside its numbers, not in a row each: a million
// withdrawals are a thousand rows here, and nobody asks for one result without its message.
import { OWN_WAKE } from '@hengji/messaging';
import type { Agency, MessageState } from '../../domain/message';
import type { MessageOutcome, NewMessage, StoredMessage } from '../../application/store';
import type { Database, Tx } from './database';
import { heldBack } from './held-back';
import { textArray } from './text-array';

const COLUMNS = `message_id AS "messageId", agency, kind, institution, order_id AS "orderId", "row", undo, continues, notice,
  array_to_json(numbers)::text AS numbers, array_to_json(codes)::text AS codes, state, tries, receipt_no AS "receiptNo"`;

/** Long lists come as JSON: entry by entry the driver's own arrays cost more than all else about a message. */
interface Lists {
  readonly numbers: string | null;
  readonly codes: string | null;
}

const listOf = (json: string | null): string[] => (json === null ? [] : (JSON.parse(json) as string[]));
const withLists = <R extends Lists>(row: R): Omit<R, keyof Lists> & Pick<StoredMessage, keyof Lists> => ({
  ...row,
  numbers: listOf(row.numbers),
  codes: listOf(row.codes),
});

/** Locks the message until `tx` ends. */
export const lockMessage = async (tx: Tx, messageId: string): Promise<StoredMessage | undefined> => {
  const [row] = await tx.$queryRawUnsafe<(Omit<StoredMessage, keyof Lists> & Lists)[]>(
    `SELECT ${COLUMNS} FROM message WHERE message_id = $1 FOR UPDATE`,
    messageId,
  );
  return row && withLists(row);
};

/** Returns false, and writes nothing, when its `onceKey` is taken. */
export const createMessage = async (tx: Tx, message: NewMessage): Promise<boolean> => {
  const inserted = await tx.$executeRawUnsafe(
    `INSERT INTO message (message_id, agency, kind, institution, order_id, "row", undo, continues, once_key, notice, numbers, items, created_at, next_try_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::text[], $12, $13::timestamptz, $14::timestamptz)
     ON CONFLICT (once_key) DO NOTHING RETURNING ${OWN_WAKE}`,
    message.messageId,
    message.agency,
    message.kind,
    message.institution,
    message.orderId,
    message.row,
    message.undo,
    message.continues ?? null,
    message.onceKey ?? null,
    message.notice === undefined ? null : JSON.stringify(message.notice),
    textArray(message.numbers),
    message.numbers.length,
    message.createdAt.toISOString(),
    (message.notBefore ?? message.createdAt).toISOString(),
  );
  return inserted > 0;
};

/** Writes the results of the answer; the message is not sent again. */
export const finishMessage = async (tx: Tx, messageId: string, outcome: MessageOutcome): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE message SET state = $2, codes = $3::text[], acknowledged = $4, rejected = $5, receipt_no = $6, acknowledged_at = $7::timestamptz,
       last_error = '' WHERE message_id = $1`,
    messageId,
    outcome.state,
    textArray(outcome.codes),
    outcome.acknowledged,
    outcome.rejected,
    outcome.receiptNo,
    outcome.now.toISOString(),
  );
};

export const hurryMessage = async (tx: Tx, messageId: string, now: Date): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE message SET next_try_at = $2::timestamptz WHERE message_id = $1 RETURNING ${OWN_WAKE}`,
    messageId,
    now.toISOString(),
  );
};

/** What a lease hands out; `attempt` names the try. */
export type LeasedMessage = StoredMessage & { readonly attempt: number };

/** Processes of this service may differ by so much: what one has leased is not due to another. */
const CLOCKS_AGREE_MS = 60_000;

/**
 * Takes messages that are due and records that a try begins; one statement, so one short transaction. What orders ask
 * for goes before new uploads, and uploads that are held stay. What is put off further than the longest pause was so by a clock that was
 * ahead, and is due. The lease is the next try's time: whoever dies with a message lets it fall due again.
 */
export const leaseDue = async (
  db: Database,
  agency: Agency,
  limit: number,
  time: { now: Date; leaseMs: number; longestPauseMs: number },
): Promise<LeasedMessage[]> => {
  const held = agency === 'MINISTRY' ? await heldBack(db, time.now) : [];
  const rows = await db.$queryRawUnsafe<(Omit<LeasedMessage, keyof Lists> & Lists)[]>(
    `WITH due AS (
       SELECT position FROM message WHERE agency = $1 AND state = 'PENDING' AND (next_try_at <= $2::timestamptz OR next_try_at > $6::timestamptz) AND NOT message_id = ANY($5::text[])
       ORDER BY order_id = '', next_try_at, position LIMIT $3 FOR UPDATE SKIP LOCKED
     ), leased AS (
       UPDATE message m SET tries = m.tries + 1, next_try_at = $4::timestamptz FROM due WHERE m.position = due.position RETURNING m.*
     ), begun AS (
       INSERT INTO message_try (message_id, attempt, started_at) SELECT message_id, tries, $2::timestamptz FROM leased
     )
     SELECT ${COLUMNS}, tries AS attempt FROM leased ORDER BY position`,
    agency,
    time.now.toISOString(),
    limit,
    new Date(time.now.getTime() + time.leaseMs).toISOString(),
    textArray(held),
    new Date(time.now.getTime() + time.longestPauseMs + CLOCKS_AGREE_MS).toISOString(),
  );
  return rows.map(withLists);
};

/** Ends a try; `detail` says why it failed. */
export const finishTry = async (
  tx: Tx | Database,
  try_: { messageId: string; attempt: number },
  outcome: 'answered' | 'failed',
  detail: { now: Date; text: string },
): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE message_try SET finished_at = $3::timestamptz, outcome = $4, detail = $5 WHERE message_id = $1 AND attempt = $2`,
    try_.messageId,
    try_.attempt,
    detail.now.toISOString(),
    outcome,
    detail.text,
  );
};

/** The message waits for its next try, with the reason shown. One that was answered meanwhile stays as it is. */
export const postpone = async (tx: Tx | Database, messageId: string, nextTryAt: Date, reason: string): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE message SET next_try_at = $2::timestamptz, last_error = $3 WHERE message_id = $1 AND state = 'PENDING'`,
    messageId,
    nextTryAt.toISOString(),
    reason,
  );
};

/** An inquiry that is not over: keeps what it learned, and falls due again. */
export const goOnAsking = async (tx: Tx, messageId: string, told: { decisionNo: string; why: string; again: Date }): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE message SET receipt_no = $2, last_error = $3, next_try_at = $4::timestamptz WHERE message_id = $1 AND state = 'PENDING'`,
    messageId,
    told.decisionNo,
    told.why,
    told.again.toISOString(),
  );
};

/** Nobody is asked any more what it decides on this transfer: it is withdrawn. */
export const endInquiry = async (tx: Tx, orderId: string, agency: Agency): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE message SET state = 'ACKNOWLEDGED', last_error = '移送已撤回,不再询问' WHERE order_id = $1 AND agency = $2 AND kind = 'inquiry'
     AND state = 'PENDING'`,
    orderId,
    agency,
  );
};

/** The letter of this kind as it was stored first; undefined when none was made. */
export const findLetter = async (tx: Tx, orderId: string, agency: Agency, kind: 'notice' | 'transfer'): Promise<unknown> => {
  const rows = await tx.$queryRawUnsafe<{ notice: unknown }[]>(
    `SELECT notice FROM message WHERE order_id = $1 AND kind = $3 AND agency = $2 AND NOT undo ORDER BY position LIMIT 1`,
    orderId,
    agency,
    kind,
  );
  return rows[0]?.notice;
};

/** How a letter stands over all messages that carried it; undefined when none was made. */
export const letterState = async (
  tx: Tx,
  orderId: string,
  { agency, kind, undo, row }: { agency: Agency; kind: 'notice' | 'transfer'; undo: boolean; row?: number | undefined },
): Promise<MessageState | undefined> => {
  const rows = await tx.$queryRawUnsafe<{ state: MessageState }[]>(
    `SELECT state FROM message WHERE order_id = $1 AND kind = $4 AND agency = $2 AND undo = $3 AND ($5::int IS NULL OR "row" = $5::int)
     ORDER BY state = 'ACKNOWLEDGED' DESC, position DESC LIMIT 1`,
    orderId,
    agency,
    undo,
    kind,
    row ?? null,
  );
  return rows[0]?.state;
};

/**
 * SQL over `$1`, the order: the letters of a kind to an agency as they were signed for there (EvidenceSpec). `undo`: of the lifting.
 */
export const letterLines = (agency: Agency, kind: 'notice' | 'transfer', undo: boolean): string => `
  SELECT message_id AS id, jsonb_build_object('message.notice', notice::text, 'message.agency', agency, 'message.institution', institution,
    'message.receipt_no', receipt_no, 'message.created_at', extract(epoch FROM created_at)::text)::text AS line
  FROM message WHERE order_id = $1 AND agency = '${agency}' AND kind = '${kind}' AND undo = ${undo}`;
