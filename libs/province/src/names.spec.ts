// Names as people have them, with the one spelling that the records have. Each row is one way in which a person or a file writes a name.
import { isSameName, typedInstitutionName, typedName } from './typed';
import { institutionNameFault, nameFault } from './people/name-faults';
import { checkName, fitsMask, maskName, namedPerson } from './people/named-person';

const ID = '210102199003070011';

/** What is typed, the name in the records, its mask. */
const PEOPLE: readonly (readonly [string, string, string])[] = [
  ['张三', '张三', '张*'],
  ['张 三', '张三', '张*'],
  [' 张　三 ', '张三', '张*'],
  ['张\u00A0三丰', '张三丰', '张**'],
  ['张\t三\r\n', '张三', '张*'],
  ['买买提·艾力', '买买提·艾力', '买买提·*'],
  ['买买提•艾力', '买买提·艾力', '买买提·*'],
  ['买买提・艾力', '买买提·艾力', '买买提·*'],
  ['买买提．艾力', '买买提·艾力', '买买提·*'],
  ['买买提.艾力', '买买提·艾力', '买买提·*'],
  ['买买提‧艾力', '买买提·艾力', '买买提·*'],
  ['买买提∙艾力', '买买提·艾力', '买买提·*'],
  ['买买提⋅艾力', '买买提·艾力', '买买提·*'],
  ['买买提･艾力', '买买提·艾力', '买买提·*'],
  ['买买提﹒艾力', '买买提·艾力', '买买提·*'],
  ['买买提 · 艾力', '买买提·艾力', '买买提·*'],
  ['阿卜杜拉·买买提 . 艾力', '阿卜杜拉·买买提·艾力', '阿卜杜拉·*·*'],
  ['古丽··仙', '古丽·仙', '古丽·*'],
  ['O’Neil', "O'Neil", 'O*****'],
  ['OʼNeil', "O'Neil", 'O*****'],
  ['O`Neil', "O'Neil", 'O*****'],
  ['Mary  Jane   Smith', 'Mary Jane Smith', 'M**************'],
  ['J. R. Smith', 'J. R. Smith', 'J**********'],
  ['Anne‐Marie', 'Anne-Marie', 'A*********'],
  ['ＪＯＨＮ　ＳＭＩＴＨ', 'JOHN SMITH', 'J*********'],
  ['Jose\u0301', 'José', 'J***'],
  // GBK's private use: 䶮, 㑇, 𬉼's neighbour 𠃌, 龻.
  ['刘\uE863', '刘䶮', '刘*'],
  ['刘\uE81B', '刘㑇', '刘*'],
  ['刘\uE818', '刘\u{200CC}', '刘*'],
  ['刘\uE864', '刘龻', '刘*'],
  // A radical that is a character, a compatibility ideograph, a selected shape.
  ['⾼⽴', '高立', '高*'],
  ['\uF9E1明', '\u674E明', '李*'],
  ['葛\u{E0100}明', '葛明', '葛*'],
  ['山﨑', '山﨑', '山*'],
  ['李〇', '李〇', '李*'],
  ['𠮷野家', '𠮷野家', '𠮷**'],
];

describe('names of persons', () => {
  it.each(PEOPLE)('%j is %s, shown as %s', (typed, name, mask) => {
    expect(nameFault(typed)).toBeUndefined();
    expect(namedPerson({ name: typed, idNumber: ID }, 'holder')).toEqual({ name, idNumber: ID });
    expect(typedName(name)).toBe(name);
    expect(maskName(typed)).toBe(mask);
    expect(fitsMask(typed, mask)).toBe(true);
    expect(isSameName(typed, name)).toBe(true);
  });

  it.each([
    ['刘\uE900', '姓名中含有自造字 U+E900（第2个字），请改用国家标准(GB 18030)收录的字'],
    ['刘\u{F0001}', '姓名中含有自造字 U+F0001（第2个字），请改用国家标准(GB 18030)收录的字'],
    ['刘\uE815', '姓名中含有部首 “⺁”(U+2E81)（第2个字），请改用对应的汉字'],
    ['张\u200B三', '姓名中含有零宽空格 U+200B（第2个字），请删除'],
    ['\uFEFF张三', '姓名中含有零宽不换行空格(字节顺序标记) U+FEFF（第1个字），请删除'],
    ['张三\u202E', '姓名中含有文字方向控制符 U+202E（第3个字），请删除'],
    ['张\u2067三', '姓名中含有文字方向控制符 U+2067（第2个字），请删除'],
    ['张\u00AD三', '姓名中含有软连字符 U+00AD（第2个字），请删除'],
    ['张\u3164三', '姓名中含有不可见字符 U+3164（第2个字），请删除'],
    ['张\u0007三', '姓名中含有控制字符 U+0007（第2个字），请删除'],
    ['张\uD842', '姓名中含有残缺的字符 U+D842（第2个字），请重新录入这个字'],
    ['张三😀', '姓名中含有表情符号 “😀”(U+1F600)（第3个字），请删除'],
    ['张\uFFFD', '姓名中含有乱码字符 “\uFFFD”(U+FFFD)（第2个字），文件的编码可能读错，请核对原件'],
    ['张？', '姓名中含有问号 “？”(U+FF1F)（第2个字），可能是没有转换成功的字，请核对原件'],
    ['张*', '姓名中含有隐去姓名的符号 “*”(U+002A)（第2个字），请填写完整姓名'],
    ['张3', '姓名中含有数字 “3”(U+0033)（第2个字）'],
    ['张３', '姓名中含有数字 “３”(U+FF13)（第2个字）'],
    ['⿰马\u2FF1', '姓名中含有字形描述符 “⿰”(U+2FF0)（第1个字），请录入这个字本身'],
    ['张@三', '姓名中含有不能使用的字符 “@”(U+0040)（第2个字）'],
    ['张\u0308三', '姓名含有加在汉字上的符号 U+0308，请删除'],
    ['·艾力', '姓名的首尾不能是间隔号或标点'],
    ['艾力·', '姓名的首尾不能是间隔号或标点'],
    ['', '姓名不能为空'],
    [' \u3000', '姓名不能为空'],
    ['张'.repeat(51), '姓名应为1至50个字，收到51个'],
  ])('%j is refused: %s', (typed, fault) => {
    expect(nameFault(typed)).toBe(fault);
    expect(() => checkName(typed, 'rows[2].name')).toThrow(
      expect.objectContaining({
        reason: 'person.name_invalid',
        message: fault,
        detail: expect.objectContaining({ field: 'rows[2].name' }),
      }),
    );
  });

  it('counts fifty characters, each beyond the basic plane as one', () => {
    expect(nameFault('𠮷'.repeat(50))).toBeUndefined();
    expect(nameFault('张 '.repeat(50))).toBeUndefined();
    expect(nameFault('𠮷'.repeat(51))).toBe('姓名应为1至50个字，收到51个');
  });

  it('compares Latin letters in any case, and keeps different names apart', () => {
    expect(isSameName('JOHN SMITH', 'John Smith')).toBe(true);
    expect(isSameName('张三', '张三丰')).toBe(false);
    expect(isSameName('山﨑', '山崎')).toBe(false);
    expect(isSameName('买买提·艾力', '买买提艾力')).toBe(false);
  });

  it('fits the masks of earlier versions, which masked the dots too', () => {
    expect(fitsMask('买买提·艾力', '买*****')).toBe(true);
    expect(fitsMask('买买提·艾力', '买****')).toBe(false);
    expect(fitsMask('张三', '张**')).toBe(false);
  });
});

