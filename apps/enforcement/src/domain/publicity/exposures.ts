// Personal data in the free text of a public notice (rules §10.2): numbers of persons, and names. A notice with any of them is not published.
// Numbers are found by their form. Names are found where they are known (the people of the record) and where a word for a person precedes
// them: a Chinese text has no other mark of a name, so the officer still reads the preview.
import { isIdNumber, maskName } from '@hengji/province';

/** One place in a text, in characters from 0. */
export interface Exposure {
  readonly at: number;
  readonly found: string;
  readonly kind: 'idNumber' | 'travelDocument' | 'phone' | 'bankCard' | 'name';
}

export const EXPOSURE_KINDS = {
  idNumber: '公民身份号码',
  travelDocument: '证件号码',
  phone: '电话号码',
  bankCard: '银行卡号',
  name: '姓名',
} as const satisfies Record<Exposure['kind'], string>;

/** What may stand between the digits of one number: spaces and dashes. Positions in the text stay those of the original. */
const GAP = String.raw`[\s\u00A0\u3000·.．\-\u2010-\u2015\uFF0D]?`;
const digits = (from: number, until: number): string => String.raw`(?:\d${GAP}){${from},${until}}`;
const ALONE = '(?<![0-9A-Za-z])';
const END = '(?![0-9A-Za-z])';

/** Full-width digits and letters as ASCII, one character each. */
const narrow = (text: string): string =>
  text.replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));

const bare = (found: string): string => found.replace(/[^0-9A-Za-z]/g, '').toUpperCase();

const isOldIdNumber = (number: string): boolean => {
  const [month, day] = [Number(number.slice(8, 10)), Number(number.slice(10, 12))];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
};

/** A number with a typing error in it is still the number of a person: the form and the day of birth count, not the check character. */
const looksLikeId = (number: string): boolean => {
  const [year, month, day] = [Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14))];
  return isIdNumber(number) || (year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31);
};

const NUMBERS: readonly { readonly kind: Exposure['kind']; readonly form: RegExp; readonly is: (number: string) => boolean }[] = [
  { kind: 'idNumber', form: new RegExp(`${ALONE}${digits(17, 17)}[0-9Xx]${END}`, 'g'), is: looksLikeId },
  { kind: 'idNumber', form: new RegExp(`${ALONE}${digits(14, 14)}\\d${END}`, 'g'), is: isOldIdNumber },
  { kind: 'phone', form: new RegExp(`${ALONE}1${GAP}[3-9]${GAP}${digits(8, 8)}\\d${END}`, 'g'), is: () => true },
  { kind: 'bankCard', form: new RegExp(`${ALONE}(?:62|[45]\\d)${GAP}${digits(13, 16)}\\d${END}`, 'g'), is: () => true },
  { kind: 'travelDocument', form: /(?<![0-9A-Za-z])(?:[HMhm]\d{8}(?:\d\d)?|[EeGgDd][A-Za-z]?\d{7,8})(?![0-9A-Za-z])/g, is: () => true },
];

const SINGLE =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷辛阚那简饶空曾毋沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫覃涂';
const DOUBLE = '欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|长孙|慕容|司徒|端木|夏侯|轩辕|南宫|独孤|宇文';
/** Words for a person, after which a name stands. */
const PERSONS =
  '考生|学员|持证人|考评员|督导员|监考员|阅卷人|校长|副校长|院长|主任|经理|董事长|法定代表人|代表人|负责人|联系人|经办人|教师|老师|讲师|职工|员工|工人|姓名|当事人|证人|举报人|替考者|受送达人|介绍人|中介';
/** After these a name does not begin: 负责人明知, 考生应当. Verbs whose first character is also a surname. */
const NOT_A_NAME =
  /^(?:于是|于\d|于本|于该|于考|于当|任何|任职|明知|明确|应当|应该|应予|应为|都未|都没|全部|全体|利用|通过|向本|向该|向其|向考|和其|和该|相关|相互|别人|连续|从未|从事|时间|时任|常年|成绩|能够|充当|公司|公开|国家|包括|单位|安排|安某|终止|强行|解释|经查|经核|经手|查看|须|步|平时|计划|计\d|符合|成功|方面|方式|名单|水平|全程|宣称|居住|广泛|简单|空白|家属|家中|项目|管理|路过|双方|通知|封闭|厉|慎重|钱款|文化|印章|党员|房间|车|段|麻|易|别|干)/u;

