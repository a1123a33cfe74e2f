import { api } from '../../api';
import { LinkButton } from '../../link-button';
import { may } from '../../may';
import { useMe } from '../../me';
import { PageCard } from '../../page-card';
import { PagedTable } from '../../paged-table';
import { ORDER_COLUMNS } from './order-columns';

/** Orders of the officer's territory, newest first. */
export const OrderList = () => {
  const me = useMe();
  const mayDraft = may(me, 'handleOrders');
  return (
    <PageCard title="处理决定" extra={mayDraft && <LinkButton to="/orders/new" label="起草处理决定" />}>
      <PagedTable
        label="处理决定"
        of="all"
        load={(after) => api.orders(undefined, after)}
        columns={ORDER_COLUMNS}
        rowKey={(order) => order.orderId}
      />
    </PageCard>
  );
};
