// A payment (补贴发放) is made on one valid certificate, once from each fund, in whole positive fen. Each check refuses with the field's path
// and the rule, before anything is written.
import { isDay, Refusal } from '@hengji/domain-kit';
import {
  checkHappened,
  checkNotReserved,
  type CertificateNumber,
  isCertificateNumber,
  isOccupation,
  parseCertificateNumber,
  filingObstacle,
  type FilingObstacle,
} from '@hengji/province';

/** 资金来源; the fund decides basis and agency of a recovery (rules §6.3). The digit is the end of a payment's id. */
export const FUND_SOURCES = {
  UNEMPLOYMENT_INSURANCE: { name: '失业保险基金', digit: '1' },
  EMPLOYMENT_FUND: { name: '就业补助资金', digit: '2' },
  SKILL_ACTION_ACCOUNT: { name: '职业技能提升行动专账', digit: '3' },
} as const;
export type FundSource = keyof typeof FUND_SOURCES;

export interface NewPayment {
  readonly certificateNumber: CertificateNumber;
  readonly fen: bigint;
  readonly fundSource: FundSource;
}

export interface Payment extends NewPayment {
  readonly paymentId: string;
  readonly institution: string;
  readonly planId: string;
  readonly sessionId: string;
  readonly occupation: string;
  readonly level: string;
  /** Pseudonym of the payee. */
  readonly person: string;
  /** YYYY-MM-DD in Asia/Shanghai. */
  readonly paidOn: string;
  /** Exam date of the certificate. */
  readonly examDate: string;
}

/** The received payment, with the same fields and without any check. */
export type NewPaymentClaim = { readonly certificateNumber: string; readonly fen: bigint; readonly fundSource: string };
export type PaymentClaim = { readonly [K in keyof Omit<Payment, 'fen'>]: string } & { readonly fen: bigint };

/** certificate's facts about a number; `holds` is false after the voiding. */
export interface CertificateFacts {
  readonly number: string;
  readonly holds: boolean;
  readonly institution: string;
  readonly planId: string;
  readonly sessionId: string;
  readonly occupation: string;
  readonly level: string;
  readonly person: string;
  readonly examDate: string;
}

export const MOST_PAYMENTS = 1000;
/** A hundred million yuan, far above every subsidy; a thousand such amounts still fit into bigint. */
const MOST_FEN = 10_000_000_000n;

const invalid = (reason: string, message: string, field: string, rule: string): Refusal =>
  new Refusal('invalid', reason, message, { field, rule });

const isFundSource = (text: string): text is FundSource => Object.hasOwn(FUND_SOURCES, text);

/** Number, money and fund. Refuses `certificate.number_invalid`, `subsidy.amount_invalid`, `subsidy.fund_source_missing`. */
const checkCore = ({ certificateNumber, fen, fundSource }: NewPaymentClaim, at: string): NewPayment => {
  if (!isCertificateNumber(certificateNumber)) {
    throw invalid('certificate.number_invalid', '证书编号应为1位字母加21位数字', `${at}.certificate_number`, '人社鉴发〔2019〕2号');
  }
  if (fen <= 0n || fen > MOST_FEN) {
    throw invalid('subsidy.amount_invalid', `补贴金额应大于0分且不超过${MOST_FEN}分，收到${fen}分`, `${at}.fen`, 'rules §6.3');
  }
  if (!isFundSource(fundSource)) throw invalid('subsidy.fund_source_missing', '请指明资金来源', `${at}.fund_source`, 'rules §6.3');
  return { certificateNumber, fen, fundSource };
};

/** Refuses `subsidy.paid_already`: the certificate was paid from this fund. */
export const paidAlready = (at: string, { certificateNumber, fundSource }: NewPayment): Refusal => {
  const message = `证书${certificateNumber}已从${FUND_SOURCES[fundSource].name}发放补贴，不得重复发放`;
  return new Refusal('conflict', 'subsidy.paid_already', message, { field: `${at}.certificate_number`, rule: 'rules §6.2' });
};

const checkSize = (count: number, reason: string): void => {
  if (count <= MOST_PAYMENTS) return;
  const message = `一次最多${MOST_PAYMENTS}笔，收到${count}笔`;
  throw new Refusal('tooMuch', reason, message, { field: 'payments', rule: `最多${MOST_PAYMENTS}笔` });
};

/**
 * The payments, if each is valid, all are of one institution, and none is there twice. Refuses `subsidy.nothing_to_pay`,
 * `subsidy.too_many`, `subsidy.other_institution`, `subsidy.paid_already` and what `checkCore` refuses.
 */
export const checkNewPayments = (claims: readonly NewPaymentClaim[]): NewPayment[] => {
  if (claims.length === 0) throw invalid('subsidy.nothing_to_pay', '至少应有一笔补贴', 'payments', 'rules §6.2');
  checkSize(claims.length, 'subsidy.too_many');
  const payments = claims.map((claim, i) => checkCore(claim, `payments[${i}]`));
  const seen = new Set<string>();
  payments.forEach((payment, i) => {
    const at = `payments[${i}]`;
    if (institutionOf(payment) !== institutionOf(payments[0] as NewPayment)) {
      throw invalid('subsidy.other_institution', '一次发放的证书应属于同一机构', `${at}.certificate_number`, 'rules §6.2');
    }
    const key = `${payment.certificateNumber} ${payment.fundSource}`;
    if (seen.has(key)) throw paidAlready(at, payment);
    seen.add(key);
  });
  return payments;
};

