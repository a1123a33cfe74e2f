// What is printed may have been written by whoever wants the file to pass: a name that clears the screen and says 通过, or that
// turns the direction of writing round. Everything that is not seen, or that moves what is seen, is printed by its number.

/** The text with control, format and line-separating characters (C0, C1, bidi, zero-width) as `\\u{…}`. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
