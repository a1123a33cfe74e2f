import type { IncomingRecord } from '../kafka/kafka';
import { countElements, MAX_ELEMENTS, TOPICS } from '@hengji/contracts';
import { stretchesOf } from './stretches';

const elementsOf = (bytes: Uint8Array): number => countElements(TOPICS.enforcement.codec, bytes, MAX_ELEMENTS);

const record = (value: Buffer, index: number): IncomingRecord => ({
  ...{ offset: BigInt(index), key: 'k', keyBytes: Buffer.from('k'), value, headers: {}, rawHeaders: [], writtenAt: 0n },
});
const rows = (count: number): Buffer => Buffer.alloc(2 * count, Buffer.from([0x32, 0x00]));

it.each([
  ['no records', [], []],
  ['records by the hundred', Array.from({ length: 250 }, () => rows(2)), [100, 100, 50]],
  ['eight records of 450,000 empty rows', Array.from({ length: 8 }, () => rows(450_000)), [1, 1, 1, 1, 1, 1, 1, 1]],
  ['records of 30,000 rows', Array.from({ length: 7 }, () => rows(30_000)), [3, 3, 1]],
  ['records of 1 MB of text', Array.from({ length: 9 }, () => Buffer.alloc(1_000_000, 0xe4)), [4, 4, 1]],
])('cuts %s', (_what, values, sizes) => {
  const stretches = [...stretchesOf(values.map(record), elementsOf)];
  expect(stretches.map((stretch) => stretch.length)).toEqual(sizes);
  expect(stretches.flat().map(({ offset }) => Number(offset))).toEqual(values.map((_, index) => index));
});
