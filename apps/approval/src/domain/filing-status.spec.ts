import { decidePermission, type FilingHold, type FilingRecord, type HoldScope, type Question, statusOf } from './filing-status';
import type { Filing } from './institution';

const filing = {
  code: 'S000021010003',
  authority: '2101',
  validFrom: '2024-01-01',
  validUntil: '2027-12-31',
  scopeLines: [{ kind: 'LEVEL_RECOGNITION', occupation: '6-31-01-03', levels: ['5', '4', '3'] }],
} as unknown as Filing;

const WHOLE: HoldScope = { plans: [], sessions: [], persons: [], certificates: [], occupationLevels: [], from: '', until: '' };
const hold = (over: Partial<HoldScope> = {}, standing = true): FilingHold => ({
  orderId: 'o1',
  placedAt: new Date('2026-03-01T00:00:00Z'),
  standing,
  scope: { ...WHOLE, ...over },
  except: [],
});
const record = (over: Partial<FilingRecord> = {}): FilingRecord => ({
  filing,
  state: 'FILED',
  holds: [],
  removedBy: [],
  rectifyBy: '',
  ...over,
});
const question = (over: Partial<Question> = {}): Question => ({
  kind: 'LEVEL_RECOGNITION',
  occupation: '6-31-01-03',
  level: '4',
  day: '2026-03-02',
  area: '',
  ...over,
});

describe('statusOf', () => {
  it.each([
    ['ACTIVE', 'on its first day', record(), '2024-01-01'],
    ['ACTIVE', 'on its last day', record(), '2027-12-31'],
    ['EXPIRED', 'the day after', record(), '2028-01-01'],
    ['EXPIRED', 'the day before', record(), '2023-12-31'],
    ['HELD', 'while an order holds it', record({ holds: [hold()] }), '2026-03-02'],
    ['HELD', 'while an order holds a part of it', record({ holds: [hold({ plans: ['p1'] })] }), '2026-03-02'],
    ['HELD', 'also when it has expired', record({ holds: [hold()] }), '2028-01-01'],
    ['ACTIVE', 'while a fence only serves an execution', record({ holds: [hold({}, false)] }), '2026-03-02'],
    ['HELD', 'while one of two is a decision', record({ holds: [hold({}, false), hold()] }), '2026-03-02'],
    ['REMOVED', 'whatever else', record({ state: 'REMOVED', holds: [hold()] }), '2028-01-01'],
  ] as const)('is %s %s', (status, _when, filed, today) => {
    expect(statusOf(filed, today)).toBe(status);
  });
});

describe('decidePermission', () => {
  it.each<[string, FilingRecord | undefined, Partial<Question>, string]>([
    ['yes', record(), {}, ''],
    ['yes on the first day', record(), { day: '2024-01-01' }, ''],
    ['yes on the last day', record(), { day: '2027-12-31' }, ''],
    ['no: nobody has the code', undefined, {}, 'institution.unknown'],
    ['no: removed, before all else', record({ state: 'REMOVED', holds: [hold()] }), { day: '2028-01-01' }, 'filing.removed'],
    ['no: held, before expired', record({ holds: [hold()] }), { day: '2028-01-01' }, 'filing.held'],
    ['no: expired, before out of scope', record(), { day: '2028-01-01', level: '1' }, 'filing.expired'],
    ['no: not yet valid', record(), { day: '2023-12-31' }, 'filing.not_yet_valid'],
    ['no: another level', record(), { level: '2' }, 'filing.out_of_scope'],
    ['no: another occupation', record(), { occupation: '6-18-01-01' }, 'filing.out_of_scope'],
    ['no: another kind', record(), { kind: 'QUALIFICATION' }, 'filing.out_of_scope'],
    ['yes in the city that it is filed with', record(), { area: '210103' }, ''],
    ['no: in another city', record(), { area: '210203' }, 'filing.out_of_place'],
  ])('%s', (_answer, filed, asked, reason) => {
    expect(decidePermission(filed, question(asked))).toBe(reason);
  });

  it.each<[string, Partial<HoldScope>, string]>([
    ['this occupation and level', { occupationLevels: [{ occupation: '6-31-01-03', level: '4' }] }, ''],
    ['another level of it', { occupationLevels: [{ occupation: '6-31-01-03', level: '3' }] }, 'filing.held'],
    ['exams until this day', { until: '2026-03-02' }, ''],
    ['exams until yesterday', { until: '2026-03-01' }, 'filing.held'],
    ['one session, which is not all evaluation of it', { sessions: ['s1'] }, 'filing.held'],
  ])('a hold that was lifted for %s gives another answer', (_what, part, reason) => {
    const lifted = { ...hold(), except: [{ ...WHOLE, ...part }] };
    expect(decidePermission(record({ holds: [lifted] }), question())).toBe(reason);
  });

  it.each<[string, Partial<HoldScope>, string]>([
    ['the whole institution', {}, 'filing.held'],
    ['this occupation and level', { occupationLevels: [{ occupation: '6-31-01-03', level: '4' }] }, 'filing.held'],
    ['another level of it', { occupationLevels: [{ occupation: '6-31-01-03', level: '3' }] }, ''],
    ['exams from this day', { from: '2026-03-02' }, 'filing.held'],
    ['exams from tomorrow', { from: '2026-03-03' }, ''],
    ['exams until this day', { until: '2026-03-02' }, 'filing.held'],
    ['exams until yesterday', { until: '2026-03-01' }, ''],
    ['some plans', { plans: ['p1'] }, ''],
    ['some sessions', { sessions: ['s1'] }, ''],
    ['some persons', { persons: ['a'] }, ''],
    ['some certificates', { certificates: ['c'] }, ''],
  ])('a hold on %s answers "%s"', (_what, scope, reason) => {
    expect(decidePermission(record({ holds: [hold(scope)] }), question())).toBe(reason);
  });

  it('is stopped also by a fence that only serves an execution', () => {
    expect(decidePermission(record({ holds: [hold({}, false)] }), question())).toBe('filing.held');
  });
});
