// Certificate numbers are drawn from a series per institution, year of issue and level (rules §2.1): 000001 to 999999, none twice. There is
// no check digit; the database ensures that numbers are unique.
import { Refusal } from '@hengji/domain-kit';
import { type CertificateNumber, certificateNumber, type InstitutionCode, parseCertificateNumber } from '@hengji/province';

export const LAST_SEQUENCE = 999_999;

export interface Series {
  readonly institution: InstitutionCode;
  /** Two digits of the year of issue. */
  readonly year: string;
  readonly level: string;
}

/** The series of a number, and its place in the series. */
export const seriesOf = (number: CertificateNumber): Series & { readonly sequence: number } => {
  const { institution, year, level, sequence } = parseCertificateNumber(number);
  return { institution, year, level, sequence: Number(sequence) };
};

/** The next numbers after `last`; refuses `certificate.numbers_exhausted`, and then draws none. */
export const drawNumbers = (
  series: Series,
  last: number,
  count: number,
): { readonly numbers: CertificateNumber[]; readonly last: number } => {
  if (last + count > LAST_SEQUENCE) {
    throw new Refusal('conflict', 'certificate.numbers_exhausted', `该机构本年度本等级的证书序列码已用至${last}，不足${count}个`, {
      field: 'result_ids',
      rule: '人社鉴发〔2019〕2号',
    });
  }
  const numbers = Array.from({ length: count }, (_, i) => certificateNumber(series.institution, series.year, series.level, last + 1 + i));
  return { numbers, last: last + count };
};