const namesAfterWords = (text: string): { readonly at: number; readonly found: string }[] => {
  const one = `(?:(?:${DOUBLE})\\p{Script=Han}{1,2}|[${SINGLE}]\\p{Script=Han}{1,2})`;
  const after = new RegExp(`(?:${PERSONS})(?:为|是|系|名叫|叫|：|:|“|\\s)*(?<names>${one}(?:、${one})*)`, 'gu');
  return [...text.matchAll(after)].flatMap(({ index, 0: whole, groups }) => {
    let at = index + whole.length - (groups?.['names'] ?? '').length;
    return (groups?.['names'] ?? '').split('、').flatMap((found) => {
      const place = at;
      at += found.length + 1;
      return NOT_A_NAME.test(found) || /某/u.test(found) ? [] : [{ at: place, found }];
    });
  });
};

/** A name before the number of its person: 张三（身份证号…. */
const namesBeforeNumbers = (text: string): { readonly at: number; readonly found: string }[] =>
  [
    ...text.matchAll(new RegExp(`(?<name>(?:${DOUBLE}|[${SINGLE}])\\p{Script=Han}{1,2})[（(](?:公民)?(?:身份证|身份号|证件号)`, 'gu')),
  ].flatMap(({ index, groups }) =>
    groups?.['name'] === undefined || groups['name'].includes('某') ? [] : [{ at: index, found: groups['name'] }],
  );

const known = (text: string, names: readonly string[]): { readonly at: number; readonly found: string }[] =>
  names.flatMap((name) =>
    text
      .split(name)
      .slice(0, -1)
      .map((_, i, parts) => ({ at: parts.slice(0, i + 1).join(name).length, found: name })),
  );

/** The text with each name of the institution as blanks: its name is public, also where it contains the name of a person. */
const without = (text: string, shown: readonly string[]): string =>
  shown.reduce((rest, one) => (one === '' ? rest : rest.replaceAll(one, ' '.repeat(one.length))), text);

export interface ReadFor {
  /** Names of natural persons that the record has. */
  readonly names: readonly string[];
  /** Words that are public although they look like a name: the institution's name. */
  readonly shown: readonly string[];
  /** Words that an officer has found to be no name of a person. A number, or a name of the record, is found all the same. */
  readonly notNames?: readonly string[];
}

const overlaps = (a: Exposure, b: Exposure): boolean => a.at < b.at + b.found.length && b.at < a.at + a.found.length;

/** The personal data in the text, in the order of their places; of two that overlap the longer one. */
export const exposuresIn = (text: string, { names, shown, notNames = [] }: ReadFor): Exposure[] => {
  const read = without(text, shown);
  const plain = narrow(read);
  const numbers = NUMBERS.flatMap(({ kind, form, is }) =>
    [...plain.matchAll(form)].flatMap(({ index, 0: found }) => (is(bare(found)) ? [{ kind, at: index, found }] : [])),
  );
  const guessed = [...namesAfterWords(read), ...namesBeforeNumbers(read)].filter(
    ({ found }) => !notNames.some((word) => word.startsWith(found) || found.startsWith(word)),
  );
  const named = [...guessed, ...known(read, names)].map((one) => ({ kind: 'name' as const, ...one }));
  return [...numbers, ...named]
    .sort((a, b) => b.found.length - a.found.length)
    .reduce<Exposure[]>((kept, one) => (kept.some((other) => overlaps(one, other)) ? kept : [...kept, one]), [])
    .sort((a, b) => a.at - b.at);
};

/** As rules §10.2 masks it: 张*, 210102********0011, 138****0011; any other number keeps its last four characters. */
export const masked = (word: string): string => {
  const number = bare(narrow(word));
  if (/^\d{17}[\dX]$/.test(number)) return `${number.slice(0, 6)}********${number.slice(-4)}`;
  if (/^1\d{10}$/.test(number)) return `${number.slice(0, 3)}****${number.slice(-4)}`;
  if (/\d{4}/.test(number)) return `${'*'.repeat(Math.max(4, number.length - 4))}${number.slice(-4)}`;
  return maskName(word);
};
