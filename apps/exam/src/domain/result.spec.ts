import { actionsFrom, advance, Refusal } from '@hengji/domain-kit';
import { decideImportedSession, type Plan } from './plan';
import {
  checkHeld,
  checkNewScores,
  checkScores,
  decideImportedResult,
  decidePublish,
  decideResult,
  firstRepeated,
  isPassed,
  RESULT_LIFECYCLE,
  type ImportedResult,
  type ResultAction,
  type ResultState,
} from './result';

const PLAN: Plan = {
  planId: 'p1',
  kind: 'LEVEL_RECOGNITION',
  institution: 'S000021010003',
  name: '2026年第1批',
  occupation: '6-31-01-03',
  level: '4',
  examDate: '2026-09-10',
  state: 'PUBLISHED',
};
const SITTING = {
  plan: PLAN,
  // From an import: the day of the session differs from that of the plan.
  session: decideImportedSession(
    PLAN,
    { sessionId: 's1', planId: 'p1', institution: '', date: '2026-09-11', area: '210102', venue: '第1考场' },
    { today: '2026-09-11', withinDays: 731 },
    'sessions[0]',
  ),
};
const SCORES = { theoryTenths: 600, skillTenths: 1000 };
const GIVEN: ImportedResult = {
  ...SCORES,
  resultId: 'r1',
  sessionId: 's1',
  planId: '',
  institution: '',
  occupation: '',
  level: '',
  person: '',
  examDate: '',
  state: 'PUBLISHED',
};

const refusalOf = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('was not refused');
};

describe('the life of a result', () => {
  const expected: [ResultState, ResultAction, ResultState | 'refused'][] = [
    ['RECORDED', 'publish', 'PUBLISHED'],
    ['RECORDED', 'cancel', 'CANCELLED'],
    ['PUBLISHED', 'publish', 'refused'],
    ['PUBLISHED', 'cancel', 'CANCELLED'],
    ['CANCELLED', 'publish', 'refused'],
    ['CANCELLED', 'cancel', 'refused'],
  ];

  it.each(expected)('%s: %s → %s', (state, action, next) => {
    const move = (): ResultState => advance<ResultState, ResultAction>('result', RESULT_LIFECYCLE, state, action);
    if (next === 'refused') expect(refusalOf(move)).toMatchObject({ kind: 'illegalMove', reason: 'result.illegal_move' });
    else expect(move()).toBe(next);
  });

  it('reaches every state from RECORDED', () => {
    const reached = new Set<ResultState>(['RECORDED']);
    for (const state of reached) {
      for (const action of actionsFrom<ResultState, ResultAction>(RESULT_LIFECYCLE, state)) {
        reached.add(advance<ResultState, ResultAction>('result', RESULT_LIFECYCLE, state, action));
      }
    }
    expect([...reached].sort()).toEqual(Object.keys(RESULT_LIFECYCLE).sort());
  });

  it('publishes recorded results', () => {
    expect(decidePublish('RECORDED')).toBe('PUBLISHED');
  });
});

describe('scores', () => {
  it.each([
    [600, 600, true],
    [599, 600, false],
    [600, 599, false],
    [1000, 1000, true],
    [1000, 0, false],
    [0, 0, false],
  ])('theory %i and skill %i tenths: passed is %s', (theoryTenths, skillTenths, passed) => {
    expect(isPassed({ theoryTenths, skillTenths })).toBe(passed);
  });

  it('lie between 0 and 1000', () => {
    expect(checkScores({ theoryTenths: 0, skillTenths: 1000 }, '4', 'results[0]')).toEqual({ theoryTenths: 0, skillTenths: 1000 });
  });

  it.each([
    [{ theoryTenths: 1001, skillTenths: 0 }, 'results[7].theory_tenths'],
    [{ theoryTenths: 0, skillTenths: 1001 }, 'results[7].skill_tenths'],
    [{ theoryTenths: -1, skillTenths: 0 }, 'results[7].theory_tenths'],
    [{ theoryTenths: 60.5, skillTenths: 0 }, 'results[7].theory_tenths'],
    [{ theoryTenths: Number.NaN, skillTenths: 0 }, 'results[7].theory_tenths'],
  ])('%j are refused', (scores, field) => {
    expect(refusalOf(() => checkScores(scores, '4', 'results[7]'))).toMatchObject({
      kind: 'invalid',
      reason: 'result.score_invalid',
      detail: { field },
    });
  });
});

