import { ROW_CODES, VERDICTS, WrongAnswer, matchRows, sortRows } from './answer';

const SENT = ['S000021010003261000001', 'S000021010003261000002'];
const row = (number: string, code = '00') => ({ number, code });

describe('matchRows', () => {
  it('sorts the codes into the order in which the rows were sent', () => {
    expect(matchRows(SENT, [row(SENT[1] as string, '03'), row(SENT[0] as string)])).toEqual(['00', '03']);
  });

  it.each([
    ['a row too few', [row(SENT[0] as string)]],
    ['a row too many', [...SENT.map((n) => row(n)), row('S000021010003261000003')]],
    ['a row twice', [row(SENT[0] as string), row(SENT[0] as string)]],
    ['a foreign row', [row(SENT[0] as string), row('S000021010003261000003')]],
    ['an unknown code', [row(SENT[0] as string), row(SENT[1] as string, '07')]],
    ['nothing', []],
  ])('rejects an answer with %s', (_what, rows) => {
    expect(() => matchRows(SENT, rows)).toThrow(WrongAnswer);
  });
});

describe('verdicts', () => {
  it('has a verdict for every code of every kind', () => {
    for (const kind of ['upload', 'withdraw', 'notice'] as const) expect(Object.keys(VERDICTS[kind]).sort()).toEqual([...ROW_CODES].sort());
  });

  it('counts a row that is already so as done, and repeats only rows that failed inside the agency', () => {
    expect(sortRows('withdraw', ['00', '03', '99', '04'])).toEqual({ done: [0, 1], again: [2], rejected: [3] });
    expect(sortRows('upload', ['00', '02', '03', '01', '99'])).toEqual({ done: [0, 1], rejected: [2, 3], again: [4] });
  });
});
