import { createHash } from 'node:crypto';
import { addChunk, leafBytes, readTally, receiptOf, writeTally } from './tally';
import type { Leaf } from './types';

const NOW = new Date('2026-03-02T02:00:00Z');
const LEAVES: Leaf[] = Array.from({ length: 7 }, (_, i) => ({ id: `id-${i}`, before: 'ISSUED', after: 'VOID' }));
const chunkOf = (leaves: readonly Leaf[]) => ({ leaves, changed: leaves.length, already: 0, fen: 5n, next: null });

const sha = (...parts: (string | Uint8Array)[]): Buffer => parts.reduce((h, part) => h.update(part), createHash('sha256')).digest();

/** RFC 9162 §2.1.1, literally and with all leaves in memory. */
const rootOf = (leaves: readonly Leaf[]): Buffer => {
  const [only] = leaves;
  if (only === undefined) return sha('');
  if (leaves.length === 1) return sha('\0', `${only.id}\t${only.before}\t${only.after}`);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha('\u0001', rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
};

test('a tally that is interrupted anywhere, stored and resumed gives the same receipt as one without interruption', () => {
  for (let cut = 0; cut <= LEAVES.length; cut += 1) {
    const first = addChunk(readTally({}, NOW), chunkOf(LEAVES.slice(0, cut)));
    const resumed = readTally(JSON.parse(JSON.stringify(writeTally(first))), new Date(0));
    const receipt = receiptOf(addChunk(resumed, chunkOf(LEAVES.slice(cut))), NOW);
    expect(receipt).toMatchObject({
      left: 0n,
      leaves: 7n,
      matched: 7n,
      changed: 7n,
      already: 0n,
      fen: 10n,
      root: rootOf(LEAVES),
      startedAt: NOW,
      finishedAt: NOW,
    });
  }
});

test('the root of no records is the hash of the empty string', () => {
  expect(receiptOf(readTally({}, NOW), NOW).root).toEqual(rootOf([]));
});

test('a count of records takes precedence over the count of leaves (holds)', () => {
  const tally = addChunk(readTally({}, NOW), { ...chunkOf(LEAVES.slice(0, 1)), matched: 1_000_000n });
  expect(tally.matched).toBe(1_000_000n);
});

test('a leaf is id, before and after in UTF-8, separated by tabs', () => {
  expect(Buffer.from(leafBytes({ id: '证', before: 'A', after: 'B' })).toString('hex')).toBe(Buffer.from('证\tA\tB').toString('hex'));
});

test.each([
  ['a tab in the id', { id: 'X\tY', before: 'A', after: 'B' }],
  ['a line break in the id', { id: 'X\nY', before: 'A', after: 'B' }],
  ['a tab in the state before', { id: 'X', before: 'Y\tA', after: 'B' }],
  ['a tab in the state after', { id: 'X', before: 'A', after: 'B\t' }],
  ['a control character of C1', { id: 'X\u009b', before: 'A', after: 'B' }],
])('a leaf that could be read in two ways is not hashed: %s', (_, leaf) => {
  expect(() => leafBytes(leaf)).toThrow(expect.objectContaining({ reason: 'record.not_provable' }));
});
