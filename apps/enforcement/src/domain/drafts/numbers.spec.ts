import { INSTITUTION, WHOLE } from '../../../test/orders';
import { checkCount, checkNumbersExist, standLines, type FoundNumbers } from './numbers';

const number = (n: number, institution = INSTITUTION): string => `${institution}263${String(n).padStart(6, '0')}`;
const ELSEWHERE = 'S000021020003';
const HIDDEN = 'S000021030003';
const FOUND: FoundNumbers = new Map([
  [number(1), { institution: INSTITUTION, isVoid: false }],
  [number(2), { institution: INSTITUTION, isVoid: true }],
  [number(3, ELSEWHERE), { institution: ELSEWHERE, isVoid: false }],
  [number(4, HIDDEN), { institution: HIDDEN, isVoid: true }],
]);
const known = { institution: INSTITUTION, found: FOUND, nameOf: (code: string) => (code === ELSEWHERE ? '大连某学校' : undefined) };
const line = (at: number, what: string, fault = '') => ({ line: at, typed: what, number: fault === '' ? what : '', fault });

describe('the lines of a pasted list', () => {
  it('say what each of them names', () => {
    const lines = [
      line(1, number(1)),
      line(2, number(2)),
      line(3, number(3, ELSEWHERE)),
      line(4, number(4, HIDDEN)),
      line(5, number(9)),
      line(6, number(1)),
      line(7, 'S0000', '少17位'),
      line(8, number(9)),
    ];
    expect(standLines(lines, known).map(({ line: at, standing, words }) => [at, standing, words])).toEqual([
      [1, 'FOUND', ''],
      [2, 'VOID', '该证书已经作废'],
      [3, 'OTHER_INSTITUTION', '属于其他机构：大连某学校'],
      [4, 'OTHER_INSTITUTION', '属于其他机构'],
      [5, 'UNKNOWN', '没有这个编号的证书'],
      [6, 'DUPLICATE', '与第1行重复'],
      [7, 'MALFORMED', '少17位'],
      [8, 'DUPLICATE', '与第5行重复'],
    ]);
  });

  it.each<[number, string | undefined]>([
    [0, 'order.numbers_missing'],
    [1, undefined],
    [10_000, undefined],
    [10_001, 'order.numbers_too_many'],
  ])('may be %i numbers: %s', (count, reason) => {
    const check = (): void => checkCount(Array.from({ length: count }));
    if (reason === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ reason, detail: expect.objectContaining({ field: 'text' }) }));
  });
});

describe('the certificates of a scope', () => {
  it.each<[string, string[], string | undefined]>([
    ['none', [], undefined],
    ['one that exists, and one that is void', [number(1), number(2)], undefined],
    ['one that does not exist', [number(1), number(9)], 'scope.certificates[1]'],
    ['one of another institution', [number(3, ELSEWHERE)], 'scope.certificates[0]'],
  ])('%s', (_, certificates, field) => {
    const check = (): void => checkNumbersExist({ ...WHOLE, certificates }, FOUND);
    if (field === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ reason: 'order.numbers_unknown', detail: expect.objectContaining({ field }) }));
  });
});
