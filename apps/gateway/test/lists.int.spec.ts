// Lists over HTTP: the parameters become the service's query, and the answer has total and institutions. The export is an Excel file that
// is safe to open and names the person who exported it.
import excel from 'exceljs';
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import { SHENYANG, signedIn, startGateway, type Gateway } from './gateway';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});

const lastAsked = (method: string) => gateway.asked.findLast((asked) => asked.method === method)?.request;

it('calls the service with the filters, the sort, the search and the page of the address', async () => {
  const officer = await signedIn(gateway, 'shenyang-a');
  const address =
    '/api/institutions?status=HELD,REMOVED&validUntilUntil=2026-12-31&sort=-validUntil,code&search=%EF%BC%A1%E6%A0%A1&limit=7';
  const answer = (await (await officer.fetch(address)).json()) as { items: { code: string }[]; total: unknown };
  expect(lastAsked('listInstitutions')).toMatchObject({
    actor: { role: 'CITY_OFFICER', authority: '2101' },
    query: ListQuery.fromPartial({
      filters: [
        { field: 'validUntil', op: 'UNTIL', values: ['2026-12-31'] },
        { field: 'status', op: 'IS', values: ['HELD', 'REMOVED'] },
      ],
      sort: [
        { field: 'validUntil', descending: true },
        { field: 'code', descending: false },
      ],
      search: 'A校',
      limit: 7,
    }),
  });
  // The fake lists everything: a record outside the territory does not leave the gateway.
  expect(answer).toMatchObject({ items: [{ code: SHENYANG }], total: { count: 3 } });
});

it('exports all rows of the territory, without formulas, with a sheet that names who, when and what', async () => {
  const officer = await signedIn(gateway, 'shenyang-a');
  const response = await officer.fetch('/api/institutions/export?search=x');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  const book = new excel.Workbook();
  await book.xlsx.load(await response.arrayBuffer());
  const rowsOf = (name: string) => (book.getWorksheet(name)?.getSheetValues() ?? []).slice(1).map((row) => (row as unknown[]).slice(1));
  const [head, ...rows] = rowsOf('评价机构');
  expect(head).toEqual(['机构代码', '名称', '类别', '主管部门', '备案有效期至', '状态']);
  expect(rows.map(([code, name]) => [code, name])).toEqual([[SHENYANG, "'=某评价机构"]]);
  const about = Object.fromEntries(rowsOf('导出说明') as [string, string][]);
  expect(about).toMatchObject({ 列表: '评价机构', 行数: '1', 是否完整: '是', 查询条件: expect.stringContaining('"search":"x"') as string });
  expect(about['导出人']).toMatch(/（.+）$/);
  expect(about['导出时间']).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
  const acts = gateway.asked.filter(({ method }) => method === 'recordExport').map(({ request }) => request);
  const act = { requestId: about['导出编号'], actor: { authority: '2101' }, list: 'institutions', query: { search: 'x', limit: 0 } };
  expect(acts).toMatchObject([
    { ...act, step: 'BEGAN', rows: 0 },
    { ...act, step: 'ENDED', rows: 1 },
  ]);
});

it('sends nothing of an export whose act cannot be stored', async () => {
  const officer = await signedIn(gateway, 'shenyang-a');
  expect((await officer.fetch('/api/notices')).status).toBe(200);
  const refused = await officer.fetch('/api/notices/export');
  expect([refused.status, refused.headers.get('content-disposition')]).toEqual([503, null]);
  expect(await refused.json()).toMatchObject({ code: 'database.unavailable' });
});

it('gives the document numbers of the orders that a list names by id', async () => {
  const officer = await signedIn(gateway, 'shenyang-a');
  const answer = (await (await officer.fetch('/api/messages')).json()) as { items: { orderId: string }[]; orders: unknown };
  const orderId = `EXECUTING-${SHENYANG}`;
  expect(answer).toMatchObject({ items: [{ orderId }], orders: [{ orderId, documentNo: '沈人社鉴处〔2026〕1号' }] });
});

it('counts with the services that answer, and names the services that do not', async () => {
  const officer = await signedIn(gateway, 'shenyang-a');
  const counts = (await (await officer.fetch(`/api/institutions/${SHENYANG}/counts`)).json()) as object;
  expect(counts).toMatchObject({ exchange: { uploaded: 1 }, missing: ['certificate'] });
  expect(counts).not.toHaveProperty('certificate');
  const { items } = (await (await officer.fetch('/api/services')).json()) as { items: { service: string; answers: boolean }[] };
  expect(items.filter(({ answers }) => !answers)).toEqual([{ service: 'certificate', answers: false }]);
});

it('marks a lost answer as outcome unknown, and a refusal as not done', async () => {
  const officer = await signedIn(gateway, 'shenyang-a');
  expect(await (await officer.fetch('/api/certificates')).json()).toMatchObject({ code: 'service.unavailable', outcomeUnknown: true });
  expect(await (await officer.fetch('/api/orders/none')).json()).not.toHaveProperty('outcomeUnknown');
});
