// M4: withdraws the uploads in the scope from the ministry's platform. A chunk claims its uploads and stores messages for those at the
// platform; the sender sends the messages. The row is done when every answer has arrived (`settled`), so its receipt states what the
// platform acknowledged.
import { rowsOf } from '@hengji/messaging';
import {
  bindTargets,
  previewTargets,
  residualTargets,
  type Chunk,
  type Effect,
  type OrderContext,
  type Targets,
} from '@hengji/participation';
import sql, { join, type Sql } from 'sql-template-tag';
import { MAX_ROWS } from '../../domain/message';
import { NEVER_STOOD, STANDING_STATES, type UploadState } from '../../domain/upload';
import { claimedSql, claimEvidence, claimUploads, isSettled, liftClaims, rememberOrder, unrestored, type ClaimedUpload } from './claims';
import type { Tx } from './database';
import { createMessage } from './messages';
import { SCOPE } from './scope-columns';

const inStates = (states: readonly UploadState[]): Sql => sql`t.upload_state IN (${join(states)})`;
const UPLOADS: Targets = { table: 'upload', id: 'number', scope: SCOPE, person: sql`t.person` };
/**
 * The targets of an order: all uploads that were ever sent to the platform or are being sent. Rejected uploads are included: a signature
 * covers a set of records that cannot change by itself, and an upload in flight may still be rejected. Waiting uploads are held, and
 * claimed so that they stay away.
 */
const CONCERNED: Targets = { ...UPLOADS, eligible: sql`t.upload_state <> 'WAITING'` };
/** SQL over alias t: the platform has the record, or may have it. */
export const IS_STANDING = inStates(STANDING_STATES);
const STILL_THERE: Targets = { ...UPLOADS, eligible: IS_STANDING };

/** The uploads that an order demands. After its hold no longer blocks new uploads, these are the uploads that it claimed. */
const demanded = (
  targets: Targets,
  { orderId, claimedIn = [] }: Pick<OrderContext, 'orderId' | 'claimedIn'>,
  which: 'any' | 'standing',
): Targets => ({ ...targets, demand: { claimedIn, claimed: claimedSql(orderId, 't', which) } });

/** Stores one message for the changed uploads of a batch, if there are any. */
const ask = async (tx: Tx, order: OrderContext, messageId: string, records: readonly ClaimedUpload[]): Promise<void> => {
  const numbers = records.filter(({ moved }) => moved).map(({ number }) => number);
  if (numbers.length === 0) return;
  const { institution, orderId, row, undo, now } = order;
  await createMessage(tx, {
    messageId,
    agency: 'MINISTRY',
    kind: undo ? 'upload' : 'withdraw',
    institution,
    orderId,
    row,
    undo,
    numbers,
    createdAt: now,
  });
};

interface Chunked {
  readonly cursor: string;
  readonly limit: number;
  readonly newId: () => string;
  readonly work: typeof claimUploads;
}

// A batch is the next thousand entries of an index. Right after an import, when PostgreSQL has no statistics of the table, it would collect
// and sort all remaining rows for each batch.
const walkInOrder = (tx: Tx): Promise<unknown> =>
  rowsOf(tx, sql`SELECT set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)`);

/** Processes a chunk in batches of the size of one message. */
const inMessages = async (tx: Tx, order: OrderContext, { cursor, limit, newId, work }: Chunked): Promise<ClaimedUpload[]> => {
  await walkInOrder(tx);
  const records: ClaimedUpload[] = [];
  while (records.length < limit) {
    const stretch = Math.min(limit - records.length, MAX_ROWS);
    const messageId = newId();
    const worked = await work(tx, order, { cursor: records.at(-1)?.number ?? cursor, limit: stretch, messageId });
    await ask(tx, order, messageId, worked);
    records.push(...worked);
    if (worked.length < stretch) break;
  }
  return records;
};

const nextOf = (records: readonly ClaimedUpload[], limit: number): string | null =>
  records.length < limit ? null : (records.at(-1)?.number ?? null);

const stood = ({ before }: ClaimedUpload): boolean => !NEVER_STOOD.includes(before);

const GONE: readonly UploadState[] = ['WITHDRAWN', 'WITHDRAWING'];

const applyChunk = (records: readonly ClaimedUpload[], limit: number): Chunk => {
  const concerned = records.filter(stood);
  const already = concerned.filter(({ before }) => GONE.includes(before)).length;
  const leaves = concerned.map(({ number, before }) => ({ id: number, before, after: 'WITHDRAWN' }));
  return { leaves, changed: leaves.length - already, already, next: nextOf(records, limit) };
};

/**
 * For uploads that no order claims any more; a record that is claimed, or never reached the platform, keeps its state and counts as done.
 */
const AFTER_LIFTING: Partial<Record<UploadState, UploadState>> = {
  WITHDRAWING: 'UPLOADED',
  WITHDRAWAL_REJECTED: 'UPLOADED',
  WITHDRAWN: 'UPLOADED',
};

const undoChunk = (records: readonly ClaimedUpload[], limit: number): Chunk => {
  const leaves = records
    .filter(stood)
    .map(({ number, was, claims }) => ({ id: number, before: was, after: (claims === 0 && AFTER_LIFTING[was]) || was }));
  const changed = leaves.filter(({ before, after }) => before !== after).length;
  return { leaves, changed, already: leaves.length - changed, next: nextOf(records, limit) };
};

const leavesSql = (orderId: string): Sql => sql`SELECT number AS id, before, 'WITHDRAWN' AS after FROM upload_claim
  WHERE order_id = ${orderId} AND before NOT IN (${join(NEVER_STOOD)})`;

/** The effect; `newId` makes message ids. */
export const withdrawUploads = (newId: () => string): Effect<Tx> => ({
  preview: (tx, scope, again) => previewTargets(tx, again ? demanded(CONCERNED, again, 'any') : CONCERNED, scope),
  target: (tx, order) => bindTargets(tx, demanded(CONCERNED, order, 'any'), order.scope),
  apply: async (tx, order, cursor, limit) => {
    if (cursor === '') await rememberOrder(tx, order);
    return applyChunk(await inMessages(tx, order, { cursor, limit, newId, work: claimUploads }), limit);
  },
  undo: async (tx, order, cursor, limit) => {
    return undoChunk(await inMessages(tx, order, { cursor, limit, newId, work: liftClaims }), limit);
  },
  residual: (tx, order) => {
    const { scope, undo, without } = order;
    return undo ? unrestored(tx, order) : residualTargets(tx, { ...demanded(STILL_THERE, order, 'standing'), without }, scope);
  },
  leaves: (orderId, undo) => (undo ? undefined : leavesSql(orderId)),
  evidence: claimEvidence,
  settled: (tx, order) => isSettled(tx, order),
});
