// Acts and checkpoints as rows, read in the form in which they were written.
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import type { Act, ChainedAct, SignedCheckpoint } from './act';

/** Of an act with a position, and of one that waits for its position. 64-bit numbers are text. */
export interface ActRow {
  readonly id: string;
  readonly at: Date;
  readonly by_kind: 'PERSON' | 'SERVICE';
  readonly by_id: string;
  readonly by_account: string;
  readonly by_name: string;
  readonly by_role: string;
  readonly by_post: string;
  readonly by_authority: string;
  readonly by_institution: string;
  readonly what: string;
  readonly record_kind: string;
  readonly record_id: string;
  readonly institution: string;
  readonly evidence: string[];
  readonly order_id: string;
  readonly case_id: string;
  readonly purpose: string;
  readonly request_id: string;
  readonly position: string | null;
  readonly previous: string | null;
  readonly hash: string | null;
}

export const ACT_COLUMNS = sql`
  id::text, at, by_kind, by_id, by_account, by_name, by_role, by_post, by_authority, by_institution, what, record_kind, record_id,
  institution, evidence, order_id, case_id, purpose, request_id, position::text, previous, hash`;

/** The act with its time, without its position. */
export const actOf = (row: ActRow): Act & { readonly at: Date } => ({
  by: {
    kind: row.by_kind,
    id: row.by_id,
    account: row.by_account,
    name: row.by_name,
    role: row.by_role,
    post: row.by_post,
    authority: row.by_authority,
    institution: row.by_institution,
  },
  what: row.what,
  on: { kind: row.record_kind, id: row.record_id, institution: row.institution },
  evidence: row.evidence,
  orderId: row.order_id,
  caseId: row.case_id,
  purpose: row.purpose,
  requestId: row.request_id,
  at: row.at,
});

interface CheckpointRow {
  readonly number: string;
  readonly position: string;
  readonly hash: string;
  readonly at: Date;
  readonly key_id: string;
  readonly algorithm: string;
  readonly signature: Uint8Array;
}

const CHECKPOINT = sql`SELECT number::text, position::text, hash, at, key_id, algorithm, signature FROM procedure.act_checkpoint`;

const checkpointOf = ({ number, position, hash, at, key_id, algorithm, signature }: CheckpointRow): SignedCheckpoint => ({
  ...{ number: BigInt(number), position: BigInt(position), hash, at },
  signature: { keyId: key_id, algorithm, value: signature },
});

export const findNewestCheckpoint = async (tx: SqlTx): Promise<SignedCheckpoint | undefined> => {
  const [row] = await rowsOf<CheckpointRow>(tx, sql`${CHECKPOINT} ORDER BY act_checkpoint.number DESC LIMIT 1`);
  return row && checkpointOf(row);
};

/** Checkpoints after the number, oldest first. */
export const checkpointsAfter = async (tx: SqlTx, number: bigint, limit: number): Promise<SignedCheckpoint[]> => {
  const rows = await rowsOf<CheckpointRow>(
    tx,
    sql`${CHECKPOINT} WHERE act_checkpoint.number > ${String(number)}::bigint ORDER BY act_checkpoint.number LIMIT ${limit}::integer`,
  );
  return rows.map(checkpointOf);
};

/** Acts that have a position after the given one, in order of position. */
export const chainedAfter = async (tx: SqlTx, position: bigint, limit: number): Promise<ChainedAct[]> => {
  const rows = await rowsOf<ActRow>(
    tx,
    sql`SELECT ${ACT_COLUMNS} FROM procedure.act WHERE act.position > ${String(position)}::bigint ORDER BY act.position LIMIT ${limit}::integer`,
  );
  return rows.map((row) => ({
    ...actOf(row),
    ...{ position: BigInt(row.position ?? 0), previous: row.previous ?? '', hash: row.hash ?? '' },
  }));
};
