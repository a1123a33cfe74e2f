// What an order would affect, before anyone signs: count, money, people, a sample and the root of the exact target set.
import { Table, type TableColumnsType, Tooltip } from 'antd';
import { SERVICES } from '../../words/enforcement-words';
import { AGENCIES, count, yuan } from '../../words/field-words';
import type { Answers } from '../../http';

type Row = Answers['LedgerRow'];

/** Ids of records; the row of a notice has the agency instead. */
const sampleOf = (row: Row, most?: number): string =>
  (row.preview?.sample ?? [])
    .slice(0, most)
    .map((id) => (AGENCIES as Readonly<Record<string, string>>)[id] ?? id)
    .join('、');

const COLUMNS: TableColumnsType<Row> = [
  { title: '#', render: (_, row) => row.ask?.row, width: 44 },
  { title: '服务', render: (_, row) => SERVICES[row.service] ?? row.service, width: 70 },
  { title: '动作', dataIndex: 'title' },
  { title: '记录数', align: 'right', render: (_, row) => count(row.preview?.count ?? 0) },
  { title: '涉及人数', align: 'right', render: (_, row) => count(row.preview?.people ?? 0) },
  { title: '金额', align: 'right', render: (_, row) => (row.preview === undefined || row.preview.fen === 0 ? '—' : yuan(row.preview.fen)) },
  {
    title: '样例',
    render: (_, row) => (
      <Tooltip title={sampleOf(row)}>
        <span className="mono">{sampleOf(row, 2)}</span>
      </Tooltip>
    ),
  },
  {
    title: '目标集合根',
    render: (_, row) => (
      <Tooltip title={row.preview?.root}>
        <span className="mono">{row.preview?.root.slice(0, 16)}…</span>
      </Tooltip>
    ),
  },
];

export const PreviewTable = ({ rows }: { rows: readonly Row[] }) => (
  <Table<Row>
    size="small"
    aria-label="预览"
    columns={COLUMNS}
    dataSource={rows}
    rowKey={(row) => String(row.ask?.row)}
    pagination={false}
  />
);
