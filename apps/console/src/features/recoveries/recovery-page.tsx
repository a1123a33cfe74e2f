// One recovery (追缴单): the payment, the orders that demand it, its history, the documents of its order, and what may be done next. Subsidy
// answers for the recovery; order and case answer for themselves, and what they allow is what their `allowedActions` name.
import { FUND_SOURCE_WORDS, LISTS, RECOVERY_STATE_WORDS } from '@hengji/contracts/lists';
import { levelName, occupationLabel } from '@hengji/province';
import { useQuery } from '@tanstack/react-query';
import { Alert, Descriptions, Spin, Table, Tag, type TableColumnsType } from 'antd';
import { Link, useParams } from 'react-router';
import { type OrderJson, api } from '../../api';
import { type CaseJson, cases } from '../../case-api';
import { type Answers, Problem } from '../../http';
import { InstitutionLink } from '../../lists/institution-link';
import { OrderLink } from '../../lists/order-link';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { DocumentTable } from '../../procedure/papers';
import { UnreadPage } from '../../unread-page';
import { moment, wordOf, yuan } from '../../words/field-words';
import { ActsLink } from '../acts/acts-link';

type File = Answers['RecoveryFile'];

/** The link to an order, by its document number where the number is known. */
const Order = ({ file, orderId }: { file: File; orderId: string }) => {
  const orderNo = file.orders.find((one) => one.orderId === orderId)?.documentNo;
  return <OrderLink orderId={orderId} {...(orderNo === undefined ? {} : { orderNo })} />;
};

const Summary = ({ file }: { file: File }) => {
  const { recovery, payment, institution } = file;
  return (
    <Descriptions size="small" column={3} bordered style={{ marginBottom: 12 }}>
      <Descriptions.Item label="机构" span={2}>
        {institution?.name} <InstitutionLink code={recovery.institution} />
      </Descriptions.Item>
      <Descriptions.Item label="追缴金额">{yuan(recovery.fen)}</Descriptions.Item>
      <Descriptions.Item label="处理决定">
        <Order file={file} orderId={recovery.orderId} />
      </Descriptions.Item>
      <Descriptions.Item label="被追缴人">
        {recovery.debtor === institution?.code ? institution.name : <span className="mono">{recovery.debtor}</span>}
      </Descriptions.Item>
      <Descriptions.Item label="资金来源">{wordOf(FUND_SOURCE_WORDS, payment.fundSource)}</Descriptions.Item>
      <Descriptions.Item label="发放编号">
        <span className="mono">{payment.paymentId}</span>
      </Descriptions.Item>
      <Descriptions.Item label="发放金额">{yuan(payment.fen)}</Descriptions.Item>
      <Descriptions.Item label="发放日期">{payment.paidOn}</Descriptions.Item>
      <Descriptions.Item label="证书编号">
        <Link className="mono" to={`/verify/${payment.certificateNumber}`}>
          {payment.certificateNumber}
        </Link>
      </Descriptions.Item>
      <Descriptions.Item label="职业等级">
        {occupationLabel(payment.occupation)} {levelName(payment.level)}
      </Descriptions.Item>
      <Descriptions.Item label="领取人标识">
        <span className="mono" title={payment.person}>{`${payment.person.slice(0, 8)}…`}</span>
      </Descriptions.Item>
    </Descriptions>
  );
};

interface Happened {
  readonly key: string;
  readonly at: string;
  readonly what: string;
  readonly orderId: string;
}

/** What the service keeps of the recovery, in the order of time. A demand keeps its epoch and not its time, so it has a row when it ends. */
const historyOf = ({ recovery, demands, openedBy }: File): Happened[] => {
  const ended = demands.flatMap(({ orderId, liftedAt }): Happened[] =>
    liftedAt === '' ? [] : [{ key: `lifted ${orderId}`, at: liftedAt, what: '处理决定解除，不再要求追回', orderId }],
  );
  const revoked =
    recovery.revokedAt === '' ? [] : [{ key: 'revoked', at: recovery.revokedAt, what: '追缴撤销', orderId: recovery.orderId }];
  return [{ key: 'opened', at: recovery.openedAt, what: '立追缴单', orderId: openedBy }, ...ended, ...revoked];
};

