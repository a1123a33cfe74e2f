// One institution: its filing, who holds it, what it did, and the orders about it.
import { useQuery } from '@tanstack/react-query';
import { Alert, Descriptions, Spin, Statistic, type TableColumnsType, Tabs, Tag, Typography } from 'antd';
import { authorityShortName, levelName, occupationLabel } from '@hengji/province';
import { Link, useParams } from 'react-router';
import { type InstitutionJson, api } from '../../api';
import { cases } from '../../case-api';
import { LinkButton } from '../../link-button';
import { may } from '../../may';
import { useMe } from '../../me';
import { PageCard } from '../../page-card';
import { PagedTable } from '../../paged-table';
import { ProblemAlert } from '../../problem-alert';
import { UnreadPage } from '../../unread-page';
import {
  CERTIFICATE_STATES,
  EVALUATION_KINDS,
  INSTITUTION_CLASSES,
  PLAN_STATES,
  RESULT_STATES,
  UPLOAD_STATES,
  count,
  moment,
  wordOf,
  yuan,
} from '../../words/field-words';
import { CASE_COLUMNS } from '../cases/case-columns';
import { ORDER_COLUMNS } from '../orders/order-columns';
import { StatusTag } from './institution-list';
import type { Answers, List } from '../../http';

const PLAN_COLUMNS: TableColumnsType<Answers['Plan']> = [
  { title: '计划编号', dataIndex: 'planId', className: 'mono' },
  { title: '名称', dataIndex: 'name' },
  { title: '职业', dataIndex: 'occupation', render: occupationLabel },
  { title: '等级', render: (_, plan) => levelName(plan.level) },
  { title: '考试日期', dataIndex: 'examDate' },
  { title: '状态', render: (_, plan) => wordOf(PLAN_STATES, plan.state) },
];

/** Ids that an order or a lifting can be narrowed by: to be copied whole, shown short. */
const copyable = (id: string, shown = id) => (
  <Typography.Text className="mono" copyable={{ text: id, tooltips: ['复制', '已复制'] }} title={id}>
    {shown}
  </Typography.Text>
);
const NARROWING = [
  { title: '场次编号', render: (_: unknown, one: { sessionId: string }) => copyable(one.sessionId) },
  { title: '人员标识', render: (_: unknown, one: { person: string }) => copyable(one.person, `${one.person.slice(0, 8)}…`) },
];

const RESULT_COLUMNS: TableColumnsType<Answers['Result']> = [
  { title: '结果编号', dataIndex: 'resultId', className: 'mono' },
  ...NARROWING,
  { title: '职业', dataIndex: 'occupation', render: occupationLabel },
  { title: '等级', render: (_, result) => levelName(result.level) },
  { title: '理论', render: (_, result) => (result.theoryTenths / 10).toFixed(1) },
  { title: '技能', render: (_, result) => (result.skillTenths / 10).toFixed(1) },
  { title: '合格', render: (_, result) => (result.passed ? '是' : '否') },
  { title: '状态', render: (_, result) => wordOf(RESULT_STATES, result.state) },
];

const CERTIFICATE_COLUMNS: TableColumnsType<Answers['Certificate']> = [
  {
    title: '证书编号',
    dataIndex: 'number',
    render: (number: string) => (
      <Link className="mono" to={`/verify/${number}`}>
        {number}
      </Link>
    ),
  },
  ...NARROWING,
  { title: '姓名', dataIndex: 'maskedName' },
  { title: '职业', dataIndex: 'occupation', render: occupationLabel },
  { title: '等级', render: (_, one) => levelName(one.level) },
  { title: '发证日期', dataIndex: 'issuedOn' },
  {
    title: '状态',
    render: (_, one) => <Tag color={one.state === 'VOIDED' ? 'error' : 'success'}>{wordOf(CERTIFICATE_STATES, one.state)}</Tag>,
  },
  { title: '部平台', render: (_, one) => wordOf(UPLOAD_STATES, one.uploadState) },
];

const PAYMENT_COLUMNS: TableColumnsType<Answers['Payment']> = [
  { title: '发放编号', dataIndex: 'paymentId', className: 'mono' },
  { title: '证书编号', dataIndex: 'certificateNumber', className: 'mono' },
  { title: '金额', align: 'right', render: (_, payment) => yuan(payment.fen) },
  { title: '发放日期', dataIndex: 'paidOn' },
];

const Figures = ({ counts }: { counts: Answers['Counts'] }) => (
  <div className="figures">
    <Statistic title="计划 / 场次" value={`${count(counts.exam.plans)} / ${count(counts.exam.sessions)}`} />
    <Statistic title="评价结果（已取消）" value={`${count(counts.exam.results)} (${count(counts.exam.cancelled)})`} />
    <Statistic title="证书（已作废）" value={`${count(counts.certificate.total)} (${count(counts.certificate.voided)})`} />
    <Statistic title="部平台数据（已撤回）" value={`${count(counts.exchange.uploaded)} (${count(counts.exchange.withdrawn)})`} />
    <Statistic title="已发补贴" value={yuan(counts.subsidy.paidFen)} />
    <Statistic title="追缴中" value={yuan(counts.subsidy.recoveriesFen)} />
  </div>
);

