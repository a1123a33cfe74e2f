import { certificateNumberFault, pastedNumbers } from './pasted-numbers';

const A = 'S000021010003261000001';
const B = 'S000021010003261000002';
const numbersOf = (text: string): string[] => pastedNumbers(text).map(({ number, fault }) => number || fault);

describe('pasted numbers', () => {
  it.each<[string, string, string[]]>([
    ['one a line, with empty lines', `${A}\n\n${B}\r\n`, [A, B]],
    ['lower case and spaces', ' s0000 2101 0003 26 1 000001 ', [A]],
    ['full width', 'Ｓ０００021010003２６1000001', [A]],
    ['invisible characters', `\uFEFF${A}\u200B`, [A]],
    ['several in a line', `${A}，${B}、S000021010003261000003；${A}`, [A, B, 'S000021010003261000003', A]],
    ['only spaces between them', `${A} ${B}`, [A, B]],
    ['a label with a colon', `证书编号：${A}`, [A]],
    ['a label without a colon', `证书编号${A}。`, [A]],
    ['a label in English', `No. ${A}`, [A]],
    ['a list number', `1. ${A}\n2、${B}\n3) S000021010003261000003`, [A, B, 'S000021010003261000003']],
    ['a table with titles, names, days and ID numbers', `序号\t姓名\t证书编号\n1\t张三\t${A}\t2026-03-01\t11010519491231002X`, [A]],
    ['quotes of a CSV file', `"${A}","张三"`, [A]],
    ['a name without a space', `张三${A}(张三)`, [A]],
    ['hyphens', 'S00002101-0003-26-1-000001', [A]],
    ['a number cut by a line of a PDF', `S0000210100032\n61000001\n${B}`, [A, B]],
    ['titles only', '证书编号', []],
    ['nothing', ' \n\t\n', []],
  ])('%s', (_, text, numbers) => expect(numbersOf(text)).toEqual(numbers));

  it.each<[string, string, string]>([
    ['a digit too few', A.slice(0, 21), '证书编号应为22位，此处为21位，少1位'],
    ['a digit too many', `${A}7`, '证书编号应为22位，此处为23位，多1位'],
    ['the letter O for a zero', 'SO00021010003261000001', '第2位应为数字，此处为“O”'],
    ['another first letter', 'X000021010003261000001', '首位应为Y或S，此处为“X”'],
    ['another province', 'S000011010003261000001', '第6、7位为“11”，是其他省份的编号（辽宁为21）'],
    ['level 7', 'S000021010003267000001', '第16位是等级，不能为“7”'],
    ['sequence 0', 'S000021010003261000000', '末6位顺序号不能全为0'],
    ['an ID number', '11010519491231002X', '这是公民身份号码，不是证书编号'],
    ['a code of an institution', 'S000021010003', '这是机构代码，不是证书编号'],
    ['a number of 职业资格', '1706001008400001', '这是16位的职业资格证书编号，不是职业技能等级证书编号'],
    ['a name alone', '张三', '此行没有编号'],
  ])('names the fault of %s', (_, text, fault) => {
    expect(numbersOf(text)).toEqual([fault]);
    expect(certificateNumberFault(text)).toBe(fault);
  });

  it('reports a faulty number beside a good one, and keeps its line', () => {
    expect(pastedNumbers(`\n${A} ${B.slice(0, 21)}`)).toEqual([
      { line: 2, typed: `${A} ${B.slice(0, 21)}`, number: A, fault: '' },
      { line: 2, typed: `${A} ${B.slice(0, 21)}`, number: '', fault: '证书编号应为22位，此处为21位，少1位' },
    ]);
  });

  it('reads ten thousand lines within a second', () => {
    const text = Array.from(
      { length: 10_000 },
      (_, i) => `${i + 1}\t证书编号：S0000210100032${'6'}1${String(i + 1).padStart(6, '0')}`,
    ).join('\n');
    const before = performance.now();
    expect(pastedNumbers(text).filter(({ fault }) => fault === '')).toHaveLength(10_000);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
