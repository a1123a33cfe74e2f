import { exposuresIn, masked } from './exposures';

const read = (text: string, names: string[] = []) =>
  exposuresIn(text, { names, shown: ['沈阳张三丰职业培训学校'] }).map(({ kind, at, found }) => [kind, at, found]);

describe('personal data in a text', () => {
  it.each([
    ['考生身份证210102199003070011报名', 'idNumber', '210102199003070011'],
    ['号码２１０１０２１９９００３０７００１１，', 'idNumber', '210102199003070011'],
    ['号码210102 19900307 0011。', 'idNumber', '210102 19900307 0011'],
    ['号码210102-19900307-0011。', 'idNumber', '210102-19900307-0011'],
    ['号码11010519491231002x。', 'idNumber', '11010519491231002x'],
    // One digit wrong: it still names the person.
    ['号码210102199003070012。', 'idNumber', '210102199003070012'],
    ['旧证210102900307001。', 'idNumber', '210102900307001'],
    ['电话13812340011。', 'phone', '13812340011'],
    ['电话138-1234-0011', 'phone', '138-1234-0011'],
    ['卡号6222021234567890123', 'bankCard', '6222021234567890123'],
    ['通行证H12345678', 'travelDocument', 'H12345678'],
  ])('%s', (text, kind, found) => expect(read(text).map(([a, , b]) => [a, b])).toEqual([[kind, found]]));

  it.each([
    ['考生张三未参加考试', 2, '张三'],
    ['校长：李四光安排替考', 3, '李四光'],
    ['学员欧阳修文代考', 2, '欧阳修文'],
    ['负责人为王五，', 4, '王五'],
  ])('a name after a word for a person: %s', (text, at, found) => {
    expect(read(text)[0]?.slice(0, 2)).toEqual(['name', at]);
    expect(String(read(text)[0]?.[2]).startsWith(found)).toBe(true);
  });

  it('finds each name of a list, a name before a number, and the known names anywhere', () => {
    expect(read('考生张三、李四、王五均未到场').map(([, , found]) => String(found).slice(0, 2))).toEqual(['张三', '李四', '王五']);
    expect(read('赵六（身份证号另附）')).toEqual([['name', 0, '赵六']]);
    expect(read('经与钱多多核对', ['钱多多'])).toEqual([['name', 2, '钱多多']]);
  });

  it('takes the word of the officer for what is no name, but not for a number or a name of the record', () => {
    const asked = { names: ['钱多多'], shown: [], notNames: ['成人高考', '钱多多', '210102199003070011'] };
    expect(exposuresIn('考生成人高考在册', { names: [], shown: [] })).toHaveLength(1);
    expect(exposuresIn('考生成人高考在册', asked)).toEqual([]);
    expect(exposuresIn('考生钱多多，210102199003070011', asked).map(({ kind }) => kind)).toEqual(['name', 'idNumber']);
  });

  it.each([
    '查明S000021010003263000001至S000021010003263000120号证书均未经考试发放',
    '依据沈人社鉴处〔2026〕12号，于2026年11月3日起，共120人',
    '法定代表人应当组织考试，考生全部未到场，负责人明知而不制止',
    '考生张某、李某某未参加考试',
    '考生张*未参加考试，身份证210102********0011',
    '沈阳张三丰职业培训学校校长不在场',
    '统一社会信用代码52210200MJ3123451D',
  ])('nothing in: %s', (text) => expect(read(text)).toEqual([]));
});

it.each([
  ['张三', '张*'],
  ['张三丰', '张**'],
  ['210102199003070011', '210102********0011'],
  ['２１０１０２１９９００３０７００１１', '210102********0011'],
  ['138-1234-0011', '138****0011'],
  ['6222021234567890123', '***************0123'],
])('%s is masked as %s', (word, is) => expect(masked(word)).toBe(is));
