import { heardOnce } from './heard-once';

const heard = (...sequences: number[]): boolean[] => {
  const once = heardOnce();
  return sequences.map((sequence) => once.isNew('hengji/exam', 'S1', BigInt(sequence)));
};

describe('what was heard once', () => {
  it('is not heard again, wherever it comes a second time', () => {
    expect(heard(1, 2, 2, 3, 1)).toEqual([true, true, false, true, false]);
  });

  it('takes what was missing once, when it comes late', () => {
    expect(heard(1, 4, 2, 2, 3, 4)).toEqual([true, true, true, false, true, false]);
  });

  it('counts each writer and each key by itself, and events without a number always', () => {
    const once = heardOnce();
    expect([once.isNew('a', 'S1', 1n), once.isNew('b', 'S1', 1n), once.isNew('a', 'S2', 1n), once.isNew('a', 'S1', 1n)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([once.isNew('a', 'S1', 0n), once.isNew('a', 'S1', 0n)]).toEqual([true, true]);
  });

  it('names the keys with a number missing, and the last one of each', () => {
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
