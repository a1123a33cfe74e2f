// One order: what it demands, what may be done now, and its ledger live.
import { Alert, Badge, Descriptions, Spin, Statistic } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { type OrderJson, api } from '../../api';
import { useMe } from '../../me';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { SERVICES, VIOLATIONS } from '../../words/enforcement-words';
import { AUTHORITIES, count, moment, wordOf } from '../../words/field-words';
import { LedgerTable } from './ledger-table';
import { OrderActions } from './order-actions';
import { MeasureTags, OrderStateTag } from './order-columns';
import { PreviewTable } from './preview-table';
import { type Connection, useLiveOrder } from './use-live-order';

const between = (from: string | undefined, to: string | undefined): string =>
  from === undefined || to === undefined ? '—' : `${count(Date.parse(to) - Date.parse(from))} 毫秒`;

const scopeText = (scope: OrderJson['scope']): string => {
  if (scope === undefined) return '';
  const parts = [
    scope.plans.length > 0 ? `计划 ${scope.plans.join('、')}` : '',
    scope.sessions.length > 0 ? `场次 ${scope.sessions.join('、')}` : '',
    scope.occupationLevels.length > 0 ? scope.occupationLevels.map((one) => `${one.occupation} ${one.level}级`).join('、') : '',
    scope.persons.length > 0 ? `${scope.persons.length} 人` : '',
    scope.certificates.length > 0 ? `${scope.certificates.length} 本证书` : '',
    scope.from !== '' || scope.until !== '' ? `考试日期 ${scope.from || '…'} 至 ${scope.until || '…'}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '机构全部' : parts.join(';');
};

const Summary = ({ order }: { order: OrderJson }) => (
  <Descriptions size="small" column={3} bordered style={{ marginBottom: 12 }}>
    <Descriptions.Item label="机构">
      <Link to={`/institutions/${order.scope?.institution ?? ''}`}>{order.institutionName}</Link>
    </Descriptions.Item>
    <Descriptions.Item label="范围">{scopeText(order.scope)}</Descriptions.Item>
    <Descriptions.Item label="主管部门">{AUTHORITIES[order.authority] ?? order.authority}</Descriptions.Item>
    <Descriptions.Item label="措施" span={3}>
      <MeasureTags measures={order.measures} />
    </Descriptions.Item>
    <Descriptions.Item label="违规情形">{order.grounds.map((ground) => wordOf(VIOLATIONS, ground)).join(';')}</Descriptions.Item>
    <Descriptions.Item label="理由" span={2}>
      {order.reason}
    </Descriptions.Item>
    <Descriptions.Item label="起草">
      {order.draftedBy} {moment(order.draftedAt)}
    </Descriptions.Item>
    <Descriptions.Item label="签发">{order.signedBy === '' ? '—' : `${order.signedBy} ${moment(order.signedAt)}`}</Descriptions.Item>
    <Descriptions.Item label="解除">
      {order.liftedBy === '' ? '—' : `${order.liftedBy} ${moment(order.liftedAt)}:${order.liftReason}`}
    </Descriptions.Item>
  </Descriptions>
);

const Clock = ({ order }: { order: OrderJson }) => {
  const done = order.rows.filter((row) => row.state === 'DONE').length;
  const missing = order.fences.filter((fence) => fence.placedAt === undefined).map((fence) => SERVICES[fence.service] ?? fence.service);
  return (
    <>
      <div className="figures">
        <Statistic title="围栏（签发至全部服务生效）" value={between(order.signedAt, order.fencedAt)} />
        <Statistic title="签发至执行完毕" value={between(order.signedAt, order.completedAt)} />
        <Statistic title="台账" value={`${done} / ${order.rows.length}`} />
        <Statistic
          title="残留"
          value={order.residual < 0 ? '未核' : count(order.residual)}
          styles={{ content: { color: order.residual === 0 ? '#1a7f37' : undefined } }}
        />
        <Statistic title="次序号" value={order.epoch} />
      </div>
      {order.signedAt !== undefined && missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={`围栏未到达：${missing.join('、')}。服务恢复时先取围栏，再受理业务。`}
        />
      )}
    </>
  );
};

const CONNECTIONS = {
  connecting: { status: 'default', text: '正在连接' },
  live: { status: 'success', text: '实时' },
  lost: { status: 'error', text: '正在重连' },
} as const satisfies Record<Connection, { status: string; text: string }>;

const Body = ({ order, retry }: { order: OrderJson; retry: ((row: number) => void) | undefined }) => {
  const me = useMe();
  if (order.signedAt !== undefined) {
    return (
      <>
        <Clock order={order} />
        <LedgerTable rows={order.rows} retry={retry} />
      </>
    );
  }
  return (
    <>
      {order.state === 'PREVIEWED' && order.draftedBy === me.officerId && (
        <Alert type="info" showIcon style={{ marginBottom: 12 }} title="已预览。起草人不得签发，请由另一名经办人员签发。" />
      )}
      <PreviewTable rows={order.rows} />
    </>
  );
};

export const OrderPage = () => {
  const { id = '' } = useParams();
  const live = useLiveOrder(id);
  const [refused, setRefused] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const order = live.order;
  if (order === undefined) return live.problem === undefined ? <Spin /> : <ProblemAlert problem={live.problem} />;

  const act = async (work: () => Promise<OrderJson>): Promise<void> => {
    setBusy(true);
    setRefused(undefined);
    try {
      await live.write(work);
    } catch (error) {
      setRefused(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  const retry = order.allowedActions.includes('retry') ? (row: number) => void act(() => api.retryRow(order.orderId, row)) : undefined;
  return (
    <PageCard
      title={order.documentNo === '' ? '处理决定（草稿）' : order.documentNo}
      beside={
        <>
          <OrderStateTag state={order.state} />
          <Badge className="plain" {...CONNECTIONS[live.connection]} />
        </>
      }
      extra={<OrderActions order={order} busy={busy} act={act} />}
    >
      {live.connection === 'lost' && (
        <Alert type="warning" showIcon style={{ marginBottom: 12 }} title="实时连接已断开，正在重连。下面是断开前最后收到的台账。" />
      )}
      <ProblemAlert problem={refused} />
      <Summary order={order} />
      <Body order={order} retry={retry} />
    </PageCard>
  );
};
