// Selects the font for each character. One Chinese font in two weights has the common characters. Names of people need more: GB 18030-2022
// requires systems to support them. A second font has the rare characters (生僻字), up to Unicode's Extension F, in files of some hundred
// characters each. Only the files that a document needs are read.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { decompress } from 'wawoff2';

/** The name under which the renderer registers a font. */
export type Face = 'regular' | 'bold' | `rare:${string}`;

interface Opened {
  readonly bytes: Buffer;
  readonly font: Font;
}

const FILES = {
  regular: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
} as const;

const { resolve } = createRequire(__filename);
const opened = new Map<Face, Opened>();

const fontOf = (bytes: Buffer): Font => {
  const font = create(bytes);
  if (!('hasGlyphForCodePoint' in font)) throw new Error('a collection, not a font');
  return font;
};

/** Read for the first document: a process that issues none does not load the fonts. */
const common = (face: keyof typeof FILES): Opened => {
  const known = opened.get(face);
  if (known) return known;
  const bytes = readFileSync(resolve(FILES[face]));
  const now = { bytes, font: fontOf(bytes) };
  opened.set(face, now);
  return now;
};

interface RareFile {
  readonly file: string;
  has(point: number): boolean;
}

const RANGE = /U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi;
let rareFiles: readonly RareFile[] | undefined;

/** The package's style sheet is its index: it maps code points to files. */
const readRareFiles = (): readonly RareFile[] =>
  [...readFileSync(resolve('hanamin/HanaMin.css'), 'utf8').matchAll(/url\(([^)]+\.woff2)\)[^;]*;\s*unicode-range:([^;]+);/g)].map(
    ([, file = '', ranges = '']) => {
      const spans = [...ranges.matchAll(RANGE)].map(([, from = '', to = from]) => [parseInt(from, 16), parseInt(to, 16)] as const);
      return { file, has: (point) => spans.some(([from, to]) => from <= point && point <= to) };
    },
  );

const rare = async (file: string): Promise<Opened> => {
  const face: Face = `rare:${file}`;
  const known = opened.get(face);
  if (known) return known;
  const bytes = Buffer.from(await decompress(readFileSync(resolve(`hanamin/${file}`))));
  const now = { bytes, font: fontOf(bytes) };
  opened.set(face, now);
  return now;
};

/** The faces that the characters of `text` need. */
export interface Faces {
  /** The face that prints this character instead of `face`; undefined when no font has the character. */
  faceOf(character: string, face: 'regular' | 'bold'): Face | undefined;
  /** Every face with its font file. */
  readonly files: ReadonlyMap<Face, Buffer>;
}

const pointOf = (character: string): number => character.codePointAt(0) ?? 0;

/** Reads the fonts for `text`. A rare character is printed in one weight, even in bold text. */
export const facesFor = async (text: string): Promise<Faces> => {
  const files = new Map<Face, Buffer>([
    ['regular', common('regular').bytes],
    ['bold', common('bold').bytes],
  ]);
  const rareFaces = new Map<string, Face>();
  for (const character of new Set(text)) {
    const point = pointOf(character);
    if (common('regular').font.hasGlyphForCodePoint(point)) continue;
    rareFiles ??= readRareFiles();
    const found = rareFiles.find(({ has }) => has(point));
    if (!found) continue;
    const { bytes, font } = await rare(found.file);
    if (!font.hasGlyphForCodePoint(point)) continue;
    rareFaces.set(character, `rare:${found.file}`);
    files.set(`rare:${found.file}`, bytes);
  }
  const faceOf: Faces['faceOf'] = (character, face) =>
    common('regular').font.hasGlyphForCodePoint(pointOf(character)) ? face : rareFaces.get(character);
  return { faceOf, files };
};
