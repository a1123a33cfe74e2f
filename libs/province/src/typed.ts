// Normalises what people type and what other systems send, before it is checked: full-width digits and letters, spaces, the dashes of input
// methods, a missing hyphen. All screens use this file, so they accept the same codes.
import { typedText, withoutInvisible } from '@hengji/domain-kit';

const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D\u30FC]/g;

/** A person's name: invisible characters are dropped, ends are trimmed. No character is replaced: 﨑 and 崎 are different names. */
export const typedName = (text: string): string => withoutInvisible(text).trim();

/** A code: as `typedText`, without spaces, dashes as `-`, letters in upper case. */
export const typedCode = (text: string): string => typedText(text).replace(DASHES, '-').replace(/\s/g, '').toUpperCase();

/**
 * An occupation code with or without its hyphens: 6310103 and ６－３１－０１－０３ are 6-31-01-03; any other text is returned as from `typedCode`.
 */
export const typedOccupationCode = (text: string): string => {
  const code = typedCode(text);
  const digits = code.replaceAll('-', '');
  return /^\d{7}$/.test(digits) ? `${digits.slice(0, 1)}-${digits.slice(1, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}` : code;
};

/** A certificate number or institution code: these have no hyphens, so typed hyphens are removed. */
export const typedNumber = (text: string): string => typedCode(text).replaceAll('-', '');

/** Any brackets that were typed around the year of a document number (文号); the official ones are 〔〕. */
const YEAR_IN_BRACKETS = /[[【(〔](\d{4})[\]】)〕]/g;

/** A document number in its official form: 辽人社鉴告 [2026] 3 号 and 辽人社鉴告（２０２６）3号 are 辽人社鉴告〔2026〕3号. A part of a number stays a part. */
export const typedDocumentNo = (text: string): string => typedText(text).replace(/\s/g, '').replace(YEAR_IN_BRACKETS, '〔$1〕');
