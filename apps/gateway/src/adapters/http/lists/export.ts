// All pages of a list as an Excel file, written while the pages are read. The next page is requested only after the reader has taken the
// previous one, so memory use stays bounded. A last sheet records who exported what and when, and whether the file is complete.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ListSpec } from '@hengji/contracts/lists';
import type { ListQuery } from '@hengji/contracts/meta/v1/list';
import type { ExportStep } from '@hengji/contracts/procedure/v1/acts_service';
import type ExcelJS from 'exceljs';
import type { Response } from 'express';
import type { Person } from '../../../domain/access';
import type { Neighbours } from '../../clients/neighbours';
import type { CountedList } from '../answers';
import { contentDisposition } from '../files/file-answer';
import { cellsOf, columnsOf, headOf, localTime, safeText } from './cells';
import type { Source } from './sources';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The most rows of an Excel sheet, including the heading. */
export const MOST_ROWS = 1_048_576;
const ROWS_A_PAGE = 1_000;

interface Exported {
  readonly neighbours: Neighbours;
  readonly source: Source;
  readonly person: Person;
  readonly query: ListQuery;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

type Writer = ExcelJS.stream.xlsx.WorkbookWriter;

/** Loaded at the first export, because most processes never export. */
const openWorkbook = async (response: Response): Promise<Writer> => {
  const { default: excel } = await import('exceljs');
  return new excel.stream.xlsx.WorkbookWriter({ stream: response, useStyles: false, useSharedStrings: false });
};

/** Waits until the reader has taken what was written; returns at once when the reader has left. */
const drained = async (response: Response, signal: AbortSignal): Promise<void> => {
  if (response.writableNeedDrain && !signal.aborted) await once(response, 'drain', { signal }).catch(() => undefined);
};

/** Rows with the names of their institutions and the document numbers of their orders. */
const rowsOf = ({ items, institutions, orders }: CountedList<object>): Record<string, unknown>[] => {
  const names = new Map(institutions.map(({ code, name }) => [code, name]));
  const numbers = new Map(orders.map(({ orderId, documentNo }) => [orderId, documentNo]));
  return items.map((item) => {
    const row = item as Record<string, unknown>;
    const { institution, debtor } = row;
    const number = numbers.get(String(row['orderId'] ?? ''));
    const named = { institution: debtor, institutionName: names.get(String(institution ?? debtor ?? '')), ...row };
    return number === undefined ? named : { ...named, orderId: number };
  });
};

const writePage = (sheet: ExcelJS.Worksheet, spec: ListSpec, page: CountedList<object>, room: number): number => {
  const rows = rowsOf(page).slice(0, room);
  for (const row of rows) sheet.addRow(cellsOf(spec, row)).commit();
  return rows.length;
};

/** The id of the file, which both of its acts carry, and the time of the export. */
interface Label {
  readonly id: string;
  readonly at: Date;
}

/** Filters, sort and search that narrow the file, without the cursor and the limit. */
const narrowing = (query: ListQuery): ListQuery => ({ ...query, cursor: '', limit: 0 });

/** The service that owns the rows stores the act; throws when the act cannot be stored. */
const recordExport = async (o: Exported, { id }: Label, step: ExportStep, rows: number): Promise<void> => {
  const { person, query, source, neighbours } = o;
  const act = { requestId: id, actor: person, list: source.spec.name, query: narrowing(query), step, rows };
  await neighbours.acts[source.service].recordExport(act);
};

/** The description of the file in words. */
const statementOf = ({ person, query, source }: Exported, { id, at }: Label, { rows, isCut }: Written): [string, string][] => [
  ['列表', source.spec.title],
  ['导出编号', id],
  ['导出人', `${person.name}（${person.officerId}）`],
  ['角色、主管部门', `${person.role} ${person.authority} ${person.institution}`.trim()],
  ['导出时间', localTime(at)],
  ['查询条件', JSON.stringify({ ...query, cursor: undefined, limit: undefined })],
  ['行数', String(rows)],
  ['是否完整', isCut ? `否：一个文件至多${MOST_ROWS - 1}行，请缩小查询范围后分次导出` : '是'],
];

interface Written {
  readonly rows: number;
  readonly isCut: boolean;
}

/** Writes the pages, beginning with the page that was already read; returns the number of rows, and whether rows were left out. */
const writePages = async (o: Exported, sheet: ExcelJS.Worksheet, first: CountedList<object>, response: Response): Promise<Written> => {
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

/** Writes all sheets. The second act is committed before the end of the file, so a file that opens has both acts. */
const writeBook = async (o: Exported, label: Label, first: CountedList<object>, response: Response): Promise<void> => {
  const { spec } = o.source;
  const workbook = await openWorkbook(fileHeaders(response, `${spec.title} ${localTime(label.at).slice(0, 10)}.xlsx`));
  const sheet = workbook.addWorksheet(spec.title);
  sheet.addRow(columnsOf(spec).map(([, field]) => headOf(field))).commit();
  const written = await writePages(o, sheet, first, response);
  if (o.signal.aborted) return;
  sheet.commit();
  const about = workbook.addWorksheet('导出说明');
  for (const [name, text] of statementOf(o, label, written)) about.addRow([name, safeText(text)]).commit();
  about.commit();
  await recordExport(o, label, 'ENDED', written.rows);
  await workbook.commit();
};

/**
 * Streams the list. A refusal of the service, or an act that cannot be stored, is answered before the first byte. After a later failure the
 * connection is aborted, so that nobody takes part of a file for the whole.
 */
export const exportList = async (o: Exported, response: Response): Promise<void> => {
  const first = await o.source.read(o.neighbours, { person: o.person, query: { ...o.query, cursor: '', limit: ROWS_A_PAGE } });
  const label = { id: randomUUID(), at: o.now() };
  await recordExport(o, label, 'BEGAN', 0);
  try {
    await writeBook(o, label, first, response);
  } catch (failure) {
    response.destroy(failure as Error);
    throw failure;
  }
};
