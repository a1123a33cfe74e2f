// Uploads by set. Every move names the states it may start from, taken from the life cycle's table, so that a second
// time changes nothing and a record that has moved on is left alone.
import { advance } from '@hengji/domain-kit';
import { OWN_WAKE } from '@hengji/messaging';
import { UPLOAD_LIFECYCLE, statesAllowing, type UploadAction, type UploadState } from '../../domain/upload';
import type { MovedUpload, StoredMessage } from '../../application/store';
import type { Tx } from './database';
import { textArray } from './text-array';

/** An upload with what an order's scope needs. */
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

const COLUMNS = 'number, institution, plan_id, session_id, occupation, level, person, exam_date';

// Column by column as arrays: one statement and one plan for any number of rows.
const columns = (records: readonly UploadRecord[]): string[][] => [
  records.map((r) => r.number),
  records.map((r) => r.institution),
  records.map((r) => r.planId),
  records.map((r) => r.sessionId),
  records.map((r) => r.occupation),
  records.map((r) => r.level),
  records.map((r) => r.person),
  records.map((r) => r.examDate),
];
const UNNEST = `unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])`;

/** New certificates wait to be uploaded; known numbers are left alone. */
export const insertWaiting = async (tx: Tx, records: readonly UploadRecord[]): Promise<void> => {
  await tx.$queryRawUnsafe(
    `WITH fresh AS (
       INSERT INTO upload (${COLUMNS}, upload_state) SELECT t.*, 'WAITING' FROM ${UNNEST} AS t ON CONFLICT (number) DO NOTHING RETURNING institution, number
     ), queued AS (
       INSERT INTO waiting_upload (institution, number) SELECT institution, number FROM fresh RETURNING 1
     )
     SELECT ${OWN_WAKE}::text AS told FROM queued LIMIT 1`,
    ...columns(records),
  );
};

/** Loads what stands at the platform already. Returns the numbers that were new. */
export const insertUploaded = async (tx: Tx, records: readonly UploadRecord[]): Promise<Set<string>> => {
  const rows = await tx.$queryRawUnsafe<{ number: string }[]>(
    `INSERT INTO upload (${COLUMNS}, upload_state) SELECT t.*, 'UPLOADED' FROM ${UNNEST} AS t ON CONFLICT (number) DO NOTHING RETURNING number`,
    ...columns(records),
  );
  return new Set(rows.map(({ number }) => number));
};

/** The records of these numbers, as far as known. */
export const findRecords = (tx: Tx, numbers: readonly string[]): Promise<UploadRecord[]> =>
  tx.$queryRawUnsafe<UploadRecord[]>(
    `SELECT number, institution, plan_id AS "planId", session_id AS "sessionId", occupation, level, person, exam_date AS "examDate"
     FROM upload WHERE number = ANY($1::text[])`,
    textArray(numbers),
  );

// What stands at the platform, or did, goes its way by the orders that claim it, void or not. An order voids a hundred
// thousand certificates: to mark their uploads would be a hundred thousand writes that nobody reads.
const MAY_WAIT: readonly UploadState[] = ['WAITING', 'SENDING', 'REJECTED'];

/** What waits and is void does not go out; reinstated, it waits again. */
export const markVoided = async (tx: Tx, numbers: readonly string[], voided: boolean): Promise<void> => {
  const queue = voided
    ? `DELETE FROM waiting_upload w USING marked m WHERE w.institution = m.institution AND w.number = m.number`
    : `INSERT INTO waiting_upload (institution, number) SELECT institution, number FROM marked WHERE upload_state = 'WAITING' AND claims = 0 ON CONFLICT DO NOTHING`;
  await tx.$executeRawUnsafe(
    `WITH marked AS (
       UPDATE upload SET voided = $2 WHERE number = ANY($1::text[]) AND voided <> $2 AND (NOT $2 OR upload_state = ANY($3::text[]))
       RETURNING institution, number, upload_state, claims
     ) ${queue}`,
    textArray(numbers),
    voided,
    textArray(MAY_WAIT),
  );
};

/** Begins an action: the uploads now wait for this message. */
export const begin = (tx: Tx, action: UploadAction, messageId: string, numbers: readonly string[]): Promise<MovedUpload[]> =>
  tx.$queryRawUnsafe<MovedUpload[]>(
    `UPDATE upload SET upload_state = $2, message_id = $3, reject_code = NULL WHERE number = ANY($1::text[]) AND upload_state = ANY($4::text[])
     RETURNING number, upload_state AS state, claims`,
    textArray(numbers),
    targetOf(action),
    messageId,
    textArray(statesAllowing(action)),
  );

/** Ends what the message began; uploads that wait for another message are left alone. */
export const finish = async (
  tx: Tx,
  action: UploadAction,
  messageId: string,
  rows: { numbers: readonly string[]; codes: readonly string[] },
): Promise<MovedUpload[]> => {
  if (rows.numbers.length === 0) return [];
  const state = targetOf(action);
  const [moved] = await tx.$queryRawUnsafe<{ list: string | null }[]>(
    `WITH moved AS (
       UPDATE upload SET upload_state = $2,
         reject_code = CASE WHEN cardinality($5::text[]) > 0 THEN ($5::text[])[array_position($1::text[], number)] END
       WHERE number = ANY($1::text[]) AND message_id = $3 AND upload_state = ANY($4::text[])
       RETURNING number, claims
     )
     SELECT json_agg(json_build_array(number, claims))::text AS list FROM moved`,
    textArray(rows.numbers),
    state,
    messageId,
    textArray(statesAllowing(action)),
    textArray(rows.codes),
  );
  return (JSON.parse(moved?.list ?? '[]') as [string, number][]).map(([number, claims]) => ({ number, state, claims }));
};

/** The uploads wait for another message, which continues this one. */
export const handOver = async (tx: Tx, fromMessageId: string, toMessageId: string, numbers: readonly string[]): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE upload SET message_id = $3 WHERE number = ANY($1::text[]) AND message_id = $2`,
    numbers,
    fromMessageId,
    toMessageId,
  );
};

/** Numbers of a partly rejected message that are still rejected and still wanted. */
export const stillRejected = async (tx: Tx, { messageId, kind, undo, numbers }: StoredMessage): Promise<string[]> => {
  const wanted =
    kind === 'withdraw'
      ? `upload_state = 'WITHDRAWAL_REJECTED' AND claims > 0`
      : `upload_state = 'REJECTED' AND claims = 0 AND (${String(undo)} OR NOT voided)`;
  const rows = await tx.$queryRawUnsafe<{ number: string }[]>(
    `SELECT number FROM upload WHERE number = ANY($1::text[]) AND message_id = $2 AND ${wanted} ORDER BY number`,
    numbers,
    messageId,
  );
  return rows.map(({ number }) => number);
};

export interface UploadCounts {
  /** Standing at the platform, as far as it has told us. */
  readonly uploaded: bigint;
  readonly withdrawn: bigint;
}

/** Counts; an empty institution counts all. */
export const countUploads = async (tx: Pick<Tx, '$queryRawUnsafe'>, institution: string): Promise<UploadCounts> => {
  const rows = await tx.$queryRawUnsafe<UploadCounts[]>(
    `SELECT count(*) FILTER (WHERE upload_state IN ('UPLOADED', 'WITHDRAWING', 'WITHDRAWAL_REJECTED')) AS uploaded,
            count(*) FILTER (WHERE upload_state IN ('WITHDRAWN', 'RESTORING')) AS withdrawn
     FROM upload WHERE $1 = '' OR institution = $1`,
    institution,
  );
  return rows[0] ?? { uploaded: 0n, withdrawn: 0n };
};
