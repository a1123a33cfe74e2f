// What is signed of a transfer's package (移送材料): each piece with its size and hash. Written once, because signer and checker must
// write the same bytes.
import type { PackageItem } from './generated/hengji/enforcement/v1/order';

/** Every member of each piece, in the order of the package; sizes in digits, hashes in lower-case hex. */
export const packageStatement = (items: readonly PackageItem[]) =>
  items.map(({ bytes, sha256, ...item }) => ({ ...item, bytes: String(bytes), sha256: Buffer.from(sha256).toString('hex') }));
