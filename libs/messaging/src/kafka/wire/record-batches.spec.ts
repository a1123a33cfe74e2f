import { rawBatch } from '../../../test/raw-batch';
import { readFetchAnswer } from './fetch-answer';
import { readBatches } from './record-batches';

const BASE = 1000n;
const HEAD = 61;
const CONTENT = { key: Buffer.from('k'), value: Buffer.from('value'), headers: [['h', Buffer.from('1')]] as const };
const batchOf = (count: number): Buffer => {
  const batch = rawBatch(count, CONTENT);
  batch.writeBigInt64BE(BASE);
  return batch;
};
/** A batch of one record with these bytes as its records. */
const withRecords = (records: readonly number[]): Buffer => {
  const batch = Buffer.concat([batchOf(1).subarray(0, HEAD), Buffer.from(records)]);
  batch.writeInt32BE(batch.length - 12, 8);
  return batch;
};
const read = async (batch: Buffer) =>
  (await readBatches(batch, { from: BASE, most: 1000 })).map(({ offset, headers, isMarker }) => [
    Number(offset),
    isMarker ? 'marker' : 'hengji_malformed' in headers ? 'malformed' : 'read',
  ]);

const BODY = [0, 0, 0, 1, 1, 0]; // no attributes, deltas 0, no key, no value, no headers

it('reads a length with bits beyond 32 as the broker does', async () => {
  expect(await read(withRecords([0x8c, 0x80, 0x80, 0x80, 0x10, ...BODY]))).toEqual([[1000, 'read']]);
});

it.each([
  ['a length beyond the batch', [0x7e, ...BODY]],
  ['a length below nothing', [0x05, ...BODY]],
  ['a length without an end', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80]],
  ['no bytes at all', []],
  ['a record of no bytes', [0]],
  ['a time without an end', [0x06, 0, 0x80, 0x80]],
  ['the delta 2^31-1', [0x14, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0x0f, 1, 1, 0]],
  ['the delta -1', [0x0c, 0, 0, 1, 1, 1, 0]],
])('makes one malformed record of %s', async (_what, records) => {
  expect(await read(withRecords(records))).toEqual([[1000, 'malformed']]);
});

it('keeps offsets ascending where two records have the same delta', async () => {
  const batch = batchOf(3);
  const one = (batch.length - HEAD) / 3;
  batch[HEAD + one + 3] = 0;
  expect(await read(batch)).toEqual([
    [1000, 'read'],
    [1001, 'malformed'],
    [1002, 'read'],
  ]);
});

it.each([-1, 4, 2 ** 31 - 1])('makes one malformed record of a batch with the count %d', async (count) => {
  const batch = batchOf(3);
  batch.writeInt32BE(count, HEAD - 4);
  expect(await read(batch)).toEqual([[1002, 'malformed']]);
});

it.each([-1, 2 ** 31 - 1])('ends at a batch that claims the length %d', async (length) => {
  const batch = batchOf(3);
  batch.writeInt32BE(length, 8);
  expect(await read(batch)).toEqual([]);
});

it('makes one malformed record of a batch of another format', async () => {
  const batch = batchOf(3);
  batch.writeInt8(1, 16);
  expect(await read(batch)).toEqual([[1000, 'malformed']]);
});

it('makes one malformed record of a batch that cannot be unpacked', async () => {
  for (const compression of [1, 4]) {
    const batch = batchOf(3);
    batch.writeInt16BE(compression, 21);
    expect(await read(batch)).toEqual([[1002, 'malformed']]);
  }
});

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
/** Partition 0 and 1 of topic t, as an answer of version 4. */
const answerOf = (sets: readonly Buffer[]): Buffer => {
  const partitions = sets.flatMap((set, index) => [int32(index), Buffer.alloc(18), int32(0), int32(set.length), set]);
  return Buffer.concat([int32(0), int32(1), Buffer.from([0, 1, 0x74]), int32(sets.length), ...partitions]);
};

it('reads the other partition for any of 20,000 mutations of the first', async () => {
  let seed = 20_261;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const sound = batchOf(3);
  for (let round = 0; round < 20_000; round += 1) {
    const bad = Buffer.from(sound);
    for (let left = 1 + random(4); left > 0; left -= 1) bad[8 + random(bad.length - 8)] = random(256);
    const { responses } = await readFetchAnswer(answerOf([bad, sound]), 4, () => BASE);
    const [first, second] = responses[0]?.partitions.map(({ messages }) => messages.map(({ offset }) => BigInt(offset))) ?? [];
    const wrong = first?.some((offset, index) => offset < BASE || (index > 0 && offset <= (first[index - 1] ?? 0n)));
    const beyond = first?.some((offset) => offset > BASE + BigInt(Math.max(bad.readInt32BE(23), 0)));
    if (wrong !== false || beyond !== false || (first?.length ?? 0) > 4 || second?.length !== 3)
      throw new Error(`round ${round}: ${bad.toString('hex')}`);
  }
}, 30_000);
