import { followSequence } from './sequence';

describe('followSequence', () => {
  it.each([
    ['the next ones', 3n, [4n, 5n], { last: 5n, gaps: [], late: [] }],
    ['the very first', 0n, [1n], { last: 1n, gaps: [], late: [] }],
    ['a first that is not 1', 0n, [3n], { last: 3n, gaps: [{ first: 1n, last: 2n }], late: [] }],
    ['a jump over one', 3n, [5n], { last: 5n, gaps: [{ first: 4n, last: 4n }], late: [] }],
    [
      'two jumps',
      0n,
      [1n, 3n, 7n],
      {
        last: 7n,
        gaps: [
          { first: 2n, last: 2n },
          { first: 4n, last: 6n },
        ],
        late: [],
      },
    ],
    ['a second delivery', 3n, [3n], { last: 3n, gaps: [], late: [3n] }],
    ['what was jumped over a moment ago', 0n, [1n, 3n, 2n], { last: 3n, gaps: [{ first: 2n, last: 2n }], late: [2n] }],
    ['no number', 3n, [0n], { last: 3n, gaps: [], late: [] }],
    ['nothing', 3n, [], { last: 3n, gaps: [], late: [] }],
  ])('follows %s', (_what, known, arrived, followed) => {
    expect(followSequence(known, arrived)).toEqual(followed);
  });
});
