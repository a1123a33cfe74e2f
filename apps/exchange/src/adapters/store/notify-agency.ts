// For every order: one notice each to 公安 and 市场监管, and another one when the order is lifted. The row is done when the agency has signed for
// the notice. The content of the notice is fixed when it is stored, so that each try sends the same content.
import { EMPTY_FRONTIER, appendLeaves, merkleRoot } from '@hengji/domain-kit';
import { hash } from 'node:crypto';
import type { Chunk, Effect, OrderContext } from '@hengji/participation';
import type { Agency } from '../../domain/message';
import type { Tx } from './database';
import { createMessage, letterLines, letterState } from './messages';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

const leaf = (agency: Agency, undo: boolean): Chunk['leaves'][number] =>
  undo ? { id: agency, before: 'NOTIFIED', after: 'LIFTING_NOTIFIED' } : { id: agency, before: 'NOT_NOTIFIED', after: 'NOTIFIED' };

const notify =
  (agency: Agency, newId: () => string) =>
  async (tx: Tx, order: OrderContext): Promise<Chunk> => {
    const { orderId, institution, row, undo, documentNo, signedAt, scope, now } = order;
    const notice = { orderId, documentNo, institution, about: undo ? 'lifting' : 'order', signedAt: signedAt.toISOString(), scope };
    const once = `notice:${orderId}:${agency}:${undo ? `lifting:${row}` : 'order'}`;
    const about = { agency, kind: 'notice', institution, orderId, row, undo, numbers: [orderId] } as const;
    await createMessage(tx, { messageId: newId(), ...about, onceKey: once, notice, createdAt: now });
    return { leaves: [leaf(agency, undo)], changed: 1, already: 0, next: null };
  };

/** The effect for one agency. Preview: one notice. */
export const notifyAgency = (agency: Agency, newId: () => string): Effect<Tx> => ({
  preview: async () => ({
    count: 1n,
    fen: 0n,
    people: 0n,
    sample: [agency],
    root: merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, [Buffer.from(agency)])),
  }),
  apply: notify(agency, newId),
  undo: notify(agency, newId),
  // Each lifting sends another letter, which is not evidence of the row itself.
  evidence: { lines: (orderId, undo) => (undo ? undefined : letterLines({ orderId, agency, kind: 'notice', undo })) },
  // Each lifting is notified by its own row.
  residual: async (tx, { orderId, undo, row }) =>
    (await letterState(tx, orderId, { agency, kind: 'notice', undo, row: undo ? row : undefined })) === 'ACKNOWLEDGED'
      ? { count: 0n, sample: [] }
      : { count: 1n, sample: [agency] },
  settled: async (tx, { orderId, undo, row }) =>
    (await letterState(tx, orderId, { agency, kind: 'notice', undo, row: undo ? row : undefined })) === 'ACKNOWLEDGED',
});
