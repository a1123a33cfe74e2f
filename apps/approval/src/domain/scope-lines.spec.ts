import { Refusal } from '@hengji/domain-kit';
import { EVALUATION_KINDS, evaluatedOccupations, type InstitutionClass } from '@hengji/province';
import { checkScopeLines, covers, type ScopeLine } from './scope-lines';

const OCCUPATIONS = evaluatedOccupations();

type Line = Parameters<typeof checkScopeLines>[0][number];

/** The basis that the kind of the line demands. */
const BASIS: Readonly<Record<string, Partial<Line>>> = {
  QUALIFICATION: { implementingDepartment: '消防救援局' },
  SPECIAL_ABILITY: { specification: '辽人社发〔2025〕9号《茶艺冲泡》考核规范' },
};

const line = (over: Partial<Line> = {}): Line => ({
  kind: 'LEVEL_RECOGNITION',
  occupation: '6-31-01-03',
  levels: ['5', '4', '3'],
  implementingDepartment: '',
  specification: '',
  ...BASIS[over.kind ?? ''],
  ...over,
});

const refusalOf = (work: () => unknown): { reason: string; field: string | undefined; rule: string | undefined } => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Refusal) return { reason: thrown.reason, field: thrown.detail.field, rule: thrown.detail.rule };
    throw thrown;
  }
  throw new Error('nothing was refused');
};

const refused = (lines: Parameters<typeof checkScopeLines>[0], institutionClass: InstitutionClass = 'SOCIAL') =>
  refusalOf(() => checkScopeLines(lines, institutionClass, 'i[0].scope_lines'));

