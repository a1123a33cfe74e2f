import { actionsFrom, advance, Refusal } from '@hengji/domain-kit';
import {
  checkNewPlan,
  checkPublished,
  decideImportedPlan,
  decideImportedSession,
  decidePlan,
  decideSession,
  PLAN_LIFECYCLE,
  planWarnings,
  type NewPlan,
  type Plan,
  type PlanAction,
  type PlanState,
} from './plan';

const ASKED: NewPlan = {
  institution: 'S000021010003',
  name: '2026年第1批',
  kind: 'LEVEL_RECOGNITION',
  occupation: '6-31-01-03',
  level: '4',
  examDate: '2026-09-10',
};
const PLAN: Plan = { ...ASKED, planId: 'p1', state: 'PUBLISHED' };
const OPENING = { sessionId: 's1', today: '2026-09-10' };
const SESSION = { planId: 'p1', institution: '', date: '2026-09-10', area: '210102', venue: '第1考场' };

const refusalOf = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('was not refused');
};

describe('the life of a plan', () => {
  const expected: [PlanState, PlanAction, PlanState | 'refused'][] = [
    ['DRAFT', 'publish', 'PUBLISHED'],
    ['DRAFT', 'finish', 'refused'],
    ['DRAFT', 'stop', 'STOPPED_BY_AUTHORITY'],
    ['PUBLISHED', 'publish', 'refused'],
    ['PUBLISHED', 'finish', 'DONE'],
    ['PUBLISHED', 'stop', 'STOPPED_BY_AUTHORITY'],
    ['DONE', 'publish', 'refused'],
    ['DONE', 'finish', 'refused'],
    ['DONE', 'stop', 'refused'],
    ['STOPPED_BY_AUTHORITY', 'publish', 'refused'],
    ['STOPPED_BY_AUTHORITY', 'finish', 'refused'],
    ['STOPPED_BY_AUTHORITY', 'stop', 'refused'],
  ];

  it.each(expected)('%s: %s → %s', (state, action, next) => {
    const move = (): PlanState => advance<PlanState, PlanAction>('plan', PLAN_LIFECYCLE, state, action);
    if (next === 'refused') expect(refusalOf(move)).toMatchObject({ kind: 'illegalMove', reason: 'plan.illegal_move' });
    else expect(move()).toBe(next);
  });

  it('reaches every state from DRAFT', () => {
    const reached = new Set<PlanState>(['DRAFT']);
    for (const state of reached) {
      for (const action of actionsFrom<PlanState, PlanAction>(PLAN_LIFECYCLE, state)) {
        reached.add(advance<PlanState, PlanAction>('plan', PLAN_LIFECYCLE, state, action));
      }
    }
    expect([...reached].sort()).toEqual(Object.keys(PLAN_LIFECYCLE).sort());
  });
});

/** The days that may be planned on that day. */
const on = (today: string) => ({ today, withinDays: 731 });
const LATER = on('2026-09-12');

describe('a new plan', () => {
  it('may lie two years ahead, not a day more', () => {
    expect(checkNewPlan({ ...ASKED, examDate: '2028-09-09' }, on('2026-09-09')).examDate).toBe('2028-09-09');
    for (const examDate of ['2028-09-10', '2206-03-01']) {
      expect(refusalOf(() => checkNewPlan({ ...ASKED, examDate }, on('2026-09-09')))).toMatchObject({
        ...{ reason: 'plan.date_invalid', message: '考试日期不能晚于2028-09-09（自今天起731天）' },
        detail: { field: 'plan.exam_date' },
      });
    }
  });

  it('may be today, not yesterday', () => {
    expect(checkNewPlan(ASKED, on('2026-09-10'))).toEqual(ASKED);
    expect(refusalOf(() => checkNewPlan(ASKED, on('2026-09-11')))).toMatchObject({
      reason: 'plan.date_invalid',
      detail: { field: 'plan.exam_date' },
    });
  });

  it('is published', () => {
    expect(decidePlan(ASKED, 'p1')).toEqual(PLAN);
  });

  it.each([
    ['institution', 'S00002101000', 'institution.code_invalid', 'plan.institution'],
    ['institution', 'S000011010003', 'institution.code_invalid', 'plan.institution'],
    ['name', '  ', 'plan.name_invalid', 'plan.name'],
    ['name', '计'.repeat(101), 'plan.name_invalid', 'plan.name'],
    ['occupation', '6-31-1-3', 'occupation.code_invalid', 'plan.occupation'],
    ['level', '0', 'level.invalid', 'plan.level'],
    ['level', '6', 'level.invalid', 'plan.level'],
    ['level', '', 'level.invalid', 'plan.level'],
    ['examDate', '2026-02-29', 'plan.date_invalid', 'plan.exam_date'],
    ['examDate', '20260910', 'plan.date_invalid', 'plan.exam_date'],
  ])('is refused with %s “%s”', (field, value, reason, path) => {
    expect(refusalOf(() => checkNewPlan({ ...ASKED, [field]: value }, on('2026-01-01')))).toMatchObject({
      kind: 'invalid',
      reason,
      detail: { field: path },
    });
  });

  it.each(['T', 'S'])('of level %s is an employer’s', (level) => {
    const institution = 'Y000021010003';
    expect(checkNewPlan({ ...ASKED, institution, level }, on('2026-01-01'))).toMatchObject({ institution, level });
    expect(refusalOf(() => checkNewPlan({ ...ASKED, level }, on('2026-01-01')))).toMatchObject({
      reason: 'level.employer_only',
      detail: { field: 'plan.level', rule: 'rules §1.5' },
    });
  });

  it('accepts levels 1 and 5, and a name of 100 characters', () => {
    for (const level of ['1', '5']) expect(checkNewPlan({ ...ASKED, level }, on('2026-01-01')).level).toBe(level);
    expect(checkNewPlan({ ...ASKED, name: '计'.repeat(100) }, on('2026-01-01')).name).toHaveLength(100);
  });
});

