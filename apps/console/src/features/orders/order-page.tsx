// One order: its measures, the actions allowed now, and its live ledger.
import { Alert, Badge, Descriptions, Spin, Statistic, Tabs, Tag } from 'antd';
import { authorityShortName } from '@hengji/province';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { type OrderJson, api } from '../../api';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { GateList } from '../../procedure/gate-list';
import { UnreadPage } from '../../unread-page';
import { VIOLATIONS } from '../../words/enforcement-words';
import { count, duration, moment, wordOf } from '../../words/field-words';
import { ActsLink } from '../acts/acts-link';
import { SupersededParts } from '../drafts/superseded-parts';
import { DraftVersions } from '../drafts/draft-versions';
import { CompletionCertificate } from '../ledger/completion-certificate';
import { CrossChecks } from '../ledger/cross-checks';
import { LedgerTable } from '../ledger/ledger-table';
import { Liftings } from '../liftings/liftings';
import { obstacleTo } from './asked';
import { OrderActions } from './order-actions';
import { MeasureTags, PhaseTag } from './order-table';
import { PreviewTable } from './preview-table';
import { ReceiptTable } from '../ledger/receipt-table';
import { scopeText } from './scope-text';
import { SituationList } from '../ledger/situation-list';
import { Unanswered } from './unanswered';
import { type Connection, useLiveOrder } from './use-live-order';

const between = (from: string | undefined, to: string | undefined): string =>
  from === undefined || to === undefined ? '—' : duration(from, to);

const Summary = ({ order }: { order: OrderJson }) => (
  <Descriptions size="small" column={3} bordered style={{ marginBottom: 12 }}>
    <Descriptions.Item label="机构">
      <Link to={`/institutions/${order.scope?.institution ?? ''}`}>{order.institutionName}</Link>
    </Descriptions.Item>
    <Descriptions.Item label="范围">{scopeText(order.scope)}</Descriptions.Item>
    <Descriptions.Item label="主管部门">{authorityShortName(order.authority)}</Descriptions.Item>
    <Descriptions.Item label="措施" span={3}>
      <MeasureTags measures={order.measures} />
    </Descriptions.Item>
    <Descriptions.Item label="违规情形">{order.grounds.map((ground) => wordOf(VIOLATIONS, ground)).join('；')}</Descriptions.Item>
    <Descriptions.Item label="理由" span={2}>
      {order.reason}
    </Descriptions.Item>
    <Descriptions.Item label="起草">
      {order.draftedByName || order.draftedBy} {moment(order.draftedAt)}
    </Descriptions.Item>
    <Descriptions.Item label="签发">
      {order.signedBy === '' ? '—' : `${order.signedByName || order.signedBy} ${moment(order.signedAt)}`}
    </Descriptions.Item>
    <Descriptions.Item label="案件">{order.caseId === '' ? '—' : <Link to={`/cases/${order.caseId}`}>案卷</Link>}</Descriptions.Item>
    {order.signedAt !== undefined && order.measures.includes('RECOVER_SUBSIDIES') && (
      <Descriptions.Item label="补贴追缴">
        <Link to={`/recoveries?orderId=${order.orderId}`}>追缴单</Link>
      </Descriptions.Item>
    )}
    {order.interim && (
      <Descriptions.Item label="先行停止" span={3}>
        紧急理由：{order.urgency}；终止条件：{order.endCondition}
      </Descriptions.Item>
    )}
    {order.replacesDraft !== '' && (
      <Descriptions.Item label="取代的草稿">
        <Link to={`/orders/${order.replacesDraft}`}>修改前的草稿</Link>
      </Descriptions.Item>
    )}
    {order.supersedes !== '' && (
      <Descriptions.Item label="取代">
        <Link to={`/orders/${order.supersedes}`}>原处理决定</Link>
      </Descriptions.Item>
    )}
    {order.supersededBy !== '' && (
      <Descriptions.Item label="被取代">
        <Link to={`/orders/${order.supersededBy}`}>新处理决定</Link>
      </Descriptions.Item>
    )}
  </Descriptions>
);

const Clock = ({ order }: { order: OrderJson }) => {
  const done = order.rows.filter((row) => row.state === 'DONE').length;
  return (
    <div className="figures">
      <Statistic title="围栏（签发至全部服务生效）" value={between(order.signedAt, order.fencedAt)} />
      <Statistic title="签发至公众可查" value={between(order.signedAt, order.publicAt)} />
      <Statistic title="签发至执行完毕" value={between(order.signedAt, order.completedAt)} />
      <Statistic title="台账" value={`${done} / ${order.rows.length}`} />
      <Statistic
        title="残留"
        value={order.residual < 0 ? '未核' : count(order.residual)}
        styles={{ content: { color: order.residual === 0 ? '#1a7f37' : undefined } }}
      />
      <Statistic title="次序号" value={order.epoch} />
    </div>
  );
};