/** The institution that issued the certificate: positions 1–13 of its number. */
export const institutionOf = ({ certificateNumber }: NewPayment): string => parseCertificateNumber(certificateNumber).institution;

/** The payments to be made. Refuses `subsidy.certificate_not_held` for an unknown or void certificate. */
export const decidePayments = (asked: readonly NewPayment[], facts: ReadonlyMap<string, CertificateFacts>, today: string): Payment[] =>
  asked.map((payment, i) => {
    const certificate = facts.get(payment.certificateNumber);
    if (!certificate?.holds) {
      const message = certificate
        ? `证书${certificate.number}已作废，不能发放补贴`
        : `证书${payment.certificateNumber}不存在，不能发放补贴`;
      const detail = { field: `payments[${i}].certificate_number`, rule: 'rules §6.2' };
      throw new Refusal('illegalMove', 'subsidy.certificate_not_held', message, detail);
    }
    const { institution, planId, sessionId, occupation, level, person, examDate } = certificate;
    const paymentId = `B${payment.certificateNumber}-${FUND_SOURCES[payment.fundSource].digit}`;
    return { paymentId, ...payment, institution, planId, sessionId, occupation, level, person, paidOn: today, examDate };
  });

/** approval's reasons in words, from the view of a payee; without the place of an exam, which a payment does not ask. */
const FILING_WORDS: Readonly<Record<string, string>> = {
  'institution.unknown': '发证机构不在评价机构目录内',
  'filing.held': '发证机构已被责令停止评价',
  'filing.removed': '发证机构已被移出目录',
  'filing.expired': '发证机构的备案在考试日期已届满',
  'filing.not_yet_valid': '发证机构的备案在考试日期尚未生效',
  'filing.out_of_scope': '职业或等级不在发证机构的备案范围内',
} satisfies Record<Exclude<FilingObstacle, 'filing.out_of_place'>, string>;

/** Refuses the first payment on a certificate that the filing does not cover, with approval's reason (filing.*, institution.unknown). */
export const checkFiled = (payments: readonly Payment[], obstacles: ReadonlyMap<string, string>): void => {
  const i = payments.findIndex(({ certificateNumber }) => obstacles.has(certificateNumber));
  if (i < 0) return;
  const reason = obstacles.get(payments[i]?.certificateNumber ?? '') ?? '';
  const message = `${FILING_WORDS[reason] ?? filingObstacle(reason)}，不能发放补贴`;
  throw new Refusal('illegalMove', reason, message, { field: `payments[${i}].certificate_number`, rule: 'N2.3a' });
};

const ID = /^[\w.-]{1,64}$/;

/** The check of each field of an imported payment, beside number, money and fund. */
const FIELDS = {
  paymentId: { name: 'payment_id', fits: (text) => ID.test(text), message: '编号应为1至64位字母、数字或-_.' },
  planId: { name: 'plan_id', fits: (text) => ID.test(text), message: '编号应为1至64位字母、数字或-_.' },
  sessionId: { name: 'session_id', fits: (text) => ID.test(text), message: '编号应为1至64位字母、数字或-_.' },
  occupation: { name: 'occupation', fits: isOccupation, message: '职业编码应为职业分类大典中的职业(如6-31-01-03)' },
  person: { name: 'person', fits: (text) => /^[0-9a-f]{32}$/.test(text), message: '人员应为32位匿名标识，不得填写身份证号' },
  paidOn: { name: 'paid_on', fits: isDay, message: '日期应为存在的 YYYY-MM-DD' },
  examDate: { name: 'exam_date', fits: isDay, message: '日期应为存在的 YYYY-MM-DD' },
} as const satisfies Partial<Record<keyof PaymentClaim, { name: string; fits: (text: string) => boolean; message: string }>>;

const checkImported = (claim: PaymentClaim, today: string, at: string): Payment => {
  const core = checkCore(claim, at);
  checkNotReserved(core.certificateNumber, `${at}.certificate_number`);
  const { institution, level } = parseCertificateNumber(core.certificateNumber);
  for (const field of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
    const { name, fits, message } = FIELDS[field];
    if (!fits(claim[field])) throw invalid('subsidy.payment_invalid', message, `${at}.${name}`, 'subsidy.v1.Payment');
  }
  if (claim.institution !== institution) {
    throw invalid('subsidy.payment_invalid', '机构代码与证书编号前13位不一致', `${at}.institution`, '人社鉴发〔2019〕2号');
  }
  if (claim.level !== level) throw invalid('subsidy.payment_invalid', '等级与证书编号不一致', `${at}.level`, '人社鉴发〔2019〕2号');
  if (claim.paidOn < claim.examDate) {
    throw invalid('subsidy.payment_invalid', '发放日期不能早于考试日期', `${at}.paid_on`, 'rules §6.2');
  }
  const paid = { reason: 'subsidy.payment_invalid', field: `${at}.paid_on`, rule: 'rules §6.2', what: '发放日期' };
  checkHappened(claim.paidOn, today, paid);
  const { paymentId, planId, sessionId, occupation, person, paidOn, examDate } = claim;
  return { paymentId, ...core, institution, planId, sessionId, occupation, level, person, paidOn, examDate };
};

/** The payments of an import message, if each is valid. Refuses `import.too_many`, `subsidy.payment_invalid` and as above. */
export const checkImportedPayments = (claims: readonly PaymentClaim[], today: string): Payment[] => {
  checkSize(claims.length, 'import.too_many');
  return claims.map((claim, i) => checkImported(claim, today, `payments[${i}]`));
};
