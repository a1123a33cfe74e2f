// The printable form of a text. A font prints an empty box for a character that it lacks; a decision that names people would then be false.
// A character that no font has is therefore printed as its code point, 〔U+30EDE〕, and blocks no procedure; a note at the end of the
// document explains the code points.
import type { Faces } from './fonts';

/** Characters that only control the display of others, or that are invisible: they are not printed. */
const UNSHOWN = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/u;
/** Every character that ends a line or paragraph, also those that pdfkit does not break at. */
const BREAK = /[\n\r\v\f\u0085\u2028\u2029]/u;
/** Spaces of every width. The first font has glyphs for some of them only. */
const BLANK = /[\t\p{Zs}]/u;

type Printing = Pick<Faces, 'faceOf'>;

const pointOf = (character: string): number => character.codePointAt(0) ?? 0;
const codePoint = (character: string): string => `U+${pointOf(character).toString(16).toUpperCase().padStart(4, '0')}`;

/** What a character is printed as; undefined if no font has it. */
const printedAs = (character: string, { faceOf }: Printing): string | undefined => {
  if (BREAK.test(character)) return '\n';
  const face = faceOf(character, 'regular');
  if (BLANK.test(character)) return face === 'regular' ? character : ' ';
  if (UNSHOWN.test(character)) return '';
  return face && character;
};

/** The characters as documents print them: composed (NFC), one line break for CR LF. */
const charactersOf = (text: string): readonly string[] => [...text.normalize('NFC').replaceAll('\r\n', '\n')];

/**
 * The text in NFC, limited to what `faces` can print. Combining marks that cannot be composed, and unpaired surrogates, also become code
 * points.
 */
export const printable = (text: string, faces: Printing): string =>
  charactersOf(text)
    .map((character) => printedAs(character, faces) ?? `〔${codePoint(character)}〕`)
    .join('');

/** The extensions of the unified ideographs (中日韩统一表意文字扩展区), by their first and last code point. */
const EXTENSIONS: readonly (readonly [string, number, number])[] = [
  ['A', 0x3400, 0x4dbf],
  ['B', 0x20000, 0x2a6df],
  ['C', 0x2a700, 0x2b73f],
  ['D', 0x2b740, 0x2b81f],
  ['E', 0x2b820, 0x2ceaf],
  ['F', 0x2ceb0, 0x2ebef],
  ['I', 0x2ebf0, 0x2ee5f],
  ['G', 0x30000, 0x3134f],
  ['H', 0x31350, 0x323af],
  ['J', 0x323b0, 0x3347f],
];

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\p{Cs}/u, '不成字的编码'],
  [/\p{Co}/u, '自造字，没有统一的字形'],
  [/\p{Extended_Pictographic}|\p{Regional_Indicator}/u, '表情符号'],
  [/\p{Script=Han}/u, '汉字'],
  [/\p{M}/u, '附加符号'],
  [/\p{L}/u, '其他文字'],
  [/\p{Cn}/u, '未定义的编码'],
];

const kindOf = (character: string): string => {
  const point = pointOf(character);
  const extension = EXTENSIONS.find(([, first, last]) => first <= point && point <= last)?.[0];
  if (extension !== undefined) return `汉字，在中日韩统一表意文字扩展${extension}区`;
  return KINDS.find(([pattern]) => pattern.test(character))?.[1] ?? '符号';
};

/** The note (注) that explains the code points of a document; undefined if every character of its text is printed. */
export const codePointNote = (text: string, faces: Printing): string | undefined => {
  const missing = [...new Set(charactersOf(text))].filter((character) => printedAs(character, faces) === undefined);
  if (missing.length === 0) return undefined;
  const kinds = new Map<string, string>();
  for (const one of missing) kinds.set(kindOf(one), `${kinds.get(kindOf(one)) ?? ''}〔${codePoint(one)}〕`);
  const named = [...kinds].map(([kind, points]) => `${points}（${kind}）`);
  return `注：本件所用字体没有下列字符，以其统一码（Unicode）代替：${named.join('；')}。姓名、名称的字形以有效身份证件、登记证照为准。`;
};
