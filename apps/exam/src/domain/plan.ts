// Plans (考务计划) and their sessions (考试场次). A plan is published only after approval permitted it. An order may stop a plan for good (M7) or
// hold it (M1). A hold is never stored here; it is computed from the orders in force.
import { advance, type Lifecycle, Refusal } from '@hengji/domain-kit';
import {
  accessWarning,
  checkForeseeable,
  checkHappened,
  checkInstitutionCode,
  checkNotReserved,
  checkOccupation,
  EVALUATION_KINDS,
  INSTITUTION_LETTERS,
  isAppointedLevel,
  isEvaluationKind,
  kindObstacle,
  kindOfOccupation,
  levelName,
  type DayAt,
  type EvaluationKind,
  type Foreseeable,
} from '@hengji/province';
import { agrees, calendarDay, levelDigit, plainText, recordId } from './fields';

export type PlanState = 'DRAFT' | 'PUBLISHED' | 'DONE' | 'STOPPED_BY_AUTHORITY';
export type PlanAction = 'publish' | 'finish' | 'stop';

/** `stop` belongs to an order (M7). Its lifting restores the state from before the order, which this table cannot contain. */
export const PLAN_LIFECYCLE = {
  DRAFT: { publish: 'PUBLISHED', stop: 'STOPPED_BY_AUTHORITY' },
  PUBLISHED: { finish: 'DONE', stop: 'STOPPED_BY_AUTHORITY' },
  DONE: {},
  STOPPED_BY_AUTHORITY: {},
} as const satisfies Lifecycle<PlanState, PlanAction>;

export interface Plan {
  readonly planId: string;
  readonly institution: string;
  readonly name: string;
  /** 评价类别; in rows from before it was stored, that of the occupation. */
  readonly kind: EvaluationKind;
  readonly occupation: string;
  /** Empty for a special ability. */
  readonly level: string;
  /** YYYY-MM-DD */
  readonly examDate: string;
  readonly state: PlanState;
}

export interface Session {
  readonly sessionId: string;
  readonly planId: string;
  readonly institution: string;
  /** YYYY-MM-DD */
  readonly date: string;
  /** GB/T 2260, 6 digits. */
  readonly area: string;
  readonly venue: string;
}

/** The fields that an institution requests; exam sets id and state. */
export type NewPlan = Omit<Plan, 'planId' | 'state'>;
/** `kind` may be missing, as in requests of older programs: then it is that of the occupation. */
type AskedPlan = Omit<NewPlan, 'kind'> & { readonly kind?: string };
/** `institution` may be empty; then it is that of the plan. */
export type NewSession = Omit<Session, 'sessionId'>;

const kindOf = (kind: string | undefined, occupation: string, field: string): EvaluationKind => {
  if (kind === undefined || kind === 'UNSPECIFIED') return kindOfOccupation(occupation);
  if (isEvaluationKind(kind)) return kind;
  const detail = { field: `${field}.kind`, rule: 'N2.2a' };
  throw new Refusal('invalid', 'plan.kind_invalid', '评价类别应为职业资格评价、职业技能等级认定或专项职业能力考核', detail);
};

const levelOf = (kind: EvaluationKind, level: string, field: string): string => {
  if (EVALUATION_KINDS[kind].graded) return levelDigit(level, field);
  if (level === '') return '';
  throw new Refusal('invalid', 'level.invalid', '专项职业能力考核不分等级', { field, rule: 'N2.2a' });
};

/** Refuses `plan.kind_invalid`: this kind may not evaluate the occupation (准入, rules §4.3). */
export const checkKind = ({ kind, occupation }: Pick<Plan, 'kind' | 'occupation'>, field: string): void => {
  const obstacle = kindObstacle(kind, occupation);
  if (obstacle) throw new Refusal('illegalMove', 'plan.kind_invalid', obstacle.message, { field, rule: obstacle.rule });
};

/** What the institution and the officer should know of the plan, in words. */
export const planWarnings = ({ kind, occupation }: Pick<Plan, 'kind' | 'occupation'>): string[] => {
  const warning = accessWarning(kind, occupation);
  return warning === '' ? [] : [warning];
};

const examDay = (field: string): DayAt => ({ reason: 'plan.date_invalid', field, rule: 'N3.7b', what: '考试日期' });

const checkedPlan = (plan: AskedPlan, field: string): NewPlan => {
  const institution = checkInstitutionCode(plan.institution, `${field}.institution`);
  checkNotReserved(institution, `${field}.institution`);
  const occupation = checkOccupation(plan.occupation, `${field}.occupation`);
  const kind = kindOf(plan.kind, occupation, field);
  return {
    kind,
    institution,
    name: plainText(plan.name, `${field}.name`, 'plan.name_invalid'),
    occupation,
    level: levelOf(kind, plan.level, `${field}.level`),
    examDate: calendarDay(plan.examDate, `${field}.exam_date`, 'plan.date_invalid'),
  };
};

