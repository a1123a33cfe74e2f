// What of the order that is to be replaced stays, ends or is extended, in the words of the server: in the wizard and in the preview.
import { useQuery } from '@tanstack/react-query';
import { Alert, Table, type TableColumnsType, Tag } from 'antd';
import { api, type DraftBody } from '../../api';
import type { Answers } from '../../http';
import { ProblemAlert } from '../../problem-alert';
import { MEASURES } from '../../words/enforcement-words';

type Part = Answers['PreviewSupersedingResponse_Part'];

const FATES = {
  STAYS: { label: '继续', color: 'success' },
  ENDS: { label: '终止', color: 'error' },
  EXTENDED: { label: '扩大', color: 'warning' },
} as const satisfies Record<Exclude<Part['fate'], 'UNSPECIFIED'>, { label: string; color: string }>;

const COLUMNS: TableColumnsType<Part> = [
  { title: '措施', width: 200, render: (_, { measure }) => (measure === 'UNSPECIFIED' ? '—' : MEASURES[measure].label) },
  {
    title: '去向',
    width: 80,
    render: (_, { fate }) => (fate === 'UNSPECIFIED' ? '—' : <Tag color={FATES[fate].color}>{FATES[fate].label}</Tag>),
  },
  { title: '说明', dataIndex: 'words' },
];

interface Asked {
  readonly orderId: string;
  readonly scope: DraftBody['scope'];
  readonly measures: DraftBody['measures'];
}

export const SupersededParts = ({ orderId, scope, measures }: Asked) => {
  const found = useQuery({
    queryKey: ['superseded', orderId, scope, measures],
    queryFn: () => api.previewSuperseding(orderId, { scope, measures }),
  });
  return (
    <div style={{ marginBottom: 12 }}>
      <ProblemAlert problem={found.error} />
      <Alert
        type="info"
        style={{ marginBottom: 8 }}
        title="签发时两份决定在同一事务中登记取代；新决定执行完毕且残留为零时，原决定自动解除，中间没有间断。"
      />
      <Table<Part>
        size="small"
        aria-label="取代的后果"
        loading={found.isLoading}
        columns={COLUMNS}
        dataSource={found.data?.items ?? []}
        rowKey={({ measure }) => measure}
        pagination={false}
      />
    </div>
  );
};
