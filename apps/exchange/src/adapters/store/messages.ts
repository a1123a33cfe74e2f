// Messages and their tries. A message's results are an array beside its numbers, not one row each. So a million withdrawals are a thousand
// rows, and nobody reads one result without its message.
import { execute, rowsOf, OWN_WAKE } from '@hengji/messaging';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { Agency, MessageState } from '../../domain/message';
import type { MessageOutcome, NewMessage, StoredMessage } from '../../application/store';
import type { Database, Tx } from './database';
import { heldBack } from './held-back';
import { textArray } from './text-array';

const COLUMNS = sql`message_id AS "messageId", agency, kind, institution, order_id AS "orderId", "row", undo, continues, notice,
  array_to_json(numbers)::text AS numbers, array_to_json(codes)::text AS codes, state, tries, receipt_no AS "receiptNo"`;

/** Long lists are read as JSON, because the driver parses its own arrays entry by entry, which costs more than the rest of a message. */
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
  const [row] = await rowsOf<Omit<StoredMessage, keyof Lists> & Lists>(
    tx,
    sql`SELECT ${COLUMNS} FROM message WHERE message_id = ${messageId} FOR UPDATE`,
  );
  return row && withLists(row);
};

/** Returns false and writes nothing when its `onceKey` exists. */
export const createMessage = async (tx: Tx, message: NewMessage): Promise<boolean> => {
  const { messageId, agency, kind, institution, orderId, row, undo, numbers, createdAt, notBefore = createdAt } = message;
  const notice = message.notice === undefined ? null : JSON.stringify(message.notice);
  const inserted = await execute(
    tx,
    sql`INSERT INTO message (message_id, agency, kind, institution, order_id, "row", undo, continues, once_key, notice, numbers, items,
       created_at, next_try_at)
     VALUES (${messageId}, ${agency}, ${kind}, ${institution}, ${orderId}, ${row}, ${undo}, ${message.continues ?? null}, ${message.onceKey ?? null},
       ${notice}::jsonb, ${textArray(numbers)}::text[], ${numbers.length}, ${createdAt.toISOString()}::timestamptz, ${notBefore.toISOString()}::timestamptz)
     ON CONFLICT (once_key) DO NOTHING RETURNING ${OWN_WAKE}`,
  );
  return inserted > 0;
};

/** Writes the results of the answer; the message is not sent again. */
export const finishMessage = async (tx: Tx, messageId: string, outcome: MessageOutcome): Promise<void> => {
  const { state, codes, acknowledged, rejected, receiptNo, now } = outcome;
  await execute(
    tx,
    sql`UPDATE message SET state = ${state}, codes = ${textArray(codes)}::text[], acknowledged = ${acknowledged}, rejected = ${rejected},
       receipt_no = ${receiptNo}, acknowledged_at = ${now.toISOString()}::timestamptz, last_error = '' WHERE message_id = ${messageId}`,
  );
};

export const hurryMessage = async (tx: Tx, messageId: string, now: Date): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE message SET next_try_at = ${now.toISOString()}::timestamptz WHERE message_id = ${messageId} RETURNING ${OWN_WAKE}`,
  );
};

/** A leased message; `attempt` identifies the try. */
export type LeasedMessage = StoredMessage & { readonly attempt: number };

/** The largest difference between the clocks of this service's processes: a message that one process has leased is not due for another. */
const CLOCKS_AGREE_MS = 60_000;

/**
 * Leases due messages and records that a try begins, in one statement and so in one short transaction. Messages of orders come before new
 * uploads, and held uploads stay. A message that is postponed beyond the longest pause was postponed by a clock that was ahead, and counts
 * as due. The end of the lease is the time of the next try: when a process stops with a message, the message becomes due again.
 */
export const leaseDue = async (
  db: Database,
  agency: Agency,
  limit: number,
  { now, leaseMs, longestPauseMs }: { now: Date; leaseMs: number; longestPauseMs: number },
): Promise<LeasedMessage[]> => {
  const held = agency === 'MINISTRY' ? await heldBack(db, now) : [];
  const inMs = (ms: number): Sql => sql`${new Date(now.getTime() + ms).toISOString()}::timestamptz`;
  const rows = await rowsOf<Omit<LeasedMessage, keyof Lists> & Lists>(
    db,
    sql`WITH due AS (
       SELECT position FROM message WHERE agency = ${agency} AND state = 'PENDING'
         AND (next_try_at <= ${inMs(0)} OR next_try_at > ${inMs(longestPauseMs + CLOCKS_AGREE_MS)}) AND NOT message_id = ANY(${textArray(held)}::text[])
       ORDER BY order_id = '', next_try_at, position LIMIT ${limit} FOR UPDATE SKIP LOCKED
     ), leased AS (
       UPDATE message m SET tries = m.tries + 1, next_try_at = ${inMs(leaseMs)} FROM due WHERE m.position = due.position RETURNING m.*
     ), begun AS (
       INSERT INTO message_try (message_id, attempt, started_at) SELECT message_id, tries, ${inMs(0)} FROM leased
     )
     SELECT ${COLUMNS}, tries AS attempt FROM leased ORDER BY position`,
  );
  return rows.map(withLists);
};

/** Ends a try; `detail` describes its failure. */
export const finishTry = async (
  tx: Tx | Database,
  { messageId, attempt }: { messageId: string; attempt: number },
  outcome: 'answered' | 'failed',
  detail: { now: Date; text: string },
): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE message_try SET finished_at = ${detail.now.toISOString()}::timestamptz, outcome = ${outcome}, detail = ${detail.text}
     WHERE message_id = ${messageId} AND attempt = ${attempt}`,
  );
};

