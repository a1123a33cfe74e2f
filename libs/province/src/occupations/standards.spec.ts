import { evaluatedOccupations, findEvaluated } from './standards';

const OCCUPATIONS = evaluatedOccupations();

describe('OCCUPATIONS', () => {
  it('has the 109 rows of the rules, each code once', () => {
    expect(OCCUPATIONS).toHaveLength(109);
    expect(new Set(OCCUPATIONS.map(({ code }) => code)).size).toBe(109);
  });

  it.each(OCCUPATIONS.map((occupation) => [occupation.code, occupation] as const))('%s is well formed', (code, occupation) => {
    expect(code).toMatch(/^[3-6]-\d{2}-\d{2}-\d{2}$/);
    expect(occupation.name).toMatch(/^\p{sc=Han}+$/u);
    expect('54321').toContain(occupation.levels);
    expect(occupation.levels).not.toBe('');
    expect(findEvaluated(code)).toBe(occupation);
  });

  it('marks the occupations with restricted admission', () => {
    expect(OCCUPATIONS.filter((occupation) => occupation.accessRestricted).map(({ name }) => name)).toEqual([
      '轨道交通列车司机',
      '民航乘务员',
      '消防设施操作员',
      '游泳救生员',
      '消防员',
      '森林消防员',
      '应急救援员',
      '家畜繁殖员',
    ]);
    expect(OCCUPATIONS.filter((occupation) => occupation.restrictedTrades).map(({ name }) => name)).toEqual([
      '焊工',
      '保安员',
      '安检员',
      '社会体育指导员',
    ]);
  });

  it('maps a code of 2015 to one of 2022', () => {
    for (const { successor } of OCCUPATIONS) if (successor) expect(findEvaluated(successor)).toBeDefined();
    expect(findEvaluated('4-10-01-02')?.successor).toBe('4-10-01-01');
  });

  it('finds nothing for an unknown code', () => {
    expect(findEvaluated('6-99-99-99')).toBeUndefined();
  });
});
