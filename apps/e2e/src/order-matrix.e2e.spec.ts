// Measure × subject × (issue, lift). The expectations are written here a second time, by hand, from the clauses:
// expectations derived from the cascade could not find an error in the cascade. A person and an occupation × level have
// close records that too wide a scope would reach: neighbouring-records.ts.
import { isDeepStrictEqual } from 'node:util';
import type { Officer } from '../../../tools/province/src/officer';
import { importNeighbours, MIDDLE, NEIGHBOUR_FEN } from './neighbouring-records';
import { type Records, recordsOf, recordsOnce } from './records-of';
import { type Asked, type Running, draft, orderReaches, startRunning } from './running-platform';

const SUBJECTS = ['institution', 'plan', 'session', 'certificates', 'interval', 'person', 'occupation × level'] as const;
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

/**
 * N3.5c by hand: an evaluation that was certified, or that a person took, is not stopped; only a whole institution is in
 * the directory.
 */
const REFUSED: readonly [Measure, Subject][] = [
  ['M1', 'certificates'],
  ['M1', 'person'],
  ['M7', 'plan'],
  ['M7', 'session'],
  ['M7', 'certificates'],
  ['M7', 'interval'],
  ['M7', 'person'],
  ['M7', 'occupation × level'],
];

const isRefused = (measure: Measure, subject: Subject): boolean => REFUSED.some(([m, s]) => m === measure && s === subject);

const narrowedTo = (subject: Subject, before: Records, person: string): Asked['narrowed'] => {
  const [first] = before.certificates;
  if (first === undefined) throw new Error('the institution has no certificates');
  const byS: Record<Subject, Asked['narrowed']> = {
    institution: {},
    plan: { plans: [first.planId] },
    session: { sessions: [first.sessionId] },
    certificates: { certificates: before.certificates.slice(0, 3).map((one) => one.number) },
    interval: { from: first.examDate, until: first.examDate },
    person: { persons: [person] },
    'occupation × level': { occupationLevels: [MIDDLE] },
  };
  return byS[subject];
};

type Dated = { planId: string; sessionId: string; examDate: string; person: string; occupation: string; level: string };

