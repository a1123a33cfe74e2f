import { newsFilter } from './news-filter';

describe('newsFilter', () => {
  it('lets each number of a writer and key through once, also a late one that was missing', () => {
    const isNews = newsFilter();
    const told = [1n, 2n, 1n, 5n, 2n, 3n, 3n, 6n].map((number) => isNews('exam k', number));
    expect(told).toEqual([true, true, false, true, false, true, false, true]);
  });

  it('keeps writers and keys apart, and lets what has no number through', () => {
    const isNews = newsFilter();
    expect([isNews('exam a', 1n), isNews('exam b', 1n), isNews('subsidy a', 1n), isNews('exam a', 0n), isNews('exam a', 0n)]).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });
});
