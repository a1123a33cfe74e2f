// The type of a file from its bytes, whatever the chunk sizes. Also bytes whose type is not in the table, and bytes that are not text.
import { cfbOf, PDF, SAMPLES, zip64Of, zipOf } from '../fixtures/samples';
import { MEDIA_TYPES } from './media-types';
import { recogniser, type Found } from './recognise';

const foundIn = (content: Uint8Array, name: string, piece = 1_000): Promise<Found> => {
  const { look, found } = recogniser();
  for (let at = 0; at < content.length; at += piece) look(content.subarray(at, at + piece));
  return found(name);
};
const typeOf = async (content: Uint8Array, name: string, piece?: number): Promise<string | undefined> => {
  const found = await foundIn(content, name, piece);
  return 'type' in found ? found.type : undefined;
};

describe('the type from the bytes', () => {
  it('has a sample for the first extension of each type', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(
      Object.values(MEDIA_TYPES)
        .map(({ endings }) => endings[0])
        .sort(),
    );
  });

  it.each(Object.entries(SAMPLES))('is found: %s', async (ending, content) => {
    for (const piece of [1, 7, 1_000, 1_000_000]) {
      const found = (await typeOf(content, `文件.${ending}`, piece)) as keyof typeof MEDIA_TYPES;
      expect({ piece, found, endings: MEDIA_TYPES[found]?.endings }).toMatchObject({ endings: expect.arrayContaining([ending]) });
    }
  });

  it('follows the bytes and not the name', async () => {
    expect(await typeOf(SAMPLES['png'] ?? Buffer.alloc(0), '证书.pdf')).toBe('image/png');
    expect(await typeOf(SAMPLES['xlsx'] ?? Buffer.alloc(0), '报告.docx')).toMatch('spreadsheetml');
  });

  it('is found for a document whose ZIP directory is far behind its first bytes', async () => {
    const large = Buffer.concat([
      zipOf('a').subarray(0, 31),
      Buffer.alloc(2_000_000, 7),
      zipOf('[Content_Types].xml', 'word/document.xml'),
    ]);
    expect(await typeOf(large, 'a.docx', 64_000)).toMatch('wordprocessingml');
  });

  it.each<[string, Buffer]>([
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)])],
    ['a page', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>\0')],
    ['text with a zero byte', Buffer.from('a\0b')],
    ['text with an escape', Buffer.from('a\u001bb')],
    ['bytes that are no text', Buffer.from([0x61, 0xff, 0xff, 0x62])],
    ['a GIF', Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(20)])],
  ])('is none for %s', async (_, content) => {
    expect(await typeOf(content, 'a.txt')).toBeUndefined();
  });

  it.each<[string, Buffer, string, string]>([
    ['a web page as text', Buffer.from('\uFEFF \r\n<!DOCTYPE html><script>alert(1)</script>'), 'a.txt', '网页、脚本或XML'],
    ['an SVG as text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'), 'a.png', '网页、脚本或XML'],
    ['a web page in UTF-16', Buffer.from('\uFEFF<HTML>', 'utf16le'), 'a.csv', '网页、脚本或XML'],
    ['a shell script', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'a.txt', '网页、脚本或XML'],
    ['a program', Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(100)]), 'a.pdf', '程序'],
    ['an installer (MSI) as a document', cfbOf('Root Entry', 'SummaryInformation'), 'a.doc', '不是Word、Excel的旧格式文件'],
    ['an old presentation', cfbOf('PowerPoint Document'), 'a.doc', '旧格式的PowerPoint（ppt）'],
    ['a document with a password', cfbOf('EncryptionInfo', 'EncryptedPackage'), 'a.docx', '加了密码的Office文件，请去掉密码'],
    ['a picture and a ZIP', Buffer.concat([SAMPLES['jpg'] ?? PDF, zipOf('a.exe')]), 'a.jpg', '后面藏有压缩包的文件'],
    ['a PDF and a ZIP', Buffer.concat([PDF, zipOf('a.js')]), 'a.pdf', '后面藏有压缩包的文件'],
    ['a ZIP without its end', zipOf('a.txt', 'b.txt').subarray(0, -30), 'a.zip', '不完整的压缩包'],
    [
      'a ZIP of 5 GB',
      zipOf({ name: 'a', packed: 100, unpacked: 0xf0000000 }, { name: 'b', unpacked: 0xf0000000 }),
      'a.zip',
      '解压后异常大的压缩包',
    ],
    [
      'a ZIP that unpacks to a million times its size',
      zipOf({ name: 'a', packed: 90, unpacked: 101 * 2 ** 20 }),
      'a.zip',
      '解压后异常大的压缩包',
    ],
    ['a table that is a bomb', zipOf({ name: 'xl/workbook.xml', unpacked: 2 ** 31 }), 'a.xlsx', '解压后异常大的压缩包'],
    ['a ZIP of overlapping entries', zipOf({ name: 'a', packed: 900 }, { name: 'b', packed: 900 }), 'a.zip', '内容互相重叠的压缩包'],
    ['a ZIP that leads out', zipOf('a.txt', '../../etc/passwd'), 'a.zip', '解压时会写到其他目录的压缩包'],
    ['a table with macros', zipOf('xl/workbook.xml', 'xl/vbaProject.bin'), 'a.xlsx', '带有宏的Office文件，请另存为不带宏的格式'],
    ['a RAR', Buffer.from('526172211a0700' + '00'.repeat(20), 'hex'), 'a.zip', 'RAR压缩包，请改用ZIP'],
    ['random bytes', Buffer.from('fe01fd02fc03fb04', 'hex'), 'a.txt', '不能识别的文件'],
  ])('says what it is: %s', async (_, content, name, what) => {
    for (const piece of [1, 100, 1_000_000]) expect(await foundIn(content, name, piece)).toEqual({ what });
  });

  it.each<[string, Buffer, string, string]>([
    [
      'a folder of many photographs',
      zipOf(...Array.from({ length: 3_000 }, (_, i) => `照片/现场照片${i}.jpg`)),
      'a.zip',
      'application/zip',
    ],
    ['a ZIP of 100 MB of text', zipOf({ name: 'a', unpacked: 100 * 2 ** 20 }), 'a.zip', 'application/zip'],
    ['an OFD that is called a ZIP', SAMPLES['ofd'] ?? PDF, 'a.zip', 'application/ofd'],
    ['a letter with a table in it', cfbOf('WordDocument', 'Workbook'), 'a.doc', 'application/msword'],
    ['a table with a letter in it', cfbOf('WordDocument', 'Workbook'), 'a.et', 'application/vnd.ms-excel'],
    ['a table of Excel 95', cfbOf('Root Entry', 'Book'), 'a.xls', 'application/vnd.ms-excel'],
    ['“Unicode text” of Excel', Buffer.from('\uFEFF姓名\t得分\r\n刘𠮷\t60\r\n', 'utf16le'), 'a.txt', 'text/plain'],
    ['UTF-16 of the other order', Buffer.from('\uFEFF姓名,得分\r\n', 'utf16le').swap16(), 'a.csv', 'text/csv'],
    ['text with a tag in it', Buffer.from('网站显示 <html> 错误'), 'a.txt', 'text/plain'],
    ['a line of one letter', Buffer.from('a'), 'a.txt', 'text/plain'],
  ])('accepts %s', async (_, content, name, type) => {
    for (const piece of [1, 100, 1_000_000]) expect(await foundIn(content, name, piece)).toEqual({ type });
  });

  it('refuses a ZIP with more entries than it can look through', async () => {
    const many = zipOf(...Array.from({ length: 22_000 }, (_, i) => `${i}`.padStart(5, '0')));
    expect(await foundIn(many, 'a.zip', 64_000)).toEqual({ what: '文件过多的压缩包，请分成几个' });
  });

  it('reads the sizes of a ZIP64', async () => {
    const content = zip64Of('a.txt', 2n ** 40n);
    expect(await foundIn(content, 'a.zip')).toEqual({ what: '解压后异常大的压缩包' });
    expect(await foundIn(zip64Of('word/document.xml', 10n), 'a.docx')).toMatchObject({ type: expect.stringMatching('wordprocessingml') });
  });

  it('recognises text in UTF-8 and GB 18030, also if a chunk ends inside a character', async () => {
    const gbk = Buffer.from('d0d5c3fb2cb5c3b7d60a', 'hex');
    for (const content of [gbk, Buffer.from('\uFEFF姓名,得分'), Buffer.from('BM 开头的文字')])
      for (const piece of [1, 3, 100]) expect(await typeOf(content, 'a.csv', piece)).toBe('text/csv');
  });
});
