// The codes that the regulation writes everything with, and their check digits. Each parser refuses with field and rule.
import type { CertificateNumber, Day, InstitutionCode } from './branded';
import { Refusal } from './refusal';

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const CERTIFICATE_NUMBER = /^([YS])(\d{4})(\d{2})(\d{6})(\d{2})([1-5A-Z])(\d{6})$/;
const INSTITUTION_CODE = /^[YS]\d{4}21\d{6}$/;

/** True if the day exists in the calendar; days are YYYY-MM-DD in Asia/Shanghai. */
export const isDay = (text: string): text is Day => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
};

/** GB 11643: the check character over the first 17 digits (ISO 7064 MOD 11-2). */
export const idCheckCharacter = (first17: string): string => {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + Number(first17[i]) * weight, 0);
  return '10X98765432'.charAt(sum % 11);
};

/** GB 11643-1999. Old and unknown areas are not refused; birth day and check character are. */
export const isIdNumber = (text: string): boolean =>
  /^\d{17}[\dX]$/.test(text) &&
  Number(text.slice(6, 10)) >= 1900 &&
  isDay(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`) &&
  idCheckCharacter(text) === text[17];

/** GB 32100: the check character over the first 17 characters. */
export const usccCheckCharacter = (first17: string): string => {
  const sum = USCC_WEIGHTS.reduce((total, weight, i) => total + USCC_ALPHABET.indexOf(first17.charAt(i)) * weight, 0);
  return USCC_ALPHABET.charAt((31 - (sum % 31)) % 31);
};

/** Unified social credit code (统一社会信用代码), GB 32100-2015. */
export const isUscc = (text: string): boolean =>
  text.length === 18 && [...text].every((c) => USCC_ALPHABET.includes(c)) && usccCheckCharacter(text) === text[17];

export interface CertificateNumberParts {
  readonly institutionClass: 'Y' | 'S';
  /** Positions 1–13. */
  readonly institution: InstitutionCode;
  /** Two digits of the year of issue. */
  readonly year: string;
  readonly level: string;
  readonly sequence: string;
}

/** Parts of a certificate number; refuses `certificate.number_invalid`. Rules §2.1: no check digit exists. */
export const parseCertificateNumber = (text: string, field = 'number'): CertificateNumberParts => {
  const match = CERTIFICATE_NUMBER.exec(text);
  if (!match || match[3] !== '21' || match[7] === '000000') {
    throw new Refusal('invalid', 'certificate.number_invalid', '证书编号应为1位字母加21位数字(如S000021010003261000001)', {
      field,
      rule: '人社鉴发〔2019〕2号',
    });
  }
  return {
    institutionClass: match[1] as 'Y' | 'S',
    institution: text.slice(0, 13) as InstitutionCode,
    year: text.slice(13, 15),
    level: text.slice(15, 16),
    sequence: text.slice(16),
  };
};

export const isCertificateNumber = (text: string): text is CertificateNumber => {
  const match = CERTIFICATE_NUMBER.exec(text);
  return match !== null && match[3] === '21' && match[7] !== '000000';
};

/** Positions 1–13 of the certificate number, in Liaoning (21). */
export const isInstitutionCode = (text: string): text is InstitutionCode => INSTITUTION_CODE.test(text);

/** Of the canary (探针证书), which is always void: see `CANARY_INSTITUTIONS` of libs/contracts. */
const RESERVED = /^S99992199/;

/**
 * Refuses `institution.code_reserved` for an institution code, or a certificate number, of the canary: a record of somebody else under it
 * would make the public answer about it a lie, or silence the canary.
 */
export const checkNotReserved = (code: string, field: string): void => {
  if (!RESERVED.test(code)) return;
  throw new Refusal('invalid', 'institution.code_reserved', '机构代码以S99992199开头的为平台自检(探针证书)保留，不得使用', {
    field,
    rule: '平台设计:探针证书保留代码S99992199****',
  });
};

/** Builds a number from its parts; the sequence is 1..999999. */
export const certificateNumber = (institution: InstitutionCode, year: string, level: string, sequence: number): CertificateNumber =>
  `${institution}${year}${level}${String(sequence).padStart(6, '0')}` as CertificateNumber;
