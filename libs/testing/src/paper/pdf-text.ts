// The text of a PDF as a reader would copy it: the glyph numbers of the content streams, translated through each font's
// ToUnicode table. It supports the part of the format that pdfkit writes. It reads only the bytes and does not depend on
// the code that made them.
import { inflateSync } from 'node:zlib';

interface Part {
  readonly dictionary: string;
  readonly stream: string;
}

const partsOf = (pdf: Buffer): Map<string, Part> => {
  const text = pdf.toString('latin1');
  const parts = new Map<string, Part>();
  for (const [, number = '', body = ''] of text.matchAll(/\n(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [dictionary = '', raw] = body.split(/\nstream\n/);
    const bytes = Buffer.from((raw ?? '').replace(/\nendstream$/, ''), 'latin1');
    const stream = raw === undefined || dictionary.includes('/FontFile') ? '' : inflated(dictionary, bytes);
    parts.set(number, { dictionary, stream });
  }
  return parts;
};

const inflated = (dictionary: string, bytes: Buffer): string =>
  dictionary.includes('/FlateDecode') ? inflateSync(bytes).toString('latin1') : bytes.toString('latin1');

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Glyph number → characters. */
const unicodeTable = (cmap: string): Map<number, string> => {
  const table = new Map<number, string>();
  for (const [, first = '', , list = ''] of cmap.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], i) => table.set(parseInt(first, 16) + i, utf16(hex.replaceAll(' ', ''))));
  }
  return table;
};

const reference = (text: string, name: string): string => new RegExp(`/${name} (\\d+) 0 R`).exec(text)?.[1] ?? '';

/** Text in the order in which it was written, lines joined without a break. */
export const pdfText = (pdf: Buffer): string => {
  const parts = partsOf(pdf);
  const fonts = new Map<string, Map<number, string>>();
  for (const { dictionary } of parts.values()) {
    for (const [, name = '', number = ''] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const cmap = parts.get(reference(parts.get(number)?.dictionary ?? '', 'ToUnicode'));
      fonts.set(name, unicodeTable(cmap?.stream ?? ''));
    }
  }
  let font: Map<number, string> | undefined;
  let text = '';
  for (const { dictionary } of [...parts.values()].filter((part) => part.dictionary.includes('/Type /Page\n'))) {
    const content = parts.get(reference(dictionary, 'Contents'))?.stream ?? '';
    for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name) font = fonts.get(name);
      for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]+)>/gi)) {
        for (const glyph of hex.match(/.{4}/g) ?? []) text += font?.get(parseInt(glyph, 16)) ?? '□';
      }
    }
  }
  return text;
};
