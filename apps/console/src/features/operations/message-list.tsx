// Every message to another agency, with its tries; a pending message can be sent now.
import { LISTS } from '@hengji/contracts/lists';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, type TableColumnsType } from 'antd';
import { api } from '../../api';
import type { Answers } from '../../http';
import { ListTable } from '../../lists/list-table';
import { loadList } from '../../lists/lists-api';
import { OrderLink, orderName } from '../../lists/order-link';
import { useMay } from '../../me';
import { PageCard } from '../../page-card';

type Row = Answers['AgencyMessage'];

const retryColumn = (retry: (id: string) => void): TableColumnsType<Row> => [
  {
    key: 'retry',
    title: '操作',
    width: 100,
    render: (_, row) =>
      row.state === 'PENDING' && (
        <Button size="small" onClick={() => retry(row.messageId)}>
          立即发送
        </Button>
      ),
  },
];

export const MessageList = () => {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const mayOpen = useMay('readOrders');
  const mayRetry = useMay('retryMessages');
  const retry = (id: string): void => {
    api.retryMessage(id).then(
      () => void queries.invalidateQueries({ queryKey: ['list', LISTS.messages.name] }),
      (error: unknown) => void message.error(error instanceof Error ? error.message : String(error)),
    );
  };
  return (
    <PageCard title="部门交换">
      <ListTable
        spec={LISTS.messages}
        load={loadList.messages}
        rowKey={(row) => row.messageId}
        // Operators see that an order exists, but may not open the order.
        shown={{ orderId: (row) => (mayOpen ? <OrderLink {...row} /> : orderName(row)) }}
        more={mayRetry ? retryColumn(retry) : []}
      />
    </PageCard>
  );
};
