// What the agencies do with a request, row by row (rules §10.4): 00 success, 01 format, 02 duplicate, 03 not found, 04 mismatch. A row that
// the active fault rejects is not done.
import { isCertificateNumber } from '@hengji/province';
import type { Fault } from './faults';
import type { NumberRegister } from './number-register';

export interface CertificateRow {
  readonly number: string;
  readonly level: string;
}

/** Accepts a certificate. A level other than the number's own is a mismatch. */
export const takeUpload = (register: NumberRegister, { number, level }: CertificateRow): string => {
  if (!isCertificateNumber(number)) return '01';
  if (level !== number.charAt(15)) return '04';
  if (register.find(number) === 'standing') return '02';
  register.put(number, 'standing');
  return '00';
};

/** Withdraws a certificate; a number that was never uploaded is not found. */
export const takeWithdrawal = (register: NumberRegister, number: string): string => {
  if (!isCertificateNumber(number)) return '01';
  const standing = register.find(number);
  if (standing === undefined) return '03';
  if (standing === 'withdrawn') return '02';
  register.put(number, 'withdrawn');
  return '00';
};

/** The fault's code for the row at this position; undefined when the row is done as usual. */
export const rejectionOf = (fault: Fault | undefined, position: number): string | undefined =>
  fault?.fault === 'partialRejection' && position % fault.every === 0 ? fault.code : undefined;
