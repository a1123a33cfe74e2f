// The liftings of an order: what each demands, what each service restored, and the records that a lifting left out because they had changed in
// the meantime. Each of these records needs a written decision.
import { Descriptions, Table, Tag, Typography, type TableColumnsType } from 'antd';
import { Fragment, useState } from 'react';
import { type LeftJson, type OrderJson, api } from '../../api';
import { PagedTable } from '../../paged-table';
import { ReasonButton } from '../../forms/reason-button';
import { LIFT_GROUNDS } from '../../words/case-words';
import type { Answers } from '../../http';
import { ROW_STATES, SERVICES } from '../../words/enforcement-words';
import { count, moment, recordState, wordOf, yuan } from '../../words/field-words';
import { MeasureTags } from '../orders/order-table';
import { scopeText } from '../orders/scope-text';

const leftColumns = (orderId: string, decided: () => void): TableColumnsType<LeftJson> => [
  { title: '服务', width: 80, render: (_, one) => SERVICES[one.service] ?? one.service },
  { title: '记录', render: (_, one) => <span className="mono">{one.recordId}</span> },
  { title: '本应恢复为', render: (_, one) => recordState(one.service, one.wouldBe) },
  { title: '现为', render: (_, one) => recordState(one.service, one.is) },
  {
    title: '决定',
    render: (_, one) =>
      one.decision === '' ? '待决定' : `${one.decision}（${one.decidedByName || one.decidedBy} ${moment(one.decidedAt)}）`,
  },
  {
    title: '操作',
    width: 110,
    render: (_, one) =>
      one.allowedActions.includes('decide') && (
        <ReasonButton
          small
          label="作出决定"
          title={`对记录 ${one.recordId} 作出决定`}
          reason="决定及理由"
          hint="这里只记下决定；记录本身如需改动，由其所属服务的程序办理。"
          act={async (decision, key) => {
            await api.decideLeft(orderId, { row: one.row, recordId: one.recordId, decision }, key);
            decided();
          }}
        />
      ),
  },
];

type Row = Answers['LedgerRow'];

/** A receipt counts the records that were left out among those found so already. */
const counted = ({ receipt }: Row, what: 'changed' | 'already' | 'left'): string =>
  receipt === undefined ? '—' : count(what === 'already' ? receipt.already - receipt.left : receipt[what]);

const RESTORED: TableColumnsType<Row> = [
  { title: '服务', width: 80, render: (_, row) => SERVICES[row.service] ?? row.service },
  { title: '动作', dataIndex: 'title' },
  { title: '已恢复', align: 'right', width: 90, render: (_, row) => counted(row, 'changed') },
  { title: '原已如此', align: 'right', width: 90, render: (_, row) => counted(row, 'already') },
  { title: '未覆盖', align: 'right', width: 90, render: (_, row) => counted(row, 'left') },
  {
    title: '金额',
    align: 'right',
    width: 140,
    render: (_, { receipt }) => (receipt === undefined || receipt.fen === 0 ? '—' : yuan(receipt.fen)),
  },
  {
    title: '状态',
    width: 110,
    render: (_, { state }) => (state === 'UNSPECIFIED' ? null : <Tag color={ROW_STATES[state].color}>{ROW_STATES[state].label}</Tag>),
  },
];

/** What each service restored; an older service does not say which lifting its rows belong to. */
const Restored = ({ rows, documentNo }: { rows: readonly Row[]; documentNo: string }) =>
  rows.length === 0 ? null : (
    <Table<Row>
      size="small"
      aria-label={`恢复的记录 ${documentNo}`}
      columns={RESTORED}
      dataSource={rows}
      rowKey={(row) => String(row.ask?.row)}
      pagination={false}
      style={{ marginBottom: 20 }}
    />
  );

export const Liftings = ({ order }: { order: OrderJson }) => {
  const [round, setRound] = useState(0);
  return (
    <>
      {order.liftings.map((one) => (
        <Fragment key={one.number}>
          <Descriptions size="small" column={3} bordered style={{ marginBottom: 12 }} styles={{ label: { width: 110 } }}>
            <Descriptions.Item label="解除文号">{one.documentNo}</Descriptions.Item>
            <Descriptions.Item label="依据">{wordOf(LIFT_GROUNDS, one.ground)}</Descriptions.Item>
            <Descriptions.Item label="范围">
              <Tag>{one.whole ? '全部' : '部分'}</Tag> {scopeText(one.scope)}
            </Descriptions.Item>
            <Descriptions.Item label="措施" span={3}>
              <MeasureTags measures={one.measures} />
            </Descriptions.Item>
            <Descriptions.Item label="理由" span={3}>
              <Typography.Paragraph className="said">{one.reason}</Typography.Paragraph>
            </Descriptions.Item>
            <Descriptions.Item label="决定">
              {one.liftedByName || one.liftedBy} {moment(one.liftedAt)}
            </Descriptions.Item>
            <Descriptions.Item label="完成">{one.completedAt === undefined ? '进行中' : moment(one.completedAt)}</Descriptions.Item>
          </Descriptions>
          <Restored rows={order.rows.filter((row) => row.lifting === one.number)} documentNo={one.documentNo} />
        </Fragment>
      ))}
      <h2 className="heading">未覆盖的记录</h2>
      <PagedTable
        label="未覆盖的记录"
        of={`${order.orderId} ${order.liftings.length} ${round}`}
        load={(after) => api.left(order.orderId, after)}
        columns={leftColumns(order.orderId, () => setRound(round + 1))}
        rowKey={(one) => `${one.row} ${one.recordId}`}
      />
    </>
  );
};
