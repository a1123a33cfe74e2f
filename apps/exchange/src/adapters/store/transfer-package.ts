// M8, M9: transfers the package to 纪检监察 or 公安. The letter is fixed when the row is executed. It lists the items by hash, and the
// certificates and persons in the scope by their Merkle roots. So no pseudonym leaves the system, and the lists can later be proved to be
// the ones meant. The row is done when the agency has signed for exactly this hash list. A transfer cannot be undone: the lifting notifies
// the agency of the withdrawal, and the receipt states this notification.
import { hash } from 'node:crypto';
import { EMPTY_FRONTIER, appendLeaves, merkleRoot, type Frontier } from '@hengji/domain-kit';
import { rowsOf } from '@hengji/messaging';
import { columnSql, scopeSql, type Chunk, type Effect, type OrderContext } from '@hengji/participation';
import sql from 'sql-template-tag';
import type { Agency } from '../../domain/message';
import { checkPackage, hashListOf, type ConcernedList, type PackedItem, type TransferLetter } from '../../domain/transfer';
import type { Tx } from './database';
import { createMessage, endInquiry, findLetter, letterLines, letterState } from './messages';
import { SCOPE } from './scope-columns';

const PAGE = 20_000;

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const grow = (frontier: Frontier, ids: readonly string[]): Frontier =>
  appendLeaves(
    sha256,
    frontier,
    ids.map((id) => Buffer.from(id)),
  );

/** The ids of this column in the scope, each once, in order; read in pages, so that memory does not grow with the number of ids. */
const listOf = async (tx: Tx, order: OrderContext, column: 'number' | 'person'): Promise<ConcernedList> => {
  const id = sql`${columnSql('u', column)} COLLATE "C"`;
  let frontier = EMPTY_FRONTIER;
  for (let after = ''; ;) {
    const rows = await rowsOf<{ id: string }>(
      tx,
      sql`SELECT DISTINCT ${id} AS id FROM upload u WHERE ${id} > ${after} AND ${scopeSql(order.scope, SCOPE, 'u')} ORDER BY 1 LIMIT ${PAGE}`,
    );
    const ids = rows.map((row) => row.id);
    frontier = grow(frontier, ids);
    if (ids.length < PAGE) return { count: frontier.size, root: hex(merkleRoot(sha256, frontier)) };
    after = ids.at(-1) ?? '';
  }
};

const itemsOf = (order: OrderContext): PackedItem[] =>
  order.package.map(({ name, mediaType, bytes, sha256: digest, documentId, attachmentId }) => ({
    ...{ name, mediaType, documentId, attachmentId, bytes: Number(bytes) },
    sha256: hex(digest),
  }));

const letterOf = async (tx: Tx, order: OrderContext): Promise<TransferLetter> => {
  const items = itemsOf(order);
  checkPackage(items);
  const [certificates, persons] = [await listOf(tx, order, 'number'), await listOf(tx, order, 'person')];
  const list = { items, certificates, persons };
  const { orderId, documentNo, institution, signedAt } = order;
  const packageSha256 = hex(sha256(Buffer.from(hashListOf(list))));
  return { about: 'transfer', orderId, documentNo, institution, signedAt: signedAt.toISOString(), ...list, packageSha256 };
};

const letters = (agency: Agency, newId: () => string) => {
  const send = async (tx: Tx, order: OrderContext, notice: object): Promise<void> => {
    const { orderId, institution, row, undo, now } = order;
    const onceKey = `transfer:${orderId}:${agency}:${undo ? 'lifting' : 'order'}`;
    const about = { agency, kind: 'transfer', institution, orderId, row, undo, numbers: [orderId] } as const;
    await createMessage(tx, { messageId: newId(), ...about, onceKey, notice, createdAt: now });
  };
  const one = (before: string, after: string): Chunk => ({ leaves: [{ id: agency, before, after }], changed: 1, already: 0, next: null });
  return {
    apply: async (tx: Tx, order: OrderContext): Promise<Chunk> => {
      const letter = await letterOf(tx, order);
      await send(tx, order, letter);
      return one('NOT_TRANSFERRED', `TRANSFERRED:${letter.packageSha256}`);
    },
    undo: async (tx: Tx, order: OrderContext): Promise<Chunk> => {
      const { orderId, documentNo, institution, signedAt } = order;
      const { packageSha256 } = (await findLetter(tx, orderId, agency, 'transfer')) as TransferLetter;
      const withdrawnAt = signedAt.toISOString();
      await send(tx, order, { about: 'withdrawal', orderId, documentNo, institution, withdrawnAt, packageSha256 });
      await endInquiry(tx, orderId, agency);
      return one(`TRANSFERRED:${packageSha256}`, 'WITHDRAWAL_TOLD');
    },
  };
};

/** The effect for one agency. Preview: one package. */
export const transferPackage = (agency: Agency, newId: () => string): Effect<Tx> => {
  const isSigned = async (tx: Tx, orderId: string, undo: boolean): Promise<boolean> =>
    (await letterState(tx, orderId, { agency, kind: 'transfer', undo })) === 'ACKNOWLEDGED';
  return {
    preview: async () => ({ count: 1n, fen: 0n, people: 0n, sample: [agency], root: merkleRoot(sha256, grow(EMPTY_FRONTIER, [agency])) }),
    ...letters(agency, newId),
    evidence: { lines: (orderId, undo) => letterLines({ orderId, agency, kind: 'transfer', undo }) },
    residual: async (tx, { orderId, undo }) =>
      (await isSigned(tx, orderId, undo)) ? { count: 0n, sample: [] } : { count: 1n, sample: [agency] },
    settled: (tx, { orderId, undo }) => isSigned(tx, orderId, undo),
  };
};
