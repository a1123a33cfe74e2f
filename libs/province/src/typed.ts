// What people type, and what other systems send, brought to one form before anything is checked: full-width digits and letters, spaces,
// the dashes of input methods, a hyphen left out. One place, so that a code that one screen accepts is accepted by all.
import { typedText, withoutInvisible } from '@hengji/domain-kit';

const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D\u30FC]/g;

/** A name of a person: invisible characters dropped, ends trimmed. Nothing is replaced: 﨑 and 崎 are two people's. */
export const typedName = (text: string): string => withoutInvisible(text).trim();

/** A code: as `typedText`, without any space, dashes as `-`, letters in upper case. */
export const typedCode = (text: string): string => typedText(text).replace(DASHES, '-').replace(/\s/g, '').toUpperCase();

/** An occupation code with or without its hyphens: 6310103 and ６－３１－０１－０３ are 6-31-01-03; anything else stays as `typedCode` has it. */
export const typedOccupationCode = (text: string): string => {
  const code = typedCode(text);
  const digits = code.replaceAll('-', '');
  return /^\d{7}$/.test(digits) ? `${digits.slice(0, 1)}-${digits.slice(1, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}` : code;
};

/** A certificate number or institution code: they have no hyphens, so those that were typed to group the digits go. */
export const typedNumber = (text: string): string => typedCode(text).replaceAll('-', '');

/** Whatever brackets were typed around the year of a document number (文号): those of its form are 〔〕. */
const YEAR_IN_BRACKETS = /[[【(〔](\d{4})[\]】)〕]/g;

/** A document number as it is issued: 辽人社鉴告 [2026] 3 号 and 辽人社鉴告（２０２６）3号 are 辽人社鉴告〔2026〕3号. A part of one stays a part. */
export const typedDocumentNo = (text: string): string => typedText(text).replace(/\s/g, '').replace(YEAR_IN_BRACKETS, '〔$1〕');