describe('the kind of a plan', () => {
  const asked = (over: Partial<Record<keyof NewPlan, string | undefined>>) =>
    checkNewPlan({ ...ASKED, kind: undefined, ...over } as Parameters<typeof checkNewPlan>[0], on('2026-01-01'));

  it.each([
    ['级别认定', {}, 'LEVEL_RECOGNITION'],
    ['准入', { occupation: '4-07-05-03' }, 'QUALIFICATION'],
    ['准入 in part', { occupation: '6-18-02-04' }, 'LEVEL_RECOGNITION'],
    ['an older program', { kind: 'UNSPECIFIED' }, 'LEVEL_RECOGNITION'],
  ])('follows from the occupation if none is given: %s', (_, over, kind) => {
    expect(asked(over).kind).toBe(kind);
  });

  it.each([
    ['准入 as a qualification', { kind: 'QUALIFICATION', occupation: '4-07-05-03' }],
    ['准入 in part, as a qualification', { kind: 'QUALIFICATION', occupation: '6-18-02-04' }],
    ['准入 in part, as level recognition', { kind: 'LEVEL_RECOGNITION', occupation: '6-18-02-04' }],
    ['a special ability without level', { kind: 'SPECIAL_ABILITY', level: '' }],
  ])('is accepted: %s', (_, over) => {
    expect(asked(over)).toMatchObject(over);
  });

  it.each<[string, Parameters<typeof asked>[0], readonly [reason: string, field: string, rule: string]]>([
    [
      '准入 as level recognition',
      { kind: 'LEVEL_RECOGNITION', occupation: '4-07-05-03' },
      ['plan.kind_invalid', 'plan.kind', 'rules §4.3'],
    ],
    [
      '准入 as a special ability',
      { kind: 'SPECIAL_ABILITY', occupation: '3-02-03-01', level: '' },
      ['plan.kind_invalid', 'plan.kind', 'rules §4.3'],
    ],
    ['水平评价类 as a qualification', { kind: 'QUALIFICATION' }, ['plan.kind_invalid', 'plan.kind', 'rules §1.2']],
    ['no kind', { kind: 'toString' }, ['plan.kind_invalid', 'plan.kind', 'N2.2a']],
    ['a special ability with a level', { kind: 'SPECIAL_ABILITY' }, ['level.invalid', 'plan.level', 'N2.2a']],
  ])('is refused: %s', (_, over, [reason, field, rule]) => {
    expect(refusalOf(() => asked(over))).toMatchObject({ reason, detail: { field, rule } });
  });

  it('stops the sessions and results of a plan that was imported with a wrong one', () => {
    const plan = decideImportedPlan({ ...PLAN, occupation: '4-07-05-03' }, LATER, 'plans[0]');
    expect(plan.kind).toBe('LEVEL_RECOGNITION');
    expect(refusalOf(() => decideSession(plan, SESSION, OPENING))).toMatchObject({ kind: 'illegalMove', reason: 'plan.kind_invalid' });
  });

  it('warns of an occupation of which a part is 准入, and of no other', () => {
    expect(planWarnings({ ...PLAN, occupation: '6-18-02-04' })).toEqual([
      '焊工中“民用核安全设备焊接人员”部分属于准入类，只能由实施部门以职业资格评价，不在本项评价之内',
    ]);
    expect(planWarnings({ ...PLAN, occupation: '6-18-02-04', kind: 'QUALIFICATION' })).toEqual([]);
    expect(planWarnings(PLAN)).toEqual([]);
  });
});