const Filing = ({ one }: { one: InstitutionJson }) => (
  <Descriptions size="small" column={3} bordered style={{ marginBottom: 12 }}>
    <Descriptions.Item label="机构代码">
      <span className="mono">{one.code}</span>
    </Descriptions.Item>
    <Descriptions.Item label="统一社会信用代码">
      <span className="mono">{one.uscc}</span>
    </Descriptions.Item>
    <Descriptions.Item label="类别">{wordOf(INSTITUTION_CLASSES, one.institutionClass)}</Descriptions.Item>
    <Descriptions.Item label="主管部门">{authorityShortName(one.authority)}</Descriptions.Item>
    <Descriptions.Item label="备案有效期">
      {one.validFrom} 至 {one.validUntil}
    </Descriptions.Item>
    <Descriptions.Item label="状态">
      <StatusTag status={one.status} />
    </Descriptions.Item>
    <Descriptions.Item label="备案范围" span={3}>
      <div className="row">
        {one.scopeLines.map((line) => (
          <Tag key={`${line.kind} ${line.occupation}`}>
            {wordOf(EVALUATION_KINDS, line.kind)} {occupationLabel(line.occupation)} {line.levels.join('、')}级
          </Tag>
        ))}
      </div>
    </Descriptions.Item>
  </Descriptions>
);

interface RecordTab<T> {
  readonly label: string;
  readonly load: (code: string, after?: string) => Promise<List<T>>;
  readonly columns: TableColumnsType<T>;
  readonly rowKey: (row: T) => string;
}

const recordTab = <T extends object>(code: string, { label, load, columns, rowKey }: RecordTab<T>) => ({
  key: label,
  label,
  children: <PagedTable label={label} of={code} load={(after) => load(code, after)} columns={columns} rowKey={rowKey} />,
});

const Records = ({ code }: { code: string }) => (
  <Tabs
    items={[
      recordTab(code, { label: '处理决定', load: api.orders, columns: ORDER_COLUMNS, rowKey: (one) => one.orderId }),
      recordTab(code, {
        label: '案件',
        load: (institution, after) => cases.list({ institution }, after),
        columns: CASE_COLUMNS,
        rowKey: (one) => one.caseId,
      }),
      recordTab(code, { label: '考务计划', load: api.plans, columns: PLAN_COLUMNS, rowKey: (one) => one.planId }),
      recordTab(code, { label: '评价结果', load: api.results, columns: RESULT_COLUMNS, rowKey: (one) => one.resultId }),
      recordTab(code, { label: '证书', load: api.certificates, columns: CERTIFICATE_COLUMNS, rowKey: (one) => one.number }),
      recordTab(code, { label: '补贴', load: api.payments, columns: PAYMENT_COLUMNS, rowKey: (one) => one.paymentId }),
    ]}
  />
);

/** The hold names its order by id; people know it by its number. */
const Hold = ({ hold }: { hold: InstitutionJson['holds'][number] }) => {
  const order = useQuery({ queryKey: ['order', hold.orderId], queryFn: () => api.order(hold.orderId) });
  return (
    <div>
      <Link to={`/orders/${hold.orderId}`}>{order.data?.documentNo || '处理决定'}</Link> 自 {moment(hold.placedAt)}
    </div>
  );
};

const Holds = ({ one }: { one: InstitutionJson }) =>
  one.holds.length === 0 ? null : (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 12 }}
      title={`已停止评价：由 ${one.holds.length} 项处理决定暂停`}
      description={one.holds.map((hold) => (
        <Hold key={hold.orderId} hold={hold} />
      ))}
    />
  );

export const InstitutionPage = () => {
  const { code = '' } = useParams();
  const me = useMe();
  const institution = useQuery({ queryKey: ['institution', code], queryFn: () => api.institution(code) });
  const counts = useQuery({ queryKey: ['counts', code], queryFn: () => api.counts(code) });
  const one = institution.data;
  if (one === undefined) return institution.isFetching ? <Spin /> : <UnreadPage title="评价机构" problem={institution.error} />;
  const mayDraft = may(me, 'handleCases');
  return (
    <PageCard title={one.name} extra={mayDraft && <LinkButton to={`/cases/new?institution=${one.code}`} label="登记线索" />}>
      <Holds one={one} />
      {one.rectifyBy !== '' && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={`责令限期整改，期限 ${one.rectifyBy}`} />}
      <Filing one={one} />
      <ProblemAlert problem={counts.error} />
      {counts.data !== undefined && <Figures counts={counts.data} />}
      {me.role === 'INSTITUTION' ? null : <Records code={one.code} />}
    </PageCard>
  );
};
