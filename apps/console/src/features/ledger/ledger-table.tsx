// The order's ledger, row by row as stored: the requested measure, the service's answer, and the residual.
import { Button, Table, type TableColumnsType, Tag, Tooltip } from 'antd';
import { MEASURES, ROW_STATES, SERVICES } from '../../words/enforcement-words';
import { Wide } from '../../wide';
import { count, duration, moment, yuan } from '../../words/field-words';
import type { Answers } from '../../http';

type Row = Answers['LedgerRow'];

const took = (row: Row): string => {
  const { startedAt, finishedAt } = row.receipt ?? {};
  return startedAt === undefined || finishedAt === undefined ? '—' : duration(startedAt, finishedAt);
};

const StateCell = ({ row }: { row: Row }) => {
  if (row.state === 'UNSPECIFIED') return null;
  const word = ROW_STATES[row.state];
  return (
    <>
      <Tag color={row.overdue ? 'error' : word.color}>{row.overdue ? '已超时' : word.label}</Tag>
      {row.state === 'ASKED' && row.progressMatched > 0 && <span>{count(row.progressMatched)}</span>}
      {row.state === 'REFUSED' && (
        <Tooltip title={row.refusalReason}>
          <span>{row.refusalDetail}</span>
        </Tooltip>
      )}
    </>
  );
};

const root = (hex: string | undefined): string => (hex === undefined || hex === '' ? '—' : `${hex.slice(0, 8)}…`);

const columns = (retry: (row: number) => void): TableColumnsType<Row> => [
  { title: '#', render: (_, row) => row.ask?.row, width: 44 },
  {
    title: '措施',
    render: (_, row) => (row.ask === undefined || row.ask.measure === 'UNSPECIFIED' ? '通报' : MEASURES[row.ask.measure].label),
  },
  { title: '服务', render: (_, row) => SERVICES[row.service] ?? row.service, width: 64 },
  { title: '动作', dataIndex: 'title' },
  { title: '预览', align: 'right', render: (_, row) => (row.preview === undefined ? '—' : count(row.preview.count)) },
  { title: '命中', align: 'right', render: (_, row) => (row.receipt === undefined ? '—' : count(row.receipt.matched)) },
  { title: '改变', align: 'right', render: (_, row) => (row.receipt === undefined ? '—' : count(row.receipt.changed)) },
  { title: '原已如此', align: 'right', render: (_, row) => (row.receipt === undefined ? '—' : count(row.receipt.already)) },
  { title: '金额', align: 'right', render: (_, row) => (row.receipt === undefined || row.receipt.fen === 0 ? '—' : yuan(row.receipt.fen)) },
  {
    title: '残留',
    align: 'right',
    render: (_, row) =>
      row.residualAt === undefined ? '—' : <b style={{ color: row.residual === 0 ? '#1a7f37' : '#b42318' }}>{count(row.residual)}</b>,
  },
  { title: '用时', align: 'right', render: (_, row) => took(row) },
  {
    title: '回执根',
    render: (_, row) => (
      <Tooltip title={row.receipt?.root}>
        <span className="mono">{root(row.receipt?.root)}</span>
      </Tooltip>
    ),
  },
  { title: '状态', render: (_, row) => <StateCell row={row} /> },
  {
    title: '期限',
    render: (_, row) =>
      row.allowedActions.includes('retry') ? (
        <Button size="small" onClick={() => retry(row.ask?.row ?? 0)}>
          重试
        </Button>
      ) : (
        moment(row.dueAt)
      ),
  },
];

const hasSample = (row: Row): boolean => row.residualSample.length > 0;

const SAMPLES = {
  rowExpandable: hasSample,
  expandedRowRender: (row: Row) => <span className="mono">残留：{row.residualSample.join('、')}</span>,
};

/** Each row names whether it can be retried, and by whom. */
export const LedgerTable = ({ rows, retry }: { rows: readonly Row[]; retry: (row: number) => void }) => (
  <Wide label="处理台账，可左右滚动">
    <Table<Row>
      size="small"
      aria-label="处理台账"
      columns={columns(retry)}
      dataSource={rows}
      rowKey={(row) => String(row.ask?.row)}
      pagination={false}
      style={{ minWidth: 1120 }}
      {...(rows.some(hasSample) && { expandable: SAMPLES })}
    />
  </Wide>
);
