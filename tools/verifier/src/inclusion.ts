// A proof file (存证文件): that one record is in the receipt of a row, by the path from its leaf to the root that was signed.
import { createHash } from 'node:crypto';
import { leafHash, rootFromPath } from '@hengji/domain-kit';
import type { TrustedKey } from '@hengji/host';
import { checkDecision, checkReceipt } from './decisions';
import type { Findings } from './findings';
import { count, hex, list, members, signedText, text } from './shapes';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Checks order, receipt and path of the file. */
export const checkInclusion = (found: Findings, keys: readonly TrustedKey[], file: unknown): void => {
  const { record, receipt, decision } = members(file, '文件', ['type', 'record', 'receipt', 'decision']);
  const { id, before, after, index, path } = members(record, 'record', ['id', 'before', 'after', 'index', 'path']);
  const signed = signedText(receipt, 'receipt');
  const orderId = text(signed.statement['orderId'], 'orderId');
  const ordered = checkDecision(found, keys, signedText(decision, 'decision'), { orderId });
  const row = ordered?.rows.find((asked) => asked.row === signed.statement['row']);
  const read = checkReceipt(found, keys, signed, { row, orderId });
  if (!read) return;
  const name = `“${text(id, 'id')}”（${text(before, 'before')} → ${text(after, 'after')}）`;
  const leaf = leafHash(sha256, Buffer.from(`${String(id)}\t${String(before)}\t${String(after)}`));
  const hashes = list(path, 'path').map((one, i) => hex(one, `path[${i}]`));
  const at = { index: Number(count(index, 'index')), size: Number(read.leaves) };
  const root = hashes.every(({ length }) => length === 32) ? rootFromPath(sha256, leaf, at, hashes) : undefined;
  const leads = root !== undefined && Buffer.compare(root, read.root) === 0;
  found.note(
    'inclusion.path',
    leads,
    `${name}在第${read.row}行回执之中（第${at.index + 1}条，共${at.size}条）`,
    `${name}的路径通不到回执的根`,
  );
};
