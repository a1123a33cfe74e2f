// Results (评价结果): one per person and session, in tenths of a point. Passed is computed, never believed. An order
// cancels results (M2); nobody else does, and nothing deletes one (逢考必录, N3.7b).
import { advance, type Lifecycle, Refusal } from '@hengji/domain-kit';
import { agrees, recordId } from './fields';
import type { Plan, Session } from './plan';

export type ResultState = 'RECORDED' | 'PUBLISHED' | 'CANCELLED';
export type ResultAction = 'publish' | 'cancel';

/** `cancel` is the order's (M2). Lifting it restores the state from before, which no table can know. */
export const RESULT_LIFECYCLE = {
  RECORDED: { publish: 'PUBLISHED', cancel: 'CANCELLED' },
  PUBLISHED: { cancel: 'CANCELLED' },
  CANCELLED: {},
} as const satisfies Lifecycle<ResultState, ResultAction>;

/** Rules §5.1: 100 points each, at least 60 in each. */
export const FULL_TENTHS = 1000;
export const PASS_TENTHS = 600;

export interface Scores {
  readonly theoryTenths: number;
  readonly skillTenths: number;
}

export interface Result extends Scores {
  readonly resultId: string;
  readonly sessionId: string;
  readonly planId: string;
  readonly institution: string;
  readonly occupation: string;
  readonly level: string;
  readonly person: string;
  /** YYYY-MM-DD: the day of the session. */
  readonly examDate: string;
  readonly passed: boolean;
  readonly state: ResultState;
}

export const isPassed = (scores: Scores): boolean => scores.theoryTenths >= PASS_TENTHS && scores.skillTenths >= PASS_TENTHS;

const score = (tenths: number, field: string): number => {
  if (!Number.isInteger(tenths) || tenths < 0 || tenths > FULL_TENTHS) {
    throw new Refusal('invalid', 'result.score_invalid', '成绩以十分之一分计，应为0至1000的整数', { field, rule: 'exam.v1.Result' });
  }
  return tenths;
};

/** Both scores; refuses `result.score_invalid` outside 0..1000 tenths. */
export const checkScores = (given: Scores, field: string): Scores => ({
  theoryTenths: score(given.theoryTenths, `${field}.theory_tenths`),
  skillTenths: score(given.skillTenths, `${field}.skill_tenths`),
});

export interface Sitting {
  readonly plan: Plan;
  readonly session: Session;
}

/** A result as it is recorded in a session. */
export const decideResult = ({ plan, session }: Sitting, scores: Scores, of: { resultId: string; person: string }): Result => ({
  ...of,
  ...scores,
  sessionId: session.sessionId,
  planId: plan.planId,
  institution: plan.institution,
  occupation: plan.occupation,
  level: plan.level,
  examDate: session.date,
  passed: isPassed(scores),
  state: 'RECORDED',
});

/** The state after 公示; refuses `result.illegal_move`. */
export const decidePublish = (state: ResultState): ResultState =>
  advance<ResultState, ResultAction>('result', RESULT_LIFECYCLE, state, 'publish');

const STATES: readonly string[] = Object.keys(RESULT_LIFECYCLE);
const isResultState = (state: string): state is ResultState => STATES.includes(state);

/** What an import says about a result; the copied attributes may be empty, but if given they must agree with the plan. */
export type ImportedResult = Omit<Result, 'state' | 'passed'> & { readonly state: string };

/** A result that existed before (历史数据), with its own id and state; `person` is the pseudonym that exam computed. */
export const decideImportedResult = (sitting: Sitting, given: ImportedResult, person: string, field: string): Result => {
  const { plan, session } = sitting;
  if (!isResultState(given.state)) {
    throw new Refusal('invalid', 'result.state_invalid', '结果状态未知', { field: `${field}.state`, rule: 'exam.v1.ResultState' });
  }
  agrees(given.planId, plan.planId, `${field}.plan_id`, 'plan');
  agrees(given.institution, plan.institution, `${field}.institution`, 'institution');
  agrees(given.occupation, plan.occupation, `${field}.occupation`, 'occupation');
  agrees(given.level, plan.level, `${field}.level`, 'level');
  agrees(given.examDate, session.date, `${field}.exam_date`, 'exam_date');
  agrees(given.person, person, `${field}.person`, 'person');
  const resultId = recordId(given.resultId, `${field}.result_id`, 'result');
  const scores = checkScores(given, field);
  return { ...decideResult(sitting, scores, { resultId, person }), state: given.state };
};

/** Refuses `result.duplicate`: this person has a result in this session already. */
export const duplicateResult = (field: string): Refusal =>
  new Refusal('conflict', 'result.duplicate', '该考生在本场次已有成绩', { field, rule: '同一场次一人一条' });

/** Index of the first entry that repeats an earlier key, or -1. */
export const firstRepeated = (keys: readonly string[]): number => {
  const seen = new Set<string>();
  return keys.findIndex((key) => seen.size === seen.add(key).size);
};
