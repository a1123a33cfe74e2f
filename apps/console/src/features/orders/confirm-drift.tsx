// Confirming drift: an officer who did not draft the order sees the signed records beside the present records, and confirms exactly these.
// If the records change again before, enforcement refuses and the dialogue shows the newest state.
import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { type DriftedJson, type OrderJson, api } from '../../api';
import { ProblemAlert } from '../../problem-alert';
import { useAct } from '../../forms/use-act';
import { SERVICES } from '../../words/enforcement-words';
import { count, yuan } from '../../words/field-words';
import { type Asked, obstacleTo } from './asked';

type Preview = DriftedJson['live'];

const counted = (preview: Preview): string => (preview === undefined ? '—' : count(preview.count));
const money = (preview: Preview): string => (preview === undefined || preview.fen === 0 ? '—' : yuan(preview.fen));

const columns = (order: OrderJson): TableColumnsType<DriftedJson> => [
  {
    title: '台账行',
    render: (_, one) => {
      const row = order.rows.find(({ ask }) => ask?.row === one.row);
      return `第${one.row}行 ${row === undefined ? '' : `${SERVICES[row.service] ?? row.service}：${row.title}`}`;
    },
  },
  { title: '签发时', align: 'right', render: (_, one) => counted(one.signed) },
  { title: '现在', align: 'right', render: (_, one) => <b>{counted(one.live)}</b> },
  { title: '签发时金额', align: 'right', render: (_, one) => money(one.signed) },
  { title: '现在金额', align: 'right', render: (_, one) => <b>{money(one.live)}</b> },
  { title: '现在的样例', render: (_, one) => <span className="mono">{one.live?.sample.slice(0, 5).join('、')}</span> },
];

const Dialogue = ({ order, write, close }: Pick<Asked, 'order' | 'write'> & { close: () => void }) => {
  const drift = useQuery({ queryKey: ['drift', order.orderId], queryFn: () => api.drift(order.orderId) });
  const act = useAct();
  const rows = drift.data?.items ?? [];
  const confirm = async (): Promise<void> => {
    const seen = rows.map(({ row, live }) => ({ row, root: live?.root ?? '' }));
    if (await act.run((key) => write(() => api.confirmDrift(order.orderId, seen, key)))) close();
    else await drift.refetch();
  };
  return (
    <Modal
      open
      width={900}
      title="确认变化后的范围"
      okText="确认现在的范围"
      cancelText="返回"
      okButtonProps={{ loading: act.busy, disabled: drift.isFetching || rows.length === 0 }}
      onCancel={close}
      onOk={() => void confirm()}
    >
      <ProblemAlert problem={act.problem ?? drift.error} />
      <p>下列各行停下时没有改动任何记录。确认后按“现在”一栏所示的记录继续执行，不多也不少。</p>
      <Table<DriftedJson>
        size="small"
        aria-label="变化"
        columns={columns(order)}
        dataSource={rows}
        rowKey={(one) => String(one.row)}
        loading={drift.isFetching}
        pagination={false}
      />
    </Modal>
  );
};

export const ConfirmDriftButton = ({ order, busy, write }: Asked) => {
  const [open, setOpen] = useState(false);
  const obstacle = obstacleTo(order, 'confirmDrift');
  return (
    <>
      <Button type="primary" loading={busy} disabled={obstacle !== undefined} title={obstacle} onClick={() => setOpen(true)}>
        确认变化后的范围
      </Button>
      {open && <Dialogue order={order} write={write} close={() => setOpen(false)} />}
    </>
  );
};
