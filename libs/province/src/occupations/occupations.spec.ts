import { Refusal } from '@hengji/domain-kit';
import { checkCurrentOccupation, checkOccupation, isOccupation, occupationLabel, occupationName } from './codes';
import { dictionary2022, findEntry, syllablesOf, tradesOf } from './dictionary';
import { searchOccupations } from './search';

const refusal = (work: () => unknown): Pick<Refusal, 'reason' | 'message' | 'detail'> => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
  }
  throw new Error('nothing was refused');
};

describe('the dictionary of 2022', () => {
  // The file has 2,051 rows: four codes occur twice, and one class (6-20-03-00) is marked as an occupation.
  it('has every code once, with the levels of its tree', () => {
    const count = new Map<string, number>();
    for (const { tree } of dictionary2022().values()) count.set(tree, (count.get(tree) ?? 0) + 1);
    expect(Object.fromEntries(count)).toEqual({ MAJOR: 8, MIDDLE: 72, MINOR: 336, OCCUPATION: 1631 });
  });

  it.each([
    ['6-00-00-00', '生产制造及有关人员', 'MAJOR'],
    ['6-31-00-00', '生产辅助人员', 'MIDDLE'],
    ['6-31-01-00', '机械设备修理人员', 'MINOR'],
    ['6-31-01-03', '电工', 'OCCUPATION'],
    // A class with one occupation has the same code as the occupation.
    ['2-07-02-00', '法官', 'OCCUPATION'],
    ['6-20-03-00', '金属加工机械制造人员', 'MINOR'],
    ['2-03-01-00', '土壤肥料技术人员', 'OCCUPATION'],
  ])('%s is %s, %s', (code, name, tree) => expect(findEntry(code)).toMatchObject({ code, name, tree }));

  it('has the marks in their own fields and not in the names', () => {
    expect(findEntry('4-04-05-05')).toMatchObject({ name: '人工智能训练师', digital: true, green: false });
    expect(findEntry('6-28-03-01')).toMatchObject({ name: '水生产处理工', digital: false, green: true });
    expect([...dictionary2022().values()].filter(({ name }) => /[A-Z*\s\d]/.test(name))).toEqual([]);
  });

  it('has the trades of the rules', () => {
    expect(tradesOf('4-10-01-06')).toEqual(['母婴护理员', '家务服务员', '家庭照护员']);
    expect(tradesOf('6-31-01-03')).toEqual([]);
  });

  it('has the pinyin of each name, with the reading used in that name', () => {
    const unspelled = [...dictionary2022().values()].filter(
      ({ name }) => syllablesOf(name).length !== [...name.replace(/[^\p{Script=Han}]/gu, '')].length,
    );
    expect(unspelled).toEqual([]);
    expect(['调酒师', '轨道交通调度员', '银行综合柜员', '民族乐器演奏员', '空调'].map((name) => syllablesOf(name).join(' '))).toEqual([
      'tiao jiu shi',
      'gui dao jiao tong diao du yuan',
      'yin hang zong he gui yuan',
      'min zu yue qi yan zou yuan',
      'kong tiao',
    ]);
  });
});

describe('a code', () => {
  it.each([
    ['no form', '6310103', 'occupation.code_invalid'],
    ['full-width digits, which the edge replaces', '６-31-01-03', 'occupation.code_invalid'],
    ['unknown', '6-99-99-99', 'occupation.unknown'],
    ['a class', '6-31-01-00', 'occupation.is_class'],
    ['a major class', '6-00-00-00', 'occupation.is_class'],
  ])('is refused: %s', (_what, code, reason) => {
    expect(isOccupation(code)).toBe(false);
    expect(refusal(() => checkOccupation(code, 'plan.occupation'))).toMatchObject({
      reason,
      detail: { field: 'plan.occupation', rule: '职业分类大典(2022年版)' },
    });
  });

  it('of 2015 is accepted for an old record, and refused with its successor for a new record', () => {
    expect(checkOccupation('4-10-01-02', 'x')).toBe('4-10-01-02');
    expect(refusal(() => checkCurrentOccupation('4-10-01-02', 'x'))).toMatchObject({
      reason: 'occupation.old_edition',
      message: expect.stringContaining('4-10-01-01 婴幼儿发展引导员'),
    });
    expect(checkCurrentOccupation('2-07-02-00', 'x').name).toBe('法官');
  });

  it('is shown with its name, and alone if it has no name', () => {
    expect(['6-31-01-03', '4-10-01-02', '6-99-99-99', ''].map(occupationLabel)).toEqual([
      '6-31-01-03 电工',
      '4-10-01-02 育婴员（2015年版）',
      '6-99-99-99',
      '',
    ]);
    expect(occupationName('toString')).toBeUndefined();
  });
});

describe('search', () => {
  const names = (typed: string, limit?: number): string[] =>
    searchOccupations(typed, limit === undefined ? {} : { limit }).map(({ name }) => name);

  it.each([
    ['a whole name', '电工', '电工'],
    ['a part of a name', '烹调', '中式烹调师'],
    ['a code', '6-31-01-03', '电工'],
    ['a code without hyphens', '6310103', '电工'],
    ['a code in full-width digits and spaces', '６ ３１ ０１ ０３', '电工'],
    ['pinyin', 'zhongshipengtiaoshi', '中式烹调师'],
    ['pinyin with spaces and capitals', 'Cha Yi Shi', '茶艺师'],
    ['the beginning of pinyin', 'rengongzhineng', '人工智能训练师'],
    ['initials', 'zspts', '中式烹调师'],
    ['initials of a polyphone', 'tjs', '调酒师'],
    ['a trade', '叉车司机', '起重装卸机械操作工'],
    ['a trade by its initials', 'ccsj', '起重装卸机械操作工'],
  ])('finds by %s: %s', (_what, typed, name) => expect(names(typed)).toContain(name));

  it('returns exact names first, then names with this beginning, then all others', () => {
    expect(names('电工')[0]).toBe('电工');
    expect(names('diangong')[0]).toBe('电工');
    const found = names('焊', 50);
    const firstWithin = found.findIndex((name) => !name.startsWith('焊'));
    expect(firstWithin).toBeGreaterThan(0);
    expect(found.slice(firstWithin).some((name) => name.startsWith('焊'))).toBe(false);
  });

  it('returns the matching trade, and finds a code by its beginning', () => {
    expect(searchOccupations('叉车')[0]).toMatchObject({ code: '6-30-05-01', trade: '叉车司机' });
    expect(searchOccupations('6-31-01', { limit: 99 }).every(({ code }) => code.startsWith('6-31-01'))).toBe(true);
  });

  it('finds classes only on request, at most as many as requested, and nothing for empty text', () => {
    expect(names('机械设备修理人员')).toEqual([]);
    expect(searchOccupations('机械设备修理人员', { classes: true }).map(({ code }) => code)).toEqual(['6-31-01-00']);
    expect(names('员', 3)).toHaveLength(3);
    expect([names(''), names('  '), names('%'), names('qqqq')]).toEqual([[], [], [], []]);
  });
});
