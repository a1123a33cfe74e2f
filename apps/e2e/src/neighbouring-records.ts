// Records close to those of an order. Each institution has three plans that share either the occupation or the level. One
// person sat in two of them, under two occupations, and at another institution. The sample province has no such people,
// and no records of these levels. The records that a scope reaches here can therefore be counted by hand.
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { CertificateState, UploadState } from '@hengji/contracts/certificate/v1/certificate';
import { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import { PlanState, ResultState } from '@hengji/contracts/exam/v1/exam';
import { ExchangeServiceDefinition } from '@hengji/contracts/exchange/v1/exchange_service';
import { FundSource } from '@hengji/contracts/subsidy/v1/subsidy';
import { SubsidyServiceDefinition } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { certificateNumber, type InstitutionCode } from '@hengji/province';
import { serviceClient, testPerson } from '@hengji/testing';
import type { Officer } from '../../../tools/province/src/officer';
import type { Running } from './running-platform';

/** The occupation × level in the middle; the sample's levels are 5, 4 and 3. */
export const MIDDLE = { occupation: '6-31-01-03', level: '2' } as const;
/** The amount of each payment. */
export const NEIGHBOUR_FEN = 250_000;

/**
 * The plans of each institution, and their candidates: `shared` is in two, each other person in one; `failed` has no
 * certificate.
 */
const PLANS = [
  { id: 1, ...MIDDLE, people: ['shared', 'middle', 'failed'] },
  { id: 2, occupation: MIDDLE.occupation, level: '1', people: ['other-level'] },
  { id: 3, occupation: '4-10-01-05', level: MIDDLE.level, people: ['shared', 'other-occupation'] },
] as const;
/** At the other institution: the same person, occupation and level. */
const PLAN_ELSEWHERE = { id: 4, ...MIDDLE };

const EXAM_DATE = '2025-03-10';
const YEAR = '25';
const FIRST_PERSON = 1_000_000;
const PEOPLE_EACH = 10;
const FIRST_NUMBER = 900_000;
const NAMES = ['shared', 'middle', 'failed', 'other-level', 'other-occupation'];

interface Sat {
  /** The institution whose records these are close to. */
  readonly nth: number;
  readonly institution: string;
  readonly plan: { readonly id: number; readonly occupation: string; readonly level: string };
  readonly name: string;
}

/** One exam with all records that resulted from it. */
const examOf = ({ nth, institution, plan: { id, occupation, level }, name }: Sat) => {
  const planId = `${institution}-N${nth}-${id}`;
  const place = NAMES.indexOf(name);
  const about = { institution, planId, sessionId: `${planId}-1`, occupation, level, examDate: EXAM_DATE };
  const number = certificateNumber(institution as InstitutionCode, YEAR, level, FIRST_NUMBER + nth * 100 + id * 10 + place);
  const candidate = testPerson(FIRST_PERSON + nth * PEOPLE_EACH + place);
  return { about, name, resultId: `${planId}-1-${place}`, passed: name !== 'failed', number, candidate };
};

type Exam = ReturnType<typeof examOf>;

const resultOf = ({ about, resultId, passed, candidate }: Exam) => {
  const tenths = passed ? 700 : 300;
  const result = { ...about, resultId, person: '', theoryTenths: tenths, skillTenths: 700, passed, state: ResultState.PUBLISHED };
  return { result, candidate };
};

const certificateOf = ({ about, resultId, number, candidate }: Exam) => ({
  certificate: {
    ...about,
    number,
    resultId,
    person: '',
    issuedOn: '2025-04-01',
    state: CertificateState.ISSUED,
    uploadState: UploadState.UPLOADED,
    ...{ voidedAt: '', voidedBy: '', voidDocumentNo: '', maskedName: '' },
  },
  holder: candidate,
});

async function* oneMessage<M>(message: M): AsyncGenerator<M> {
  yield message;
}

const acknowledged = async (acks: AsyncIterable<{ imported: number }>): Promise<number> => {
  let imported = 0;
  for await (const ack of acks) imported += ack.imported;
  return imported;
};

/** Pseudonym by result, as exam returns them. */
const personsIn = async (officer: Officer, institutions: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const pages = institutions.map((code) =>
    officer.get<{ items: { resultId: string; person: string }[] }>(`/institutions/${code}/results?limit=1000`),
  );
  return new Map((await Promise.all(pages)).flatMap(({ items }) => items.map(({ resultId, person }) => [resultId, person])));
};

/** Imports plans and results, then the records that resulted from them; returns the pseudonym of each result's person. */
const sendAll = async (running: Running, officer: Officer, exams: readonly Exam[]): Promise<ReadonlyMap<string, string>> => {
  const { addresses, environment } = running.platform;
  const reach = (name: string) => ({ address: addresses[name] ?? '', caller: 'import', secret: environment['CALLER_SECRET'] ?? '' });
  const exam = serviceClient(ExamServiceDefinition, reach('EXAM_ADDR'));
  const certificate = serviceClient(CertificateServiceDefinition, reach('CERTIFICATE_ADDR'));
  const subsidy = serviceClient(SubsidyServiceDefinition, reach('SUBSIDY_ADDR'));
  const exchange = serviceClient(ExchangeServiceDefinition, reach('EXCHANGE_ADDR'));
  try {
    const planned = [...new Map(exams.map(({ about }) => [about.planId, about])).values()];
    const plans = planned.map((about) => ({ ...about, name: '相邻记录', state: PlanState.DONE, heldBy: [] }));
    const sessions = planned.map((about) => ({ ...about, date: EXAM_DATE, area: '210102', venue: '相邻考场' }));
    expect(await acknowledged(exam.importPlans(oneMessage({ plans, sessions })))).toBeGreaterThanOrEqual(plans.length);
    expect(await acknowledged(exam.importResults(oneMessage({ results: exams.map(resultOf) })))).toBe(exams.length);
    const persons = await personsIn(officer, [...new Set(exams.map(({ about }) => about.institution))]);
    const passed = exams.filter((one) => one.passed);
    const uploads = passed.map(({ about, number, resultId }) => ({ ...about, number, person: persons.get(resultId) ?? '' }));
    const paid = { fen: BigInt(NEIGHBOUR_FEN), fundSource: FundSource.UNEMPLOYMENT_INSURANCE, paidOn: '2025-04-02' };
    const payments = uploads.map(({ number, ...rest }) => ({ ...rest, ...paid, paymentId: `B${number}`, certificateNumber: number }));
    const certificates = passed.map(certificateOf);
    expect(await acknowledged(certificate.importCertificates(oneMessage({ certificates })))).toBe(passed.length);
    await running.atMinistry(passed.map(({ number }) => number));
    expect(await acknowledged(exchange.importUploads(oneMessage({ uploads })))).toBe(passed.length);
    expect(await acknowledged(subsidy.importPayments(oneMessage({ payments })))).toBe(passed.length);
    return persons;
  } finally {
    [exam, certificate, subsidy, exchange].forEach((client) => client.close());
  }
};

export interface Wanted {
  readonly institutions: readonly string[];
  /** The other institution, where each one's `shared` person also sat. */
  readonly elsewhere: string;
}

/** Imports these records for each of the institutions. Returns the pseudonym of its `shared` person by institution. */
export const importNeighbours = async (
  running: Running,
  officer: Officer,
  { institutions, elsewhere }: Wanted,
): Promise<ReadonlyMap<string, string>> => {
  const exams = institutions.flatMap((institution, nth) => [
    ...PLANS.flatMap((plan) => plan.people.map((name) => examOf({ nth, institution, plan, name }))),
    examOf({ nth, institution: elsewhere, plan: PLAN_ELSEWHERE, name: 'shared' }),
  ]);
  const persons = await sendAll(running, officer, exams);
  const shared = exams.filter(({ name, about }) => name === 'shared' && about.institution !== elsewhere);
  return new Map(shared.map(({ about, resultId }) => [about.institution, persons.get(resultId) ?? '']));
};
