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

  it('accepts an unpaired surrogate, and NUL, without failing', async () => {
    expect(await printed(paragraph('甲\uD842乙\u0000丙'))).toContain('甲〔U+D842〕乙丙');
  });
});

describe('the printable form of a text', () => {
  it('keeps line breaks, drops invisible characters, composes marks', async () => {
    const faces = await facesFor('甲乙é');
    expect(printable('甲\u200B\n乙\uFE0F\u202E e\u0301', faces)).toBe('甲\n乙 é');
  });
});
