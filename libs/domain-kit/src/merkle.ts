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

export const leafHash = (hash: Hash, leaf: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(1 + leaf.length);
  bytes.set(leaf, 1);
  return hash(bytes);
};

const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return hash(bytes);
};

const hashed = function* (hash: Hash, leaves: Iterable<Uint8Array>): Iterable<Uint8Array> {
  for (const leaf of leaves) yield leafHash(hash, leaf);
};

/** The frontier with these leaves (their bytes, not their hashes) appended in order. */
export const appendLeaves = (hash: Hash, frontier: Frontier, leaves: Iterable<Uint8Array>): Frontier =>
  appendHashes(hash, frontier, hashed(hash, leaves));

/** The same for leaves that somebody else has hashed already (`leafHash`). */
export const appendHashes = (hash: Hash, frontier: Frontier, hashes: Iterable<Uint8Array>): Frontier => {
  const peaks = [...frontier.peaks];
  let size = frontier.size;
  for (const leaf of hashes) {
    let node = leaf;
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

/** The subtrees beside the way from the leaf up to the root, lowest first: leaves `from`..`to`-1 (RFC 9162 §2.1.3). */
export const siblingsOf = (index: number, size: number): { readonly from: number; readonly to: number }[] => {
  if (size <= 1) return [];
  let half = 1;
  while (half * 2 < size) half *= 2;
  if (index < half) return [...siblingsOf(index, half), { from: half, to: size }];
  const right = siblingsOf(index - half, size - half).map(({ from, to }) => ({ from: from + half, to: to + half }));
  return [...right, { from: 0, to: half }];
};

/** The root that leaf and audit path lead to; undefined for a path of the wrong length. `leaf` is its hash. */
export const rootFromPath = (hash: Hash, leaf: Uint8Array, at: { index: number; size: number }, path: readonly Uint8Array[]) => {
  const siblings = siblingsOf(at.index, at.size);
  if (at.index < 0 || at.index >= at.size || siblings.length !== path.length) return undefined;
  const join = (node: Uint8Array, beside: Uint8Array, i: number): Uint8Array =>
    (siblings[i]?.from ?? 0) > at.index ? nodeHash(hash, node, beside) : nodeHash(hash, beside, node);
  return path.reduce(join, leaf);
};

/** The root over these leaves (their hashes), and for each leaf its audit path, as `rootFromPath` takes it. */
export const auditPaths = (hash: Hash, leaves: readonly Uint8Array[]) => {
  // A node without a neighbour moves up as it is, which gives the tree of RFC 9162.
  const join = (left: Uint8Array, right?: Uint8Array): Uint8Array => (right ? nodeHash(hash, left, right) : left);
  const levels = [leaves];
  for (let below = leaves; below.length > 1; levels.push(below))
    below = below.flatMap((left, i) => (i % 2 === 0 ? [join(left, below[i + 1])] : []));
  const pathOf = (index: number) => levels.flatMap((nodes, height) => nodes[(index >> height) ^ 1] ?? []);
  return { root: levels.at(-1)?.[0] ?? hash(new Uint8Array()), paths: leaves.map((_, index) => pathOf(index)) };
};
