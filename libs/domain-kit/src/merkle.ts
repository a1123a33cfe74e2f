// A Merkle tree that grows leaf by leaf and forgets the leaves: it keeps one hash per set bit of the size (RFC 9162
// shape), so a task over a million records can be cut anywhere and resumed. The hash function is an argument, because
// domain-kit has no packages and no platform modules.

export type Hash = (bytes: Uint8Array) => Uint8Array;

/** The right edge of a growing tree: `peaks[i]` is the root of a full subtree, largest first. */
export interface Frontier {
  readonly size: number;
  readonly peaks: readonly Uint8Array[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, peaks: [] };

const concat = (prefix: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(1 + parts.reduce((n, part) => n + part.length, 0));
  out[0] = prefix;
  let at = 1;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

export const leafHash = (hash: Hash, leaf: Uint8Array): Uint8Array => hash(concat(0, leaf));
const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array => hash(concat(1, left, right));

/** The frontier with these leaves (their bytes, not their hashes) appended in order. */
export const appendLeaves = (hash: Hash, frontier: Frontier, leaves: Iterable<Uint8Array>): Frontier => {
  const peaks = [...frontier.peaks];
  let size = frontier.size;
  for (const leaf of leaves) {
    let node = leafHash(hash, leaf);
    // Each trailing one bit of the old size is a full subtree of equal height that merges with the new node.
    for (let bits = size; bits % 2 === 1; bits = Math.floor(bits / 2)) {
      node = nodeHash(hash, peaks.pop() as Uint8Array, node);
    }
    peaks.push(node);
    size += 1;
  }
  return { size, peaks };
};

/** Root of the tree; the root of the empty tree is the hash of nothing (RFC 9162 §2.1.1). */
export const merkleRoot = (hash: Hash, frontier: Frontier): Uint8Array => {
  const [last, ...rest] = [...frontier.peaks].reverse();
  if (last === undefined) return hash(new Uint8Array());
  return rest.reduce((right, left) => nodeHash(hash, left, right), last);
};
