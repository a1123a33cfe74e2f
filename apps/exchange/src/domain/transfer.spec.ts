import { WrongAnswer } from './answer';
import { checkPackage, checkReceipt, hashListOf, type PackedItem } from './transfer';

const HASH = 'ab'.repeat(32);
const LETTER: PackedItem = { name: '移送书', mediaType: 'application/pdf', bytes: 12, sha256: HASH, documentId: 'd1', attachmentId: '' };

it('writes the hash list in the order of the package, with the lists of certificates and persons last', () => {
  const report = { ...LETTER, name: '调查报告', bytes: 3, documentId: '', attachmentId: 'a1' };
  const list = { items: [LETTER, report], certificates: { count: 2, root: 'c0' }, persons: { count: 1, root: 'd0' } };
  expect(hashListOf(list)).toBe(`${HASH} 12 移送书\n${HASH} 3 调查报告\nc0 2 certificates\nd0 1 persons\n`);
});

it.each<[string, PackedItem[]]>([
  ['nothing', []],
  ['a name that would be two lines of the list', [{ ...LETTER, name: '移送书\n假' }]],
  ['no name', [{ ...LETTER, name: ' ' }]],
  ['no hash', [{ ...LETTER, sha256: '' }]],
  ['neither document nor attachment', [{ ...LETTER, documentId: '' }]],
  ['both', [{ ...LETTER, attachmentId: 'a1' }]],
])('refuses a package with %s', (_what, items) => {
  expect(() => checkPackage(items)).toThrow(expect.objectContaining({ reason: 'transfer.package_invalid' }));
});

it('accepts a receipt for exactly what was sent', () => {
  const letter = { packageSha256: HASH };
  expect(() => checkPackage([LETTER])).not.toThrow();
  expect(() => checkReceipt(letter, { packageSha256: HASH, receiptNo: 'R1' })).not.toThrow();
  expect(() => checkReceipt(letter, { packageSha256: '00'.repeat(32), receiptNo: 'R1' })).toThrow(WrongAnswer);
  expect(() => checkReceipt(letter, { packageSha256: HASH, receiptNo: '' })).toThrow(WrongAnswer);
});