describe('checkScopeLines', () => {
  it('accepts valid lines unchanged', () => {
    const lines = [line(), line({ occupation: '4-03-02-07', levels: ['2'] }), line({ kind: 'SPECIAL_ABILITY', levels: [] })];
    expect(checkScopeLines(lines, 'SOCIAL', 'x')).toEqual(lines);
  });

  it.each(OCCUPATIONS.filter((occupation) => !occupation.successor).map((occupation) => [occupation.name, occupation] as const))(
    'level recognition of %s is accepted exactly when its admission is free',
    (_name, { code, levels, accessRestricted }) => {
      const lines = [line({ occupation: code, levels: [...levels] })];
      if (accessRestricted)
        expect(refused(lines)).toEqual({
          reason: 'institution.scope_invalid',
          field: 'i[0].scope_lines[0].occupation',
          rule: 'rules §4.3',
        });
      else expect(checkScopeLines(lines, 'SOCIAL', 'x')).toEqual(lines);
    },
  );

  it('accepts a restricted occupation as a qualification', () => {
    expect(checkScopeLines([line({ kind: 'QUALIFICATION', occupation: '4-07-05-03' })], 'SOCIAL', 'x')).toHaveLength(1);
  });

  it.each([
    ['no lines', [], 'i[0].scope_lines'],
    ['too many lines', Array.from({ length: 201 }, () => line()), 'i[0].scope_lines'],
    ['an unknown kind', [line({ kind: 'UNSPECIFIED' })], 'i[0].scope_lines[0].kind'],
    ['a kind that is a property of every object', [line({ kind: 'toString' })], 'i[0].scope_lines[0].kind'],
    ['an unknown occupation', [line({ occupation: '6-31-01-99' })], 'i[0].scope_lines[0].occupation'],
    ['a class and no occupation', [line({ occupation: '6-31-01-00' })], 'i[0].scope_lines[0].occupation'],
    ['an occupation without a standard', [line({ occupation: '4-02-06-04' })], 'i[0].scope_lines[0].occupation'],
    ['a code of the 2015 edition', [line({ occupation: '4-10-01-02' })], 'i[0].scope_lines[0].occupation'],
    ['no level', [line({ levels: [] })], 'i[0].scope_lines[0].levels'],
    ['a level without a standard', [line({ occupation: '4-02-06-05', levels: ['3', '4'] })], 'i[0].scope_lines[0].levels[1]'],
    ['two digits as one level', [line({ levels: ['54'] })], 'i[0].scope_lines[0].levels[0]'],
    ['an empty level', [line({ levels: [''] })], 'i[0].scope_lines[0].levels[0]'],
    ['a level twice', [line({ levels: ['5', '5'] })], 'i[0].scope_lines[0].levels[1]'],
    ['levels of a special ability', [line({ kind: 'SPECIAL_ABILITY' })], 'i[0].scope_lines[0].levels'],
    ['an occupation twice', [line(), line({ levels: ['2'] })], 'i[0].scope_lines[1].occupation'],
  ])('refuses %s', (_what, lines, field) => {
    expect(refused(lines)).toMatchObject({ reason: 'institution.scope_invalid', field });
  });

  it.each(['T', 'S'])('accepts level %s of an employer, beside the levels of the standard', (level) => {
    const lines = [line({ levels: ['1', level] }), line({ occupation: '4-02-06-05', levels: [level] })];
    expect(checkScopeLines(lines, 'EMPLOYER', 'x')).toEqual(lines);
  });

  it.each<[string, Line, InstitutionClass]>([
    ['of a social organisation', line({ levels: ['1', 'T'] }), 'SOCIAL'],
    ['of an occupation whose standard ends at level 3', line({ occupation: '4-14-01-02', levels: ['3', 'S'] }), 'EMPLOYER'],
    ['as a qualification', line({ kind: 'QUALIFICATION', occupation: '4-07-05-03', levels: ['1', 'T'] }), 'EMPLOYER'],
    ['that is no level', line({ levels: ['1', 'A'] }), 'EMPLOYER'],
  ])('refuses a level above 1 %s', (_what, given, institutionClass) => {
    expect(refused([given], institutionClass)).toMatchObject({
      reason: 'institution.scope_invalid',
      field: 'i[0].scope_lines[0].levels[1]',
    });
  });

  it.each([
    ['a qualification of 水平评价类', { kind: 'QUALIFICATION', occupation: '6-31-01-03' }, 'occupation', 'rules §1.2'],
    ['a special ability of 准入类', { kind: 'SPECIAL_ABILITY', occupation: '4-07-05-03', levels: [] }, 'occupation', 'rules §4.3'],
    [
      'a qualification of no department',
      { kind: 'QUALIFICATION', occupation: '4-07-05-03', implementingDepartment: ' ' },
      'implementing_department',
      'rules §1.2',
    ],
    ['a special ability without a specification', { kind: 'SPECIAL_ABILITY', levels: [], specification: '' }, 'specification', 'N2.2c'],
    ['a department of level recognition', { implementingDepartment: '消防救援局' }, 'implementing_department', 'rules §1.2'],
    ['a specification of level recognition', { specification: 'Q/001' }, 'specification', 'N2.2c'],
    [
      'a specification of 101 characters',
      { kind: 'SPECIAL_ABILITY', levels: [], specification: '规'.repeat(101) },
      'specification',
      'N2.2c',
    ],
  ] as const)('refuses %s', (_what, over, field, rule) => {
    expect(refused([line(over)])).toEqual({ reason: 'institution.scope_invalid', field: `i[0].scope_lines[0].${field}`, rule });
  });

  it('accepts both kinds of an occupation of which a part is 准入, and a specification of 100 characters', () => {
    const lines = [
      line({ occupation: '6-18-02-04' }),
      line({ kind: 'QUALIFICATION', occupation: '6-18-02-04' }),
      line({ kind: 'SPECIAL_ABILITY', levels: [], specification: '规'.repeat(100) }),
    ];
    expect(checkScopeLines(lines, 'SOCIAL', 'x')).toEqual(lines);
  });

  it('accepts 200 lines, and an occupation once per kind', () => {
    const free = OCCUPATIONS.filter(({ successor, accessRestricted }) => !successor && !accessRestricted).slice(0, 100);
    const lines = free.flatMap(({ code, levels }) => [
      line({ kind: 'LEVEL_RECOGNITION', occupation: code, levels: [...levels] }),
      line({ kind: 'SPECIAL_ABILITY', occupation: code, levels: [] }),
    ]);
    expect(checkScopeLines(lines, 'SOCIAL', 'x')).toHaveLength(200);
  });
});

describe('covers', () => {
  const lines: ScopeLine[] = [
    { ...line({ levels: ['5', '4'] }), kind: 'LEVEL_RECOGNITION' },
    { ...line({ occupation: '4-03-02-07', levels: [] }), kind: 'SPECIAL_ABILITY' },
  ];

  it.each([
    ['LEVEL_RECOGNITION', '6-31-01-03', '5', true],
    ['LEVEL_RECOGNITION', '6-31-01-03', '4', true],
    ['LEVEL_RECOGNITION', '6-31-01-03', '3', false],
    ['LEVEL_RECOGNITION', '6-31-01-03', '', false],
    ['LEVEL_RECOGNITION', '4-03-02-07', '5', false],
    ['QUALIFICATION', '6-31-01-03', '5', false],
    ['SPECIAL_ABILITY', '4-03-02-07', '', true],
    ['SPECIAL_ABILITY', '4-03-02-07', '5', false],
  ] as const)('%s %s level "%s" → %s', (kind, occupation, level, expected) => {
    expect(covers(lines, { kind, occupation, level })).toBe(expected);
  });

  it('lists which kinds have levels', () => {
    expect(Object.entries(EVALUATION_KINDS).map(([kind, { graded }]) => [kind, graded])).toEqual([
      ['QUALIFICATION', true],
      ['LEVEL_RECOGNITION', true],
      ['SPECIAL_ABILITY', false],
    ]);
  });
});
