// Every RPC of exam that writes, or that returns full personal data, writes its act: who, on which record, on what evidence.
import { type ActSeen, actsOfWork, query, testPerson, until } from '@hengji/testing';
import type { RecordedMethod } from '@hengji/procedure';
import type { ACTS } from '../src/adapters/grpc/acts';
import { askedPlan, type ExamUnderTest, imported, messages, newInstitution, OFFICER, sat, startExam, TODAY } from './exam-under-test';

let exam: ExamUnderTest;
beforeAll(async () => {
  exam = await startExam();
});

const institution = newInstitution();
const person = { by: 'PERSON u1', institution };
const loader = { by: 'SERVICE import', institution };
const ids = { planId: '', sessionId: '', resultId: '' };

const planned = () => ({ ...askedPlan(institution), planId: 'old', state: 'DONE' as const, examDate: '2025-03-01' });
const result = {
  ...{ resultId: 'old-1', sessionId: 'old-s', institution, theoryTenths: 700, skillTenths: 650, state: 'PUBLISHED' as const },
};

/** One line for each RPC with an act: the request, and the expected act. */
const WALK = {
  createPlan: async () => {
    const { plan } = await exam.gateway.createPlan({ requestId: 'a1', actor: OFFICER, plan: askedPlan(institution) });
    ids.planId = plan?.planId ?? '';
    return { ...person, on: `plan ${ids.planId}`, requestId: 'a1' };
  },
  openSession: async () => {
    const session = { planId: ids.planId, date: TODAY, area: '210102', venue: '第1考场' };
    const opened = await exam.gateway.openSession({ requestId: 'a2', actor: OFFICER, session });
    ids.sessionId = opened.session?.sessionId ?? '';
    return { ...person, on: `session ${ids.sessionId}`, requestId: 'a2' };
  },
  recordResults: async () => {
    const { sessionId } = ids;
    const { results } = await exam.gateway.recordResults({ requestId: 'a3', actor: OFFICER, sessionId, results: sat(2) });
    ids.resultId = results[0]?.resultId ?? '';
    return { ...person, on: `session ${sessionId}`, requestId: 'a3' };
  },
  publishResults: async () => {
    const { sessionId } = ids;
    await exam.gateway.publishResults({ requestId: 'a4', actor: OFFICER, sessionId });
    return { ...person, on: `session ${sessionId}`, requestId: 'a4' };
  },
  confirmResults: async () => {
    const { resultId } = ids;
    await exam.certificate.confirmResults({ resultIds: [resultId, 'nobody'] });
    return {
      by: 'SERVICE certificate',
      institution,
      on: `result ${resultId}`,
      evidence: [resultId],
      purpose: expect.stringContaining('证件号码') as string,
    };
  },
  importPlans: async () => {
    const sessions = [{ sessionId: 'old-s', planId: 'old', institution, date: '2025-03-01', area: '210102', venue: '第1考场' }];
    await imported(exam.loader.importPlans(messages({ plans: [planned()], sessions })));
    return { ...loader, on: 'plan old', evidence: ['count:2', expect.stringMatching(/^sha256:[0-9a-f]{64}$/)] };
  },
  importResults: async () => {
    await imported(exam.loader.importResults(messages({ results: [{ result, candidate: testPerson(5) }] })));
    return { ...loader, on: 'result old-1', evidence: ['count:1', expect.stringMatching(/^sha256:/)] };
  },
} as const satisfies Record<RecordedMethod<typeof ACTS>, () => Promise<Partial<Record<keyof ActSeen, unknown>>>>;

it.each(Object.keys(WALK) as (keyof typeof WALK)[])('%s writes one act', async (method) => {
  let expected = {};
  const acts = await actsOfWork(exam.database, async () => (expected = await WALK[method]()));
  expect(acts).toEqual([expect.objectContaining({ what: `${method.charAt(0).toUpperCase()}${method.slice(1)}`, ...expected })]);
});

it('writes none for a repeated request, nor for a refused one', async () => {
  const again = () => exam.gateway.createPlan({ requestId: 'a1', actor: OFFICER, plan: askedPlan(institution) });
  expect(await actsOfWork(exam.database, again)).toEqual([]);
  const refused = () =>
    exam.gateway.openSession({ requestId: 'a9', actor: OFFICER, session: { planId: 'nowhere', date: TODAY } }).catch(() => undefined);
  expect(await actsOfWork(exam.database, refused)).toEqual([]);
});

it('chains acts behind the requests, and signs checkpoints', async () => {
  const chained = `
    SELECT (SELECT count(*)::int FROM procedure.act WHERE position IS NULL) AS waiting,
           (SELECT count(*)::int FROM procedure.act_checkpoint) AS checkpoints`;
  await until(
    () => query<{ waiting: number; checkpoints: number }>(exam.database, chained),
    ([row]) => row?.waiting === 0 && row.checkpoints > 0,
  );
});
