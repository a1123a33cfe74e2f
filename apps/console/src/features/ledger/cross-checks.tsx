// Checks between services: a cancelled result has no valid certificate, a void certificate has no upload in force.
import { Table, type TableColumnsType, Tag } from 'antd';
import { CROSS_CHECKS, SERVICES } from '../../words/enforcement-words';
import { count, moment } from '../../words/field-words';
import type { Answers } from '../../http';

type Check = Answers['CrossCheck'];
const service = (word: string): string => SERVICES[word] ?? word;

const COLUMNS: TableColumnsType<Check> = [
  { title: '核对', render: (_, one) => CROSS_CHECKS[one.check] ?? one.check },
  { title: '以谁为准', width: 120, render: (_, one) => service(one.fromService) },
  { title: '在谁处核对', width: 120, render: (_, one) => service(one.inService) },
  { title: '核对条数', align: 'right', width: 110, render: (_, one) => count(one.checked) },
  {
    title: '不一致',
    align: 'right',
    width: 110,
    render: (_, one) => <Tag color={one.contradictions === 0 ? 'success' : 'error'}>{count(one.contradictions)}</Tag>,
  },
  { title: '样例', render: (_, one) => <span className="mono">{one.sample.slice(0, 3).join('、')}</span> },
  { title: '时间', width: 160, render: (_, one) => moment(one.at) },
];

export const CrossChecks = ({ checks }: { checks: readonly Check[] }) => (
  <Table<Check>
    size="small"
    aria-label="跨服务核对"
    columns={COLUMNS}
    dataSource={checks}
    rowKey={(one) => one.check}
    pagination={false}
    locale={{ emptyText: '尚未核对' }}
  />
);