/** Postpones the message to its next try and stores the reason. A message that was answered in the meantime stays unchanged. */
export const postpone = async (tx: Tx | Database, messageId: string, nextTryAt: Date, reason: string): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE message SET next_try_at = ${nextTryAt.toISOString()}::timestamptz, last_error = ${reason}
     WHERE message_id = ${messageId} AND state = 'PENDING'`,
  );
};

/** An inquiry that continues: stores the newest decision, and makes the inquiry due again later. */
export const goOnAsking = async (tx: Tx, messageId: string, told: { decisionNo: string; why: string; again: Date }): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE message SET receipt_no = ${told.decisionNo}, last_error = ${told.why}, next_try_at = ${told.again.toISOString()}::timestamptz
     WHERE message_id = ${messageId} AND state = 'PENDING'`,
  );
};

/** Ends the inquiry about the decision on this transfer, because the transfer is withdrawn. */
export const endInquiry = async (tx: Tx, orderId: string, agency: Agency): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE message SET state = 'ACKNOWLEDGED', last_error = '移送已撤回,不再询问'
     WHERE order_id = ${orderId} AND agency = ${agency} AND kind = 'inquiry' AND state = 'PENDING'`,
  );
};

/** The letter of this kind as first stored; undefined when there is none. */
export const findLetter = async (tx: Tx, orderId: string, agency: Agency, kind: 'notice' | 'transfer'): Promise<unknown> => {
  const rows = await rowsOf<{ notice: unknown }>(
    tx,
    sql`SELECT notice FROM message WHERE order_id = ${orderId} AND kind = ${kind} AND agency = ${agency} AND NOT undo ORDER BY position LIMIT 1`,
  );
  return rows[0]?.notice;
};

/** The state of a letter over all messages that carried it; undefined when there is none. */
export const letterState = async (
  tx: Tx,
  orderId: string,
  { agency, kind, undo, row }: { agency: Agency; kind: 'notice' | 'transfer'; undo: boolean; row?: number | undefined },
): Promise<MessageState | undefined> => {
  const ofRow = row === undefined ? empty : sql`AND "row" = ${row}::int`;
  const rows = await rowsOf<{ state: MessageState }>(
    tx,
    sql`SELECT state FROM message WHERE order_id = ${orderId} AND kind = ${kind} AND agency = ${agency} AND undo = ${undo} ${ofRow}
     ORDER BY state = 'ACKNOWLEDGED' DESC, position DESC LIMIT 1`,
  );
  return rows[0]?.state;
};

interface LetterOf {
  readonly orderId: string;
  readonly agency: Agency;
  readonly kind: 'notice' | 'transfer';
  /** True for the lifting. */
  readonly undo: boolean;
}

/** SQL: the order's letters of one kind to an agency as the agency signed for them (EvidenceSpec). */
export const letterLines = ({ orderId, agency, kind, undo }: LetterOf): Sql => sql`
  SELECT message_id AS id, jsonb_build_object('message.notice', notice::text, 'message.agency', agency, 'message.institution', institution,
    'message.receipt_no', receipt_no, 'message.created_at', extract(epoch FROM created_at)::text)::text AS line
  FROM message WHERE order_id = ${orderId} AND agency = ${agency} AND kind = ${kind} AND undo = ${undo}`;
