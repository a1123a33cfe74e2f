import { Scope } from '@hengji/contracts/enforcement/v1/order';
import { Refusal } from '@hengji/domain-kit';
import sql from 'sql-template-tag';
import { checkScope, covers, scopeSql } from './scope';
import { NOT_NARROWED, SCOPE_COLUMNS, type ScopeRecord } from './types';

const INSTITUTION = 'S000021010001';
const NUMBER = `${INSTITUTION}263000001`;
const PERSON = '0123456789abcdef0123456789abcdef';
const scope = (narrowed: Partial<Scope> = {}): Scope => Scope.fromPartial({ institution: INSTITUTION, ...narrowed });

const RECORD: Required<ScopeRecord> = {
  planId: 'p1',
  sessionId: 's1',
  occupation: '6-31-01-03',
  level: '3',
  person: PERSON,
  certificateNumber: NUMBER,
  examDate: '2026-01-15',
};
const LEVEL_3 = { occupation: '6-31-01-03', level: '3' };

describe('covers decides both sides of each limit', () => {
  test.each<[string, Partial<Scope>, boolean]>([
    ['no narrowing', {}, true],
    ['its plan', { plans: ['p0', 'p1'] }, true],
    ['another plan', { plans: ['p2'] }, false],
    ['its session', { sessions: ['s1'] }, true],
    ['another session', { sessions: ['s2'] }, false],
    ['its occupation and level', { occupationLevels: [LEVEL_3] }, true],
    ['its occupation at another level', { occupationLevels: [{ ...LEVEL_3, level: '4' }] }, false],
    ['its level in another occupation', { occupationLevels: [{ ...LEVEL_3, occupation: '6-31-01-04' }] }, false],
    [
      'occupation and level of two different entries',
      {
        occupationLevels: [
          { ...LEVEL_3, level: '4' },
          { occupation: 'x', level: '3' },
        ],
      },
      false,
    ],
    ['its person', { persons: [PERSON] }, true],
    ['another person', { persons: ['f'.repeat(32)] }, false],
    ['its number', { certificates: [NUMBER] }, true],
    ['another number', { certificates: [`${INSTITUTION}263000002`] }, false],
    ['from its day on', { from: '2026-01-15' }, true],
    ['from the day after', { from: '2026-01-16' }, false],
    ['until its day', { until: '2026-01-15' }, true],
    ['until the day before', { until: '2026-01-14' }, false],
    ['an interval of its one day', { from: '2026-01-15', until: '2026-01-15' }, true],
    ['two narrowings that both hold', { plans: ['p1'], sessions: ['s1'] }, true],
    ['two narrowings of which one fails', { plans: ['p1'], sessions: ['s2'] }, false],
  ])('%s', (_, narrowed, expected) => {
    expect(covers(scope(narrowed), RECORD)).toBe(expected);
  });

  test.each<[keyof ScopeRecord, Partial<Scope>]>([
    ['planId', { plans: ['p1'] }],
    ['sessionId', { sessions: ['s1'] }],
    ['occupation', { occupationLevels: [LEVEL_3] }],
    ['level', { occupationLevels: [LEVEL_3] }],
    ['person', { persons: [PERSON] }],
    ['certificateNumber', { certificates: [NUMBER] }],
    ['examDate', { from: '2026-01-15' }],
    ['examDate', { until: '2026-01-15' }],
  ])('a record without %s is outside a scope narrowed by it, and inside a scope that is not', (attribute, narrowed) => {
    for (const missing of [undefined, null, '']) {
      expect(covers(scope(narrowed), { ...RECORD, [attribute]: missing })).toBe(false);
      expect(covers(scope(), { ...RECORD, [attribute]: missing })).toBe(true);
    }
  });
});

describe('scopeSql', () => {
  test('adds its parameters to those of the statement and leaves out attributes that are not narrowed', () => {
    const { text, values } = sql`(${1}, ${2}, ${3}) ${scopeSql(scope({ plans: ['p1'], until: '2026-01-31' }), SCOPE_COLUMNS)}`;
    expect(text).toBe(
      '($1, $2, $3) t.institution = $4 AND t.plan_id = ANY(ARRAY(SELECT jsonb_array_elements_text($5::jsonb))) AND t.exam_date::text <= $6',
    );
    expect(values.slice(3)).toEqual([INSTITUTION, '["p1"]', '2026-01-31']);
  });

  test('a scope narrowed by a column that the table lacks matches nothing; NOT_NARROWED ignores the column', () => {
    const narrowed = scope({ occupationLevels: [LEVEL_3] });
    const lacking = scopeSql(narrowed, { institution: 'institution', occupation: 'occupation' }, 'u');
    expect(lacking.text).toBe('u.institution = $1 AND false');
    expect(lacking.values).toEqual([INSTITUTION]);
    const ignored = scopeSql(narrowed, { institution: 'institution', occupation: NOT_NARROWED, level: NOT_NARROWED });
    expect(ignored.text).toBe('t.institution = $1');
    expect(ignored.values).toEqual([INSTITUTION]);
  });

  test('rejects a column that is not a valid name', () => {
    expect(() => scopeSql(scope(), { institution: "institution = '' OR true" })).toThrow('is not the name of a table or column');
  });
});

describe('checkScope', () => {
  const fieldAtFault = (asked: Scope | undefined): string | undefined => {
    try {
      checkScope(asked);
      return 'none';
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      expect(refusal.reason).toBe('order.scope_invalid');
      return refusal.detail.field;
    }
  };

  test.each<[string, Scope | undefined]>([
    ['none', scope({ plans: ['p1'], persons: [PERSON], certificates: [NUMBER], from: '2026-01-01', until: '2026-01-01' })],
    ['scope', undefined],
    ['scope.institution', scope({ institution: 'S00002101000' })],
    ['scope.plans[1]', scope({ plans: ['p1', ' '] })],
    ['scope.sessions[0]', scope({ sessions: [''] })],
    ['scope.occupation_levels[0].occupation', scope({ occupationLevels: [{ occupation: '', level: '3' }] })],
    ['scope.occupation_levels[0].level', scope({ occupationLevels: [{ ...LEVEL_3, level: '6' }] })],
    ['scope.persons[0]', scope({ persons: [PERSON.slice(1)] })],
    ['scope.certificates[0]', scope({ certificates: [NUMBER.slice(1)] })],
    ['scope.from', scope({ from: '2026-02-29' })],
    ['scope.until', scope({ until: '2026-2-1' })],
    ['scope.until', scope({ from: '2026-01-02', until: '2026-01-01' })],
  ])('%s', (field, asked) => {
    expect(fieldAtFault(asked)).toBe(field);
  });
});
