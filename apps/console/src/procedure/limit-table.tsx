// Limits (期限) as a list, in a file and on the board.
import { Table, type TableColumnsType, Tag, Tooltip } from 'antd';
import { authorityShortName } from '@hengji/province';
import { Link } from 'react-router';
import type { DeadlineJson } from '../case-api';
import { DEADLINE_STATES } from '../words/case-words';
import { moment } from '../words/field-words';
import { timeLeft } from './time-left';

const StateTag = ({ state }: { state: DeadlineJson['state'] }) =>
  state === 'UNSPECIFIED' ? null : <Tag color={DEADLINE_STATES[state].color}>{DEADLINE_STATES[state].label}</Tag>;

const isOver = ({ state }: DeadlineJson): boolean => state === 'MET' || state === 'CANCELLED';

const LIMIT: TableColumnsType<DeadlineJson> = [
  {
    title: '期限',
    render: (_, one) => (
      <Tooltip title={one.code}>
        <span>{one.title}</span>
      </Tooltip>
    ),
  },
  { title: '到期', width: 160, render: (_, one) => moment(one.dueAt) },
  { title: '剩余', width: 100, render: (_, one) => (isOver(one) ? '—' : timeLeft(one.dueAt, Date.now())) },
  { title: '状态', width: 90, render: (_, one) => <StateTag state={one.state} /> },
];

const WHERE: TableColumnsType<DeadlineJson> = [
  { title: '依据', dataIndex: 'basis' },
  { title: '机构', width: 140, render: (_, one) => <Link to={`/institutions/${one.institution}`}>{one.institution}</Link> },
  { title: '主管部门', width: 100, render: (_, one) => authorityShortName(one.authority) },
  { title: '案件', width: 80, render: (_, one) => (one.caseId === '' ? '—' : <Link to={`/cases/${one.caseId}`}>案卷</Link>) },
];

/** `where`: with the case and the institution that each is about. */
export const LimitTable = ({ limits, where = false }: { limits: readonly DeadlineJson[]; where?: boolean }) => (
  <Table<DeadlineJson>
    size="small"
    aria-label="期限"
    columns={where ? [...LIMIT, ...WHERE] : LIMIT}
    dataSource={limits}
    rowKey={(one) => one.deadlineId}
    pagination={{ pageSize: where ? 20 : 8, hideOnSinglePage: true, showSizeChanger: false }}
    locale={{ emptyText: '没有期限' }}
  />
);
