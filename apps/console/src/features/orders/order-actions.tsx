// What may be done with an order now. The buttons follow `allowedActions`, which comes from the table that guards the calls.
import { App, Button, Input, Modal, Space } from 'antd';
import { useRef, useState } from 'react';
import { type OrderJson, api, newKey } from '../../api';
import { useMe } from '../../me';
import { count } from '../../words/field-words';

interface Asked {
  readonly order: OrderJson;
  readonly busy: boolean;
  readonly act: (work: () => Promise<OrderJson>) => Promise<void>;
}

const SignButton = ({ order, busy, act }: Asked) => {
  const { modal } = App.useApp();
  const me = useMe();
  const key = useRef(newKey());
  const isDrafter = order.draftedBy === me.officerId;
  const sign = (): void => {
    const total = order.rows.reduce((sum, row) => sum + (row.preview?.count ?? 0), 0);
    modal.confirm({
      title: '签发处理决定',
      content: `将对 ${order.institutionName} 执行 ${order.measures.length} 项措施，共 ${count(total)} 条记录。签发后立即生效。`,
      okText: '确认签发',
      cancelText: '返回',
      onOk: () => act(() => api.sign(order.orderId, key.current)),
    });
  };
  return (
    <Button type="primary" loading={busy} disabled={isDrafter} title={isDrafter ? '起草人不得签发' : undefined} onClick={sign}>
      签发
    </Button>
  );
};

const LiftButton = ({ order, busy, act }: Asked) => {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const key = useRef(newKey());
  const lift = (): void => {
    setOpen(false);
    void act(() => api.lift(order.orderId, reason.trim(), key.current));
  };
  return (
    <>
      <Button danger loading={busy} onClick={() => setOpen(true)}>
        解除
      </Button>
      <Modal
        open={open}
        title="解除处理决定"
        okText="确认解除"
        cancelText="返回"
        okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
        onCancel={() => setOpen(false)}
        onOk={lift}
      >
        <p>解除只撤销本决定的效果；其他处理决定对同一机构的暂停和作废仍然有效。</p>
        <Input.TextArea
          aria-label="解除理由"
          placeholder="解除理由（如复议决定、判决或自行纠正的文号）"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          rows={3}
          maxLength={2000}
        />
      </Modal>
    </>
  );
};

export const OrderActions = (asked: Asked) => {
  const { order, busy, act } = asked;
  const allows = (action: string): boolean => order.allowedActions.includes(action);
  return (
    <Space>
      {allows('preview') && (
        <Button loading={busy} onClick={() => void act(() => api.preview(order.orderId))}>
          {order.state === 'DRAFT' ? '预览' : '重新预览'}
        </Button>
      )}
      {allows('sign') && <SignButton {...asked} />}
      {allows('lift') && <LiftButton {...asked} />}
    </Space>
  );
};
