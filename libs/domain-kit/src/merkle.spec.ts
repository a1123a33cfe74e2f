import { createHash } from 'node:crypto';
import { EMPTY_FRONTIER, type Hash, appendLeaves, auditPaths, leafHash, merkleRoot, rootFromPath } from './merkle';

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest();
const leaves = (n: number) => Array.from({ length: n }, (_, i) => Buffer.from(`leaf ${i}`));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** RFC 9162 §2.1.1 implemented a second time, recursively, as the standard defines it. */
const rfcRoot = (list: readonly Uint8Array[]): Uint8Array => {
  if (list.length === 0) return sha256(new Uint8Array());
  const [only] = list;
  if (list.length === 1 && only) return leafHash(sha256, only);
  let k = 1;
  while (k * 2 < list.length) k *= 2;
  return sha256(Buffer.concat([Buffer.from([1]), rfcRoot(list.slice(0, k)), rfcRoot(list.slice(k))]));
};

describe('a Merkle tree that does not store its leaves', () => {
  it.each([0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100])('has the root of RFC 9162 for %i leaves', (n) => {
    expect(hex(merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, leaves(n))))).toBe(hex(rfcRoot(leaves(n))));
  });

  it('can be interrupted anywhere and resumed', () => {
    const all = leaves(57);
    const whole = hex(merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, all)));
    for (let cut = 0; cut <= all.length; cut += 1) {
      const first = appendLeaves(sha256, EMPTY_FRONTIER, all.slice(0, cut));
      expect(hex(merkleRoot(sha256, appendLeaves(sha256, first, all.slice(cut))))).toBe(whole);
    }
  });

  it('changes with any leaf, and with their order', () => {
    const root = (list: readonly Uint8Array[]) => hex(merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, list)));
    const all = leaves(6);
    const roots = new Set([root(all), root(all.slice(1)), root([...all].reverse()), root([...all.slice(0, 5), Buffer.from('other')])]);
    expect(roots.size).toBe(4);
  });
});

describe('audit paths of all leaves at once', () => {
  it.each([1, 2, 3, 5, 7, 8, 9, 31, 33, 100])('lead from each of %i leaves to the root, and from no other position', (n) => {
    const hashes = leaves(n).map((leaf) => leafHash(sha256, leaf));
    const { root, paths } = auditPaths(sha256, hashes);
    expect(hex(root)).toBe(hex(rfcRoot(leaves(n))));
    for (const [index, leaf] of hashes.entries()) {
      const reached = rootFromPath(sha256, leaf, { index, size: n }, paths[index] ?? []);
      expect(hex(reached ?? new Uint8Array())).toBe(hex(root));
      const elsewhere = rootFromPath(sha256, leaf, { index: (index + 1) % n, size: n }, paths[index] ?? []);
      if (n > 1) expect(hex(elsewhere ?? new Uint8Array())).not.toBe(hex(root));
    }
  });

  it('has the root of the empty tree for no leaves', () => {
    expect(auditPaths(sha256, []).paths).toEqual([]);
    expect(hex(auditPaths(sha256, []).root)).toBe(hex(rfcRoot([])));
  });
});