describe('an imported plan', () => {
  it('keeps its id and any known state', () => {
    for (const state of Object.keys(PLAN_LIFECYCLE)) expect(decideImportedPlan({ ...PLAN, state }, LATER, 'plans[0]').state).toBe(state);
  });

  it.each([
    ['DONE', '2026-09-12', '2026-09-13', '考试日期不能晚于今天'],
    ['PUBLISHED', '2028-09-12', '2028-09-13', '考试日期不能晚于2028-09-12（自今天起731天）'],
    ['DRAFT', '2028-09-12', '2206-03-01', '考试日期不能晚于2028-09-12（自今天起731天）'],
    ['STOPPED_BY_AUTHORITY', '2028-09-12', '2206-03-01', '考试日期不能晚于2028-09-12（自今天起731天）'],
  ] as const)('that is %s may have its exam on %s, not on %s', (state, good, wrong, message) => {
    expect(decideImportedPlan({ ...PLAN, state, examDate: good }, LATER, 'plans[3]').examDate).toBe(good);
    expect(refusalOf(() => decideImportedPlan({ ...PLAN, state, examDate: wrong }, LATER, 'plans[3]'))).toMatchObject({
      ...{ reason: 'plan.date_invalid', message },
      detail: { field: 'plans[3].exam_date' },
    });
  });

  it.each([
    ['institution', 'S999921990004', 'institution.code_reserved', 'plans[3].institution'],
    ['state', 'UNSPECIFIED', 'plan.state_invalid', 'plans[3].state'],
    ['planId', '', 'plan.id_invalid', 'plans[3].plan_id'],
    ['planId', 'x'.repeat(65), 'plan.id_invalid', 'plans[3].plan_id'],
    ['planId', "p'1", 'plan.id_invalid', 'plans[3].plan_id'],
  ])('is refused with %s “%s”', (field, value, reason, path) => {
    expect(refusalOf(() => decideImportedPlan({ ...PLAN, [field]: value }, LATER, 'plans[3]'))).toMatchObject({
      reason,
      detail: { field: path },
    });
  });
});

describe('a session', () => {
  it('belongs to its plan and institution', () => {
    expect(decideSession(PLAN, SESSION, OPENING)).toEqual({ ...SESSION, institution: PLAN.institution, sessionId: 's1' });
  });

  it.each(['DRAFT', 'DONE', 'STOPPED_BY_AUTHORITY'] as const)('is refused under a plan that is %s', (state) => {
    expect(refusalOf(() => decideSession({ ...PLAN, state }, SESSION, OPENING))).toMatchObject({
      kind: 'illegalMove',
      reason: 'plan.not_published',
    });
    expect(refusalOf(() => checkPublished({ ...PLAN, state })).reason).toBe('plan.not_published');
  });

  it('may be opened until its day, not later', () => {
    expect(refusalOf(() => decideSession(PLAN, SESSION, { ...OPENING, today: '2026-09-11' }))).toMatchObject({
      reason: 'session.date_invalid',
      detail: { field: 'session.date' },
    });
  });

  it.each([
    ['area', '110101', 'session.area_invalid', 'session.area'],
    ['area', '21010', 'session.area_invalid', 'session.area'],
    ['area', '2101021', 'session.area_invalid', 'session.area'],
    ['date', '2026-13-01', 'session.date_invalid', 'session.date'],
    ['date', '2026-09-11', 'session.date_outside_plan', 'session.date'],
    ['date', '2026-09-09', 'session.date_outside_plan', 'session.date'],
    ['venue', '', 'session.venue_invalid', 'session.venue'],
    ['institution', 'S000021010004', 'institution.mismatch', 'session.institution'],
  ])('is refused with %s “%s”', (field, value, reason, path) => {
    expect(refusalOf(() => decideSession(PLAN, { ...SESSION, [field]: value }, OPENING))).toMatchObject({
      reason,
      detail: { field: path },
    });
  });

  it.each([
    ['DONE', '2026-09-12', '2026-09-13'],
    ['PUBLISHED', '2028-09-12', '2028-09-13'],
  ] as const)('of an imported plan that is %s may be on %s, not on %s', (state, good, wrong) => {
    const imported = (date: string) =>
      decideImportedSession({ ...PLAN, state }, { ...SESSION, date, sessionId: 's-1' }, LATER, 'sessions[7]');
    expect(imported(good).date).toBe(good);
    for (const date of [wrong, '2206-03-01']) {
      expect(refusalOf(() => imported(date))).toMatchObject({ reason: 'session.date_invalid', detail: { field: 'sessions[7].date' } });
    }
  });

  it('is imported under a plan in any state', () => {
    expect(decideImportedSession({ ...PLAN, state: 'DONE' }, { ...SESSION, sessionId: 's-1' }, LATER, 'sessions[0]').sessionId).toBe('s-1');
  });
});
