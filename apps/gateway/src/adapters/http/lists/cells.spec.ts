// What a cell of an export may contain.
import { LISTS } from '@hengji/contracts/lists';
import { cellsOf, localTime, safeText } from './cells';

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('neutralises %j', (text) => expect(safeText(text)).toBe(`'${text}`));
it.each(['沈阳-技师', 'a=1', '', '2026-01-01'])('leaves %j', (text) => expect(safeText(text)).toBe(text));

it('masks an ID number at any place in a text, and nothing that only looks like one', () => {
  expect(safeText('身份证11010519491231002X，')).toBe('身份证1101**********002X，');
  expect(safeText('S000021010001261000001 110105194912310021')).toBe('S000021010001261000001 110105194912310021');
});

it('writes words in Chinese, money in yuan, points with their tenths and times in Asia/Shanghai', () => {
  const payment = { paymentId: '=P', fen: 150_050n, fundSource: 'EMPLOYMENT_FUND', paidOn: '2026-01-31', level: '4' };
  expect(cellsOf(LISTS.payments, payment)).toEqual(expect.arrayContaining(["'=P", 1500.5, '就业补助资金', '2026-01-31', '四级/中级工']));
  expect(cellsOf(LISTS.results, { theoryTenths: 655, passed: false })).toEqual(expect.arrayContaining([65.5, '否']));
  // The comprehensive review stands between the skill and the mark, and is empty for the levels without it.
  const scores = { theoryTenths: 655, skillTenths: 700, reviewTenths: 715, passed: true };
  expect(cellsOf(LISTS.results, scores).join()).toContain('65.5,70,71.5,是');
  expect(cellsOf(LISTS.results, { ...scores, reviewTenths: undefined }).join()).toContain('65.5,70,,是');
  expect(localTime('2026-01-31T16:30:00Z')).toBe('2026-02-01 00:30:00');
});
