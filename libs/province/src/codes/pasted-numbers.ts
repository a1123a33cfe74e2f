// Certificate numbers as people paste them: from a table, a letter, a PDF or a message. Labels, columns, spaces, full-width characters and
// list numbers are left out; what is no number keeps its line and its fault. Nothing that looks like a number is dropped.
import { typedText } from '@hengji/domain-kit';
import { typedNumber } from '../typed';
import { certificateNumberFault } from './asked-number';
import { isCertificateNumber } from './certificate-number';

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
      const fault = certificateNumberFault(code) ?? '';
      return { line, typed: shown, number: fault === '' ? code : '', fault };
    });
  });
};
