// The actions on an order. The buttons follow `allowedActions`, which the server computes from the table that also checks the calls; an
// obstacle is shown in its words.
import { App, Button, Space } from 'antd';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { type OrderJson, api } from '../../api';
import { newKey } from '../../http';
import { ReasonButton } from '../../forms/reason-button';
import { count } from '../../words/field-words';
import { LiftButton } from '../liftings/lift-button';
import { type Asked, obstacleTo } from './asked';
import { ConfirmDriftButton } from './confirm-drift';

const SignButton = ({ order, busy, act }: Asked) => {
  const { modal } = App.useApp();
  const key = useRef(newKey());
  const obstacle = obstacleTo(order, 'sign');
  const sign = (): void => {
    const total = order.rows.reduce((sum, row) => sum + (row.preview?.count ?? 0), 0);
    modal.confirm({
      title: '签发处理决定',
      content: `将对 ${order.institutionName} 执行 ${order.measures.length} 项措施，共 ${count(total)} 条记录。签发后立即生效。`,
      okText: '确认签发',
      cancelText: '返回',
      // The dialogue closes at once; the page behind it shows the progress.
      onOk: () => void act(() => api.sign(order.orderId, order.revision, key.current)),
    });
  };
  return (
    <Button type="primary" loading={busy} disabled={obstacle !== undefined} title={obstacle} onClick={sign}>
      签发
    </Button>
  );
};

const SuspendButton = ({ order, write }: Asked) => (
  <ReasonButton
    label="停止执行"
    title="停止执行处理决定"
    reason="裁定或决定的机关、文号和内容"
    hint="尚未执行的部分停下来，已执行的不变。恢复时从停下的地方继续。"
    act={(reason, key) => write(() => api.suspend(order.orderId, reason, key))}
  />
);

const ResumeButton = ({ order, write }: Asked) => (
  <ReasonButton
    label="恢复执行"
    title="恢复执行处理决定"
    reason="恢复执行的依据"
    act={(reason, key) => write(() => api.resume(order.orderId, reason, key))}
  />
);

const EditButton = ({ order }: Asked) => {
  const navigate = useNavigate();
  const obstacle = obstacleTo(order, 'edit');
  return (
    <Button disabled={obstacle !== undefined} title={obstacle} onClick={() => void navigate(`/orders/${order.orderId}/edit`)}>
      修改
    </Button>
  );
};

const DiscardButton = ({ order, write }: Asked) => (
  <ReasonButton
    label="废弃"
    title="废弃草稿"
    reason="废弃的理由"
    hint="草稿不再等待签发，也不能再预览、修改或者签发；内容和理由留存可查。"
    danger
    act={(reason, key) => write(() => api.discardDraft(order.orderId, { reason, revision: order.revision }, key))}
  />
);

export const OrderActions = (asked: Asked) => {
  const { order, busy, act } = asked;
  const { message } = App.useApp();
  const sweep = async (): Promise<OrderJson> => {
    const answer = await api.sweep(order.orderId);
    // A drift opens the order again, and the page shows this by itself.
    if (answer.sweptAt !== order.sweptAt) void message.success('复核完毕，与本决定相符。');
    return answer;
  };
  const allows = (action: string): boolean => order.allowedActions.includes(action);
  return (
    <Space wrap>
      {allows('preview') && (
        <Button loading={busy} onClick={() => void act(() => api.preview(order.orderId))}>
          {order.state === 'DRAFT' ? '预览' : '重新预览'}
        </Button>
      )}
      {allows('edit') && <EditButton {...asked} />}
      {allows('discard') && obstacleTo(order, 'discard') === undefined && <DiscardButton {...asked} />}
      {allows('sign') && <SignButton {...asked} />}
      {allows('confirmDrift') && <ConfirmDriftButton {...asked} />}
      {allows('sweep') && (
        <Button loading={busy} onClick={() => void act(sweep)}>
          立即复核
        </Button>
      )}
      {allows('suspend') && <SuspendButton {...asked} />}
      {allows('resume') && <ResumeButton {...asked} />}
      {(allows('lift') || allows('liftPart')) && <LiftButton {...asked} />}
    </Space>
  );
};
