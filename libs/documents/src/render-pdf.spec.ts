import { pdfText } from '@hengji/testing';
import type { Block } from './blocks';
import { facesFor } from './fonts';
import { printable } from './printable';
import { renderPdf } from './render-pdf';

const OPTIONS = { title: '测试', author: '辽宁省人力资源和社会保障厅', at: new Date('2026-03-02T02:00:00Z') };
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const printed = async (...blocks: Block[]): Promise<string> => pdfText(await renderPdf(blocks, OPTIONS));

describe('a document', () => {
  it('has the same bytes for the same blocks and time', async () => {
    const blocks: Block[] = [{ kind: 'letterhead', authority: '𠮷林厅', number: '〔2026〕1号' }, paragraph('经办人𠮷某')];
    expect(await renderPdf(blocks, OPTIONS)).toEqual(await renderPdf(blocks, OPTIONS));
  });

  it.each([
    ['a name of Extension A', '㐂䶮'],
    ['a name of Extension B', '𠮷某、𤭢𬬻𠀀'],
    ['Extensions C, D, E and F', '𪜀𫝀𫠠𬺰𭀀'],
    ['names that are in use, of Extensions B and E', '刘𠮷、刘𬎆、王㛃、赵𫖯'],
    ['the dot of a name of a minority', '阿不都·热合曼'],
    ['Latin, Greek, Cyrillic and signs', 'ABC αβγ ДЖ ≥ ℃ №'],
  ])('renders a rare character in its place: %s', async (_what, name) => {
    expect(await printed(paragraph(`经办人${name}于三月二日签收。`))).toContain(`经办人${name}于三月二日签收。`);
  });

  it('renders a rare character in every kind of block, bold or not, left, centred or right', async () => {
    const blocks: Block[] = [
      { kind: 'letterhead', authority: '一𠮷厅', number: '二𠮷号' },
      { kind: 'title', text: '三𠮷题' },
      { kind: 'addressee', text: '四𠮷公司：' },
      { kind: 'heading', text: '五𠮷、' },
      { kind: 'table', rows: [['六𠮷名', '七𠮷值']] },
      { kind: 'signature', authority: '八𠮷厅', date: '九𠮷日' },
      { kind: 'code', content: 'https://例.cn', caption: '十𠮷码' },
      { kind: 'note', text: '末𠮷注' },
    ];
    const text = await printed(...blocks);
    for (const word of '一二三四五六七八九十末') expect(text).toContain(`${word}𠮷`);
  });

  it('breaks a long line of rare characters without losing any', async () => {
    const name = '𠮷䶮·'.repeat(200);
    expect(await printed(paragraph(name))).toContain(name);
  });

  it('prints the code point of a character that no font has, never an empty box', async () => {
    const text = await printed(paragraph('甲\u{30EDE}乙\u{E000}丙\u{10FFFD}丁'));
    expect(text).toContain('甲〔U+30EDE〕乙〔U+E000〕丙〔U+10FFFD〕丁');
    expect(text).not.toContain('□');
  });

  it('explains in a note what each code point replaces, and that the papers of the person determine the form', async () => {
    const text = await printed(
      paragraph('送达刘𱖎、王\u{2EBF0}，另见𰀀'),
      { kind: 'table', rows: [['备注', 'A\u{E000}😀 q\u0303 \u{1FAE0}']] },
      paragraph('末段𱖎'),
    );
    expect(text).toContain('送达刘〔U+3158E〕、王〔U+2EBF0〕，另见〔U+30000〕');
    const note = text.slice(text.indexOf('注：')).replaceAll('\n', '');
    for (const named of [
      '〔U+3158E〕（汉字，在中日韩统一表意文字扩展H区）',
      '〔U+2EBF0〕（汉字，在中日韩统一表意文字扩展I区）',
      '〔U+30000〕（汉字，在中日韩统一表意文字扩展G区）',
      '〔U+E000〕（自造字，没有统一的字形）',
      '〔U+1FAE0〕（表情符号）',
      '〔U+0303〕（附加符号）',
    ])
      expect(note).toContain(named);
    expect(note).toContain('以有效身份证件、登记证照为准');
  });

  it('has no note if every character is printed', async () => {
    expect(await printed(paragraph('刘𠮷、刘𬎆'))).not.toContain('注：');
  });

  it('accepts an unpaired surrogate, and NUL, without failing', async () => {
    expect(await printed(paragraph('甲\uD842乙\u0000丙'))).toContain('甲〔U+D842〕乙丙');
  });
});

describe('the printable form of a text', () => {
  it('keeps line breaks, drops invisible characters, composes marks', async () => {
    const faces = await facesFor('甲乙é');
    expect(printable('甲\u200B\n乙\uFE0F\u202E e\u0301', faces)).toBe('甲\n乙 é');
  });

  it('has no character that the fonts lack, whatever is typed', async () => {
    const typed = '甲\t乙\u2009丙\u202F丁\u1680戊\u2028己\u2029庚\r\n辛\v壬\f癸\u0085子\u00A0丑\u3000寅\u{E0041}\u3164卯\u06D2\u0F40';
    const faces = await facesFor(`${typed}U+0123456789ABCDEF〔〕 `);
    const text = printable(typed, faces);
    expect(text).toBe('甲 乙 丙 丁 戊\n己\n庚\n辛\n壬\n癸\n子\u00A0丑\u3000寅卯〔U+06D2〕〔U+0F40〕');
    expect([...text].filter((one) => one !== '\n' && faces.faceOf(one, 'regular') === undefined)).toEqual([]);
  });
});
