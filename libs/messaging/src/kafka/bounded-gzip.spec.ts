import { gzipSync } from 'node:zlib';
import { boundedGzip } from './bounded-gzip';

const record = (bytes: number): Buffer => {
  const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]);
  return Buffer.concat([Buffer.from(varint(bytes * 2)), Buffer.alloc(bytes)]);
};
const batchOf = (count: number, bytes: number): Buffer => Buffer.alloc(count * record(bytes).length, record(bytes));

it('unpacks eight records of 900 kB', async () => {
  const batch = batchOf(8, 900_000);
  expect((await boundedGzip().decompress(gzipSync(batch))).equals(batch)).toBe(true);
});

it.each([
  ['17 MB', Buffer.alloc(17_000_000)],
  ['100 MB', Buffer.alloc(100_000_000)],
  ['a million empty records', Buffer.alloc(1_000_000)],
  ['200,000 records of 7 bytes', batchOf(200_000, 7)],
])('refuses %s', async (_what, batch) => {
  await expect(boundedGzip().decompress(gzipSync(batch))).rejects.toThrow(/larger than 16777216 bytes|more than 50000 records/);
});
