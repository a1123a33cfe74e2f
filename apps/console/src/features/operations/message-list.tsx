// Every message to another agency, with its tries; a pending one can be sent now.
import { App, Button, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../api';
import { may } from '../../may';
import { useMe } from '../../me';
import { PageCard } from '../../page-card';
import { PagedTable } from '../../paged-table';
import { AGENCIES, MESSAGE_KINDS, MESSAGE_STATES, count, moment, wordOf } from '../../words/field-words';
import type { Answers } from '../../http';

type Row = Answers['AgencyMessage'];

interface Reader {
  /** Absent where the reader may not send. */
  readonly retry: ((id: string) => void) | undefined;
  /** Operators see that there is an order, and may not open it. */
  readonly mayReadOrders: boolean;
}

const columns = ({ retry, mayReadOrders }: Reader): TableColumnsType<Row> => [
  { title: '部门', width: 110, render: (_, row) => wordOf(AGENCIES, row.agency) },
  { title: '种类', width: 90, render: (_, row) => MESSAGE_KINDS[row.kind] ?? '其他' },
  {
    title: '处理决定',
    width: 100,
    render: (_, row) => {
      const short = row.orderId.slice(0, 8);
      return row.orderId !== '' && mayReadOrders ? <Link to={`/orders/${row.orderId}`}>{short}</Link> : short || '—';
    },
  },
  {
    title: '条数 / 确认 / 被拒',
    width: 170,
    render: (_, row) => `${count(row.items)} / ${count(row.acknowledged)} / ${count(row.rejected)}`,
  },
  { title: '状态', width: 90, render: (_, row) => wordOf(MESSAGE_STATES, row.state) },
  { title: '次数', dataIndex: 'tries', align: 'right', width: 60 },
  { title: '最近错误', dataIndex: 'lastError', ellipsis: true },
  { title: '创建', width: 165, render: (_, row) => moment(row.createdAt) },
  { title: '确认', width: 165, render: (_, row) => moment(row.acknowledgedAt) },
  {
    title: '操作',
    width: 100,
    render: (_, row) =>
      row.state === 'PENDING' &&
      retry !== undefined && (
        <Button size="small" onClick={() => retry(row.messageId)}>
          立即发送
        </Button>
      ),
  },
];

export const MessageList = () => {
  const [state, setState] = useState<Answers['MessageState'] | ''>('');
  const [round, setRound] = useState(0);
  const { message } = App.useApp();
  const me = useMe();
  const retry = (id: string): void => {
    api.retryMessage(id).then(
      () => setRound(round + 1),
      (error: unknown) => void message.error(error instanceof Error ? error.message : String(error)),
    );
  };
  const options = [{ value: '', label: '全部状态' }, ...Object.entries(MESSAGE_STATES).map(([value, label]) => ({ value, label }))];
  return (
    <PageCard
      title="部门交换"
      extra={<Select aria-label="状态" value={state} onChange={setState} options={options} style={{ width: 140 }} />}
    >
      <PagedTable
        label="报文"
        of={`${state} ${round}`}
        load={(after) => api.messages(state, after)}
        columns={columns({ retry: may(me, 'sendMessages') ? retry : undefined, mayReadOrders: may(me, 'readOrders') })}
        rowKey={(row) => row.messageId}
      />
    </PageCard>
  );
};
