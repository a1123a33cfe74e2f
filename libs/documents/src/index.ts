export { textOf } from './blocks';
export type { Block } from './blocks';
export { renderPdf } from './render-pdf';
export type { PdfOptions } from './render-pdf';
