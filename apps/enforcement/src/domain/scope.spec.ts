import { INSTITUTION, WHOLE } from '../../test/orders';
import type { Measure } from './cascade';
import { checkMeasures, checkRectifyBy, checkScope, isSameScope, MOST_ENTRIES, MOST_NUMBERS, type Scope } from './scope';

const NUMBER = `${INSTITUTION}263000001`;
const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => `${INSTITUTION}263${String(i + 1).padStart(6, '0')}`);
const plans = (count: number): string[] => Array.from({ length: count }, (_, i) => `plan-${i}`);

describe('scope', () => {
  it.each<[string, Partial<Scope>]>([
    ['the whole institution', {}],
    ['plans', { plans: ['S0000210100032605000001'] }],
    ['sessions', { sessions: ['S0000210100032605000001-1'] }],
    ['occupation and level', { occupationLevels: [{ occupation: '6-31-01-03', level: '3' }] }],
    ['persons', { persons: ['0123456789abcdef0123456789abcdef'] }],
    ['certificates', { certificates: [NUMBER] }],
    ['one day', { from: '2026-02-28', until: '2026-02-28' }],
    ['an open interval', { from: '2026-02-28' }],
    ['a thousand entries', { plans: plans(MOST_ENTRIES) }],
    ['ten thousand certificates alone', { certificates: numbers(MOST_NUMBERS) }],
    ['a thousand entries in two lists', { plans: plans(MOST_ENTRIES - 1), certificates: [NUMBER] }],
  ])('accepts %s', (_, change) => {
    expect(() => checkScope({ ...WHOLE, ...change })).not.toThrow();
  });

  it.each<[string, Partial<Scope>, string]>([
    ['no institution', { institution: '' }, 'scope.institution'],
    ['an institution of another province', { institution: 'S000023010003' }, 'scope.institution'],
    ['a USCC', { institution: '91210100MA0000000X' }, 'scope.institution'],
    ['an empty plan', { plans: ['ok', ''] }, 'scope.plans[1]'],
    ['a plan with SQL', { plans: ["x'; DROP TABLE orders"] }, 'scope.plans[0]'],
    ['a plan of 65 characters', { plans: ['p'.repeat(65)] }, 'scope.plans[0]'],
    ['a plan named twice', { plans: ['a', 'b', 'a'] }, 'scope.plans[2]'],
    ['a session with a blank', { sessions: ['a b'] }, 'scope.sessions[0]'],
    ['an unknown level', { occupationLevels: [{ occupation: '6-31-01-03', level: '6' }] }, 'scope.occupation_levels[0]'],
    ['level 0', { occupationLevels: [{ occupation: '6-31-01-03', level: '0' }] }, 'scope.occupation_levels[0]'],
    ['a short occupation code', { occupationLevels: [{ occupation: '6-31-01', level: '3' }] }, 'scope.occupation_levels[0]'],
    ['an ID number', { persons: ['210102199003070018'] }, 'scope.persons[0]'],
    ['a pseudonym in capitals', { persons: ['0123456789ABCDEF0123456789ABCDEF'] }, 'scope.persons[0]'],
    ['a certificate of another institution', { certificates: ['S000021010004263000001'] }, 'scope.certificates[0]'],
    ['a certificate of 21 characters', { certificates: [NUMBER.slice(0, 21)] }, 'scope.certificates[0]'],
    ['30 February', { from: '2026-02-30' }, 'scope.from'],
    ['a date in another form', { until: '2026/02/28' }, 'scope.until'],
    ['an interval turned round', { from: '2026-03-01', until: '2026-02-28' }, 'scope.until'],
  ])('refuses %s, naming the field', (_, change, field) => {
    const refusal = {
      kind: 'invalid',
      reason: 'order.scope_invalid',
      detail: expect.objectContaining({ field, rule: expect.any(String) }),
    };
    expect(() => checkScope({ ...WHOLE, ...change })).toThrow(expect.objectContaining(refusal));
  });

  it.each(['S999921990001', 'S999921990007', 'S999921990000'])('refuses %s, which is reserved for the canary', (institution) => {
    const detail = { field: 'scope.institution', rule: expect.any(String) };
    expect(() => checkScope({ ...WHOLE, institution })).toThrow(
      expect.objectContaining({ kind: 'invalid', reason: 'institution.code_reserved', detail }),
    );
  });

  it.each<[string, Partial<Scope>]>([
    ['in one list', { plans: plans(MOST_ENTRIES + 1) }],
    ['in two', { plans: plans(MOST_ENTRIES), certificates: [NUMBER] }],
    ['of which one is a plan, the others certificates', { plans: plans(1), certificates: numbers(MOST_ENTRIES) }],
    ['(10,001) of certificates alone', { certificates: numbers(MOST_NUMBERS + 1) }],
  ])('refuses 1,001 entries %s', (_, change) => {
    expect(() => checkScope({ ...WHOLE, ...change })).toThrow(expect.objectContaining({ kind: 'tooMuch', reason: 'order.scope_invalid' }));
  });
});

