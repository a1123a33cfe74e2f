// The records of each institution: plans, their sessions, candidates, passed results, certificates, uploads and payments.
// Each of them is a generator that starts from the institution's number. The loader can therefore iterate over the
// province once per service without storing it.
import { EvaluationKind, type Institution } from '@hengji/contracts/approval/v1/approval';
import { type Certificate, CertificateState, UploadState } from '@hengji/contracts/certificate/v1/certificate';
import { type Candidate, type Plan, PlanState, type Result, ResultState, type Session } from '@hengji/contracts/exam/v1/exam';
import type { Upload } from '@hengji/contracts/exchange/v1/exchange_service';
import { FundSource, type Payment } from '@hengji/contracts/subsidy/v1/subsidy';
import { type InstitutionCode, certificateNumber } from '@hengji/province';
import { institutions } from './institutions';
import { person } from './people';
import { random } from './random';

export const SIZES = { small: 10_000, standard: 100_000, large: 1_000_000 } as const;
export type Size = keyof typeof SIZES;

/** Certificates of one plan; its two sessions share them. */
const PASSED_PER_PLAN = 100;
/** Candidates who sat without passing, per plan. */
const FAILED_PER_PLAN = 8;
const YEARS = ['2024', '2025', '2026'] as const;
/** Fen for levels 5, 4, 3: rules §6.2. */
const SUBSIDY_FEN: Readonly<Record<string, bigint>> = { '5': 100_000n, '4': 150_000n, '3': 200_000n };

interface Enrolment {
  readonly plan: Plan;
  readonly result: Result;
  readonly candidate: Candidate;
  /** The certificate number, if passed. */
  readonly number?: string;
}

/** Certificates per institution: the first has a tenth, the others share the rest evenly. */
export const shares = (certificates: number): { institution: Institution; certificates: number; firstPerson: number }[] => {
  const all = institutions(certificates);
  const others = all.length - 1;
  const tenth = certificates / 10;
  let firstPerson = 0;
  return all.map((institution, i) => {
    const rest = certificates - tenth;
    const share = i === 0 ? tenth : Math.floor(rest / others) + (i <= rest % others ? 1 : 0);
    const entry = { institution, certificates: share, firstPerson };
    firstPerson += Math.ceil(share / PASSED_PER_PLAN) * (PASSED_PER_PLAN + FAILED_PER_PLAN);
    return entry;
  });
};

type Share = ReturnType<typeof shares>[number];

const planCount = (share: Share): number => Math.ceil(share.certificates / PASSED_PER_PLAN);

/** The n-th plan of an institution. */
const planOf = (share: Share, n: number): Plan => {
  const chance = random(`plan ${share.institution.code} ${n}`);
  const line = share.institution.scopeLines[n % share.institution.scopeLines.length];
  const year = YEARS[n % YEARS.length] ?? '2025';
  const month = String(1 + chance.below(year === '2026' ? 9 : 12)).padStart(2, '0');
  const day = String(1 + chance.below(28)).padStart(2, '0');
  return {
    planId: `${share.institution.code}${year.slice(2)}${month}${String(n + 1).padStart(5, '0')}`,
    institution: share.institution.code,
    kind: line?.kind ?? EvaluationKind.LEVEL_RECOGNITION,
    name: `${year}年${Number(month)}月第${n + 1}批认定计划`,
    occupation: line?.occupation ?? '6-31-01-03',
    level: ['5', '4', '3'][chance.below(3)] ?? '5',
    examDate: `${year}-${month}-${day}`,
    // The newest plans are still open, so that the order has plans to stop and to close.
    state: n >= planCount(share) - 2 ? PlanState.PUBLISHED : PlanState.DONE,
    heldBy: [],
    warnings: [],
  };
};

const sessionsOf = (share: Share, plan: Plan): Session[] =>
  [1, 2].map((n) => ({
    sessionId: `${plan.planId}-${n}`,
    planId: plan.planId,
    institution: plan.institution,
    date: plan.examDate,
    area: share.institution.area,
    venue: `${share.institution.area}第${n}考场`,
  }));

export function* plans(share: Share): Generator<{ plan: Plan; sessions: Session[] }> {
  for (let n = 0; n < planCount(share); n += 1) {
    const plan = planOf(share, n);
    yield { plan, sessions: sessionsOf(share, plan) };
  }
}

