// Results (评价结果): one per person and session, in tenths of a point. Passed is computed, never taken from the input. Only an order cancels
// results (M2), and nothing deletes a result (逢考必录, N3.7b; 可追溯, N2.3e).
import { advance, type Lifecycle, Refusal } from '@hengji/domain-kit';
import { isReviewedLevel } from '@hengji/province';
import { agrees, recordId } from './fields';
import type { Plan, Session } from './plan';

export type ResultState = 'RECORDED' | 'PUBLISHED' | 'CANCELLED';
export type ResultAction = 'publish' | 'cancel';

/** `cancel` belongs to an order (M2). Its lifting restores the state from before the order, which this table cannot contain. */
export const RESULT_LIFECYCLE = {
  RECORDED: { publish: 'PUBLISHED', cancel: 'CANCELLED' },
  PUBLISHED: { cancel: 'CANCELLED' },
  CANCELLED: {},
} as const satisfies Lifecycle<ResultState, ResultAction>;

/** Rules §5.1: 100 points in each part, at least 60 in each. */
export const FULL_TENTHS = 1000;
export const PASS_TENTHS = 600;

export interface Scores {
  readonly theoryTenths: number;
  readonly skillTenths: number;
  /** 综合评审; absent for levels without it, and in results from before it was required. */
  readonly reviewTenths?: number | undefined;
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
  /** Day of 公示, YYYY-MM-DD; empty before 公示, and in imported results. */
  readonly publishedOn: string;
}

/** True when every part has at least 60 points; parts are never averaged. */
export const isPassed = ({ theoryTenths, skillTenths, reviewTenths }: Scores): boolean =>
  [theoryTenths, skillTenths, reviewTenths ?? PASS_TENTHS].every((tenths) => tenths >= PASS_TENTHS);

const score = (tenths: number, field: string): number => {
  if (!Number.isInteger(tenths) || tenths < 0 || tenths > FULL_TENTHS) {
    throw new Refusal('invalid', 'result.score_invalid', '成绩以十分之一分计，应为0至1000的整数', { field, rule: 'exam.v1.Result' });
  }
  return tenths;
};

/** The given scores; refuses `result.score_invalid` outside 0..1000 tenths, `result.review_unexpected` at a level without review. */
export const checkScores = (given: Scores, level: string, field: string): Scores => {
  const { reviewTenths } = given;
  if (reviewTenths !== undefined && !isReviewedLevel(level)) {
    const detail = { field: `${field}.review_tenths`, rule: 'rules §5.4' };
    throw new Refusal('invalid', 'result.review_unexpected', '综合评审成绩仅适用于二级、一级、特级技师和首席技师', detail);
  }
  return {
    theoryTenths: score(given.theoryTenths, `${field}.theory_tenths`),
    skillTenths: score(given.skillTenths, `${field}.skill_tenths`),
    ...(reviewTenths !== undefined && { reviewTenths: score(reviewTenths, `${field}.review_tenths`) }),
  };
};

/** Scores for recording: levels 2 and 1, 特级技师 and 首席技师 need their review. Refuses `result.review_missing` beside the above. */
export const checkNewScores = (given: Scores, level: string, field: string): Scores => {
  if (given.reviewTenths === undefined && isReviewedLevel(level)) {
    const detail = { field: `${field}.review_tenths`, rule: 'rules §5.4' };
    throw new Refusal('invalid', 'result.review_missing', '二级、一级、特级技师和首席技师应有综合评审成绩', detail);
  }
  return checkScores(given, level, field);
};

/** Refuses `result.before_exam`: a result needs an exam that has been held. `field` names the session or the result. */
export const checkHeld = (session: Session, today: string, field: string): void => {
  if (session.date <= today) return;
  const detail = { field, rule: 'N3.7b' };
  throw new Refusal('illegalMove', 'result.before_exam', `考试日期${session.date}未到，不能录入成绩`, detail);
};

export interface Sitting {
  readonly plan: Plan;
  readonly session: Session;
}

/** The result that is recorded in a session. */
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
  publishedOn: '',
});

/** The state after 公示; refuses `result.illegal_move`. */
export const decidePublish = (state: ResultState): ResultState =>
  advance<ResultState, ResultAction>('result', RESULT_LIFECYCLE, state, 'publish');

const STATES: readonly string[] = Object.keys(RESULT_LIFECYCLE);
const isResultState = (state: string): state is ResultState => STATES.includes(state);

/** A result in an import; the copied attributes may be empty, but must agree with the plan when given. */
export type ImportedResult = Omit<Result, 'state' | 'passed' | 'publishedOn'> & { readonly state: string };

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
  const scores = checkScores(given, plan.level, field);
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
