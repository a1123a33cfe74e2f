import { countsOf, listProblem, numberListOf, numbersOf, unresolved, without, type NumberLine, type NumberList } from './number-list';

const INSTITUTION = 'S000021010001';
const number = (n: number): string => `${INSTITUTION}26300000${n}`;
const line = (at: number, standing: NumberLine['standing'], what = number(at)): NumberLine => ({
  ...{ line: at, typed: what, standing, words: '' },
  number: standing === 'MALFORMED' ? '' : what,
});
const LINES = [
  line(1, 'FOUND'),
  line(2, 'VOID'),
  line(3, 'UNKNOWN'),
  line(4, 'OTHER_INSTITUTION'),
  line(5, 'DUPLICATE', number(1)),
  line(6, 'MALFORMED', 'S0000'),
];
const TEXT = LINES.map(({ typed }) => typed).join('\n');
const LIST: NumberList = { text: TEXT, checked: { text: TEXT, institution: INSTITUTION, lines: LINES } };
const at = (lines: readonly NumberLine[]): number[] => lines.map(({ line: n }) => n);

describe('a pasted list', () => {
  it('needs a decision on each line that is wrong, and on void certificates until they are kept', () => {
    expect(at(unresolved(LIST))).toEqual([2, 3, 4, 6]);
    expect(at(unresolved({ ...LIST, keepsVoid: true }))).toEqual([3, 4, 6]);
    expect(countsOf(LIST).map(({ standing, count }) => `${standing} ${count}`)).toEqual([
      'FOUND 1',
      'VOID 1',
      'DUPLICATE 1',
      'UNKNOWN 1',
      'OTHER_INSTITUTION 1',
      'MALFORMED 1',
    ]);
  });

  it('names each number once after its wrong lines are removed, and the text follows', () => {
    const clean = without(LIST, unresolved(LIST));
    expect(numbersOf(clean)).toEqual([number(1)]);
    expect(clean.text).toBe(`${number(1)}\n${number(1)}`);
    expect(numbersOf(without({ ...LIST, keepsVoid: true }, LINES.slice(2)))).toEqual([number(1), number(2)]);
    expect(numbersOf(undefined)).toEqual([]);
  });

  it.each<[string, NumberList | undefined, string, string | undefined]>([
    ['no list', undefined, INSTITUTION, undefined],
    ['an empty text', { text: ' \n' }, INSTITUTION, undefined],
    ['a text without a check', { text: TEXT }, INSTITUTION, '尚未核对'],
    ['a text that was changed since', { ...LIST, text: `${TEXT}\n1` }, INSTITUTION, '尚未核对'],
    ['a check for another institution', LIST, 'S000021010002', '尚未核对'],
    ['wrong lines', LIST, INSTITUTION, '还有4行'],
    ['no number left', without(LIST, LINES.slice(0, 4).concat(LINES.slice(5))), INSTITUTION, '没有可以列入'],
    ['good lines only', without(LIST, unresolved(LIST)), INSTITUTION, undefined],
    ['the numbers of a draft', numberListOf(INSTITUTION, [number(1)]), INSTITUTION, undefined],
  ])('%s', (_, list, institution, problem) => {
    if (problem === undefined) expect(listProblem(list, institution)).toBeUndefined();
    else expect(listProblem(list, institution)).toContain(problem);
  });
});
