// Measure × subject × (issue, lift). The expectations are written here a second time, by hand, from the clauses: derived
// from the cascade they could not find a mistake in the cascade.
import { isDeepStrictEqual } from 'node:util';
import type { Officer } from '../../../tools/province/src/officer';
import { type Records, recordsOf, recordsOnce } from './records-of';
import { type Asked, type Running, draft, orderReaches, startRunning } from './running-platform';

const SUBJECTS = ['institution', 'plan', 'session', 'certificates', 'interval'] as const;
type Subject = (typeof SUBJECTS)[number];

const M2 = ['CANCEL_RESULTS'];
const M3 = [...M2, 'VOID_CERTIFICATES'];

const MEASURES = {
  M1: ['STOP_EVALUATION'],
  M2,
  M3,
  M4: [...M3, 'WITHDRAW_UPLOADS'],
  M5: [...M3, 'RECOVER_SUBSIDIES'],
  M6: ['RECTIFY'],
  M7: ['REMOVE_FROM_DIRECTORY'],
} as const;
type Measure = keyof typeof MEASURES;

/** N3.5c by hand: an evaluation already certified is not stopped, and only a whole institution stands in the directory. */
const REFUSED: readonly [Measure, Subject][] = [
  ['M1', 'certificates'],
  ['M7', 'plan'],
  ['M7', 'session'],
  ['M7', 'certificates'],
  ['M7', 'interval'],
];

const isRefused = (measure: Measure, subject: Subject): boolean => REFUSED.some(([m, s]) => m === measure && s === subject);

const narrowedTo = (subject: Subject, before: Records): Asked['narrowed'] => {
  const [first] = before.certificates;
  if (first === undefined) throw new Error('the institution has no certificates');
  const byS: Record<Subject, Asked['narrowed']> = {
    institution: {},
    plan: { plans: [first.planId] },
    session: { sessions: [first.sessionId] },
    certificates: { certificates: before.certificates.slice(0, 3).map((one) => one.number) },
    interval: { from: first.examDate, until: first.examDate },
  };
  return byS[subject];
};

type Dated = { planId: string; sessionId: string; examDate: string };

/** Whether a record is meant: the law's reading of the scope, apart from ours in SQL. */
const meant = (subject: Subject, before: Records) => {
  const first = before.certificates[0] as Dated;
  const three = new Set(before.certificates.slice(0, 3).map((one) => one.resultId));
  return (one: Dated & { resultId?: string; certificateNumber?: string }): boolean => {
    if (subject === 'institution') return true;
    if (subject === 'plan') return one.planId === first.planId;
    if (subject === 'session') return one.sessionId === first.sessionId;
    if (subject === 'interval') return one.examDate === first.examDate;
    if (one.resultId !== undefined) return three.has(one.resultId);
    return before.certificates.slice(0, 3).some((certificate) => certificate.number === one.certificateNumber);
  };
};

interface Expected {
  readonly status: string;
  readonly rectifyBy: string;
  readonly cancelled: number;
  readonly voided: number;
  readonly withdrawn: number;
  readonly recoveredFen: number;
  readonly stopped: number;
}

const UNTOUCHED: Expected = { status: 'ACTIVE', rectifyBy: '', cancelled: 0, voided: 0, withdrawn: 0, recoveredFen: 0, stopped: 0 };

const expectedAfter = (measure: Measure, subject: Subject, before: Records): Expected => {
  const isMeant = meant(subject, before);
  const certificates = before.certificates.filter(isMeant);
  const cancelled = before.results.filter(isMeant).length;
  const voided = certificates.length;
  const withdrawn = certificates.filter((one) => one.uploadState === 'UPLOADED').length;
  const recoveredFen = before.payments.filter(isMeant).reduce((sum, one) => sum + one.fen, 0);
  const stopped = before.plans.filter((plan) => plan.state === 'PUBLISHED').length;
  const table: Record<Measure, Expected> = {
    M1: { ...UNTOUCHED, status: 'HELD' },
    M2: { ...UNTOUCHED, cancelled },
    M3: { ...UNTOUCHED, cancelled, voided },
    M4: { ...UNTOUCHED, cancelled, voided, withdrawn },
    M5: { ...UNTOUCHED, cancelled, voided, recoveredFen },
    M6: { ...UNTOUCHED, rectifyBy: '2099-01-31' },
    M7: { ...UNTOUCHED, status: 'REMOVED', stopped },
  };
  return table[measure];
};

const seen = (records: Records): Expected => ({
  status: records.filing.status,
  rectifyBy: records.filing.rectifyBy,
  cancelled: records.results.filter((one) => one.state === 'CANCELLED').length,
  voided: records.certificates.filter((one) => one.state === 'VOIDED').length,
  withdrawn: records.certificates.filter((one) => one.uploadState === 'WITHDRAWN').length,
  recoveredFen: records.recoveries.filter((one) => one.state === 'DRAFT').reduce((sum, one) => sum + one.fen, 0),
  stopped: records.plans.filter((one) => one.state === 'STOPPED_BY_AUTHORITY').length,
});

describe('every measure on every subject, and back', () => {
  let running: Running;
  let drafter: Officer;
  let signer: Officer;
  let institutions: string[];

  beforeAll(async () => {
    running = await startRunning('matrix');
    [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const page = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    institutions = page.items.map((one) => one.code);
  }, 240_000);
  afterAll(() => running.stop());

  const cells = (Object.keys(MEASURES) as Measure[]).flatMap((measure) =>
    SUBJECTS.map((subject): [Measure, Subject] => [measure, subject]),
  );

  it.each(cells.filter((cell) => isRefused(...cell)))('%s on a %s is refused by field and rule', async (measure, subject) => {
    const institution = institutions[0] ?? '';
    const before = await recordsOf(drafter, institution);
    const narrowed = narrowedTo(subject, before) ?? {};
    await expect(draft(drafter, { institution, measures: MEASURES[measure], narrowed })).rejects.toThrow(/400.*order\.scope_invalid/);
  });

  it.each(cells.filter((cell) => !isRefused(...cell)).map((cell, i): [Measure, Subject, number] => [...cell, i]))(
    '%s on a %s reaches exactly what is meant, and lifting undoes exactly that',
    async (measure, subject, i) => {
      // An institution of its own for each cell, so that no order meets another.
      const institution = institutions[1 + i] ?? '';
      const before = await recordsOf(drafter, institution);
      const asked = { institution, measures: MEASURES[measure], narrowed: narrowedTo(subject, before) ?? {} };
      const { orderId } = await draft(drafter, asked);
      await signer.post(`/orders/${orderId}/sign`, {});
      const done = await orderReaches(signer, orderId, 'COMPLETED');
      expect(done.residual).toBe(0);
      // What one service tells another by Kafka (the upload state) may still be on its way when the last receipt is in.
      const expected = expectedAfter(measure, subject, before);
      const reached = await recordsOnce(drafter, institution, (records) => isDeepStrictEqual(seen(records), expected));
      expect(seen(reached)).toEqual(expected);

      await signer.post(`/orders/${orderId}/lift`, { reason: '复议撤销' });
      await orderReaches(signer, orderId, 'LIFTED');
      const after = await recordsOnce(drafter, institution, (records) => isDeepStrictEqual(seen(records), UNTOUCHED));
      expect(seen(after)).toEqual(UNTOUCHED);
      expect(after.certificates).toEqual(before.certificates);
      expect(after.results).toEqual(before.results);
      expect(after.plans).toEqual(before.plans);
    },
    120_000,
  );
});