describe('names of institutions', () => {
  it.each([
    ['沈阳匠心职业技能评价中心', '沈阳匠心职业技能评价中心'],
    ['沈阳 匠心　职业技能评价中心', '沈阳匠心职业技能评价中心'],
    ['沈阳(大东)评价中心', '沈阳（大东）评价中心'],
    ['沈阳（大东）评价中心', '沈阳（大东）评价中心'],
    ['沈阳"匠心"评价中心', '沈阳“匠心”评价中心'],
    ['沈阳「匠心」评价中心', '沈阳“匠心”评价中心'],
    ['ＡＢＣ（沈阳）有限公司第２分公司', 'ABC（沈阳）有限公司第2分公司'],
    ['阿里•巴巴评价中心', '阿里·巴巴评价中心'],
    ['Shenyang  Skills (North) Ltd.', 'Shenyang Skills (North) Ltd.'],
    ['刘\uE863评价中心', '刘䶮评价中心'],
  ])('%j is %s', (typed, name) => {
    expect(institutionNameFault(typed)).toBeUndefined();
    expect(typedInstitutionName(typed)).toBe(name);
    expect(typedInstitutionName(name)).toBe(name);
  });

  it.each([
    ['沈阳\u200B中心', '机构名称中含有零宽空格 U+200B（第3个字），请删除'],
    ['沈阳\u202E中心', '机构名称中含有文字方向控制符 U+202E（第3个字），请删除'],
    ['沈阳\uE900中心', '机构名称中含有自造字 U+E900（第3个字），请改用国家标准(GB 18030)收录的字'],
    ['沈阳🏭中心', '机构名称中含有表情符号 “🏭”(U+1F3ED)（第3个字），请删除'],
    [' 沈阳中心', '机构名称首尾不能有空格'],
    ['', '机构名称不能为空'],
    ['名'.repeat(121), '机构名称应为1至120个字，收到121个'],
  ])('%j is refused: %s', (typed, fault) => expect(institutionNameFault(typed)).toBe(fault));
});

it('maps GBK’s private use as GB 18030 does', () => {
  const decoder = new TextDecoder('gb18030');
  const trail = [...Array.from({ length: 0x2f }, (_, i) => 0x50 + i), ...Array.from({ length: 0x21 }, (_, i) => 0x80 + i)];
  const differing = trail.filter((byte, i) => {
    const decoded = decoder.decode(new Uint8Array([0xfe, byte]));
    // The decoder leaves the six characters of Extension B in private use.
    return !/\p{Co}/u.test(decoded) && decoded !== [...typedName(String.fromCharCode(0xe815 + i))].join('');
  });
  expect(differing).toEqual([]);
  expect(['\uE816', '\uE817', '\uE818', '\uE831', '\uE83B', '\uE855'].map(typedName)).toEqual(
    [0x20087, 0x20089, 0x200cc, 0x215d7, 0x2298f, 0x241fe].map((code) => String.fromCodePoint(code)),
  );
});

it.each([
  ['spaces', ' '.repeat(100_000)],
  ['dots and spaces', '张 · '.repeat(25_000)],
  ['stops', '张 . '.repeat(25_000)],
  ['marks', `a${'\u0301'.repeat(100_000)}`],
  ['quotes', '"'.repeat(100_000)],
])('reads 100,000 characters of %s at once', (_what, text) => {
  const started = performance.now();
  typedName(text);
  typedInstitutionName(text);
  nameFault(text);
  institutionNameFault(text);
  expect(performance.now() - started).toBeLessThan(1_500);
});
