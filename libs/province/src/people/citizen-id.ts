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
