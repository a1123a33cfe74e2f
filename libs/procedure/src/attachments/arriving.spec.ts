// The rules that a file must meet while its bytes are read, and how many bytes of an invalid file are read.
import { arriving, checkAnnounced } from './arriving';
import { PDF, SAMPLES, TEXT } from './fixtures/samples';
import type { Content } from './store/object-store';

const KINDS = {
  PAPER: { title: '书证', types: ['application/pdf', 'image/jpeg', 'text/plain'] },
  PICTURE: { title: '物证', types: ['image/jpeg'] },
} as const;
const MOST = 2_000;

async function* of(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
const drained = async (content: Content): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const given = (content: Content, name: string, { kind = 'PAPER', sha256 = '' }: { kind?: keyof typeof KINDS; sha256?: string } = {}) =>
  arriving(content, { announced: { name, bytes: 0, sha256 }, kind, kinds: KINDS, most: MOST });

describe('an incoming file', () => {
  it('passes unchanged, and its type is known afterwards', async () => {
    const file = given(of(PDF.subarray(0, 3), Buffer.alloc(0), PDF.subarray(3)), '证据.PDF');
    expect(() => file.mediaType()).toThrow('before');
    expect(await drained(file.content)).toEqual(PDF);
    expect(file.mediaType()).toBe('application/pdf');
  });

  it('passes with the maximum size, and is refused with one byte more, after which nothing more is read', async () => {
    const text = Buffer.alloc(MOST, 'x');
    expect(await drained(given(of(text), 'a.txt').content)).toHaveLength(MOST);
    let read = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 1;
        yield text.subarray(0, MOST / 2);
      }
    };
    await expect(drained(given(endless(), 'a.txt').content)).rejects.toMatchObject({ kind: 'tooMuch', reason: 'attachment.too_large' });
    expect(read).toBe(3);
  });

  it.each<[string, [Content, string, { kind?: 'PICTURE'; sha256?: string }?], string]>([
    ['nothing', [of(Buffer.alloc(0)), 'a.pdf'], 'attachment.empty'],
    ['text called a PDF', [of(TEXT), 'a.pdf'], 'attachment.name_differs'],
    ['a PDF called a picture', [of(PDF), 'a.jpg'], 'attachment.name_differs'],
    ['a name without an ending', [of(PDF), '证据'], 'attachment.name_differs'],
    ['a type of another kind', [of(PDF), 'a.pdf', { kind: 'PICTURE' }], 'attachment.type_unknown'],
    ['a known type that no kind takes', [of(SAMPLES['png'] ?? PDF), 'a.png'], 'attachment.type_unknown'],
    ['a page called a picture', [of(Buffer.from('<html><body>')), 'a.jpg'], 'attachment.type_unknown'],
    ['a script called text', [of(Buffer.from('#!/bin/sh\n')), 'a.txt'], 'attachment.type_unknown'],
    ['a page', [of(Buffer.from('<html><body>')), 'a.html'], 'attachment.name_differs'],
    ['another hash', [of(PDF), 'a.pdf', { sha256: 'a'.repeat(64) }], 'attachment.hash_differs'],
  ])('is refused: %s', async (_, asked, reason) => {
    await expect(drained(given(...asked).content)).rejects.toMatchObject({ kind: 'invalid', reason });
  });

  it('lists the accepted types in Chinese in the refusal', async () => {
    await expect(drained(given(of(PDF), 'a.pdf', { kind: 'PICTURE' }).content)).rejects.toThrow(
      '“物证”不接受这种类型的文件（PDF），可以上传：JPEG',
    );
    await expect(drained(given(of(TEXT), 'a.pdf').content)).rejects.toThrow('附件的内容是文本，文件名应以 .txt 结尾');
    await expect(drained(given(of(TEXT), 'a.jpg', { kind: 'PICTURE' }).content)).rejects.toThrow(
      '“物证”不接受这种类型的文件（内容是文本，与文件名 .jpg 不符），可以上传：JPEG',
    );
    await expect(drained(given(of(Buffer.from('<html>')), 'a.html').content)).rejects.toThrow(
      '附件的内容是网页、脚本或XML，不能上传；“书证”可以上传：PDF、JPEG、文本',
    );
  });

  it.each<[string, Parameters<typeof checkAnnounced>[0], string]>([
    ['no name', { name: ' ', bytes: 0, sha256: '' }, 'attachment.name_invalid'],
    ['a folder', { name: 'a/b.pdf', bytes: 0, sha256: '' }, 'attachment.name_invalid'],
    ['a name of 201 characters', { name: 'a'.repeat(201), bytes: 0, sha256: '' }, 'attachment.name_invalid'],
    ['text that runs the other way', { name: 'a\u202efdp.exe', bytes: 0, sha256: '' }, 'attachment.name_invalid'],
    ['too many bytes', { name: 'a.pdf', bytes: MOST + 1, sha256: '' }, 'attachment.too_large'],
    ['no hash', { name: 'a.pdf', bytes: 0, sha256: 'abc' }, 'attachment.hash_differs'],
  ])('is refused before a byte is read: %s', (_, announced, reason) => {
    expect(() => checkAnnounced(announced, MOST)).toThrow(expect.objectContaining({ reason }));
  });
});
