// M4: withdraw at the ministry's platform what stands there of the scope. A chunk claims its uploads and stores messages
// for those that stand; the sender does the rest. The row is done when every answer is in (`settled`), so its
// receipt says what the platform acknowledged and not what we wished.
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
 * What an order is about: all that was ever sent to the platform, or is being sent. Also what was rejected there: a signature binds
 * what cannot move by itself, and what is under way may still be rejected. What waits is held back, and claimed so that it stays.
 */
const CONCERNED: Targets = { ...UPLOADS, eligible: sql`t.upload_state <> 'WAITING'` };
/** SQL over alias t: the platform has the record, or may have it. */
export const IS_STANDING = inStates(STANDING_STATES);
const STILL_THERE: Targets = { ...UPLOADS, eligible: IS_STANDING };

/** What an order demands; where it no longer keeps uploads from being made, what it claimed. */
const demanded = (
  targets: Targets,
  { orderId, claimedIn = [] }: Pick<OrderContext, 'orderId' | 'claimedIn'>,
  which: 'any' | 'standing',
): Targets => ({ ...targets, demand: { claimedIn, claimed: claimedSql(orderId, 't', which) } });

/** One message for what a stretch moved, if it moved anything. */
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

// A stretch is the next thousand of an index. Right after a load, when PostgreSQL knows nothing of the table yet, it would collect
// and sort all that is left, for each stretch.
const walkInOrder = (tx: Tx): Promise<unknown> =>
  rowsOf(tx, sql`SELECT set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)`);

/** Works a chunk in stretches of what one message carries. */
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

/** Once no order claims it; a record that is claimed, or never got there, is left where it is: already so. */
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

/** The effect; `newId` gives message ids. */
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
