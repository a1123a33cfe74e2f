// What a pasted list of certificate numbers names, line by line, and the check of the numbers in a scope. An order is drafted only
// on certificates that exist and are of its institution; the list says of each other line what is wrong with it.
import { Refusal } from '@hengji/domain-kit';
import type { PastedNumber } from '@hengji/province';
import { MOST_NUMBERS, type Scope } from '../scope';

export const NUMBER_STANDINGS = ['FOUND', 'VOID', 'DUPLICATE', 'UNKNOWN', 'OTHER_INSTITUTION', 'MALFORMED'] as const;
export type NumberStanding = (typeof NUMBER_STANDINGS)[number];

/** A certificate that exists. */
export interface FoundNumber {
  readonly institution: string;
  readonly isVoid: boolean;
}
export type FoundNumbers = ReadonlyMap<string, FoundNumber>;

export interface NumberLine extends Omit<PastedNumber, 'fault'> {
  readonly standing: NumberStanding;
  /** Chinese; empty for FOUND. */
  readonly words: string;
}

/** Refuses `order.numbers_missing`, `order.numbers_too_many`. */
export const checkCount = (lines: readonly unknown[]): void => {
  const detail = { field: 'text', rule: 'N3.5c' };
  if (lines.length === 0) throw new Refusal('invalid', 'order.numbers_missing', '没有读到证书编号', detail);
  if (lines.length > MOST_NUMBERS) {
    const message = `一次最多核对${MOST_NUMBERS}个编号，现有${lines.length}个，请分次粘贴`;
    throw new Refusal('tooMuch', 'order.numbers_too_many', message, detail);
  }
};

interface Known {
  readonly institution: string;
  readonly found: FoundNumbers;
  /** The name of another institution; undefined if the person may not see it. */
  readonly nameOf: (institution: string) => string | undefined;
}

const ofNumber = (number: string, { institution, found, nameOf }: Known): Pick<NumberLine, 'standing' | 'words'> => {
  const certificate = found.get(number);
  if (!certificate) return { standing: 'UNKNOWN', words: '没有这个编号的证书' };
  if (certificate.institution !== institution) {
    const name = nameOf(certificate.institution);
    return { standing: 'OTHER_INSTITUTION', words: name === undefined ? '属于其他机构' : `属于其他机构：${name}` };
  }
  return certificate.isVoid ? { standing: 'VOID', words: '该证书已经作废' } : { standing: 'FOUND', words: '' };
};

/** Each line with its standing, in the sequence of the text. */
export const standLines = (lines: readonly PastedNumber[], known: Known): NumberLine[] => {
  const first = new Map<string, number>();
  return lines.map(({ fault, ...line }) => {
    if (fault !== '') return { ...line, standing: 'MALFORMED', words: fault };
    const before = first.get(line.number);
    if (before !== undefined) return { ...line, standing: 'DUPLICATE', words: `与第${before}行重复` };
    first.set(line.number, line.line);
    return { ...line, ...ofNumber(line.number, known) };
  });
};

/** Refuses `order.numbers_unknown`, naming the first certificate of the scope that does not exist, or is of another institution. */
export const checkNumbersExist = ({ institution, certificates }: Scope, found: FoundNumbers): void => {
  const isKnown = (number: string): boolean => found.get(number)?.institution === institution;
  const bad = certificates.findIndex((number) => !isKnown(number));
  if (bad < 0) return;
  const count = certificates.filter((number) => !isKnown(number)).length;
  const message = `“${certificates[bad]}”${count > 1 ? `等${count}个编号` : ''}没有对应的证书，请核对后再起草`;
  throw new Refusal('invalid', 'order.numbers_unknown', message, { field: `scope.certificates[${bad}]`, rule: 'N3.5c' });
};
