// Certificate numbers as people paste them: from a table, a letter, a PDF or a message. Labels, columns, spaces, full-width characters and
// list numbers are left out; what is no number keeps its line and its fault. Nothing that looks like a number is dropped.
import { typedText } from '@hengji/domain-kit';
import { isIdNumber } from '../people/citizen-id';
import { typedNumber } from '../typed';
import { isCertificateNumber } from './certificate-number';
import { isInstitutionCode } from './institution-code';
import { isUscc } from './uscc';

export interface PastedNumber {
  /** Line of the text, from 1. */
  readonly line: number;
  /** As pasted, at most 80 characters. */
  readonly typed: string;
  /** 22 characters; empty if the line has a fault. */
  readonly number: string;
  /** Chinese; empty if the line has a number. */
  readonly fault: string;
}

const LENGTH = 22;

const lengthFault = (code: string): string => {
  const by = code.length - LENGTH;
  return `证书编号应为${LENGTH}位，此处为${code.length}位，${by > 0 ? `多${by}位` : `少${-by}位`}`;
};

/** What else a code is: other numbers that stand beside certificate numbers in people's tables. */
const otherKind = (code: string): string => {
  if (isIdNumber(code)) return '这是公民身份号码，不是证书编号';
  if (isUscc(code)) return '这是统一社会信用代码，不是证书编号';
  if (isInstitutionCode(code)) return '这是机构代码，不是证书编号';
  if (/^\d{16}$/.test(code)) return '这是16位的职业资格证书编号，不是职业技能等级证书编号';
  return '';
};

/** Positions 1–22 of a number, rules §2.1; each with what is wrong, in words. */
const partFault = (code: string): string => {
  if (!/^[YS]/.test(code)) return `首位应为Y或S，此处为“${code.slice(0, 1)}”`;
  const letter = [...code].findIndex((character, at) => at !== 0 && at !== 15 && !/\d/.test(character));
  if (letter > 0) return `第${letter + 1}位应为数字，此处为“${code.charAt(letter)}”`;
  if (code.slice(5, 7) !== '21') return `第6、7位为“${code.slice(5, 7)}”，是其他省份的编号（辽宁为21）`;
  if (!/[1-5A-Z]/.test(code.charAt(15))) return `第16位是等级，不能为“${code.charAt(15)}”`;
  return '末6位顺序号不能全为0';
};

/** Why the text is no certificate number; empty for a number. */
export const certificateNumberFault = (text: string): string => {
  const code = typedNumber(text);
  if (isCertificateNumber(code)) return '';
  if (code === '') return '此行没有编号';
  const strange = /[^0-9A-Z]/u.exec(code)?.[0];
  const other = otherKind(code);
  if (other !== '') return other;
  if (!/\d/.test(code)) return '此行没有编号';
  if (strange !== undefined) return `编号中有“${strange}”，只能有字母和数字`;
  return code.length === LENGTH ? partFault(code) : lengthFault(code);
};

const BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
const COLUMNS = /[\s,、;|]+/;
/** 证书编号: and other words before the number, brackets, quotes, and the number of the row. */
const LABEL = /^(?:.*:)?[^0-9A-Za-z]*(?:no\.?[^0-9A-Za-z]*)?(?:\d{1,5}[.)]?[^0-9A-Za-z]*(?=[YSys]\d))?/i;
const TAIL = /[^0-9A-Za-z]+$/;
const HEADER = /编号|编码|号码|姓名|序号|证书/;

const bare = (text: string): string => typedNumber(typedText(text).replace(LABEL, '').replace(TAIL, ''));

/** A column beside a good number that is meant to be a number too; dates, names, list numbers and ID numbers are not. */
const isAttempt = (code: string): boolean => /^[YS][0-9A-Z]{14,}$/.test(code) || /^[0-9A-Z]{19,}$/.test(code);

/** The codes of one line: its numbers and attempts, else the line as one code, because spaces may stand within a number. */
const codesOf = (line: string): string[] => {
  const columns = typedText(line).split(COLUMNS).map(bare);
  if (columns.some(isCertificateNumber) || columns.filter(isAttempt).length > 1)
    return columns.filter((code) => isCertificateNumber(code) || isAttempt(code));
  const whole = bare(line);
  return isCertificateNumber(whole) ? [whole] : [columns.find(isAttempt) ?? (whole === '' ? typedText(line) : whole)];
};

const isHeader = (line: string): boolean => !/[0-9]/.test(typedText(line)) && HEADER.test(line);

/** A number that a line break of a PDF cut in two. */
const isCut = (first: readonly string[], second: readonly string[] | undefined): boolean =>
  first.length === 1 && second?.length === 1 && /^[YS]\d*$/.test(first[0] ?? '') && isCertificateNumber(`${first[0]}${second[0]}`);

/** The numbers and faults of the text, in its order; an empty line and a line of column titles are left out. */
export const pastedNumbers = (text: string): PastedNumber[] => {
  const lines = text.split(BREAK).flatMap((typed, at) => (typedText(typed) === '' || isHeader(typed) ? [] : [{ typed, line: at + 1 }]));
  const read = lines.map((one) => ({ ...one, codes: codesOf(one.typed) }));
  return read.flatMap(({ typed, line, codes }, at) => {
    const before = read[at - 1];
    if (before && isCut(before.codes, codes)) return [];
    const next = read[at + 1];
    const whole = isCut(codes, next?.codes) ? [`${codes[0]}${next?.codes[0]}`] : codes;
    const shown = [...typed.trim()].slice(0, 80).join('');
    return whole.map((code) => {
      const fault = certificateNumberFault(code);
      return { line, typed: shown, number: fault === '' ? code : '', fault };
    });
  });
};
