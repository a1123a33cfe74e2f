import { amountText, currentOf, ownCount, type Parameter, type ParameterValue, type ParameterVersion } from './amount-words';

const value = (amount: number, change: Partial<ParameterValue> = {}): ParameterValue => ({
  ...{ amount, unit: 'WORKING_DAY', extension: 0, before: false },
  ...change,
});
const version = (jurisdiction: string, amount: number, state: ParameterVersion['state']): ParameterVersion => ({
  ...{ jurisdiction, version: 1, validFrom: '2026-01-01', validUntil: '', value: value(amount), source: '', reason: '', state },
});
const parameter = (...versions: ParameterVersion[]): Parameter => ({
  ...{ code: 'D-RECTIFY-CHECK', title: '整改复查', trigger: '', basis: '', law: value(10), bound: 'NONE', versions },
});

it.each<[ParameterValue | undefined, string]>([
  [undefined, '—'],
  [value(10), '10个工作日'],
  [value(20, { extension: 10 }), '20个工作日（可延长10个工作日）'],
  [value(30, { unit: 'DAY', before: true }), '前30日'],
  [value(6, { unit: 'MONTH' }), '6个月'],
])('%j is %s', (given, expected) => expect(amountText(given)).toBe(expected));

it('an amount in force is the one that the province set, otherwise that of the law; an authority may have its own beside it', () => {
  expect(currentOf(parameter(version('LN', 15, 'PROPOSED'), version('2101', 20, 'IN_FORCE')))?.amount).toBe(10);
  const set = parameter(version('LN', 15, 'IN_FORCE'), version('LN', 12, 'REPLACED'), version('2101', 20, 'IN_FORCE'));
  expect([currentOf(set)?.amount, ownCount(set)]).toEqual([15, 1]);
});
