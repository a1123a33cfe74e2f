// What a document is made of, from top to bottom, in the order of GB/T 9704. How it looks on paper is the renderer's
// (adapters/pdf); here it is only said what stands there.

export type Block =
  /** 发文机关标志: the red head of the page with the line under the number. */
  | { readonly kind: 'letterhead'; readonly authority: string; readonly number: string }
  | { readonly kind: 'title'; readonly text: string }
  /** 主送机关 */
  | { readonly kind: 'addressee'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Name and value, one a line, under rules. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly [name: string, value: string])[] }
  /** 发文机关署名、成文日期 */
  | { readonly kind: 'signature'; readonly authority: string; readonly date: string }
  /** A code that a telephone reads, with the line beside it. */
  | { readonly kind: 'code'; readonly content: string; readonly caption: string }
  /** Small print at the end. */
  | { readonly kind: 'note'; readonly text: string };

/** All text of the blocks, for whoever has to look at its characters. */
export const textOf = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((block) => {
      switch (block.kind) {
        case 'letterhead':
          return [block.authority, block.number];
        case 'table':
          return block.rows.flat();
        case 'signature':
          return [block.authority, block.date];
        case 'code':
          return [block.caption];
        default:
          return [block.text];
      }
    })
    .join('\n');
