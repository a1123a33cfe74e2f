import { Button, Card } from 'antd';
import { Link } from 'react-router';
import { api } from '../../api';
import { useMe } from '../../me';
import { PagedTable } from '../../paged-table';
import { ORDER_COLUMNS } from './order-columns';

/** Orders of the officer's territory, newest first. */
export const OrderList = () => {
  const me = useMe();
  const mayDraft = me.role === 'PROVINCE_OFFICER' || me.role === 'CITY_OFFICER';
  return (
    <Card
      title="处理决定"
      extra={
        mayDraft && (
          <Link to="/orders/new">
            <Button type="primary">起草处理决定</Button>
          </Link>
        )
      }
    >
      <PagedTable
        label="处理决定"
        of="all"
        load={(after) => api.orders(undefined, after)}
        columns={ORDER_COLUMNS}
        rowKey={(order) => order.orderId}
      />
    </Card>
  );
};
