// The type of a file from its bytes, whatever the chunk sizes. Also bytes whose type is not in the table, and bytes that are not text.
import { SAMPLES, zipOf } from '../fixtures/samples';
import { MEDIA_TYPES } from './media-types';
import { recogniser } from './recognise';

const typeOf = (content: Uint8Array, name: string, piece = 1_000): Promise<string | undefined> => {
  const { look, type } = recogniser();
  for (let at = 0; at < content.length; at += piece) look(content.subarray(at, at + piece));
  return type(name);
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

  it('recognises text in UTF-8 and GB 18030, also if a chunk ends inside a character', async () => {
    const gbk = Buffer.from('d0d5c3fb2cb5c3b7d60a', 'hex');
    for (const content of [gbk, Buffer.from('\uFEFF姓名,得分'), Buffer.from('BM 开头的文字')])
      for (const piece of [1, 3, 100]) expect(await typeOf(content, 'a.csv', piece)).toBe('text/csv');
  });
});
