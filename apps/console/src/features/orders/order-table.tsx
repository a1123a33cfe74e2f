// The list of orders, used wherever orders are listed.
import { LISTS } from '@hengji/contracts/lists';
import { Tag } from 'antd';
import { Link } from 'react-router';
import type { OrderJson } from '../../api';
import { InstitutionLink } from '../../lists/institution-link';
import { ListTable } from '../../lists/list-table';
import { loadList } from '../../lists/lists-api';
import { MEASURES, ORDER_PHASES } from '../../words/enforcement-words';

export const PhaseTag = ({ phase }: Pick<OrderJson, 'phase'>) =>
  phase === 'UNSPECIFIED' ? null : <Tag color={ORDER_PHASES[phase].color}>{ORDER_PHASES[phase].label}</Tag>;

export const MeasureTags = ({ measures }: { measures: OrderJson['measures'] }) => (
  <div className="row">
    {measures.map((measure) =>
      measure === 'UNSPECIFIED' ? null : <Tag key={measure}>{`${MEASURES[measure].code} ${MEASURES[measure].label}`}</Tag>,
    )}
  </div>
);

/** Orders as a table; `fixed`: filters that the reader cannot change. */
export const OrderTable = ({ fixed = {} }: { fixed?: Readonly<Record<string, string>> }) => (
  <ListTable
    {...{ spec: LISTS.orders, load: loadList.orders, fixed }}
    rowKey={(order) => order.orderId}
    shown={{
      documentNo: (order) => (
        <Link to={`/orders/${order.orderId}`}>{order.documentNo === '' ? `（草稿）${order.title}` : order.documentNo}</Link>
      ),
      institution: (order) => <InstitutionLink code={order.scope?.institution ?? ''} />,
      phase: (order) => <PhaseTag phase={order.phase} />,
    }}
    more={[{ key: 'measures', title: '措施', render: (_, order) => <MeasureTags measures={order.measures} /> }]}
  />
);