it('compares ten thousand certificates within a second, whatever their sequence', () => {
  const [certificates, turned] = [numbers(MOST_NUMBERS), numbers(MOST_NUMBERS).reverse()];
  const before = performance.now();
  expect(isSameScope({ ...WHOLE, certificates }, { ...WHOLE, certificates: turned })).toBe(true);
  expect(isSameScope({ ...WHOLE, certificates }, { ...WHOLE, certificates: [...turned.slice(1), `${INSTITUTION}264000001`] })).toBe(false);
  expect(performance.now() - before).toBeLessThan(1_000);
});

describe('measures', () => {
  it.each<[string, Measure[], Partial<Scope>]>([
    ['M1 for a plan', ['STOP_EVALUATION'], { plans: ['a'] }],
    ['M2 for a person', ['CANCEL_RESULTS'], { persons: ['0123456789abcdef0123456789abcdef'] }],
    ['M2 and M3', ['CANCEL_RESULTS', 'VOID_CERTIFICATES'], { certificates: [NUMBER] }],
    ['M3 before M2', ['VOID_CERTIFICATES', 'CANCEL_RESULTS'], {}],
    ['M2, M3, M4', ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS'], {}],
    ['M7 for the whole institution', ['REMOVE_FROM_DIRECTORY'], {}],
  ])('accept %s', (_, measures, change) => {
    expect(() => checkMeasures(measures, { ...WHOLE, ...change })).not.toThrow();
  });

  it.each<[string, Measure[], Partial<Scope>, [reason: string, field: string]]>([
    ['none', [], {}, ['order.no_measure', 'measures']],
    ['one twice', ['CANCEL_RESULTS', 'CANCEL_RESULTS'], {}, ['order.measure_repeated', 'measures[1]']],
    ['M3 without M2', ['STOP_EVALUATION', 'VOID_CERTIFICATES'], {}, ['order.measure_needs', 'measures[1]']],
    ['M4 without M3', ['CANCEL_RESULTS', 'WITHDRAW_UPLOADS'], {}, ['order.measure_needs', 'measures[1]']],
    ['M5 without M3', ['RECOVER_SUBSIDIES'], {}, ['order.measure_needs', 'measures[0]']],
    ['M1 for a certificate', ['STOP_EVALUATION'], { certificates: [NUMBER] }, ['order.scope_invalid', 'scope.certificates']],
    ['M1 for a person', ['STOP_EVALUATION'], { persons: ['0123456789abcdef0123456789abcdef'] }, ['order.scope_invalid', 'scope.persons']],
    ['M7 for a plan', ['REMOVE_FROM_DIRECTORY'], { plans: ['a'] }, ['order.scope_invalid', 'scope.plans']],
    [
      'M7 for an occupation',
      ['REMOVE_FROM_DIRECTORY'],
      { occupationLevels: [{ occupation: '6-31-01-03', level: '3' }] },
      ['order.scope_invalid', 'scope.occupation_levels'],
    ],
    ['M7 from a day on', ['REMOVE_FROM_DIRECTORY'], { from: '2026-01-01' }, ['order.scope_invalid', 'scope.from']],
    ['M7 until a day', ['REMOVE_FROM_DIRECTORY'], { until: '2026-01-01' }, ['order.scope_invalid', 'scope.until']],
  ])('refuse %s', (_, measures, change, [reason, field]) => {
    expect(() => checkMeasures(measures, { ...WHOLE, ...change })).toThrow(
      expect.objectContaining({ kind: 'invalid', reason, detail: expect.objectContaining({ field }) }),
    );
  });
});

describe('the day of rectification', () => {
  it.each<[string, Measure[], string, boolean]>([
    ['tomorrow', ['RECTIFY'], '2026-11-24', true],
    ['today', ['RECTIFY'], '2026-11-23', false],
    ['none', ['RECTIFY'], '', false],
    ['31 November', ['RECTIFY'], '2026-11-31', false],
    ['none without M6', ['CANCEL_RESULTS'], '', true],
    ['a day without M6', ['CANCEL_RESULTS'], '2026-12-31', false],
  ])('%s', (_, measures, day, isGood) => {
    const check = (): void => checkRectifyBy(measures, day, '2026-11-23');
    if (isGood) expect(check).not.toThrow();
    else
      expect(check).toThrow(
        expect.objectContaining({ reason: 'order.rectify_by_invalid', detail: expect.objectContaining({ field: 'rectify_by' }) }),
      );
  });
});
