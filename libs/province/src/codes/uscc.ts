// Unified social credit code (统一社会信用代码), GB 32100-2015, rules §3.2.

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** The check character over the first 17 characters. */
export const usccCheckCharacter = (first17: string): string => {
  const sum = WEIGHTS.reduce((total, weight, i) => total + ALPHABET.indexOf(first17.charAt(i)) * weight, 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
};

export const isUscc = (text: string): boolean =>
  text.length === 18 && [...text].every((c) => ALPHABET.includes(c)) && usccCheckCharacter(text) === text[17];