/** Whether a record is in scope: the law's reading of the scope, independent of ours in SQL. */
const meant = (subject: Subject, before: Records, person: string) => {
  const first = before.certificates[0] as Dated;
  const three = new Set(before.certificates.slice(0, 3).map((one) => one.resultId));
  return (one: Dated & { resultId?: string; certificateNumber?: string }): boolean => {
    if (subject === 'institution') return true;
    if (subject === 'plan') return one.planId === first.planId;
    if (subject === 'session') return one.sessionId === first.sessionId;
    if (subject === 'interval') return one.examDate === first.examDate;
    if (subject === 'person') return one.person === person;
    if (subject === 'occupation × level') return one.occupation === MIDDLE.occupation && one.level === MIDDLE.level;
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
  /** Plans that an order holds. */
  readonly held: number;
}

const UNTOUCHED: Expected = {
  status: 'ACTIVE',
  rectifyBy: '',
  cancelled: 0,
  voided: 0,
  withdrawn: 0,
  recoveredFen: 0,
  stopped: 0,
  held: 0,
};

type Reach = Pick<Expected, 'cancelled' | 'voided' | 'withdrawn' | 'recoveredFen' | 'held'>;

/** The exact records of those with close records: what neighbouring-records.ts imports, and no other result. */
const IN_FIGURES: Partial<Record<Subject, Reach>> = {
  person: { cancelled: 2, voided: 2, withdrawn: 2, recoveredFen: 2 * NEIGHBOUR_FEN, held: 0 },
  'occupation × level': { cancelled: 3, voided: 2, withdrawn: 2, recoveredFen: 2 * NEIGHBOUR_FEN, held: 1 },
};

/** A session is held without its plan, because the plan has other sessions. */
const holdsPlan = (subject: Subject, before: Records) => {
  const first = before.certificates[0] as Dated;
  return (plan: { planId: string; examDate: string }): boolean =>
    subject === 'institution' ||
    (subject === 'plan' && plan.planId === first.planId) ||
    (subject === 'interval' && plan.examDate === first.examDate);
};

const reachOf = (subject: Subject, before: Records, isMeant: ReturnType<typeof meant>): Reach => {
  const figures = IN_FIGURES[subject];
  if (figures !== undefined) return figures;
  const certificates = before.certificates.filter(isMeant);
  return {
    cancelled: before.results.filter(isMeant).length,
    voided: certificates.length,
    withdrawn: certificates.filter((one) => one.uploadState === 'UPLOADED').length,
    recoveredFen: before.payments.filter(isMeant).reduce((sum, one) => sum + one.fen, 0),
    held: before.plans.filter(holdsPlan(subject, before)).length,
  };
};

const expectedAfter = (measure: Measure, { cancelled, voided, withdrawn, recoveredFen, held }: Reach, before: Records): Expected => {
  const stopped = before.plans.filter((plan) => plan.state === 'PUBLISHED').length;
  const table: Record<Measure, Expected> = {
    M1: { ...UNTOUCHED, status: 'HELD', held },
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
  held: records.plans.filter((one) => one.heldBy.length > 0).length,
});

describe('every measure on every subject, and its lifting', () => {
  let running: Running;
  let drafter: Officer;
  let signer: Officer;
  let institutions: string[];
  /** The institution where the people of the close records also sat; no order is about it. */
  let elsewhere: string;
  let shared: ReadonlyMap<string, string>;

  const personAt = (institution: string): string => shared.get(institution) ?? '';

  beforeAll(async () => {
    running = await startRunning('matrix');
    [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const page = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    institutions = page.items.map((one) => one.code);
    elsewhere = institutions.pop() ?? '';
    const about = [institutions[0] ?? '', ...beside.map((i) => institutions[1 + i] ?? '')];
    shared = await importNeighbours(running, drafter, { institutions: about, elsewhere });
  }, 240_000);
  afterAll(() => running.stop());

  const cells = (Object.keys(MEASURES) as Measure[]).flatMap((measure) =>
    SUBJECTS.map((subject): [Measure, Subject] => [measure, subject]),
  );
  const allowed = cells.filter((cell) => !isRefused(...cell));
  const beside = [...allowed.keys()].filter((i) => IN_FIGURES[allowed[i]?.[1] ?? 'institution'] !== undefined);

  it.each(cells.filter((cell) => isRefused(...cell)))('%s on a %s is refused by field and rule', async (measure, subject) => {
    const institution = institutions[0] ?? '';
    const before = await recordsOf(drafter, institution);
    const narrowed = narrowedTo(subject, before, personAt(institution)) ?? {};
    await expect(draft(drafter, { institution, measures: MEASURES[measure], narrowed })).rejects.toThrow(/400.*order\.scope_invalid/);
  });

  it.each(allowed.map((cell, i): [Measure, Subject, number] => [...cell, i]))(
    '%s on a %s reaches exactly the records in scope, and lifting undoes exactly that',
    async (measure, subject, i) => {
      // A separate institution for each cell, so that no order meets another.
      const institution = institutions[1 + i] ?? '';
      const before = await recordsOf(drafter, institution);
      const asked = { institution, measures: MEASURES[measure], narrowed: narrowedTo(subject, before, personAt(institution)) ?? {} };
      const { orderId } = await draft(drafter, asked);
      await signer.post(`/orders/${orderId}/sign`, {});
      const done = await orderReaches(signer, orderId, 'COMPLETED');
      expect(done.residual).toBe(0);
      // An event from one service to another by Kafka (the upload state) may still be in flight when the last receipt
      // arrives.
      const isMeant = meant(subject, before, personAt(institution));
      const expected = expectedAfter(measure, reachOf(subject, before, isMeant), before);
      const reached = await recordsOnce(drafter, institution, (records) => isDeepStrictEqual(seen(records), expected));
      expect(seen(reached)).toEqual(expected);
      // The same number and the same records: no close record in their place.
      expect(reached.results.filter((one) => one.state === 'CANCELLED' && !isMeant(one))).toEqual([]);
      expect(reached.certificates.filter((one) => one.state === 'VOIDED' && !isMeant(one))).toEqual([]);

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

  it('changes nothing of the same people at another institution', async () => {
    const records = await recordsOf(drafter, elsewhere);
    const theirs = records.results.filter((one) => [...shared.values()].includes(one.person));
    expect(theirs).toHaveLength(shared.size);
    expect(theirs.filter((one) => one.state !== 'PUBLISHED')).toEqual([]);
    expect(seen(records)).toEqual(UNTOUCHED);
    expect(records.certificates.filter((one) => one.level === MIDDLE.level && one.uploadState !== 'UPLOADED')).toEqual([]);
  });
});
