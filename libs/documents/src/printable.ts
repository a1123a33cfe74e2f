// The printable form of a text. A font prints an empty box for a character that it lacks; a decision that names people would then be false.
// A character that no font has is therefore printed as its code point, 〔U+30EDE〕, and blocks no procedure.
import type { Faces } from './fonts';

/** Characters that only control the display of others, or that are invisible: they are not printed. */
const UNSHOWN = /[\p{Cf}\p{Variation_Selector}\p{Cc}]/u;
const BREAK = /[\n\t\r]/u;
const BLANK = /\s/u;

const codePoint = (character: string): string => `〔U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}〕`;

/**
 * The text in NFC, limited to what `faces` can print. Combining marks that cannot be composed, and unpaired surrogates, also become code
 * points.
 */
export const printable = (text: string, { faceOf }: Pick<Faces, 'faceOf'>): string =>
  [...text.normalize('NFC')]
    .map((character) => {
      if (BREAK.test(character)) return character;
      if (UNSHOWN.test(character)) return '';
      if (BLANK.test(character) || faceOf(character, 'regular') !== undefined) return character;
      return codePoint(character);
    })
    .join('');
