// Orders as a list, the same wherever orders are listed.
import { type TableColumnsType, Tag } from 'antd';
import { authorityShortName } from '@hengji/province';
import { Link } from 'react-router';
import type { OrderJson } from '../../api';
import { moment } from '../../words/field-words';
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

export const ORDER_COLUMNS: TableColumnsType<OrderJson> = [
  {
    title: '文号',
    render: (_, order) => <Link to={`/orders/${order.orderId}`}>{order.documentNo === '' ? '（草稿）' : order.documentNo}</Link>,
    width: 210,
  },
  { title: '机构', render: (_, order) => <Link to={`/institutions/${order.scope?.institution ?? ''}`}>{order.institutionName}</Link> },
  { title: '措施', render: (_, order) => <MeasureTags measures={order.measures} /> },
  { title: '主管部门', render: (_, order) => authorityShortName(order.authority), width: 100 },
  { title: '阶段', render: (_, order) => <PhaseTag phase={order.phase} />, width: 130 },
  { title: '起草时间', render: (_, order) => moment(order.draftedAt), width: 160 },
];
