import { occupationOptions } from './occupation-select';

const codes = (typed: string, chosen: readonly string[] = []): string[] => occupationOptions(typed, chosen).map(({ value }) => value);

it.each(['电工', 'dg', '6-31-01-03', '63101'])('%s finds the occupation, its name beside its code', (typed) => {
  expect(codes(typed)).toContain('6-31-01-03');
  expect(occupationOptions(typed, []).find(({ value }) => value === '6-31-01-03')?.label).toContain('电工');
});

it('names the trade that matched, and keeps the chosen occupations', () => {
  expect(occupationOptions('', ['6-31-01-03'])).toEqual([{ value: '6-31-01-03', label: expect.stringContaining('电工') }]);
  expect(codes('电工', ['6-31-01-03']).filter((code) => code === '6-31-01-03')).toHaveLength(1);
  const trades = occupationOptions('养老', []).map(({ label }) => label);
  expect(trades.length).toBeGreaterThan(0);
});
