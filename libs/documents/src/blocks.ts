// The content of a document, from top to bottom, in the order of GB/T 9704. The renderer determines the layout; the blocks contain only the
// content.

export type Block =
  /** 发文机关标志: the red letterhead of the page, with the line under the number. */
  | { readonly kind: 'letterhead'; readonly authority: string; readonly number: string }
  | { readonly kind: 'title'; readonly text: string }
  /** 主送机关 */
  | { readonly kind: 'addressee'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Name and value, one pair per line, with ruled lines. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly [name: string, value: string])[] }
  /** 发文机关署名、成文日期 */
  | { readonly kind: 'signature'; readonly authority: string; readonly date: string }
  /** A QR code, with its caption beside it. */
  | { readonly kind: 'code'; readonly content: string; readonly caption: string }
  /** Small text at the end. */
  | { readonly kind: 'note'; readonly text: string };

type Change = (text: string) => string;

/** How the text of each kind of block is changed. */
const CHANGES = {
  letterhead: (block, change) => ({ ...block, authority: change(block.authority), number: change(block.number) }),
  table: (block, change) => ({ ...block, rows: block.rows.map(([name, value]) => [change(name), change(value)] as const) }),
  signature: (block, change) => ({ ...block, authority: change(block.authority), date: change(block.date) }),
  // The content of the QR code stays unchanged.
  code: (block, change) => ({ ...block, caption: change(block.caption) }),
  title: (block, change) => ({ ...block, text: change(block.text) }),
  addressee: (block, change) => ({ ...block, text: change(block.text) }),
  heading: (block, change) => ({ ...block, text: change(block.text) }),
  paragraph: (block, change) => ({ ...block, text: change(block.text) }),
  note: (block, change) => ({ ...block, text: change(block.text) }),
} as const satisfies { [K in Block['kind']]: (block: Extract<Block, { kind: K }>, change: Change) => Extract<Block, { kind: K }> };

/** The block, with every text for readers changed. */
export const mapText = <B extends Block>(block: B, change: Change): B =>
  (CHANGES[block.kind] as (block: Block, change: Change) => Block)(block, change) as B;

/** All text of the blocks that is meant for readers. */
export const textOf = (blocks: readonly Block[]): string => {
  const texts: string[] = [];
  for (const block of blocks) mapText(block, (text) => (texts.push(text), text));
  return texts.join('\n');
};
