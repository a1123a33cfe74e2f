// Receipts: what each service signed, with which key, over which root. The proof of one record can be downloaded and checked offline.
import { Button, Form, Input, Select, Table, type TableColumnsType, Tag, Tooltip } from 'antd';
import type { OrderJson } from '../../api';
import { files } from '../../case-api';
import { ProblemAlert } from '../../problem-alert';
import { type Answers, problemOf } from '../../http';
import { useAct } from '../../forms/use-act';
import { SERVICES } from '../../words/enforcement-words';
import { Wide } from '../../wide';
import { count, moment } from '../../words/field-words';

type Row = Answers['LedgerRow'];

const short = (hex: string | undefined): string => (hex === undefined || hex === '' ? '—' : `${hex.slice(0, 16)}…`);

const COLUMNS: TableColumnsType<Row> = [
  { title: '#', width: 44, render: (_, row) => row.ask?.row },
  { title: '动作', render: (_, row) => `${SERVICES[row.service] ?? row.service}：${row.title}` },
  {
    title: '签名密钥',
    render: (_, row) =>
      row.receipt?.signature === undefined ? (
        '未签名'
      ) : (
        <span className="mono">
          {row.receipt.signature.keyId}（{row.receipt.signature.algorithm}）
        </span>
      ),
  },
  {
    title: '目标集合根（已签发）',
    render: (_, row) => (
      <Tooltip title={row.ask?.signedRoot}>
        <span className="mono">{short(row.ask?.signedRoot)}</span>
      </Tooltip>
    ),
  },
  {
    title: '回执根',
    render: (_, row) => (
      <Tooltip title={row.receipt?.root}>
        <span className="mono">{short(row.receipt?.root)}</span>
      </Tooltip>
    ),
  },
  { title: '叶数', align: 'right', render: (_, row) => (row.receipt === undefined ? '—' : count(row.receipt.leaves)) },
  { title: '保留', align: 'right', render: (_, row) => (row.receipt === undefined ? '—' : count(row.receipt.left)) },
  { title: '完成', width: 160, render: (_, row) => moment(row.receipt?.finishedAt) },
  {
    title: '采信',
    width: 110,
    render: (_, row) =>
      row.disputeReason === '' ? (
        <Tag color={row.receipt === undefined ? 'default' : 'success'}>{row.receipt === undefined ? '未到' : '已采信'}</Tag>
      ) : (
        <Tooltip title={row.disputeDetail}>
          <Tag color="error">存疑</Tag>
        </Tooltip>
      ),
  },
];

/** Downloads the file, or throws the problem that the gateway returned; a plain link would replace the page by an error page. */
const download = async (address: string, name: string): Promise<void> => {
  const response = await fetch(address, { credentials: 'same-origin' });
  if (!response.ok) throw await problemOf(response);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};

const ProofForm = ({ order }: { order: OrderJson }) => {
  const { busy, problem, run } = useAct();
  const rows = order.rows.filter((row) => row.receipt !== undefined);
  const prove = ({ row, record }: { row: number; record: string }): Promise<boolean> =>
    run(() => download(files.proof(order.orderId, row, record.trim()), `存证 ${record.trim()}.json`));
  if (rows.length === 0) return null;
  return (
    <>
      <ProblemAlert problem={problem} />
      <Form layout="inline" onFinish={(asked: { row: number; record: string }) => void prove(asked)} style={{ marginTop: 12, rowGap: 8 }}>
        <Form.Item name="row" label="存证：台账行" rules={[{ required: true, message: '请选择台账行' }]}>
          <Select
            style={{ width: 240 }}
            options={rows.map((row) => ({
              value: row.ask?.row ?? 0,
              label: `第${row.ask?.row ?? 0}行 ${row.title}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="record" label="记录编号" rules={[{ required: true, whitespace: true, message: '请填写证书或记录编号' }]}>
          <Input style={{ width: 260 }} maxLength={200} placeholder="如22位证书编号" />
        </Form.Item>
        <Button htmlType="submit" loading={busy}>
          下载存证文件
        </Button>
      </Form>
    </>
  );
};

export const ReceiptTable = ({ order }: { order: OrderJson }) => (
  <>
    <Wide label="回执，可左右滚动">
      <Table<Row>
        size="small"
        aria-label="回执"
        columns={COLUMNS}
        dataSource={order.rows}
        rowKey={(row) => String(row.ask?.row)}
        pagination={false}
        style={{ minWidth: 1100 }}
      />
    </Wide>
    <ProofForm order={order} />
  </>
);
