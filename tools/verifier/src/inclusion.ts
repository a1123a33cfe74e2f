// A proof file (存证文件): that one record is in the receipt of a row, by the path from its leaf to the root that was signed.
import { createHash } from 'node:crypto';
import { leafHash, rootFromPath } from '@hengji/domain-kit';
import type { TrustedKey } from '@hengji/host';
import { checkDecision } from './decisions';
import type { Findings } from './findings';
import { checkReceipt } from './receipts';
import { count, list, members, sha256Hex, signedText, text } from './shapes';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** A leaf is `id TAB before TAB after`: with a TAB inside, or any other character that nobody sees, it could be read in two ways. */
const isPlain = (part: string): boolean => !/\p{Cc}/u.test(part);

/** Checks order, receipt and path of the file. */
export const checkInclusion = (found: Findings, keys: readonly TrustedKey[], file: unknown): void => {
  const { record, receipt, decision } = members(file, '文件', ['type', 'record', 'receipt', 'decision']);
  const fields = members(record, 'record', ['id', 'before', 'after', 'index', 'path']);
  const parts = ['id', 'before', 'after'].map((name) => text(fields[name], `record.${name}`));
  const signed = signedText(receipt, 'receipt');
  const orderId = text(signed.statement['orderId'], 'orderId');
  const decided = checkDecision(found, keys, signedText(decision, 'decision'), { orderId });
  const row = decided?.rows.find((asked) => asked.row === signed.statement['row']);
  // A proof does not say what was lifted since: a row that was worked again may have left that out.
  const read = checkReceipt(found, keys, signed, { row, orderId, lifted: true });
  if (!read) return;
  const name = `“${parts[0]}”（${parts[1]} → ${parts[2]}）`;
  if (!found.note('inclusion.record', parts.every(isPlain), `${name}没有控制字符`, `${name}含有控制字符，可作两种读法`)) return;
  const leaf = leafHash(sha256, Buffer.from(parts.join('\t')));
  const hashes = list(fields['path'], 'path').map((one, i) => Buffer.from(sha256Hex(one, `path[${i}]`), 'hex'));
  const index = count(fields['index'], 'index');
  // Beyond this a number is no longer exact; no receipt has so many records.
  const isInside = index < read.leaves && read.leaves <= BigInt(Number.MAX_SAFE_INTEGER);
  const at = { index: Number(index), size: Number(read.leaves) };
  const root = isInside ? rootFromPath(sha256, leaf, at, hashes) : undefined;
  const leads = root !== undefined && Buffer.from(root).toString('hex') === read.root;
  found.note(
    'inclusion.path',
    leads,
    `${name}在第${read.row}行回执之中（第${at.index + 1}条，共${at.size}条）`,
    `${name}的路径通不到回执的根`,
  );
};
