// Limits (期限) of a file as a table, and the cells of a limit for other lists.
import { Table, type TableColumnsType, Tag, Tooltip } from 'antd';
import { authorityShortName } from '@hengji/province';
import type { DeadlineJson } from '../case-api';
import { DEADLINE_STATES } from '../words/case-words';
import { amountText } from '../words/amount-words';
import { moment } from '../words/field-words';
import { timeLeft } from './time-left';

export const LimitStateTag = ({ state }: { state: DeadlineJson['state'] }) =>
  state === 'UNSPECIFIED' ? null : <Tag color={DEADLINE_STATES[state].color}>{DEADLINE_STATES[state].label}</Tag>;

/** The time left in words; empty for a limit that is over. */
export const limitTimeLeft = ({ state, dueAt }: DeadlineJson): string =>
  state === 'MET' || state === 'CANCELLED' ? '—' : timeLeft(dueAt, Date.now());

type Used = DeadlineJson['amount'];

/** The amount that the limit was counted by, with the version where somebody set the amount. */
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

/** The recounts of a limit: when, by whom, from what to what. */
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

/** Three columns, because the table stands in the narrow column beside a file. */
const LIMIT: TableColumnsType<DeadlineJson> = [
  {
    title: '期限',
    render: (_, one) => (
      <>
        <div>{one.title}</div>
        {one.amount !== undefined && (
          <span className="quiet">
            <Amount amount={one.amount} />
          </span>
        )}
      </>
    ),
  },
  {
    title: '到期',
    width: 160,
    render: (_, one) => (
      <>
        <div>{moment(one.dueAt)}</div>
        <span className="quiet">{limitTimeLeft(one)}</span>
      </>
    ),
  },
  { title: '状态', width: 90, render: (_, one) => <LimitStateTag state={one.state} /> },
];

const wasRecounted = ({ recounts }: DeadlineJson): boolean => recounts.length > 0;

const RECOUNTS = {
  rowExpandable: wasRecounted,
  expandedRowRender: ({ recounts }: DeadlineJson) => <Recounts recounts={recounts} />,
};

export const LimitTable = ({ limits }: { limits: readonly DeadlineJson[] }) => (
  <Table<DeadlineJson>
    size="small"
    aria-label="期限"
    columns={LIMIT}
    dataSource={limits}
    rowKey={(one) => one.deadlineId}
    {...(limits.some(wasRecounted) && { expandable: RECOUNTS })}
    pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
    locale={{ emptyText: '没有期限' }}
  />
);