const CONNECTIONS = {
  connecting: { status: 'default', text: '正在连接' },
  live: { status: 'success', text: '实时' },
  asking: { status: 'warning', text: '定时查询' },
  lost: { status: 'error', text: '正在重连' },
} as const satisfies Record<Connection, { status: string; text: string }>;

const WITHOUT_STREAM = {
  asking:
    '暂无实时连接（可能同时查看的处理决定或人数过多），改为每隔至多30秒查询一次。下面是最近一次查询到的台账；关闭不用的页面后会自动恢复。',
  lost: '实时连接已断开，正在重连。下面是断开前最后收到的台账。',
} as const;

const Discarded = ({ order }: { order: OrderJson }) => (
  <Alert
    type="warning"
    showIcon
    style={{ marginBottom: 12 }}
    title={`本草稿已废弃：${order.discardReason}`}
    description={
      <>
        {order.discardedBy === '' ? '系统' : order.discardedByName || order.discardedBy} {moment(order.discardedAt)}
        {order.replacedByDraft !== '' && (
          <>
            ，<Link to={`/orders/${order.replacedByDraft}`}>查看取代它的草稿</Link>
          </>
        )}
      </>
    }
  />
);

const Draft = ({ order }: { order: OrderJson }) => {
  const obstacle = obstacleTo(order, 'sign');
  return (
    <>
      {obstacle !== undefined && <Alert type="info" showIcon style={{ marginBottom: 12 }} title={`已预览，您现在不能签发：${obstacle}`} />}
      {order.discardedAt !== undefined && <Discarded order={order} />}
      {order.gates.length > 0 && (
        <>
          <h2 className="heading">签发前的关口</h2>
          <div style={{ marginBottom: 12 }}>
            <GateList gates={order.gates} />
          </div>
        </>
      )}
      {order.discardedAt === undefined && <PreviewTable rows={order.rows} />}
      {order.discardedAt === undefined && order.supersedes !== '' && order.scope !== undefined && (
        <>
          <h2 className="heading">取代的后果</h2>
          <SupersededParts
            orderId={order.supersedes}
            scope={order.scope}
            measures={order.measures.filter((one) => one !== 'UNSPECIFIED')}
          />
        </>
      )}
      <h2 className="heading">草稿的各个版本</h2>
      <DraftVersions orderId={order.orderId} revision={order.revision} />
    </>
  );
};

const Signed = ({ order, retry }: { order: OrderJson; retry: (row: number) => void }) => {
  const isCertified = order.completedAt !== undefined && order.phase !== 'REOPENED';
  const tabs = [
    { key: 'ledger', label: '台账', children: <LedgerTable rows={order.rows} retry={retry} /> },
    { key: 'receipts', label: '回执', children: <ReceiptTable order={order} /> },
    { key: 'checks', label: `跨服务核对（${order.crossChecks.length}）`, children: <CrossChecks checks={order.crossChecks} /> },
    ...(order.liftings.length > 0
      ? [{ key: 'liftings', label: `解除（${order.liftings.length}）`, children: <Liftings order={order} /> }]
      : []),
    ...(isCertified ? [{ key: 'certificate', label: '执行完成证明', children: <CompletionCertificate order={order} /> }] : []),
  ];
  return (
    <>
      <Clock order={order} />
      <SituationList situations={order.situations} />
      <Tabs items={tabs} />
    </>
  );
};

export const OrderPage = () => {
  const { id = '' } = useParams();
  const live = useLiveOrder(id);
  const [refused, setRefused] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const order = live.order;
  if (order === undefined) return live.problem === undefined ? <Spin /> : <UnreadPage title="处理决定" problem={live.problem} />;

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
  const retry = (row: number): void => void act(() => api.retryRow(order.orderId, row));
  return (
    <PageCard
      title={order.documentNo === '' ? `处理决定（草稿）${order.title}` : order.documentNo}
      beside={
        <>
          <PhaseTag phase={order.phase} />
          {order.interim && <Tag>先行停止</Tag>}
          <Badge className="plain" {...CONNECTIONS[live.connection]} />
          <ActsLink of="orderId" id={order.orderId} />
        </>
      }
      extra={<OrderActions order={order} busy={busy} act={act} write={live.write} />}
    >
      {(live.connection === 'lost' || live.connection === 'asking') && (
        <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={WITHOUT_STREAM[live.connection]} />
      )}
      <ProblemAlert problem={refused} />
      <Unanswered busy={busy} />
      <Summary order={order} />
      {order.signedAt === undefined ? <Draft order={order} /> : <Signed order={order} retry={retry} />}
    </PageCard>
  );
};
