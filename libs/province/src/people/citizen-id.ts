// The 18-character number (GB 11643-1999, rules §3.1): area, day of birth, sequence, check character (ISO 7064 MOD 11-2). Citizens have it,
// and so do residents from Hong Kong, Macao and Taiwan, and foreigners with the new permanent residence card.
import { isDay } from '@hengji/domain-kit';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The check character over the first 17 digits. */
export const idCheckCharacter = (first17: string): string => {
  const sum = WEIGHTS.reduce((total, weight, i) => total + Number(first17[i]) * weight, 0);
  return '10X98765432'.charAt(sum % 11);
};

/** True for 18 valid characters. The birth day and the check character must be valid; old and unknown areas are accepted. */
export const isIdNumber = (text: string): boolean =>
  /^\d{17}[\dX]$/.test(text) &&
  Number(text.slice(6, 10)) >= 1900 &&
  isDay(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`) &&
  idCheckCharacter(text) === text[17];

/** What is wrong with a normalised number, in Chinese and without the number itself; undefined for a valid one. */
export const idFault = (text: string): string | undefined => {
  if (isIdNumber(text)) return undefined;
  if (text === '') return '公民身份号码不能为空';
  if (text.length === 15 && /^\d+$/.test(text)) return '这是15位的旧身份证号码，请填写18位公民身份号码';
  if (text.length !== 18) return `公民身份号码应为18位，收到${text.length}位`;
  const wrong = /^\d*/.exec(text)?.[0].length ?? 0;
  if (wrong < 17) return `公民身份号码前17位应为数字，第${wrong + 1}位不是`;
  if (!/[\dX]$/.test(text)) return '公民身份号码末位应为数字或X';
  return idCheckCharacter(text) === text[17] ? '公民身份号码中的出生日期不存在' : '公民身份号码的末位校验码不符，请核对各位数字';
};
