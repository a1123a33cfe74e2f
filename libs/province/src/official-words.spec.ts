import { amountInWords, remediesInWords } from './official-words';

it.each([
  [{ amount: 3, unit: 'workingDay' }, '三个工作日'],
  [{ amount: 10, unit: 'day' }, '十日'],
  [{ amount: 15, unit: 'day' }, '十五日'],
  [{ amount: 20, unit: 'workingDay' }, '二十个工作日'],
  [{ amount: 60, unit: 'day' }, '六十日'],
  [{ amount: 105, unit: 'day' }, '一百零五日'],
  [{ amount: 110, unit: 'day' }, '一百一十日'],
  [{ amount: 1_005, unit: 'day' }, '一千零五日'],
  [{ amount: 6, unit: 'month' }, '六个月'],
  [{ amount: 2, unit: 'year' }, '二年'],
  [{ amount: 24, unit: 'hour' }, '二十四小时'],
] as const)('writes %j as %s', (amount, words) => expect(amountInWords(amount)).toBe(words));

it('names the times of the remedies, those of the law unless others are in force', () => {
  expect(remediesInWords('2101')).toContain('六十日内依法向');
  expect(remediesInWords('2101')).toContain('或者在六个月内');
  const longer = remediesInWords('2101', { reconsideration: { amount: 90, unit: 'day' }, suit: { amount: 1, unit: 'year' } });
  expect(longer).toContain('九十日内依法向');
  expect(longer).toContain('或者在一年内');
});
