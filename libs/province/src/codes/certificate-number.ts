// Certificate number (职业技能等级证书编号): 22 characters, rules §2.1 — institution code, two digits of the year, level, six digits of sequence. It
// has no check digit. Only its form, and the agreement of its parts with the certificate, can be checked.
import { Refusal, type Branded } from '@hengji/domain-kit';
import type { InstitutionCode } from './institution-code';

/** 22 characters, rules §2.1. */
export type CertificateNumber = Branded<'CertificateNumber'>;

const NUMBER = /^([YS])(\d{4})(\d{2})(\d{6})(\d{2})([1-5A-Z])(\d{6})$/;

export interface CertificateNumberParts {
  readonly institutionClass: 'Y' | 'S';
  /** Positions 1–13. */
  readonly institution: InstitutionCode;
  /** Two digits of the year of issue. */
  readonly year: string;
  readonly level: string;
  readonly sequence: string;
}

export const isCertificateNumber = (text: string): text is CertificateNumber => {
  const match = NUMBER.exec(text);
  return match !== null && match[3] === '21' && match[7] !== '000000';
};

/** The parts of a certificate number; refuses `certificate.number_invalid`. */
export const parseCertificateNumber = (text: string, field = 'number'): CertificateNumberParts => {
  if (!isCertificateNumber(text)) {
    throw new Refusal('invalid', 'certificate.number_invalid', '证书编号应为1位字母加21位数字(如S000021010003261000001)', {
      field,
      rule: '人社鉴发〔2019〕2号',
    });
  }
  const number: string = text;
  return {
    institutionClass: number.startsWith('Y') ? 'Y' : 'S',
    institution: number.slice(0, 13) as InstitutionCode,
    year: number.slice(13, 15),
    level: number.slice(15, 16),
    sequence: number.slice(16),
  };
};

/** Builds a number from its parts; the sequence is 1..999999. */
export const certificateNumber = (institution: InstitutionCode, year: string, level: string, sequence: number): CertificateNumber =>
  `${institution}${year}${level}${String(sequence).padStart(6, '0')}` as CertificateNumber;
