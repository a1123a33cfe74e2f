import { certificateNumberFault } from './asked-number';
import { pastedNumbers } from './pasted-numbers';

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
    ['a digit too few', A.slice(0, 21), '证书编号应为22位(1位字母加21位数字，如S000021010003261000001)，收到21位'],
    ['a digit too many', `${A}7`, '证书编号应为22位(1位字母加21位数字，如S000021010003261000001)，收到23位'],
    ['the letter O for a zero', 'SO00021010003261000001', '证书编号第2位应为数字，收到“O”(数字0、1易误认为字母O、I、L)'],
    ['another first letter', 'X000021010003261000001', '证书编号第1位应为Y或S，收到“X”。请核对，如S000021010003261000001'],
    [
      'another province',
      'S000011010003261000001',
      '这是北京市的证书编号(第6至7位为11)，本平台只登记辽宁省的证书。请到技能人才评价证书全国联网查询(zscx.osta.org.cn)或向北京市人力资源社会保障部门查询',
    ],
    ['level 7', 'S000021010003267000001', '证书编号第16位为等级，应为1至5或字母，收到“7”'],
    ['sequence 0', 'S000021010003261000000', '证书编号末6位为序列号，不能是000000'],
    [
      'an ID number',
      '11010519491231002X',
      '您填写的像是居民身份证号码，不是证书编号。身份证号码未被查询，也未被保存；请填写证书上的22位证书编号',
    ],
    ['a code of an institution', 'S000021010003', '这是13位评价机构代码，是证书编号的前13位。请填写22位证书编号，如S000021010003261000001'],
    [
      'a number of 职业资格',
      '1706001008400001',
      '16位数字是职业资格证书的编号(第11位为等级：四级)，或专项职业能力证书的编号，不在本平台登记。请到技能人才评价证书全国联网查询(zscx.osta.org.cn)查询',
    ],
    ['a name alone', '张三', '没有看到证书编号。证书编号应为1位字母加21位数字(如S000021010003261000001)'],
  ])('names the fault of %s', (_, text, fault) => {
    expect(numbersOf(text)).toEqual([fault]);
    expect(certificateNumberFault(text)).toBe(fault);
  });

  it('reports a faulty number beside a good one, and keeps its line', () => {
    expect(pastedNumbers(`\n${A} ${B.slice(0, 21)}`)).toEqual([
      { line: 2, typed: `${A} ${B.slice(0, 21)}`, number: A, fault: '' },
      {
        line: 2,
        typed: `${A} ${B.slice(0, 21)}`,
        number: '',
        fault: '证书编号应为22位(1位字母加21位数字，如S000021010003261000001)，收到21位',
      },
    ]);
  });

  it('reads ten thousand lines', () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `${i + 1}\t证书编号：S000021010003261${String(i + 1).padStart(6, '0')}`).join(
      '\n',
    );
    expect(pastedNumbers(text).filter(({ fault }) => fault === '')).toHaveLength(10_000);
  });
});