const historyColumns = (file: File): TableColumnsType<Happened> => [
  { title: '时间', width: 180, render: (_, one) => moment(one.at) },
  { title: '事项', render: (_, one) => one.what },
  { title: '处理决定', render: (_, one) => <Order file={file} orderId={one.orderId} /> },
];

const demandColumns = (file: File): TableColumnsType<Answers['RecoveryDemand']> => [
  { title: '处理决定', render: (_, one) => <Order file={file} orderId={one.orderId} /> },
  { title: '次序号', width: 100, render: (_, one) => one.epoch },
  { title: '状态', render: (_, one) => (one.liftedAt === '' ? '有效' : `已解除 ${moment(one.liftedAt)}`) },
];

/** What the server allows this person: an act on the order ends the recovery, an act on the case makes its documents. */
const nextOf = (order: OrderJson | undefined, ofCase: CaseJson | undefined) => [
  ...(order?.allowedActions.includes('lift') === true
    ? [{ to: `/orders/${order.orderId}`, label: '解除处理决定（追缴随之撤销或转由其他处理决定承担）' }]
    : []),
  ...(ofCase?.allowedActions.includes('issueDocument') === true
    ? [{ to: `/cases/${ofCase.caseId}`, label: '在案卷“文书与附件”中制作追缴通知书、催告书' }]
    : []),
];

const Next = ({ links }: { links: ReturnType<typeof nextOf> }) =>
  links.length === 0 ? null : (
    <Alert
      type="info"
      style={{ marginBottom: 12 }}
      title="可办事项"
      description={links.map(({ to, label }) => (
        <div key={to}>
          <Link to={to}>{label}</Link>
        </div>
      ))}
    />
  );

/** A reader who may not read the order or its case sees the recovery without them; another problem is shown. */
const otherThanHidden = (problem: Error | null): Error | null =>
  problem instanceof Problem && (problem.status === 403 || problem.status === 404) ? null : problem;

const OfFile = ({ file }: { file: File }) => {
  const { orderId } = file.recovery;
  const order = useQuery({ queryKey: ['order', orderId], queryFn: () => api.order(orderId) });
  const caseId = order.data?.caseId ?? '';
  const ofCase = useQuery({ queryKey: ['case', caseId], queryFn: () => cases.get(caseId), enabled: caseId !== '' });
  const documents = ofCase.data?.documents.filter((one) => one.orderId === orderId) ?? [];
  return (
    <>
      <ProblemAlert problem={otherThanHidden(order.error ?? ofCase.error)} />
      {file.recovery.state === 'DRAFT' && <Next links={nextOf(order.data, ofCase.data)} />}
      <Summary file={file} />
      <h2 className="heading">经过</h2>
      <Table<Happened>
        {...{ size: 'small', pagination: false, dataSource: historyOf(file), columns: historyColumns(file) }}
        aria-label="经过"
      />
      <h2 className="heading">要求追回的处理决定</h2>
      <Table<Answers['RecoveryDemand']>
        {...{ size: 'small', pagination: false, dataSource: file.demands, columns: demandColumns(file) }}
        aria-label="要求追回的处理决定"
        rowKey={(one) => one.orderId}
      />
      <h2 className="heading">处理决定的文书</h2>
      <DocumentTable documents={documents} beside={() => null} />
    </>
  );
};

export const RecoveryPage = () => {
  const { id = '' } = useParams();
  const read = useQuery({ queryKey: ['recovery', id], queryFn: () => api.recovery(id) });
  const file = read.data;
  if (file === undefined) return read.isFetching ? <Spin /> : <UnreadPage title={LISTS.recoveries.title} problem={read.error} />;
  return (
    <PageCard
      title={`追缴单 ${file.recovery.paymentId}`}
      beside={
        <>
          <Tag color={file.recovery.state === 'DRAFT' ? 'warning' : 'default'}>{wordOf(RECOVERY_STATE_WORDS, file.recovery.state)}</Tag>
          <ActsLink of="orderId" id={file.recovery.orderId} />
        </>
      }
    >
      <OfFile file={file} />
    </PageCard>
  );
};
