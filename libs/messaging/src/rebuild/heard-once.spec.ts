import { heardOnce } from './heard-once';

const heard = (...sequences: number[]): boolean[] => {
  const once = heardOnce();
  return sequences.map((sequence) => once.isNew('hengji/exam', 'S1', BigInt(sequence)));
};

describe('numbers handled once', () => {
  it('are not handled again, wherever they come a second time', () => {
    expect(heard(1, 2, 2, 3, 1)).toEqual([true, true, false, true, false]);
  });

  it('include a missing number once, when it comes late', () => {
    expect(heard(1, 4, 2, 2, 3, 4)).toEqual([true, true, true, false, true, false]);
  });

  it('are counted for each writer and each key; events without a number always count as new', () => {
    const once = heardOnce();
    expect([once.isNew('a', 'S1', 1n), once.isNew('b', 'S1', 1n), once.isNew('a', 'S2', 1n), once.isNew('a', 'S1', 1n)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([once.isNew('a', 'S1', 0n), once.isNew('a', 'S1', 0n)]).toEqual([true, true]);
  });

  it('give the keys with a missing number, and the last number of each key', () => {
    const once = heardOnce();
    for (const [key, sequence] of [
      ['S1', 1],
      ['S2', 3],
      ['S3', 1],
      ['S3', 3],
      ['S3', 2],
    ] as const)
      once.isNew('a', key, BigInt(sequence));
    expect(once.withGaps('a')).toEqual(['S2']);
    expect(['S2', 'S3', 'S4'].map((key) => once.last('a', key))).toEqual([3n, 3n, 0n]);
  });
});
