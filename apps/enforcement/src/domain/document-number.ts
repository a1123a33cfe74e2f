// Numbers of decision documents. The counter is drawn in the transaction that signs, so a refused signature leaves no gap.
import { numbering } from '@hengji/procedure/tables';

/** The character of each series: a case, a decision, a lifting, and the other documents of domain/documents. */
const SERIES = {
  case: '案',
  order: '处',
  lifting: '解',
  notice: '告',
  rectification: '改',
  transfer: '移',
  recovery: '追',
  demand: '催',
  serviceReceipt: '证',
  publicity: '公',
} as const;
export type Series = keyof typeof SERIES;

export const NUMBERING = numbering<Series>(SERIES);

/** The authority's counter for the year in Shanghai; e.g. 辽人社鉴处〔2026〕3号. */
export const { counterFor, textOf: documentNumber } = NUMBERING;
