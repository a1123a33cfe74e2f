// Unified social credit code (统一社会信用代码), GB 32100-2015, rules §3.2. One ID number in thirty-one also fits its check: the number of a person
// must not become public as the code of an institution.
import { isIdNumber } from '../people/citizen-id';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** The check character over the first 17 characters. */
export const usccCheckCharacter = (first17: string): string => {
  const sum = WEIGHTS.reduce((total, weight, i) => total + ALPHABET.indexOf(first17.charAt(i)) * weight, 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
};

export const isUscc = (text: string): boolean =>
  text.length === 18 && [...text].every((c) => ALPHABET.includes(c)) && usccCheckCharacter(text) === text[17];

/** True for eighteen characters of the code's alphabet of which only the check character does not fit. */
export const isWrongCheckUscc = (text: string): boolean =>
  text.length === 18 && [...text].every((c) => ALPHABET.includes(c)) && !isUscc(text);

/** True for a code that is also a valid ID number of a person (公民身份号码). */
export const isPersonalUscc = (text: string): boolean => isUscc(text) && isIdNumber(text);

/** What is wrong with a normalised code, in Chinese; undefined for a valid one. */
export const usccFault = (text: string): string | undefined => {
  if (isUscc(text)) return undefined;
  if (text === '') return '统一社会信用代码不能为空';
  if (text.length !== 18) return `统一社会信用代码应为18位，收到${text.length}位`;
  const wrong = [...text].findIndex((c) => !ALPHABET.includes(c));
  if (wrong >= 0) return `统一社会信用代码只用数字和除I、O、S、V、Z以外的大写字母，第${wrong + 1}位是“${text.charAt(wrong)}”`;
  return `统一社会信用代码的末位校验码不符：按前17位计算应为“${usccCheckCharacter(text)}”，收到“${text.charAt(17)}”，请与营业执照或登记证书核对`;
};
