// What a row has found and done so far, as stored with its task: counts, money and the right edge of the Merkle tree. Each chunk is added
// to the tally, and the final tally becomes the receipt. Its size does not grow with the number of records.
import type { Receipt } from '@hengji/contracts/enforcement/v1/order';
import { appendLeaves, merkleRoot, Refusal, type Frontier } from '@hengji/domain-kit';
import type { Json } from '@hengji/messaging';
import { sha256 } from './effects/targets';
import type { Chunk, Leaf } from './types';

export interface Tally {
  readonly matched: bigint;
  readonly changed: bigint;
  readonly already: bigint;
  readonly fen: bigint;
  readonly left: bigint;
  readonly frontier: Frontier;
  readonly startedAt: Date;
  /** When the last RowProgressed was written; initially when the row started. */
  readonly toldAt: Date;
  /** The row runs again on altered evidence: the evidence is not sealed anew. */
  readonly keepsEvidence: boolean;
}

interface Stored {
  readonly matched: string;
  readonly changed: string;
  readonly already: string;
  readonly fen: string;
  readonly left: string;
  readonly size: number;
  readonly peaks: readonly string[];
  readonly startedAt: string;
  readonly toldAt: string;
  readonly keepsEvidence?: boolean;
}

/** As JSON for the task's row. */
export const writeTally = (tally: Tally): Json =>
  ({
    matched: tally.matched.toString(),
    changed: tally.changed.toString(),
    already: tally.already.toString(),
    fen: tally.fen.toString(),
    left: tally.left.toString(),
    size: tally.frontier.size,
    peaks: tally.frontier.peaks.map((peak) => Buffer.from(peak).toString('hex')),
    startedAt: tally.startedAt.toISOString(),
    toldAt: tally.toldAt.toISOString(),
    ...(tally.keepsEvidence && { keepsEvidence: true }),
  }) satisfies Stored;

/** The tally that `writeTally` wrote; for a task without progress an empty tally, started now. */
export const readTally = (json: Json, now: Date): Tally => {
  const stored = json as unknown as Partial<Stored> | null;
  return {
    matched: BigInt(stored?.matched ?? 0),
    changed: BigInt(stored?.changed ?? 0),
    already: BigInt(stored?.already ?? 0),
    fen: BigInt(stored?.fen ?? 0),
    left: BigInt(stored?.left ?? 0),
    frontier: { size: stored?.size ?? 0, peaks: (stored?.peaks ?? []).map((peak) => Buffer.from(peak, 'hex')) },
    startedAt: stored?.startedAt ? new Date(stored.startedAt) : now,
    toldAt: stored?.toldAt ? new Date(stored.toldAt) : now,
    keepsEvidence: stored?.keepsEvidence === true,
  };
};

const CONTROL = /\p{Cc}/u;

/**
 * The bytes of a leaf as every checker of a receipt builds them: utf8(id TAB before TAB after). Refuses `record.not_provable` for a record
 * that contains a TAB or another control character: its leaf could be read as another record's.
 */
export const leafBytes = ({ id, before, after }: Leaf): Uint8Array => {
  if (CONTROL.test(id) || CONTROL.test(before) || CONTROL.test(after)) {
    throw new Refusal('illegalMove', 'record.not_provable', `记录“${id}”的编号或状态含有控制字符，不能写入回执`, {
      ...{ field: 'record_id', rule: 'N3.5c' },
    });
  }
  return Buffer.from(`${id}\t${before}\t${after}`);
};

/** The tally with one more chunk added. */
export const addChunk = (tally: Tally, chunk: Chunk): Tally => ({
  ...tally,
  matched: tally.matched + (chunk.matched ?? BigInt(chunk.leaves.length)),
  changed: tally.changed + BigInt(chunk.changed),
  already: tally.already + BigInt(chunk.already),
  fen: tally.fen + (chunk.fen ?? 0n),
  left: tally.left + BigInt(chunk.left ?? 0),
  frontier: appendLeaves(sha256, tally.frontier, chunk.leaves.map(leafBytes)),
});

/** The latest of these times; undefined times are ignored. */
export const latestOf = (first: Date, ...others: readonly (Date | undefined)[]): Date =>
  others.reduce<Date>((last, one) => (one && one > last ? one : last), first);

/** The receipt (回执) of a row that ends with this tally; not yet signed. */
export const receiptOf = (tally: Tally, finishedAt: Date): Receipt => ({
  matched: tally.matched,
  changed: tally.changed,
  already: tally.already,
  fen: tally.fen,
  left: tally.left,
  leaves: BigInt(tally.frontier.size),
  root: Buffer.from(merkleRoot(sha256, tally.frontier)),
  startedAt: tally.startedAt,
  finishedAt,
  signature: undefined,
});
