// A page whose lines may need several fonts. pdfkit sets a line in one font. This file sets each line that pdfkit has broken and placed run
// by run. A rare character in the middle of a name then takes the space that pdfkit reserved: every font is one em wide.
import PDFDocument from 'pdfkit';
import type { Face, Faces } from './fonts';

export type Paper = InstanceType<typeof PDFDocument>;
type Options = ConstructorParameters<typeof PDFDocument>[0];

interface Placing {
  readonly align?: string;
  readonly width?: number;
  readonly lineWidth?: number;
}

/**
 * How pdfkit sets one line; missing from its types. The test `renders a rare character…` in render-pdf.spec fails when pdfkit changes this.
 */
interface SetsLines {
  _fragment(text: string, x: number, y: number, placing: Placing): void;
}

interface Run {
  readonly face: Face;
  text: string;
}

const runsOf = (text: string, face: 'regular' | 'bold', { faceOf }: Faces): Run[] => {
  const runs: Run[] = [];
  for (const character of text) {
    const wanted = faceOf(character, face) ?? face;
    const last = runs.at(-1);
    if (last?.face === wanted) last.text += character;
    else runs.push({ face: wanted, text: character });
  }
  return runs;
};

const START = { right: (room: number) => room, center: (room: number) => room / 2 } as const;

/** A document whose text may contain every character that `faces` prints. Its fonts are `regular` and `bold`. */
export const mixedPaper = (faces: Faces, options: Options): Paper => {
  const paper = new PDFDocument(options) as Paper & SetsLines;
  for (const [face, bytes] of faces.files) paper.registerFont(face, bytes);

  const setOne = paper._fragment.bind(paper);
  const setFont: (face: Face) => Paper = paper.font.bind(paper);
  let current: 'regular' | 'bold' = 'regular';
  const chooseFont = (face: 'regular' | 'bold'): Paper => {
    current = face;
    return setFont(face);
  };
  paper.font = chooseFont as typeof paper.font;

  paper._fragment = (text, x, y, placing) => {
    const runs = runsOf(text, current, faces);
    if (runs.length < 2 && (runs[0]?.face ?? current) === current) return setOne(text, x, y, placing);
    const widths = runs.map(({ face, text }) => setFont(face) && paper.widthOfString(text));
    const room = (placing.lineWidth ?? 0) - widths.reduce((sum, width) => sum + width, 0);
    const { align, width: _width, ...rest } = placing;
    let at = x + (align === 'right' || align === 'center' ? START[align](room) : 0);
    // Every run is placed on the base line of the first font, because the ascenders differ.
    setFont(current);
    const ascender = heightAbove(paper);
    runs.forEach(({ face, text }, i) => {
      setFont(face);
      setOne(text, at, y + ascender - heightAbove(paper), { ...rest, align: 'left' });
      at += widths[i] ?? 0;
    });
    setFont(current);
  };
  return paper;
};

/** From the top of a line to its base line, in points, in the current font. */
const heightAbove = (paper: Paper): number => {
  const { _font, _fontSize } = paper as unknown as { _font: { ascender: number }; _fontSize: number };
  return (_font.ascender / 1000) * _fontSize;
};
