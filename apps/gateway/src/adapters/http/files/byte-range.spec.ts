// Both sides of each border of a range, in a file of ten bytes.
import { byteRange } from './byte-range';

it.each<[string | undefined, ReturnType<typeof byteRange>]>([
  ['bytes=0-', { from: 0, until: 10 }],
  ['bytes=0-0', { from: 0, until: 1 }],
  ['bytes=3-6', { from: 3, until: 7 }],
  ['bytes=9-', { from: 9, until: 10 }],
  ['bytes=9-9', { from: 9, until: 10 }],
  ['bytes=5-99', { from: 5, until: 10 }],
  ['bytes=-3', { from: 7, until: 10 }],
  ['bytes=-99', { from: 0, until: 10 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=10-12', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=6-3', undefined],
  ['bytes=-', undefined],
  ['bytes=0-1,4-5', undefined],
  ['items=0-1', undefined],
  ['bytes=a-b', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s', (header, expected) => expect(byteRange(header, 10)).toEqual(expected));