/** Every candidate of one institution, in plan order; numbers run per year and level as in rules §2.1. */
export function* enrolments(share: Share): Generator<Enrolment> {
  const sequences = new Map<string, number>();
  let left = share.certificates;
  let next = share.firstPerson;
  for (const { plan } of plans(share)) {
    const passed = Math.min(PASSED_PER_PLAN, left);
    left -= passed;
    for (let i = 0; i < passed + FAILED_PER_PLAN; i += 1) {
      yield enrolment(plan, i, i < passed, { person: next, sequences });
      next += 1;
    }
  }
}

const enrolment = (plan: Plan, i: number, passed: boolean, at: { person: number; sequences: Map<string, number> }): Enrolment => {
  const chance = random(`result ${plan.planId} ${i}`);
  const result: Result = {
    resultId: `${plan.planId}-${1 + (i % 2)}-${String(i + 1).padStart(4, '0')}`,
    sessionId: `${plan.planId}-${1 + (i % 2)}`,
    planId: plan.planId,
    institution: plan.institution,
    occupation: plan.occupation,
    level: plan.level,
    person: '',
    examDate: plan.examDate,
    theoryTenths: passed ? 600 + chance.below(380) : 300 + chance.below(280),
    skillTenths: 600 + chance.below(380),
    passed,
    state: ResultState.PUBLISHED,
    publishedOn: '',
  };
  const candidate = person(at.person);
  if (!passed) return { plan, result, candidate };
  const year = plan.examDate.slice(2, 4);
  const key = year + plan.level;
  const sequence = (at.sequences.get(key) ?? 0) + 1;
  at.sequences.set(key, sequence);
  return { plan, result, candidate, number: certificateNumber(plan.institution as InstitutionCode, year, plan.level, sequence) };
};

/** Issued three weeks after the exam, within the limits of rules §5.1, and in the year in the certificate's number. */
const issuedOn = (examDate: string): string => {
  const day = new Date(`${examDate}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 21);
  const issued = day.toISOString().slice(0, 10);
  return issued.slice(0, 4) === examDate.slice(0, 4) ? issued : `${examDate.slice(0, 4)}-12-31`;
};

/** Nineteen of twenty certificates are on the ministry's platform. */
const isUploaded = (number: string): boolean => random(`upload ${number}`).below(20) !== 0;
/** A subsidy was paid for three of five. */
const isPaid = (number: string): boolean => random(`payment ${number}`).below(5) < 3;

export function* certificates(share: Share): Generator<{ certificate: Certificate; holder: Candidate }> {
  for (const { result, candidate, number } of enrolments(share)) {
    if (number === undefined) continue;
    yield {
      certificate: {
        number,
        resultId: result.resultId,
        institution: result.institution,
        planId: result.planId,
        sessionId: result.sessionId,
        occupation: result.occupation,
        level: result.level,
        person: '',
        examDate: result.examDate,
        issuedOn: issuedOn(result.examDate),
        state: CertificateState.ISSUED,
        uploadState: isUploaded(number) ? UploadState.UPLOADED : UploadState.NONE,
        voidedAt: '',
        voidedBy: '',
        voidDocumentNo: '',
        maskedName: '',
      },
      holder: candidate,
    };
  }
}

export function* uploads(share: Share, pseudonym: (idNumber: string) => string): Generator<Upload> {
  for (const { result, candidate, number } of enrolments(share)) {
    if (number === undefined || !isUploaded(number)) continue;
    const { institution, planId, sessionId, occupation, level, examDate } = result;
    yield { number, institution, planId, sessionId, occupation, level, examDate, person: pseudonym(candidate.idNumber) };
  }
}

export function* payments(share: Share, pseudonym: (idNumber: string) => string): Generator<Payment> {
  for (const { result, candidate, number } of enrolments(share)) {
    if (number === undefined || !isPaid(number)) continue;
    const { institution, planId, sessionId, occupation, level, examDate } = result;
    yield {
      paymentId: `B${number}`,
      certificateNumber: number,
      institution,
      planId,
      sessionId,
      occupation,
      level,
      person: pseudonym(candidate.idNumber),
      fen: SUBSIDY_FEN[level] ?? 100_000n,
      fundSource: FundSource.UNEMPLOYMENT_INSURANCE,
      paidOn: issuedOn(examDate),
      examDate,
    };
  }
}

/** The exact row counts that the loader will send for these shares, for the progress bars. */
export const totalsOf = (parts: readonly Share[]): { institutions: number; plans: number; results: number; certificates: number } => {
  const planTotal = parts.reduce((sum, share) => sum + planCount(share), 0);
  const certificateTotal = parts.reduce((sum, share) => sum + share.certificates, 0);
  return {
    institutions: parts.length,
    plans: planTotal,
    results: certificateTotal + planTotal * FAILED_PER_PLAN,
    certificates: certificateTotal,
  };
};
