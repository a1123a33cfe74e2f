// What is signed of a transfer's package (移送材料): each item with its size and hash. The statement is defined once, because signer and
// checker must write the same bytes.
import type { PackageItem } from './generated/hengji/enforcement/v1/order';

/** Every member of each item, in the order of the package; sizes as decimal text, hashes in lower-case hex. */
export const packageStatement = (items: readonly PackageItem[]) =>
  items.map(({ bytes, sha256, ...item }) => ({ ...item, bytes: String(bytes), sha256: Buffer.from(sha256).toString('hex') }));
