// Limits (期限) as a list, in a file and on the board.
import { Table, type TableColumnsType, Tag, Tooltip } from 'antd';
import { authorityShortName } from '@hengji/province';
import { Link } from 'react-router';
import type { DeadlineJson } from '../case-api';
import { DEADLINE_STATES } from '../words/case-words';
import { amountText } from '../words/amount-words';
import { moment } from '../words/field-words';
import { timeLeft } from './time-left';

const StateTag = ({ state }: { state: DeadlineJson['state'] }) =>
  state === 'UNSPECIFIED' ? null : <Tag color={DEADLINE_STATES[state].color}>{DEADLINE_STATES[state].label}</Tag>;

const isOver = ({ state }: DeadlineJson): boolean => state === 'MET' || state === 'CANCELLED';

type Used = DeadlineJson['amount'];

/** What it was counted by, with the version where somebody set it. */
const Amount = ({ amount }: { amount: Used }) => {
  if (amount === undefined) return '—';
  if (amount.version === 0) return amountText(amount.value);
  return (
    <Tooltip title={amount.source}>
      <span>
        {amountText(amount.value)}（{authorityShortName(amount.jurisdiction)}第{amount.version}版）
      </span>
    </Tooltip>
  );
};

const namesOf = ({ proposed, confirmed }: DeadlineJson['recounts'][number]): string =>
  confirmed === undefined ? '工作日历调整' : `${proposed?.name ?? ''}提议、${confirmed.name}确认`;

/** That it was counted anew: when, by whom, from what to what. */
const Recounts = ({ recounts }: { recounts: DeadlineJson['recounts'] }) => (
  <ul>
    {recounts.map((one) => (
      <li key={one.at}>
        {moment(one.at)} 重新计算（{namesOf(one)}）：{amountText(one.amountBefore?.value)}，{moment(one.dueBefore)}到期 →{' '}
        {amountText(one.amountAfter?.value)}，{moment(one.dueAfter)}到期
      </li>
    ))}
  </ul>
);

const LIMIT: TableColumnsType<DeadlineJson> = [
  {
    title: '期限',
    render: (_, one) => (
      <Tooltip title={one.code}>
        <span>{one.title}</span>
      </Tooltip>
    ),
  },
  { title: '数值', width: 150, render: (_, { amount }) => <Amount amount={amount} /> },
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
    expandable={{
      rowExpandable: ({ recounts }) => recounts.length > 0,
      expandedRowRender: ({ recounts }) => <Recounts recounts={recounts} />,
    }}
    pagination={{ pageSize: where ? 20 : 8, hideOnSinglePage: true, showSizeChanger: false }}
    locale={{ emptyText: '没有期限' }}
  />
);
