import { Refusal } from '@hengji/domain-kit';
import {
  type CertificateFacts,
  checkImportedPayments,
  checkNewPayments,
  decidePayments,
  FUND_SOURCES,
  institutionOf,
  type NewPaymentClaim,
  type PaymentClaim,
} from './payment';

const NUMBER = 'S000021010003263000001';
const OTHER = 'S000021010003263000002';
const PERSON = 'ab'.repeat(16);

const wanted = (over: Partial<NewPaymentClaim> = {}): NewPaymentClaim => ({
  certificateNumber: NUMBER,
  fen: 150_000n,
  fundSource: 'UNEMPLOYMENT_INSURANCE',
  ...over,
});

const imported = (over: Partial<PaymentClaim> = {}): PaymentClaim => ({
  ...wanted(),
  paymentId: `B${NUMBER}`,
  institution: 'S000021010003',
  planId: 'P1',
  sessionId: 'P1-1',
  occupation: '6-31-01-03',
  level: '3',
  person: PERSON,
  paidOn: '2026-03-02',
  examDate: '2026-01-10',
  ...over,
});

const refused = (work: () => unknown): [string, string | undefined] => {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    expect(thrown.detail.rule).toBeTruthy();
    expect(thrown.message).toMatch(/\p{sc=Han}/u);
    return [thrown.reason, thrown.detail.field];
  }
  throw new Error('nothing was refused');
};

describe('checkNewPayments', () => {
  it('accepts valid payments of one institution, from each fund once', () => {
    const claims = [wanted(), wanted({ fundSource: 'EMPLOYMENT_FUND' }), wanted({ certificateNumber: OTHER, fen: 1n })];
    expect(checkNewPayments(claims)).toEqual(claims);
  });

  it.each<[string, NewPaymentClaim[], string, string]>([
    ['nothing', [], 'subsidy.nothing_to_pay', 'payments'],
    ['a thousand and one', Array.from({ length: 1001 }, () => wanted()), 'subsidy.too_many', 'payments'],
    ['a malformed number', [wanted(), wanted({ certificateNumber: 'S1' })], 'certificate.number_invalid', 'payments[1].certificate_number'],
    ['nothing to pay out', [wanted({ fen: 0n })], 'subsidy.amount_invalid', 'payments[0].fen'],
    ['negative money', [wanted({ fen: -1n })], 'subsidy.amount_invalid', 'payments[0].fen'],
    ['a fen too much', [wanted({ fen: 10_000_000_001n })], 'subsidy.amount_invalid', 'payments[0].fen'],
    ['no fund', [wanted({ fundSource: 'UNSPECIFIED' })], 'subsidy.fund_source_missing', 'payments[0].fund_source'],
    ['the same twice', [wanted(), wanted({ fen: 2n })], 'subsidy.paid_already', 'payments[1].certificate_number'],
    [
      'two institutions',
      [wanted(), wanted({ certificateNumber: 'S000021010004263000001' })],
      'subsidy.other_institution',
      'payments[1].certificate_number',
    ],
  ])('refuses %s', (_what, claims, reason, field) => {
    expect(refused(() => checkNewPayments(claims))).toEqual([reason, field]);
  });

  it('accepts a thousand payments, and the largest amount', () => {
    const claims = Array.from({ length: 1000 }, (_, i) =>
      wanted({ certificateNumber: `S000021010003263${String(i + 1).padStart(6, '0')}`, fen: 10_000_000_000n }),
    );
    expect(checkNewPayments(claims)).toHaveLength(1000);
  });
});

describe('decidePayments', () => {
  const facts = (over: Partial<CertificateFacts> = {}): CertificateFacts => {
    const { institution, planId, sessionId, occupation, level, person, examDate } = imported();
    return { number: NUMBER, holds: true, institution, planId, sessionId, occupation, level, person, examDate, ...over };
  };
  const decide = (known: CertificateFacts[]) =>
    decidePayments(checkNewPayments([wanted()]), new Map(known.map((certificate) => [certificate.number, certificate])), '2026-03-02');

  it("copies certificate's facts and derives the payment's id from certificate and fund", () => {
    expect(decide([facts()])).toEqual([{ ...imported(), paymentId: `B${NUMBER}-1` }]);
  });

  it.each([
    ['void', [facts({ holds: false })]],
    ['unknown', []],
  ])('refuses a certificate that is %s', (_what, known) => {
    expect(refused(() => decide(known))).toEqual(['subsidy.certificate_not_held', 'payments[0].certificate_number']);
  });

  it('has a different digit for each fund', () => {
    expect(Object.values(FUND_SOURCES).map(({ digit }) => digit)).toEqual(['1', '2', '3']);
  });
});

describe('checkImportedPayments', () => {
  const check = (claims: PaymentClaim[]) => checkImportedPayments(claims, '2026-03-02');

  it('accepts valid payments unchanged, also an empty list', () => {
    expect(check([imported()])).toEqual([imported()]);
    expect(check([])).toEqual([]);
    expect(check([imported({ paidOn: '2026-01-10' })])).toHaveLength(1);
  });

  it.each<[string, Partial<PaymentClaim>, string, string]>([
    ['a malformed number', { certificateNumber: '' }, 'certificate.number_invalid', 'certificate_number'],
    ["a canary's certificate", { certificateNumber: 'S999921990001261000001' }, 'institution.code_reserved', 'certificate_number'],
    ['negative money', { fen: -1n }, 'subsidy.amount_invalid', 'fen'],
    ['no fund', { fundSource: 'UNSPECIFIED' }, 'subsidy.fund_source_missing', 'fund_source'],
    ['no id', { paymentId: '' }, 'subsidy.payment_invalid', 'payment_id'],
    ['an id of 65 characters', { paymentId: 'x'.repeat(65) }, 'subsidy.payment_invalid', 'payment_id'],
    ['a plan id with a space', { planId: 'P 1' }, 'subsidy.payment_invalid', 'plan_id'],
    ['no session', { sessionId: '' }, 'subsidy.payment_invalid', 'session_id'],
    ['a malformed occupation', { occupation: '6-31-1-3' }, 'subsidy.payment_invalid', 'occupation'],
    ['an ID number in place of the pseudonym', { person: '210102197001010019' }, 'subsidy.payment_invalid', 'person'],
    ['a day that does not exist', { paidOn: '2026-02-29' }, 'subsidy.payment_invalid', 'paid_on'],
    ['a payment before the exam', { paidOn: '2026-01-09' }, 'subsidy.payment_invalid', 'paid_on'],
    ['a payment of tomorrow', { paidOn: '2026-03-03' }, 'subsidy.payment_invalid', 'paid_on'],
    ['no exam date', { examDate: '' }, 'subsidy.payment_invalid', 'exam_date'],
    ['another institution than the number says', { institution: 'S000021010004' }, 'subsidy.payment_invalid', 'institution'],
    ['another level than the number says', { level: '4' }, 'subsidy.payment_invalid', 'level'],
  ])('refuses %s', (_what, over, reason, field) => {
    expect(refused(() => check([imported({ paymentId: 'B0' }), imported(over)]))).toEqual([reason, `payments[1].${field}`]);
  });

  it('refuses more than a thousand', () => {
    expect(refused(() => check(Array.from({ length: 1001 }, () => imported())))).toEqual(['import.too_many', 'payments']);
  });
});

it('institutionOf reads the first 13 positions', () => {
  expect(institutionOf({ certificateNumber: NUMBER } as Parameters<typeof institutionOf>[0])).toBe('S000021010003');
});
