// A row of a list as the cells of a spreadsheet: words in Chinese, money in yuan, times in Asia/Shanghai. Text that a spreadsheet would
// read as a formula is neutralised. An ID number is masked at any place in a text.
import type { ListField, ListSpec } from '@hengji/contracts/lists';
import { isIdNumber, occupationLabel } from '@hengji/province';

export type Cell = string | number;

/** Characters that a spreadsheet may read as the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

const masked = (text: string): string =>
  text.replace(/(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g, (found) =>
    isIdNumber(found.toUpperCase()) ? `${found.slice(0, 4)}**********${found.slice(-4)}` : found,
  );

/** Text that is safe to open: `=1+1` becomes `'=1+1`. */
export const safeText = (text: string): string => {
  const shown = masked(text);
  return FORMULA.test(shown) ? `'${shown}` : shown;
};

const SHANGHAI = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });

/** `2026-03-01 08:00:00`, or the text unchanged when it is not a time. */
export const localTime = (at: Date | string): string => {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? String(at) : SHANGHAI.format(time);
};

const cellOf = ({ kind, words, per }: ListField, value: unknown): Cell => {
  if (value === undefined || value === null || value === '') return '';
  switch (kind) {
    case 'words':
      return safeText(words?.[String(value)] ?? String(value));
    case 'fen':
      return Number(value) / 100;
    case 'number':
      return Number(value) / (per ?? 1);
    case 'flag':
      return value === true ? '是' : '否';
    case 'instant':
      return localTime(value as Date | string);
    case 'occupation':
      return safeText(occupationLabel(String(value)));
    case 'text':
    case 'code':
    case 'day':
      return safeText(String(value));
  }
};

/** The displayed fields, in order. */
export const columnsOf = ({ fields }: ListSpec): [name: string, field: ListField][] =>
  Object.entries(fields).filter(([, { column }]) => column !== false);

/** The heading of a column; for money with its unit. */
export const headOf = ({ title, kind }: ListField): string => (kind === 'fen' ? `${title}（元）` : title);

/** Cells of one row; `institutionName` comes from the page's institutions. */
export const cellsOf = (spec: ListSpec, row: Readonly<Record<string, unknown>>): Cell[] =>
  columnsOf(spec).map(([name, field]) => cellOf(field, row[name]));
