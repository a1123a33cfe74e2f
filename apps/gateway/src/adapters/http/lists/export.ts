// All pages of a list as an Excel file, written while they are read: the next page is asked for when the reader has taken what was
// written, so that neither memory nor the service runs ahead. A sheet at the end says who took what, when, and whether it is all.
import { once } from 'node:events';
import type { ListSpec } from '@hengji/contracts/lists';
import type { ListQuery } from '@hengji/contracts/meta/v1/list';
import type ExcelJS from 'exceljs';
import type { Response } from 'express';
import type { Person } from '../../../domain/access';
import type { Neighbours } from '../../clients/neighbours';
import type { CountedList } from '../answers';
import { contentDisposition } from '../files/file-answer';
import { cellsOf, columnsOf, headOf, localTime, safeText } from './cells';
import type { ExportRecord, RecordExport } from './record-export';
import type { Source } from './sources';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What a sheet of Excel holds, the head included. */
export const MOST_ROWS = 1_048_576;
const ROWS_A_PAGE = 1_000;

interface Exported {
  readonly neighbours: Neighbours;
  readonly source: Source;
  readonly person: Person;
  readonly query: ListQuery;
  readonly signal: AbortSignal;
  readonly recordExport: RecordExport;
  readonly now: () => Date;
}

type Writer = ExcelJS.stream.xlsx.WorkbookWriter;

/** Loaded with the first export: most processes never make one. */
const openWorkbook = async (response: Response): Promise<Writer> => {
  const { default: excel } = await import('exceljs');
  return new excel.stream.xlsx.WorkbookWriter({ stream: response, useStyles: false, useSharedStrings: false });
};

/** Waits until the reader has taken what was written; at once when it has left. */
const drained = async (response: Response, signal: AbortSignal): Promise<void> => {
  if (response.writableNeedDrain && !signal.aborted) await once(response, 'drain', { signal }).catch(() => undefined);
};

const rowsOf = ({ items, institutions }: CountedList<object>): Record<string, unknown>[] => {
  const names = new Map(institutions.map(({ code, name }) => [code, name]));
  return items.map((item) => {
    const row = item as Record<string, unknown>;
    const { institution, debtor } = row;
    return { institution: debtor, institutionName: names.get(String(institution ?? debtor ?? '')), ...row };
  });
};

const writePage = (sheet: ExcelJS.Worksheet, spec: ListSpec, page: CountedList<object>, room: number): number => {
  const rows = rowsOf(page).slice(0, room);
  for (const row of rows) sheet.addRow(cellsOf(spec, row)).commit();
  return rows.length;
};

/** What the file is, in words. */
const statementOf = ({ person, at, list, query, rows }: ExportRecord & { readonly list: string }, isCut: boolean): [string, string][] => [
  ['列表', list],
  ['导出人', `${person.name}（${person.officerId}）`],
  ['角色、主管部门', `${person.role} ${person.authority} ${person.institution}`.trim()],
  ['导出时间', localTime(at)],
  ['查询条件', query],
  ['行数', String(rows)],
  ['是否完整', isCut ? `否：一个文件至多${MOST_ROWS - 1}行，请缩小查询范围后分次导出` : '是'],
];

/** Writes the pages, beginning with the one that was read already; returns how many rows, and whether rows were left out. */
const writePages = async (o: Exported, sheet: ExcelJS.Worksheet, first: CountedList<object>, response: Response) => {
  let rows = 0;
  let page = first;
  for (;;) {
    const room = MOST_ROWS - 1 - rows;
    rows += writePage(sheet, o.source.spec, page, room);
    if (page.items.length > room || (page.next !== '' && rows === MOST_ROWS - 1)) return { rows, isCut: true };
    await drained(response, o.signal);
    if (page.next === '' || o.signal.aborted) return { rows, isCut: false };
    page = await o.source.read(o.neighbours, { person: o.person, query: { ...o.query, cursor: page.next, limit: ROWS_A_PAGE } });
  }
};

const fileHeaders = (response: Response, name: string): Response =>
  response
    .status(200)
    .set('cache-control', 'no-store')
    .set('content-disposition', contentDisposition(name, false))
    .set('content-type', XLSX);

/**
 * Streams the list. What the service refuses is refused before the first byte; where it fails later, the connection is broken off, so
 * that nobody takes half a file for the whole.
 */
export const exportList = async (o: Exported, response: Response): Promise<void> => {
  const { source, person, query, recordExport, now } = o;
  const first = await source.read(o.neighbours, { person, query: { ...query, cursor: '', limit: ROWS_A_PAGE } });
  const began = { person, list: source.spec.name, query: JSON.stringify({ ...query, cursor: undefined, limit: undefined }), at: now() };
  recordExport({ ...began, rows: 0, step: 'began' });
  let rows = 0;
  try {
    const { title } = source.spec;
    const workbook = await openWorkbook(fileHeaders(response, `${title} ${localTime(began.at).slice(0, 10)}.xlsx`));
    const sheet = workbook.addWorksheet(title);
    sheet.addRow(columnsOf(source.spec).map(([, field]) => headOf(field))).commit();
    const written = await writePages(o, sheet, first, response);
    rows = written.rows;
    if (o.signal.aborted) return;
    sheet.commit();
    const about = workbook.addWorksheet('导出说明');
    for (const [name, text] of statementOf({ ...began, list: title, rows, step: 'ended' }, written.isCut)) {
      about.addRow([name, safeText(text)]).commit();
    }
    about.commit();
    await workbook.commit();
  } catch (failure) {
    response.destroy(failure as Error);
    throw failure;
  } finally {
    recordExport({ ...began, rows, step: o.signal.aborted ? 'broken off' : 'ended' });
  }
};
