// What is wrong with a name, in words: the first character that no name contains, with its code point and position, else the length. A clerk
// who is told 姓名无效 cannot find a character that no screen shows.
import { standardText, withOneApostrophe, withOneDot, withOneHyphen } from '@hengji/domain-kit';
import { typedName } from '../typed';

interface FaultRow {
  readonly is: RegExp;
  readonly called: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Characters that neither a person nor an institution has in its name; the first row that fits names the fault. */
const NOWHERE: readonly FaultRow[] = [
  { is: /\p{Co}/u, called: '自造字', advice: '请改用国家标准(GB 18030)收录的字' },
  { is: /\p{Cs}/u, called: '残缺的字符', advice: '请重新录入这个字' },
  { is: /\u200B/u, called: '零宽空格', advice: '请删除' },
  { is: /\uFEFF/u, called: '零宽不换行空格(字节顺序标记)', advice: '请删除' },
  { is: /\u200C/u, called: '零宽不连字符', advice: '请删除' },
  { is: /\u200D/u, called: '零宽连字符', advice: '请删除' },
  { is: /\u2060/u, called: '零宽连接符', advice: '请删除' },
  { is: /\u00AD/u, called: '软连字符', advice: '请删除' },
  { is: /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u, called: '文字方向控制符', advice: '请删除' },
  { is: /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u, called: '不可见字符', advice: '请删除' },
  { is: /\p{Cc}/u, called: '控制字符', advice: '请删除' },
  { is: /\uFFFD/u, called: '乱码字符', advice: '文件的编码可能读错，请核对原件' },
  { is: /\p{Extended_Pictographic}|\p{Regional_Indicator}/u, called: '表情符号', advice: '请删除' },
  { is: /[\u2E80-\u2FDF]/u, called: '部首', advice: '请改用对应的汉字' },
  { is: /[\u2FF0-\u2FFF\u31EF]/u, called: '字形描述符', advice: '请录入这个字本身' },
  { is: /[□〓]/u, called: '代替缺字的符号', advice: '请录入这个字本身' },
  { is: /[\u2028\u2029]/u, called: '控制字符', advice: '请删除' },
];

const NOT_OF_PEOPLE: readonly FaultRow[] = [
  { is: /\p{Nd}/u, called: '数字' },
  { is: /[*＊○●]/u, called: '隐去姓名的符号', advice: '请填写完整姓名' },
  { is: /[?？]/u, called: '问号', advice: '可能是没有转换成功的字，请核对原件' },
];

const OF_PEOPLE = /^[\p{L}\p{M}〇·.'-]$/u;
const CHINESE_WITH_MARK = /\p{Script=Han}(\p{M})/u;

const codePoint = (c: string): string => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
/** A character that a screen shows is quoted. */
const quoted = (c: string): string =>
  /[\p{C}\p{M}\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(c) ? codePoint(c) : `“${c}”(${codePoint(c)})`;

interface Kind {
  readonly title: string;
  readonly rows: readonly FaultRow[];
  /** Every other character. */
  readonly fits: (c: string) => boolean;
}

const PERSON: Kind = { title: '姓名', rows: [...NOWHERE, ...NOT_OF_PEOPLE], fits: (c) => OF_PEOPLE.test(c) };
const INSTITUTION: Kind = { title: '机构名称', rows: NOWHERE, fits: () => true };

// U+2028 and U+FEFF count as white space in JavaScript.
const isSpace = (c: string): boolean => /^[\t\n\r\p{Zs}]$/u.test(c);

// Behind a Chinese character, so that a selector of its shape counts as such.
const standardOf = (c: string): string[] => [...withOneHyphen(withOneApostrophe(withOneDot(standardText(`一${c}`))))].slice(1);

const characterFault = (text: string, { title, rows, fits }: Kind): string | undefined => {
  let position = 0;
  for (const c of text) {
    position += 1;
    const wrong = isSpace(c) ? undefined : standardOf(c).find((one) => rows.some(({ is }) => is.test(one)) || !fits(one));
    if (wrong === undefined) continue;
    const row = rows.find(({ is }) => is.test(wrong));
    return `${title}中含有${row?.called ?? '不能使用的字符'} ${quoted(/\p{Co}/u.test(c) ? wrong : c)}（第${position}个字）${row?.advice === undefined ? '' : `，${row.advice}`}`;
  }
  return undefined;
};

/** In code points of the normalised name. */
const MOST_OF_PERSON = 50;
const MOST_OF_INSTITUTION = 120;
/** Longer texts are not read: no spelling of a name needs so many characters. */
const LONGEST_READ = 1_000;

const lengthFault = (name: string, title: string, most: number): string | undefined => {
  if (name === '') return `${title}不能为空`;
  const length = [...name].length;
  return length > most ? `${title}应为1至${most}个字，收到${length}个` : undefined;
};

/** The fault of a person's name as typed, in Chinese; undefined when there is none. The name is stored as from `typedName`. */
export const nameFault = (typed: string): string | undefined => {
  if (typed.length > LONGEST_READ) return `姓名应为1至${MOST_OF_PERSON}个字，收到${typed.length}个`;
  const fault = characterFault(typed, PERSON);
  if (fault !== undefined) return fault;
  const name = typedName(typed);
  const [, mark] = CHINESE_WITH_MARK.exec(name) ?? [];
  if (mark !== undefined) return `姓名含有加在汉字上的符号 ${codePoint(mark)}，请删除`;
  if (/^[·.'-]|[·'-]$/.test(name)) return '姓名的首尾不能是间隔号或标点';
  if (/^\p{M}/u.test(name)) return `姓名第1个字是没有字母的附加符号 ${codePoint(name)}，请删除`;
  return lengthFault(name, '姓名', MOST_OF_PERSON);
};

/** The fault of an institution's name as given; undefined when there is none. The name is stored as from `typedInstitutionName`. */
export const institutionNameFault = (given: string): string | undefined => {
  if (given.length > LONGEST_READ) return `机构名称应为1至${MOST_OF_INSTITUTION}个字，收到${given.length}个`;
  if (given.trim() !== given) return '机构名称首尾不能有空格';
  return characterFault(given, INSTITUTION) ?? lengthFault(given, '机构名称', MOST_OF_INSTITUTION);
};
