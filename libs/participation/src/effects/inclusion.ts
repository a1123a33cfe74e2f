// The proof that one record is in the receipt of a row: its leaf, and the audit path from the leaf to the signed root (RFC 9162 §2.1.3).
// The database hashes the leaves, so only hashes are read. One pass reads them and folds each subtree beside the path. At the end the root
// is compared with the root of the receipt: a path that does not lead to that root is never returned.
import { RowReported } from '@hengji/contracts/enforcement/v1/report_events';
import type { ProveInclusionResponse } from '@hengji/contracts/enforcement/v1/participant_service';
import { appendHashes, EMPTY_FRONTIER, leafHash, merkleRoot, Refusal, rootFromPath, siblingsOf, type Frontier } from '@hengji/domain-kit';
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import { sha256 } from './targets';
import { findRow, type RowKey } from '../order-rows';
import { leafBytes } from '../tally';
import type { Effect, Leaf } from '../types';

const PAGE = 20_000;
const HASH_BYTES = 32;

const notFound = (recordId: string, row: number): Refusal =>
  new Refusal('notFound', 'record.not_in_receipt', `第${row}行的回执中没有“${recordId}”`, { field: 'record_id', rule: 'N3.5c' });

interface HashPage {
  readonly hashes: Uint8Array | null;
  readonly count: number;
  readonly last: string | null;
}

const pageSql = (leaves: Sql, after: string): Sql => sql`
  SELECT string_agg(sha256('\\x00'::bytea || convert_to(id || E'\\t' || before || E'\\t' || after, 'UTF8')), ''::bytea ORDER BY id) AS hashes,
         count(*)::int AS count, max(id) AS last
  FROM (SELECT id, before, after FROM (${leaves}) leaf WHERE id > ${after} ORDER BY id LIMIT ${PAGE}) page`;

/** Hashes of the leaves in id order, one page at a time. */
const pagesOf = async function* (tx: SqlTx, leaves: Sql): AsyncIterable<Buffer> {
  for (let after: string | null = ''; after !== null;) {
    const [page]: HashPage[] = await rowsOf<HashPage>(tx, pageSql(leaves, after));
    if (page?.hashes) yield Buffer.from(page.hashes);
    after = page?.count === PAGE ? page.last : null;
  }
};

const hashesIn = (page: Buffer): Buffer[] =>
  Array.from({ length: page.length / HASH_BYTES }, (_, i) => page.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));

/** Audit path of leaf `index` among `size` leaves, from one pass over the hashes. Memory: one page and one hash per level. */
const pathOf = async (pages: AsyncIterable<Buffer>, index: number, size: number): Promise<Uint8Array[]> => {
  const siblings = siblingsOf(index, size).map((range) => ({ ...range, frontier: EMPTY_FRONTIER as Frontier }));
  const inOrder = [...siblings].sort((a, b) => a.from - b.from);
  let at = 0;
  for await (const page of pages) {
    const hashes = hashesIn(page);
    for (const sibling of inOrder) {
      const part = hashes.slice(Math.max(0, sibling.from - at), Math.max(0, sibling.to - at));
      if (part.length > 0) sibling.frontier = appendHashes(sha256, sibling.frontier, part);
    }
    at += hashes.length;
  }
  return siblings.map(({ frontier }) => merkleRoot(sha256, frontier));
};

/**
 * Leaf and path of one record. Refuses `record.not_in_receipt` for a record, row or order without a receipt, and for effects whose leaves
 * are not stored. Refuses `receipt.leaves_moved` when the stored leaves no longer lead to the signed root.
 */
export const proveInclusion = async <Tx extends SqlTx>(
  tx: Tx,
  effects: Readonly<Record<string, Effect<Tx>>>,
  { orderId, row, recordId }: RowKey & { readonly recordId: string },
): Promise<ProveInclusionResponse> => {
  const asked = await findRow(tx, { orderId, row });
  const { receipt } = asked?.receipt ? RowReported.decode(asked.receipt) : { receipt: undefined };
  const leaves = asked && effects[asked.effect]?.leaves?.(orderId, asked.ask.undo);
  if (!receipt || leaves === undefined) throw notFound(recordId, row);
  const [found] = await rowsOf<Leaf & { index: number }>(
    tx,
    sql`SELECT id, before, after, (SELECT count(*)::int FROM (${leaves}) earlier WHERE id < ${recordId}) AS index
     FROM (${leaves}) leaf WHERE id = ${recordId}`,
  );
  if (!found) throw notFound(recordId, row);
  const size = Number(receipt.leaves);
  const path = await pathOf(pagesOf(tx, leaves), found.index, size);
  const root = rootFromPath(sha256, leafHash(sha256, leafBytes(found)), { index: found.index, size }, path);
  if (!root || Buffer.compare(root, receipt.root) !== 0) {
    throw new Refusal('conflict', 'receipt.leaves_moved', '签署回执之后该行已重新执行，现存的明细不再对应该回执', {
      field: 'row',
      rule: 'N3.5c',
    });
  }
  const { before, after, index } = found;
  return { before, after, index: BigInt(index), leaves: receipt.leaves, path: path.map((hash) => Buffer.from(hash)) };
};
