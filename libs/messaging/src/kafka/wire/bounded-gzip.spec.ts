import { gzipSync } from 'node:zlib';
import { boundedGunzip } from './bounded-gzip';

it('decompresses eight records of 900 kB', async () => {
  const batch = Buffer.alloc(8 * 900_000, 7);
  expect((await boundedGunzip(gzipSync(batch))).equals(batch)).toBe(true);
});

it.each([
  ['17 MB', 17_000_000],
  ['100 MB', 100_000_000],
])('refuses %s', async (_what, bytes) => {
  await expect(boundedGunzip(gzipSync(Buffer.alloc(bytes)))).rejects.toThrow(/larger than 16777216 bytes/);
});
