// Certificates that existed before (历史数据, N3.7c). The number contains institution, year and level; the fields of the record must agree with the
// number, or one of the two is forged.
import { Refusal } from '@hengji/domain-kit';
import {
  checkHappened,
  checkNotReserved,
  checkOccupation,
  type NamedPerson,
  parseCertificateNumber,
  type CertificateNumber,
} from '@hengji/province';
import { type Certificate, certify, type Evaluated } from './certificate';
import { calendarDay, recordId } from './fields';

export type ImportedCertificate = Omit<Certificate, 'number' | 'maskedName'> & { readonly number: string };

const contradicts = (field: string, message: string): Refusal =>
  new Refusal('invalid', 'certificate.number_contradicted', message, { field, rule: '人社鉴发〔2019〕2号' });

const checkAgainstNumber = (given: ImportedCertificate, issuedOn: string, field: string): void => {
  const parts = parseCertificateNumber(given.number, `${field}.number`);
  checkNotReserved(given.number, `${field}.number`);
  if (given.institution !== parts.institution) throw contradicts(`${field}.institution`, '机构代码与证书编号前13位不一致');
  if (given.level !== parts.level) throw contradicts(`${field}.level`, '等级与证书编号第16位不一致');
  if (issuedOn.slice(2, 4) !== parts.year) throw contradicts(`${field}.issued_on`, '发证年份与证书编号第14至15位不一致');
};

/** The facts beside the row: the holder, the pseudonym, and the present day. */
interface Known {
  readonly holder: NamedPerson;
  readonly person: string;
  readonly today: string;
}

/** The certificate, with the pseudonym that certificate computed; refuses each malformed or contradicting field. */
export const decideImported = (given: ImportedCertificate, { holder, person, today }: Known, field: string): Certificate => {
  const examDate = calendarDay(given.examDate, `${field}.exam_date`, 'certificate.exam_date_invalid');
  const issuedOn = calendarDay(given.issuedOn, `${field}.issued_on`, 'certificate.issued_on_invalid');
  checkAgainstNumber(given, issuedOn, field);
  const at = { reason: 'certificate.issued_on_invalid', field: `${field}.issued_on`, rule: 'N3.7b', what: '发证日期' };
  checkHappened(issuedOn, today, at);
  if (issuedOn < examDate) {
    throw new Refusal('invalid', 'certificate.issued_on_invalid', '发证日期不能早于考试日期', {
      field: `${field}.issued_on`,
      rule: 'N3.7b',
    });
  }
  if (given.person !== '' && given.person !== person) {
    throw new Refusal('invalid', 'person.mismatch', '人员代号与证件号码不一致', { field: `${field}.person`, rule: 'GB 11643-1999' });
  }
  const result: Evaluated = {
    resultId: recordId(given.resultId, `${field}.result_id`, 'result'),
    institution: given.institution,
    planId: recordId(given.planId, `${field}.plan_id`, 'plan'),
    sessionId: recordId(given.sessionId, `${field}.session_id`, 'session'),
    occupation: checkOccupation(given.occupation, `${field}.occupation`),
    level: given.level,
    person,
    examDate,
  };
  return certify(result, holder, given.number as CertificateNumber, issuedOn);
};

/** True if all facts are equal, apart from the name. */
export const isSameCertificate = (a: Certificate, b: Certificate): boolean =>
  a.number === b.number &&
  a.resultId === b.resultId &&
  a.planId === b.planId &&
  a.sessionId === b.sessionId &&
  a.occupation === b.occupation &&
  a.person === b.person &&
  a.examDate === b.examDate &&
  a.issuedOn === b.issuedOn;
