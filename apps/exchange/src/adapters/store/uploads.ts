// Changes of sets of uploads. Every change names the states that it may start from, taken from the life cycle table. So a repeated change
// has no effect, and a record with a later state stays unchanged.
import { advance } from '@hengji/domain-kit';
import { execute, rowsOf, OWN_WAKE } from '@hengji/messaging';
import sql, { join, type Sql } from 'sql-template-tag';
import { UPLOAD_LIFECYCLE, statesAllowing, type UploadAction, type UploadState } from '../../domain/upload';
import type { MovedUpload, StoredMessage } from '../../application/store';
import type { Exam } from '../../domain/filing';
import type { Database, Tx } from './database';
import { textArray } from './text-array';

/** An upload with the columns that an order's scope needs. */
export interface UploadRecord {
  readonly number: string;
  readonly institution: string;
  readonly planId: string;
  readonly sessionId: string;
  readonly occupation: string;
  readonly level: string;
  readonly person: string;
  readonly examDate: string;
}

const targetOf = (action: UploadAction): UploadState => {
  const [from] = statesAllowing(action);
  if (from === undefined) throw new Error(`no state allows ${action}`);
  return advance('upload', UPLOAD_LIFECYCLE as Record<UploadState, Partial<Record<UploadAction, UploadState>>>, from, action);
};

const COLUMNS = sql`number, institution, plan_id, session_id, occupation, level, person, exam_date`;

// One array per column: one statement and one plan for any number of rows.
const rowsSql = (records: readonly UploadRecord[]): Sql => {
  const column = (name: keyof UploadRecord): Sql => sql`${records.map((record) => record[name])}::text[]`;
  const names = ['number', 'institution', 'planId', 'sessionId', 'occupation', 'level', 'person', 'examDate'] as const;
  return sql`unnest(${join(names.map(column), ', ')})`;
};

/** Adds new certificates as waiting uploads; known numbers stay unchanged. */
export const insertWaiting = async (tx: Tx, records: readonly UploadRecord[]): Promise<void> => {
  await rowsOf(
    tx,
    sql`WITH fresh AS (
       INSERT INTO upload (${COLUMNS}, upload_state) SELECT t.*, 'WAITING' FROM ${rowsSql(records)} AS t
       ON CONFLICT (number) DO NOTHING RETURNING institution, number
     ), queued AS (
       INSERT INTO waiting_upload (institution, number) SELECT institution, number FROM fresh RETURNING 1
     )
     SELECT ${OWN_WAKE}::text AS told FROM queued LIMIT 1`,
  );
};

/** Imports the uploads that the platform already has. Returns the new numbers. */
export const insertUploaded = async (tx: Tx, records: readonly UploadRecord[]): Promise<Set<string>> => {
  const rows = await rowsOf<{ number: string }>(
    tx,
    sql`INSERT INTO upload (${COLUMNS}, upload_state) SELECT t.*, 'UPLOADED' FROM ${rowsSql(records)} AS t
     ON CONFLICT (number) DO NOTHING RETURNING number`,
  );
  return new Set(rows.map(({ number }) => number));
};

/** The records of these numbers that exist. */
export const findRecords = (tx: Tx, numbers: readonly string[]): Promise<UploadRecord[]> =>
  rowsOf<UploadRecord>(
    tx,
    sql`SELECT number, institution, plan_id AS "planId", session_id AS "sessionId", occupation, level, person, exam_date AS "examDate"
     FROM upload WHERE number = ANY(${textArray(numbers)}::text[])`,
  );

// An upload that is or was at the platform follows the claims of orders, void or not. An order may void a hundred thousand certificates;
// marking their uploads would be a hundred thousand writes that nobody reads.
const MAY_WAIT: readonly UploadState[] = ['WAITING', 'SENDING', 'REJECTED'];

/** A waiting upload of a void certificate is not sent; after reinstatement it waits again. */
export const markVoided = async (tx: Tx, numbers: readonly string[], voided: boolean): Promise<void> => {
  const queue = voided
    ? sql`DELETE FROM waiting_upload w USING marked m WHERE w.institution = m.institution AND w.number = m.number`
    : sql`INSERT INTO waiting_upload (institution, number)
        SELECT institution, number FROM marked WHERE upload_state = 'WAITING' AND claims = 0 ON CONFLICT DO NOTHING`;
  const isConcerned = voided ? sql`upload_state = ANY(${textArray(MAY_WAIT)}::text[])` : sql`true`;
  await execute(
    tx,
    sql`WITH marked AS (
       UPDATE upload SET voided = ${voided}::boolean WHERE number = ANY(${textArray(numbers)}::text[]) AND voided <> ${voided}::boolean
         AND ${isConcerned}
       RETURNING institution, number, upload_state, claims
     ) ${queue}`,
  );
};