/**
 * Checks a requested plan; refuses `plan.date_invalid` for a day before today or beyond the bound, `level.employer_only` for 特级技师 and 首席技师 of a social
 * organisation, `plan.kind_invalid` for a kind that may not evaluate the occupation, and each malformed field.
 */
export const checkNewPlan = (plan: AskedPlan, bounds: Foreseeable): NewPlan => {
  const checked = checkedPlan(plan, 'plan');
  checkKind(checked, 'plan.kind');
  if (checked.examDate < bounds.today) {
    throw new Refusal('invalid', 'plan.date_invalid', '考试日期不能早于今天', { field: 'plan.exam_date', rule: 'N3.7b' });
  }
  checkForeseeable(checked.examDate, bounds, examDay('plan.exam_date'));
  if (isAppointedLevel(checked.level) && !checked.institution.startsWith(INSTITUTION_LETTERS.EMPLOYER)) {
    const detail = { field: 'plan.level', rule: 'rules §1.5' };
    throw new Refusal('illegalMove', 'level.employer_only', `${levelName(checked.level)}由用人单位评聘，社会培训评价组织不得开展`, detail);
  }
  return checked;
};

/** The published plan. */
export const decidePlan = (plan: NewPlan, planId: string): Plan => ({
  ...plan,
  planId,
  state: advance<PlanState, PlanAction>('plan', PLAN_LIFECYCLE, 'DRAFT', 'publish'),
});

const STATES: readonly string[] = Object.keys(PLAN_LIFECYCLE);
const isPlanState = (state: string): state is PlanState => STATES.includes(state);

export type ImportedPlan = AskedPlan & { readonly planId: string; readonly state: string };

/** The exams of a plan that is done have been held; those of another plan lie within the bound. */
const checkImportedDay = (state: PlanState, day: string, bounds: Foreseeable, at: DayAt): void =>
  state === 'DONE' ? checkHappened(day, bounds.today, at) : checkForeseeable(day, bounds, at);

/** A plan that existed before (历史数据), with its own id and state. Its kind may be a wrong one: screening finds it (R-SCP-04). */
export const decideImportedPlan = (plan: ImportedPlan, bounds: Foreseeable, field: string): Plan => {
  if (!isPlanState(plan.state)) {
    throw new Refusal('invalid', 'plan.state_invalid', '计划状态未知', { field: `${field}.state`, rule: 'exam.v1.PlanState' });
  }
  const checked = checkedPlan(plan, field);
  checkImportedDay(plan.state, checked.examDate, bounds, examDay(`${field}.exam_date`));
  return { ...checked, planId: recordId(plan.planId, `${field}.plan_id`, 'plan'), state: plan.state };
};

const checkedSession = (session: NewSession, plan: Plan, field: string): Omit<Session, 'sessionId'> => {
  if (!/^21\d{4}$/.test(session.area)) {
    throw new Refusal('invalid', 'session.area_invalid', '考场行政区划代码应为辽宁省6位代码', {
      field: `${field}.area`,
      rule: 'GB/T 2260',
    });
  }
  agrees(session.institution, plan.institution, `${field}.institution`, 'institution');
  return {
    planId: plan.planId,
    institution: plan.institution,
    date: calendarDay(session.date, `${field}.date`, 'session.date_invalid'),
    area: session.area,
    venue: plainText(session.venue, `${field}.venue`, 'session.venue_invalid'),
  };
};

/** Refuses `plan.not_published`: sessions and results need a published plan. */
export const checkPublished = (plan: Plan): void => {
  if (plan.state !== 'PUBLISHED') {
    throw new Refusal('illegalMove', 'plan.not_published', '计划未发布、已完成或已被终止', { field: 'plan_id', rule: 'exam.v1.PlanState' });
  }
};

/**
 * A session of a published plan, on the plan's day, which must not be over. Refuses plan.not_published, plan.kind_invalid,
 * session.date_outside_plan, session.date_invalid, and each malformed field.
 */
export const decideSession = (plan: Plan, session: NewSession, { sessionId, today }: { sessionId: string; today: string }): Session => {
  checkPublished(plan);
  checkKind(plan, 'session.plan_id');
  const checked = checkedSession(session, plan, 'session');
  const detail = { field: 'session.date', rule: 'N3.7b' };
  if (checked.date !== plan.examDate) {
    throw new Refusal('invalid', 'session.date_outside_plan', `场次日期应为计划的考试日期${plan.examDate}`, detail);
  }
  if (checked.date < today) throw new Refusal('invalid', 'session.date_invalid', '场次日期不能早于今天', detail);
  return { ...checked, sessionId };
};

/** A session that existed before, of a plan in any state. */
export const decideImportedSession = (plan: Plan, session: Session, bounds: Foreseeable, field: string): Session => {
  const checked = checkedSession(session, plan, field);
  const at = { reason: 'session.date_invalid', field: `${field}.date`, rule: 'N3.7b', what: '场次日期' };
  checkImportedDay(plan.state, checked.date, bounds, at);
  return { ...checked, sessionId: recordId(session.sessionId, `${field}.session_id`, 'session') };
};
