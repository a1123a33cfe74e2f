// The package of a transfer (移送材料): its items, and the hash list that the agency signs for. The list is text, with one line per item in the
// order of the order's package, followed by the lists of certificates and persons. The SHA-256 of its UTF-8 bytes identifies the whole
// package. Both sides write the list by this rule, so a receipt with another hash is for another package. 国务院令310号 §6; N3.5e; docs/TRANSFER.md.
import { Refusal } from '@hengji/domain-kit';
import { WrongAnswer } from './answer';

/** One item; `sha256` in hex. Exactly one of the ids is set; exchange reads the bytes from enforcement by this id. */
export interface PackedItem {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly documentId: string;
  readonly attachmentId: string;
}

/** The certificates or persons of the transfer: their number, and the Merkle root (hex) over their ids in id order. */
export interface ConcernedList {
  readonly count: number;
  readonly root: string;
}

export interface TransferLetter {
  readonly about: 'transfer';
  readonly orderId: string;
  readonly documentNo: string;
  readonly institution: string;
  readonly signedAt: string;
  readonly items: readonly PackedItem[];
  readonly certificates: ConcernedList;
  readonly persons: ConcernedList;
  readonly packageSha256: string;
}

/** The letter to the agency when the transfer order is lifted: the agency has the package, and the transfer is no longer in force. */
export interface WithdrawalLetter {
  readonly about: 'withdrawal';
  readonly orderId: string;
  readonly documentNo: string;
  readonly institution: string;
  readonly withdrawnAt: string;
  readonly packageSha256: string;
}

/** The agency's decision on a transfer (立案决定). */
export interface TransferDecision {
  readonly accepted: boolean;
  readonly decisionNo: string;
  readonly reason: string;
}

/** Refuses `transfer.package_invalid`: a package needs the transfer document and the report. */
export const checkPackage = (items: readonly PackedItem[]): void => {
  const refuse = (message: string, field = 'package'): never => {
    throw new Refusal('invalid', 'transfer.package_invalid', message, { field, rule: '国务院令310号第六条' });
  };
  if (items.length === 0) refuse('移送决定没有附移送材料');
  items.forEach(({ name, sha256, documentId, attachmentId }, i) => {
    const at = `package[${i}]`;
    if (name.trim() === '' || /\p{Cc}/u.test(name)) refuse(`第${i + 1}项移送材料的名称无效`, `${at}.name`);
    if (!/^[0-9a-f]{64}$/.test(sha256)) refuse(`第${i + 1}项移送材料没有SHA-256`, `${at}.sha256`);
    if ((documentId === '') === (attachmentId === '')) refuse(`第${i + 1}项移送材料应为一份文书或一个附件`, at);
  });
};

/** The hash list: `<sha256> <bytes> <name>` for each item, then `<root> <count> certificates` and `<root> <count> persons`. */
export const hashListOf = (letter: Pick<TransferLetter, 'items' | 'certificates' | 'persons'>): string =>
  [
    ...letter.items.map(({ sha256, bytes, name }) => `${sha256} ${bytes} ${name}`),
    `${letter.certificates.root} ${letter.certificates.count} certificates`,
    `${letter.persons.root} ${letter.persons.count} persons`,
    '',
  ].join('\n');

/** Throws WrongAnswer when the agency signed for another package: such a receipt does not count. */
export const checkReceipt = (letter: { readonly packageSha256: string }, receipt: { packageSha256: string; receiptNo: string }): void => {
  if (receipt.packageSha256 !== letter.packageSha256)
    throw new WrongAnswer(`回执的材料清单哈希不符:发出${letter.packageSha256.slice(0, 16)}…,回执${receipt.packageSha256.slice(0, 16)}…`);
  if (receipt.receiptNo === '') throw new WrongAnswer('回执没有回执编号');
};
