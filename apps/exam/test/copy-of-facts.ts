// A consumer's copy of exam's plans, sessions and results: from the events alone, in their order.
import type { Plan, Result, Session } from '@hengji/contracts/exam/v1/exam';
import type { ExamEvent } from '@hengji/contracts/exam/v1/exam_events';
import { dumpOf, query } from '@hengji/testing';

interface ExamCopy {
  readonly plans: Map<string, Plan>;
  readonly sessions: Map<string, Session>;
  readonly results: Map<string, Result>;
}

const setStates = <R extends { state: string }>(
  records: Map<string, R>,
  ids: readonly string[],
  stateOf: (i: number) => R['state'],
): void =>
  ids.forEach((id, i) => {
    const record = records.get(id);
    if (!record) throw new Error(`an event moves ${id}, which no event has told`);
    records.set(id, { ...record, state: stateOf(i) });
  });

const putResults = ({ results }: ExamCopy, told: readonly Result[]): void => told.forEach((result) => results.set(result.resultId, result));

const hear = (copy: ExamCopy, { body }: ExamEvent): void => {
  const { plans, sessions, results } = copy;
  switch (body?.$case) {
    case 'planPublished':
      if (body.value.plan) plans.set(body.value.plan.planId, body.value.plan);
      return;
    case 'sessionOpened':
      if (body.value.session) sessions.set(body.value.session.sessionId, body.value.session);
      return;
    case 'plansImported':
      for (const plan of body.value.plans) plans.set(plan.planId, plan);
      for (const session of body.value.sessions) sessions.set(session.sessionId, session);
      return;
    case 'resultsRecorded':
    case 'resultsPublished':
    case 'resultsImported':
      return putResults(copy, body.value.results);
    case 'resultsCancelled':
      return setStates(results, body.value.resultIds, () => 'CANCELLED');
    case 'resultsRestored':
      return setStates(results, body.value.resultIds, (i) => body.value.states[i] ?? 'UNSPECIFIED');
    case 'plansClosed':
      return setStates(plans, body.value.planIds, () => 'STOPPED_BY_AUTHORITY');
    case 'plansReopened':
      return setStates(plans, body.value.planIds, (i) => body.value.states[i] ?? 'UNSPECIFIED');
    default:
    // A hold changes no record.
  }
};

/** The state after the events, ordered, as text. */
export const copyOf = (events: readonly ExamEvent[]): string => {
  const copy: ExamCopy = { plans: new Map(), sessions: new Map(), results: new Map() };
  for (const event of events) hear(copy, event);
  const plans = new Map([...copy.plans].map(([id, { heldBy: _, warnings: __, ...plan }]) => [id, plan]));
  return dumpOf({ ...copy, plans });
};

const PLANS = `SELECT plan_id AS "planId", institution, name, occupation, level, exam_date AS "examDate", state, kind
  FROM plan WHERE institution = $1 ORDER BY plan_id COLLATE "C"`;
const SESSIONS = `SELECT session_id AS "sessionId", plan_id AS "planId", institution, date, area, venue
  FROM session WHERE institution = $1 ORDER BY session_id COLLATE "C"`;
const RESULTS = `SELECT result_id AS "resultId", session_id AS "sessionId", plan_id AS "planId", institution, occupation, level, person,
  exam_date AS "examDate", theory_tenths AS "theoryTenths", skill_tenths AS "skillTenths", passed, state,
  COALESCE(published_on, '') AS "publishedOn", review_tenths AS "reviewTenths"
  FROM result WHERE institution = $1 ORDER BY result_id COLLATE "C"`;

/** The same state from exam's own tables. */
export const tablesOf = async (database: string, institution: string): Promise<string> => {
  const [plans = [], sessions = [], results = []] = await Promise.all(
    [PLANS, SESSIONS, RESULTS].map((sql) => query(database, sql, [institution])),
  );
  // A missing score is absent in the message.
  const told = (results as { reviewTenths: number | null }[]).map(({ reviewTenths, ...result }) => ({
    ...result,
    ...(reviewTenths !== null && { reviewTenths }),
  }));
  return dumpOf({ plans, sessions, results: told });
};
