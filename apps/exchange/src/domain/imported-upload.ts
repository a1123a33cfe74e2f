// Checks of an imported upload record: every field that an order's scope may use must be present and well formed.
import { Refusal, isDay } from '@hengji/domain-kit';
import { checkHappened, checkNotReserved, isOccupation, parseCertificateNumber } from '@hengji/province';

export interface ImportedUpload {
  readonly number: string;
  readonly institution: string;
  readonly planId: string;
  readonly sessionId: string;
  readonly occupation: string;
  readonly level: string;
  readonly person: string;
  readonly examDate: string;
}

const RULES: readonly { field: string; good: (upload: ImportedUpload) => boolean; message: string }[] = [
  {
    field: 'institution',
    good: (u) => u.number.startsWith(u.institution) && u.institution.length === 13,
    message: '机构代码应为证书编号的前13位',
  },
  { field: 'plan_id', good: (u) => u.planId !== '', message: '计划编号不能为空' },
  { field: 'session_id', good: (u) => u.sessionId !== '', message: '场次编号不能为空' },
  { field: 'occupation', good: (u) => isOccupation(u.occupation), message: '职业编码应为职业分类大典中的职业(如6-31-01-03)' },
  { field: 'level', good: (u) => u.level === u.number.charAt(15), message: '等级应与证书编号第16位一致' },
  { field: 'person', good: (u) => /^[0-9a-f]{32}$/.test(u.person), message: '人员代号应为32位十六进制' },
  { field: 'exam_date', good: (u) => isDay(u.examDate), message: '考试日期应为YYYY-MM-DD' },
];

/** Refuses `upload.invalid`, `certificate.number_invalid` or `institution.code_reserved`, naming the field as `<at>.<field>`. */
export const checkImported = (upload: ImportedUpload, today: string, at: string): void => {
  parseCertificateNumber(upload.number, `${at}.number`);
  checkNotReserved(upload.number, `${at}.number`);
  checkHappened(upload.examDate, today, { reason: 'upload.invalid', field: `${at}.exam_date`, rule: 'N3.7b', what: '考试日期' });
  for (const { field, good, message } of RULES) {
    if (!good(upload)) throw new Refusal('invalid', 'upload.invalid', message, { field: `${at}.${field}`, rule: '人社鉴发〔2019〕2号' });
  }
};

const FIELDS = ['institution', 'planId', 'sessionId', 'occupation', 'level', 'person', 'examDate'] as const;

/** True when both records have the same facts of the certificate. */
export const sameUpload = (a: ImportedUpload, b: ImportedUpload): boolean => FIELDS.every((field) => a[field] === b[field]);