/** Begins an action: the uploads now wait for this message. */
export const begin = (tx: Tx, action: UploadAction, messageId: string, numbers: readonly string[]): Promise<MovedUpload[]> =>
  rowsOf<MovedUpload>(
    tx,
    sql`UPDATE upload SET upload_state = ${targetOf(action)}, message_id = ${messageId}, reject_code = NULL
     WHERE number = ANY(${textArray(numbers)}::text[]) AND upload_state = ANY(${textArray(statesAllowing(action))}::text[])
     RETURNING number, upload_state AS state, claims`,
  );

/** Ends the action of the message; uploads that wait for another message stay unchanged. */
export const finish = async (
  tx: Tx,
  action: UploadAction,
  messageId: string,
  rows: { numbers: readonly string[]; codes: readonly string[] },
): Promise<MovedUpload[]> => {
  if (rows.numbers.length === 0) return [];
  const state = targetOf(action);
  const numbers = sql`${textArray(rows.numbers)}::text[]`;
  const code = rows.codes.length > 0 ? sql`(${textArray(rows.codes)}::text[])[array_position(${numbers}, number)]` : sql`NULL`;
  const [moved] = await rowsOf<{ list: string | null }>(
    tx,
    sql`WITH moved AS (
       UPDATE upload SET upload_state = ${state}, reject_code = ${code}
       WHERE number = ANY(${numbers}) AND message_id = ${messageId} AND upload_state = ANY(${textArray(statesAllowing(action))}::text[])
       RETURNING number, claims
     )
     SELECT json_agg(json_build_array(number, claims))::text AS list FROM moved`,
  );
  return (JSON.parse(moved?.list ?? '[]') as [string, number][]).map(([number, claims]) => ({ number, state, claims }));
};

/** The uploads now wait for another message, which continues this one. */
export const handOver = async (tx: Tx, fromMessageId: string, toMessageId: string, numbers: readonly string[]): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE upload SET message_id = ${toMessageId} WHERE number = ANY(${numbers}::text[]) AND message_id = ${fromMessageId}`,
  );
};

/** Numbers of a partly rejected message that are still rejected and still needed. */
export const stillRejected = async (tx: Tx, { messageId, kind, undo, numbers }: StoredMessage): Promise<string[]> => {
  const wanted =
    kind === 'withdraw'
      ? sql`upload_state = 'WITHDRAWAL_REJECTED' AND claims > 0`
      : sql`upload_state = 'REJECTED' AND claims = 0 AND (${undo}::boolean OR NOT voided)`;
  const rows = await rowsOf<{ number: string }>(
    tx,
    sql`SELECT number FROM upload WHERE number = ANY(${numbers}::text[]) AND message_id = ${messageId} AND ${wanted} ORDER BY number`,
  );
  return rows.map(({ number }) => number);
};

/** The exams of the rejected uploads of a message that is no restoration. */
export const rejectedExams = async (
  db: Database,
  messageId: string,
): Promise<{ readonly institution: string; readonly exams: readonly Exam[] }> => {
  const rows = await rowsOf<Exam & { institution: string }>(
    db,
    sql`SELECT DISTINCT u.institution, u.occupation, u.level, u.exam_date AS "examDate" FROM message m JOIN upload u ON u.number = ANY(m.numbers)
     WHERE m.message_id = ${messageId} AND m.kind = 'upload' AND NOT m.undo AND m.state = 'PARTLY_REJECTED' AND u.message_id = m.message_id
       AND u.upload_state = 'REJECTED' AND u.claims = 0 AND NOT u.voided`,
  );
  return { institution: rows[0]?.institution ?? '', exams: rows.map(({ institution: _, ...exam }) => exam) };
};

export interface UploadCounts {
  /** Number of uploads at the platform, as far as its answers say. */
  readonly uploaded: bigint;
  readonly withdrawn: bigint;
}

/** Counts of uploads; an empty institution counts all. */
export const countUploads = async (tx: Pick<Tx, '$queryRaw'>, institution: string): Promise<UploadCounts> => {
  const rows = await rowsOf<UploadCounts>(
    tx,
    sql`SELECT count(*) FILTER (WHERE upload_state IN ('UPLOADED', 'WITHDRAWING', 'WITHDRAWAL_REJECTED')) AS uploaded,
            count(*) FILTER (WHERE upload_state IN ('WITHDRAWN', 'RESTORING')) AS withdrawn
     FROM upload WHERE ${institution} = '' OR institution = ${institution}`,
  );
  return rows[0] ?? { uploaded: 0n, withdrawn: 0n };
};
