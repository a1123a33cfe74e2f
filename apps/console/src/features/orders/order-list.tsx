import { LinkButton } from '../../link-button';
import { useMay } from '../../me';
import { PageCard } from '../../page-card';
import { OrderTable } from './order-table';

/** Orders of the officer's territory, newest first. */
export const OrderList = () => {
  const mayDraft = useMay('draftOrders');
  return (
    <PageCard title="处理决定" extra={mayDraft && <LinkButton to="/orders/new" label="起草处理决定" />}>
      <OrderTable />
    </PageCard>
  );
};
