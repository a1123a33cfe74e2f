// The two weights of the one Chinese font, read once, and which characters they have. pdfkit prints an empty box for a
// character that a font lacks; on a decision that names people that is a false document, so it is refused before it is made.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Refusal } from '@hengji/domain-kit';
import { create, type Font } from 'fontkit';

interface Face {
  readonly bytes: Buffer;
  readonly font: Font;
}

const FILES = {
  regular: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
} as const;
export type Weight = keyof typeof FILES;

const open = (file: string): Face => {
  const bytes = readFileSync(createRequire(__filename).resolve(file));
  const font = create(bytes);
  if (!('hasGlyphForCodePoint' in font)) throw new Error(`${file} is a collection, not a font`);
  return { bytes, font };
};

const faces = new Map<Weight, Face>();

/** Read at the first document: a process that issues none does not carry the fonts. */
const face = (weight: Weight): Face => {
  const known = faces.get(weight) ?? open(FILES[weight]);
  faces.set(weight, known);
  return known;
};

/** The font file. */
export const fontBytes = (weight: Weight): Buffer => face(weight).bytes;

const BLANK = /\s/u;

/** Refuses `document.rare_character` for text that cannot be printed whole, naming the first such character. */
export const checkPrintable = (text: string): void => {
  const missing = [...text].find((character) => {
    const point = character.codePointAt(0) ?? 0;
    return !BLANK.test(character) && !face('regular').font.hasGlyphForCodePoint(point);
  });
  if (missing === undefined) return;
  const code = `U+${(missing.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  throw new Refusal(
    'illegalMove',
    'document.rare_character',
    `字库中没有“${missing}”（${code}），为免印成空白，文书未生成；请改用规范汉字或者加注说明`,
    {
      field: 'text',
      rule: 'GB 18030-2022',
    },
  );
};
