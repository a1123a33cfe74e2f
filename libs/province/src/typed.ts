// Normalises what people type and what other systems send, before it is checked: one function for each kind of name and code. The characters
// are those of libs/domain-kit/src/typed-text.ts. All screens and services use this file, so they accept the same names and codes.
import { standardText, typedText, withOneApostrophe, withOneDot, withOneHyphen, withOneQuote } from '@hengji/domain-kit';

const BETWEEN_CHINESE = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;
const STOP_BETWEEN_CHINESE = /(?<=\p{Script=Han}) ?\. ?(?=\p{Script=Han})/gu;

const spaced = (text: string): string => text.replace(/\s+/g, ' ').trim().replace(BETWEEN_CHINESE, '');

/**
 * A person's name (姓名): 张 三 is 张三, 买买提•艾力 and 买买提．艾力 are 买买提·艾力, O’Neil is O'Neil. Spaces stay between Latin words, one each. A
 * character is replaced by another form of itself only: 﨑 and 崎 are different names. What no name contains stays, for `nameFault`.
 */
export const typedName = (text: string): string =>
  spaced(withOneHyphen(withOneApostrophe(withOneDot(standardText(text)))).replace(/\s+/g, ' '))
    .replace(STOP_BETWEEN_CHINESE, '·')
    .replace(/ ?· ?/g, '·')
    .replace(/·{2,}/g, '·');

/** True if both are spellings of one name; Latin letters in any case. */
export const isSameName = (a: string, b: string): boolean => typedName(a).toUpperCase() === typedName(b).toUpperCase();

/** Signs that stand without a space beside them in a Chinese name, and what is typed for them. */
const SIGNS = { '(': '（', ')': '）', ',': '，' } as const satisfies Record<string, string>;
const isTyped = (sign: string): sign is keyof typeof SIGNS => Object.hasOwn(SIGNS, sign);

/** An institution's name (机构名称), as a licence prints it: no spaces between Chinese characters, brackets （）, quotes “”, digits 0–9. */
export const typedInstitutionName = (text: string): string => {
  const name = spaced(withOneQuote(withOneDot(standardText(text))));
  if (!/\p{Script=Han}/u.test(name)) return name;
  return name.replace(/ ?([(),“”《》·]) ?/g, (_, sign: string) => (isTyped(sign) ? SIGNS[sign] : sign));
};

/** A code: as `typedText`, without spaces, dashes as `-`, letters in upper case. */
export const typedCode = (text: string): string => withOneHyphen(typedText(text)).replaceAll('ー', '-').replace(/\s/g, '').toUpperCase();

/**
 * An occupation code with or without its hyphens: 6310103 and ６－３１－０１－０３ are 6-31-01-03; any other text is returned as from `typedCode`.
 */
export const typedOccupationCode = (text: string): string => {
  const code = typedCode(text);
  const digits = code.replaceAll('-', '');
  return /^\d{7}$/.test(digits) ? `${digits.slice(0, 1)}-${digits.slice(1, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}` : code;
};

/** A certificate number, institution code, USCC or ID number: these have no hyphens, so typed hyphens are removed; x is X. */
export const typedNumber = (text: string): string => typedCode(text).replaceAll('-', '');

/** Any brackets that were typed around the year of a document number (文号); the official ones are 〔〕. */
const YEAR_IN_BRACKETS = /[[【(〔〖〘](\d{4})[\]】)〕〗〙]/g;

/** A document number in its official form: 辽人社鉴告 [2026] 3 号 and 辽人社鉴告（２０２６）3号 are 辽人社鉴告〔2026〕3号. A part of a number stays a part. */
export const typedDocumentNo = (text: string): string => typedText(text).replace(/\s/g, '').replace(YEAR_IN_BRACKETS, '〔$1〕');
