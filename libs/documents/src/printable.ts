// What is printed of a text. A font prints an empty box for a character that it lacks; on a decision that names people that is
// a false document. A character that no font has is printed as its code point: 〔U+30EDE〕. So it blocks no procedure.
import type { Faces } from './fonts';

/** Characters that mark how others are shown, or that are not shown: they have no place on paper. */
const UNSHOWN = /[\p{Cf}\p{Variation_Selector}\p{Cc}]/u;
const BREAK = /[\n\t\r]/u;
const BLANK = /\s/u;

const codePoint = (character: string): string => `〔U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}〕`;

/** The text with only what `faces` can print, in NFC. Combining marks that stay single and halves of pairs become code points too. */
export const printable = (text: string, { faceOf }: Pick<Faces, 'faceOf'>): string =>
  [...text.normalize('NFC')]
    .map((character) => {
      if (BREAK.test(character)) return character;
      if (UNSHOWN.test(character)) return '';
      if (BLANK.test(character) || faceOf(character, 'regular') !== undefined) return character;
      return codePoint(character);
    })
    .join('');