describe('the comprehensive review', () => {
  const both = { theoryTenths: 700, skillTenths: 700 };

  it.each(['2', '1', 'T', 'S'])('is required for level %s, and must be passed like the other parts', (level) => {
    expect(refusalOf(() => checkNewScores(both, level, 'results[3]'))).toMatchObject({
      reason: 'result.review_missing',
      detail: { field: 'results[3].review_tenths' },
    });
    expect(isPassed(checkNewScores({ ...both, reviewTenths: 599 }, level, 'results[3]'))).toBe(false);
    expect(isPassed(checkNewScores({ ...both, reviewTenths: 600 }, level, 'results[3]'))).toBe(true);
  });

  it.each(['5', '4', '3'])('is refused for level %s, which has none', (level) => {
    expect(checkNewScores(both, level, 'results[0]')).toEqual(both);
    expect(refusalOf(() => checkNewScores({ ...both, reviewTenths: 700 }, level, 'results[0]'))).toMatchObject({
      reason: 'result.review_unexpected',
      detail: { field: 'results[0].review_tenths' },
    });
  });

  it('has its limits, and may be missing in results from before it was required', () => {
    expect(refusalOf(() => checkScores({ ...both, reviewTenths: 1001 }, '1', 'results[0]'))).toMatchObject({
      reason: 'result.score_invalid',
    });
    const sitting = { ...SITTING, plan: { ...PLAN, level: '2' } };
    const imported = (scores: object) => decideImportedResult(sitting, { ...GIVEN, ...scores }, 'a', 'results[0].result').passed;
    expect([imported({}), imported({ reviewTenths: 599 }), imported({ reviewTenths: 600 })]).toEqual([true, false, true]);
  });
});

it.each([
  ['2026-09-10', true],
  ['2026-09-11', false],
  ['2026-09-12', false],
])('on %s results of an exam on 2026-09-11 are refused: %s', (today, refused) => {
  const check = () => checkHeld(SITTING.session, today, 'session_id');
  if (refused) expect(refusalOf(check)).toMatchObject({ reason: 'result.before_exam', detail: { field: 'session_id', rule: 'N3.7b' } });
  else expect(check).not.toThrow();
});

describe('a result', () => {
  it('copies the attributes that an order can name from its plan, and its day from its session', () => {
    expect(decideResult(SITTING, SCORES, { resultId: 'r1', person: 'a' })).toEqual({
      resultId: 'r1',
      sessionId: 's1',
      planId: 'p1',
      institution: 'S000021010003',
      occupation: '6-31-01-03',
      level: '4',
      person: 'a',
      examDate: '2026-09-11',
      theoryTenths: 600,
      skillTenths: 1000,
      passed: true,
      state: 'RECORDED',
      publishedOn: '',
    });
  });

  it('is imported with the attributes of its plan, in any known state', () => {
    for (const state of Object.keys(RESULT_LIFECYCLE)) {
      expect(decideImportedResult(SITTING, { ...GIVEN, state }, 'a', 'results[0].result')).toMatchObject({
        state,
        planId: 'p1',
        person: 'a',
      });
    }
    const full = decideImportedResult(SITTING, GIVEN, 'a', 'results[0].result');
    expect(decideImportedResult(SITTING, full, 'a', 'results[0].result')).toEqual(full);
  });

  it.each([
    ['state', 'UNSPECIFIED', 'result.state_invalid', 'state'],
    ['planId', 'p2', 'plan.mismatch', 'plan_id'],
    ['institution', 'S000021010004', 'institution.mismatch', 'institution'],
    ['occupation', '6-31-01-04', 'occupation.mismatch', 'occupation'],
    ['level', '3', 'level.mismatch', 'level'],
    ['examDate', '2026-09-10', 'exam_date.mismatch', 'exam_date'],
    ['person', 'b', 'person.mismatch', 'person'],
    ['resultId', '', 'result.id_invalid', 'result_id'],
    ['skillTenths', 1001, 'result.score_invalid', 'skill_tenths'],
  ])('is not imported with %s “%s”', (field, value, reason, path) => {
    const given = { ...GIVEN, [field]: value };
    expect(refusalOf(() => decideImportedResult(SITTING, given, 'a', 'results[5].result'))).toMatchObject({
      reason,
      detail: { field: `results[5].result.${path}` },
    });
  });

  it('finds the first repetition', () => {
    expect(firstRepeated([])).toBe(-1);
    expect(firstRepeated(['a', 'b'])).toBe(-1);
    expect(firstRepeated(['a', 'b', 'a', 'b'])).toBe(2);
  });
});
