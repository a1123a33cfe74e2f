// The public query's field as people fill it.
import { idCheckCharacter } from '../people/citizen-id';
import { askedCertificateNumber, typedCertificateNumber } from './asked-number';
import { usccCheckCharacter } from './uscc';

const NUMBER = 'S000021010003263000001';

it.each([
  ['lower case', 's000021010003263000001'],
  ['full width', 'Ｓ０００021010003263000001'],
  ['spaces', ' S0000 2101 0003 26 3 000001 '],
  ['a label', `证书编号：${NUMBER}`],
  ['a label and a full stop', `证书编号: ${NUMBER}。`],
  ['the label of an English part', `Certificate No. ${NUMBER}`],
  ['№', `№${NUMBER}`],
  ['two labels', `证书编号（Certificate No.）：${NUMBER}；`],
  ['quotes', `“${NUMBER}”`],
  ['a line break of a PDF', 'S00002101\r\n0003263000001'],
  ['a soft hyphen of a PDF', 'S00002101\u00AD0003263000001'],
  ['a hyphen and a line break', 'S00002101-\n0003263000001'],
  ['zero-width spaces', `\u200B${NUMBER}\uFEFF`],
  ['dashes', 'S0000—2101–0003−26‐3-000001'],
  ['something behind it', `${NUMBER}（有效）`],
])('reads %s', (_what, typed) => expect(askedCertificateNumber(typed)).toBe(NUMBER));

const id = (body: string): string => body + idCheckCharacter(body);
const uscc = (body: string): string => body + usccCheckCharacter(body);

it.each([
  ['another province', 'S000023010003263000001', 'number_elsewhere', '黑龙江省'],
  ['another province in lower case', 'y000044010003263000001', 'number_elsewhere', '广东省'],
  ['no province', 'S000099010003263000001', 'number_invalid', '第6至7位“99”'],
  ['a 职业资格 number', '1521001004300001', 'number_elsewhere', '职业资格证书'],
  ['特级, two letters', 'YS00002101000326000001', 'number_elsewhere', '特级技师、首席技师'],
  ['an ID number', id('21010219900307001'), 'number_personal', '身份证号码'],
  ['an ID number in lower case', '11010519491231002x', 'number_personal', '身份证号码'],
  ['an ID number with a wrong check digit', '210102199003070012', 'number_personal', '身份证号码'],
  ['an ID number with spaces and its label', `身份证号：210102 19900307 0011`, 'number_personal', '身份证号码'],
  ['an old ID number', '210102900307001', 'number_personal', '身份证号码'],
  ['a USCC', uscc('52210102MJ0000003'), 'number_other', '统一社会信用代码'],
  ['an institution code', 'S000021010003', 'number_other', '评价机构代码'],
  ['21 characters', 'S00002101000326300001', 'number_invalid', '收到21位'],
  ['23 characters', `${NUMBER}1`, 'number_invalid', '收到23位'],
  ['the letter O', 'SO00021010003263000001', 'number_invalid', '第2位应为数字，收到“O”'],
  ['another first letter', 'X000021010003263000001', 'number_invalid', '第1位应为Y或S'],
  ['level 6', 'S000021010003266000001', 'number_invalid', '第16位为等级'],
  ['sequence zero', 'S000021010003263000000', 'number_invalid', '000000'],
  ['two numbers', `${NUMBER},${NUMBER}`, 'number_invalid', '一次查询一个'],
  ['no number', '请问怎么查', 'number_invalid', '没有看到证书编号'],
  ['nothing', '', 'number_invalid', '没有看到证书编号'],
])('answers %s with what it is', (_what, typed, reason, words) => {
  let thrown: unknown;
  try {
    askedCertificateNumber(typed);
  } catch (refusal) {
    thrown = refusal;
  }
  expect(thrown).toMatchObject({ kind: 'invalid', reason: `certificate.${reason}`, message: expect.stringContaining(words) });
  // An ID number is not repeated, in whole or in part.
  expect(JSON.stringify([thrown, (thrown as Error).message])).not.toMatch(/19900307|900307|19491231/);
});

it.each([
  ['digits', '1'.repeat(100_000)],
  ['labels', 'NO.'.repeat(33_000)],
  ['spaces', ' '.repeat(100_000)],
  ['letters', 'S0'.repeat(50_000)],
  ['Chinese', '证书编号：'.repeat(20_000)],
])('refuses 100,000 characters of %s at once', (_what, text) => {
  const started = performance.now();
  expect(() => askedCertificateNumber(text)).toThrow(expect.objectContaining({ reason: 'certificate.number_invalid' }));
  expect(performance.now() - started).toBeLessThan(200);
});

it('costs microseconds', () => {
  const rounds = 20_000;
  const started = performance.now();
  for (let i = 0; i < rounds; i += 1) typedCertificateNumber(`证书编号：s0000 2101 0003 26 3 ${String(i).padStart(6, '0')}`);
  expect((performance.now() - started) / rounds).toBeLessThan(0.1);
});
