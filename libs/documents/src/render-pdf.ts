// Renders blocks to PDF, following GB/T 9704-2012: A4, 37 mm above, 28 mm left, a type area of 156 mm × 225 mm, red letterhead with a line,
// title of size 2, body of size 3, page numbers in dashes. The same blocks and the same time give the same bytes.
import { buffer } from 'node:stream/consumers';
import QRCode from 'qrcode';
import { mapText, textOf, type Block } from './blocks';
import { facesFor } from './fonts';
import { mixedPaper, type Paper } from './mixed-paper';
import { codePointNote, printable } from './printable';

const MM = 72 / 25.4;
const LEFT = 28 * MM;
const TOP = 37 * MM;
const WIDTH = 156 * MM;
const BOTTOM = 35 * MM;
const TITLE = 22;
const BODY = 16;
const SMALL = 10.5;
const LEADING = 9;
const RED = '#d7000f';
const CODE = 32 * MM;

type Draw<K extends Block['kind']> = (paper: Paper, block: Extract<Block, { kind: K }>) => void;

const bold = (paper: Paper, size: number): Paper => paper.font('bold').fontSize(size).fillColor('black');
const body = (paper: Paper): Paper => paper.font('regular').fontSize(BODY).fillColor('black');

const line = (paper: Paper, colour: string, thick: number): void => {
  paper
    .moveTo(LEFT, paper.y)
    .lineTo(LEFT + WIDTH, paper.y)
    .lineWidth(thick)
    .strokeColor(colour)
    .stroke();
};

const letterhead: Draw<'letterhead'> = (paper, { authority, number }) => {
  // A long name is set in a smaller size instead of being broken: the letterhead has one line.
  bold(paper, 32);
  const size = Math.min(32, (32 * WIDTH) / paper.widthOfString(authority));
  paper.fontSize(size).fillColor(RED).text(authority, LEFT, TOP, { width: WIDTH, align: 'center', lineBreak: false });
  paper.x = LEFT;
  body(paper).text(number, LEFT, TOP + size * 2.2, { width: WIDTH, align: 'center' });
  paper.y += 4;
  line(paper, RED, 2);
  paper.y += 28;
};

const table: Draw<'table'> = (paper, { rows }) => {
  for (const [name, value] of rows) {
    paper.font('regular').fontSize(14).fillColor('black');
    const room = { width: WIDTH * 0.68, lineGap: 4 };
    const height = Math.max(paper.heightOfString(value || ' ', room), 20) + 12;
    if (paper.y + height > paper.page.height - BOTTOM) paper.addPage();
    const top = paper.y;
    line(paper, '#000000', 0.5);
    paper.text(name, LEFT + 4, top + 6, { width: WIDTH * 0.28 });
    paper.text(value, LEFT + WIDTH * 0.3, top + 6, room);
    paper.x = LEFT;
    paper.y = top + height;
  }
  line(paper, '#000000', 0.5);
  paper.y += 16;
};

const signature: Draw<'signature'> = (paper, { authority, date }) => {
  // Authority and date must stay on one page. That they may be alone at the top of a page cannot be prevented here.
  if (paper.y + 4 * (BODY + LEADING) > paper.page.height - BOTTOM) paper.addPage();
  body(paper).moveDown(1.5);
  paper.text(authority, LEFT, paper.y, { width: WIDTH - 2 * BODY, align: 'right' });
  paper.text(date, { width: WIDTH - 4 * BODY, align: 'right' });
};

const code: Draw<'code'> = (paper, { content, caption }) => {
  if (paper.y + CODE + 20 > paper.page.height - BOTTOM) paper.addPage();
  const { modules } = QRCode.create(content, { errorCorrectionLevel: 'M' });
  const top = paper.y + 12;
  const side = CODE / modules.size;
  for (let i = 0; i < modules.data.length; i += 1) {
    if (modules.data[i]) paper.rect(LEFT + (i % modules.size) * side, top + Math.floor(i / modules.size) * side, side, side);
  }
  paper.fill('black');
  paper
    .font('regular')
    .fontSize(SMALL)
    .text(caption, LEFT + CODE + 16, top + 4, { width: WIDTH - CODE - 16, lineGap: 4 });
  paper.x = LEFT;
  paper.y = Math.max(paper.y, top + CODE + 12);
};

const DRAW = {
  letterhead,
  table,
  signature,
  code,
  title: (paper, { text }) => bold(paper, TITLE).text(text, LEFT, paper.y, { width: WIDTH, align: 'center' }).moveDown(0.8),
  addressee: (paper, { text }) => body(paper).text(text, LEFT, paper.y, { width: WIDTH }),
  heading: (paper, { text }) => bold(paper, BODY).text(text, LEFT, paper.y, { width: WIDTH, indent: 2 * BODY }),
  paragraph: (paper, { text }) => body(paper).text(text, LEFT, paper.y, { width: WIDTH, indent: 2 * BODY }),
  note: (paper, { text }) =>
    paper.font('regular').fontSize(SMALL).fillColor('#444444').text(text, LEFT, paper.y, { width: WIDTH, lineGap: 3 }),
} as const satisfies { [K in Block['kind']]: Draw<K> };

const draw = <K extends Block['kind']>(paper: Paper, block: Extract<Block, { kind: K }>): void => {
  (DRAW[block.kind as K] as Draw<K>)(paper, block);
};

/** — 1 — at the bottom, on the outer side. */
const numberPages = (paper: Paper): void => {
  const { start, count } = paper.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    paper.switchToPage(page);
    // The bottom of the page is outside the type area: without this setting pdfkit would begin another page.
    paper.page.margins.bottom = 0;
    paper.font('regular').fontSize(14).fillColor('black');
    paper.text(`— ${page + 1} —`, LEFT, paper.page.height - BOTTOM + 7 * MM, {
      width: WIDTH,
      align: page % 2 === 0 ? 'right' : 'left',
      lineBreak: false,
    });
  }
};

export interface PdfOptions {
  readonly title: string;
  readonly author: string;
  readonly at: Date;
}

/**
 * The PDF of the blocks. A character that no font can print appears as its code point, never as an empty box, and a note at the end explains
 * the code points. About 40 ms per page.
 */
export const renderPdf = async (blocks: readonly Block[], { title, author, at }: PdfOptions): Promise<Buffer> => {
  const text = textOf(blocks);
  const faces = await facesFor(`${text}—0123456789`.normalize('NFC'));
  const note = codePointNote(text, faces);
  const paper = mixedPaper(faces, {
    size: 'A4',
    margins: { top: TOP, bottom: BOTTOM, left: LEFT, right: 26 * MM },
    bufferPages: true,
    lang: 'zh-CN',
    info: { Title: title, Author: author, CreationDate: at, ModDate: at, Producer: 'hengji', Creator: 'hengji' },
  });
  const bytes = buffer(paper);
  paper.lineGap(LEADING);
  for (const block of note === undefined ? blocks : [...blocks, { kind: 'note', text: note } as const])
    draw(
      paper,
      mapText(block, (text) => printable(text, faces)),
    );
  numberPages(paper);
  paper.end();
  return bytes;
};
