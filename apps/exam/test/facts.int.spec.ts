// exam.v1 is complete. A consumer that reads it from the beginning, or reads the owner's snapshot, has every plan, session and result as
// exam has them. The consumer needs no call.
import { TOPICS } from '@hengji/contracts';
import type { ExamEvent } from '@hengji/contracts/exam/v1/exam_events';
import { snapshotEvents, testPerson, unique, until } from '@hengji/testing';
import { copyOf, tablesOf } from './copy-of-facts';
import {
  askedPlan,
  type ExamUnderTest,
  imported,
  messages,
  newInstitution,
  OFFICER,
  openedSession,
  sat,
  startExam,
} from './exam-under-test';
import { CANCEL, CLOSE, liftingOf, orderOf } from './orders';

let exam: ExamUnderTest;
beforeAll(async () => {
  exam = await startExam();
});

const historyOf = async (institution: string): Promise<ExamEvent[]> =>
  (await exam.probe.events(TOPICS.exam)).filter(({ meta }) => meta?.institution === institution);

/** Three results recorded and published, one recorded only. */
const act = async (institution: string): Promise<{ planId: string; sessionId: string }> => {
  const opened = await openedSession(exam, institution);
  const { sessionId } = opened;
  await exam.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(3) });
  await exam.gateway.publishResults({ requestId: unique(), actor: OFFICER, sessionId });
  await exam.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(1, 3, 599) });
  return opened;
};

/** More than one event of plans and sessions, and existing results. */
const load = async (institution: string): Promise<string[]> => {
  const planIds = Array.from({ length: 600 }, (_, i) => `${institution}-p${i}`);
  const examDate = '2025-03-01';
  const plans = planIds.map((planId) => ({ ...askedPlan(institution), planId, state: 'DONE' as const, examDate }));
  const sessions = planIds.map((planId) => ({
    ...{ sessionId: `${planId}-1`, planId, institution },
    ...{ date: examDate, area: '210102', venue: '第1考场' },
  }));
  const results = Array.from({ length: 30 }, (_, i) => ({
    result: {
      resultId: `${institution}-r${i}`,
      sessionId: `${planIds[i % 3]}-1`,
      theoryTenths: 700,
      skillTenths: 590 + i,
      state: 'PUBLISHED' as const,
    },
    candidate: testPerson(100 + i),
  }));
  await imported(exam.loader.importPlans(messages({ plans, sessions })));
  await imported(exam.loader.importResults(messages({ results })));
  return planIds;
};

it('publishes every plan, session and result, through acts, imports, orders and liftings', async () => {
  const institution = newInstitution();
  const { planId } = await act(institution);
  const planIds = await load(institution);
  const narrowed = (plans: string[]) => ({ narrowed: { plans } });
  const orders = [
    orderOf(institution, [CANCEL], narrowed([planId])),
    orderOf(institution, [CANCEL], { ...narrowed([planIds[0] ?? '']), epoch: 2n }),
    orderOf(institution, [CLOSE], { ...narrowed([planId]), epoch: 3n }),
  ];
  for (const order of orders) {
    await exam.enforcement.issue(order);
    await exam.enforcement.receipt(order.orderId, 1);
  }
  const closed = await tablesOf(exam.database, institution);
  expect(closed).toContain('STOPPED_BY_AUTHORITY');
  expect(
    await until(
      async () => copyOf(await historyOf(institution)),
      (copy) => copy === closed,
    ),
  ).toBe(closed);
  for (const lifted of [0, 2].flatMap((i) => orders[i] ?? [])) {
    await exam.enforcement.lift(liftingOf(lifted));
    await exam.enforcement.receipt(lifted.orderId, 11);
  }

  const tables = await tablesOf(exam.database, institution);
  const restored = JSON.parse(tables) as { results: { state: string }[] };
  expect(restored.results.map(({ state }) => state).sort()).toEqual([
    ...Array(10).fill('CANCELLED'),
    ...Array(23).fill('PUBLISHED'),
    'RECORDED',
  ]);
  expect(
    await until(
      async () => copyOf(await historyOf(institution)),
      (copy) => copy === tables,
    ),
  ).toBe(tables);
  expect(copyOf(await snapshotEvents(TOPICS.exam, { address: exam.address, caller: 'certificate', key: institution }))).toBe(tables);
});

it('names who recorded and who published, and carries no ID number and no name of a person', async () => {
  const institution = newInstitution();
  await act(institution);
  const events = await until(
    () => historyOf(institution),
    (seen) => seen.length >= 5,
  );
  expect(events.map(({ body }) => body)).toMatchObject([
    { $case: 'planPublished' },
    { $case: 'sessionOpened' },
    { $case: 'resultsRecorded', value: { recordedBy: OFFICER.officerId } },
    { $case: 'resultsPublished', value: { publishedBy: OFFICER.officerId, results: Array(3).fill({ state: 'PUBLISHED', passed: true }) } },
    { $case: 'resultsRecorded', value: { results: [{ passed: false, theoryTenths: 599, skillTenths: 800 }] } },
  ]);
  const text = Buffer.concat(events.map((event) => Buffer.from(TOPICS.exam.codec.encode(event).finish()))).toString();
  for (const person of sat(4)) {
    expect(text).not.toContain(person.candidate.idNumber);
    expect(text).not.toContain(person.candidate.name);
  }
});

it('keeps the largest events within the limit of consumers', async () => {
  const institution = newInstitution();
  const longest = (n: number): string => `${institution}-${n}`.padEnd(64, 'x');
  const planId = longest(0);
  const plan = { ...askedPlan(institution), planId, name: '𠮷'.repeat(100), state: 'DONE' as const };
  const sessions = Array.from({ length: 1000 }, (_, i) => ({
    ...{ sessionId: longest(i), planId, institution },
    ...{ date: plan.examDate, area: '210102', venue: '𠮷'.repeat(100) },
  }));
  const results = Array.from({ length: 1000 }, (_, i) => ({
    result: { resultId: longest(i), sessionId: longest(0), theoryTenths: 1000, skillTenths: 1000, state: 'PUBLISHED' as const },
    candidate: testPerson(i),
  }));
  await imported(exam.loader.importPlans(messages({ plans: [plan], sessions })));
  await imported(exam.loader.importResults(messages({ results })));
  const events = await until(
    () => historyOf(institution),
    (seen) => seen.length >= 3,
  );
  const sizes = events.map((event) => TOPICS.exam.codec.encode(event).finish().length);
  expect(Math.max(...sizes)).toBeLessThan(600_000);
  expect(events.map(({ body }) => body?.$case)).toEqual(['plansImported', 'plansImported', 'resultsImported']);
});
