// One institution: its filing, its holds, its records, and the orders about it.
import { useQuery } from '@tanstack/react-query';
import { Alert, Descriptions, Spin, Statistic, Tag } from 'antd';
import { authorityShortName, levelName, occupationLabel } from '@hengji/province';
import { Link, useParams } from 'react-router';
import { type InstitutionJson, api } from '../../api';
import type { Answers } from '../../http';
import { ListTabs } from '../../lists/list-tabs';
import { WarningTag } from '../../lists/warning-tag';
import { LinkButton } from '../../link-button';
import { useMay } from '../../me';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { UnreadPage } from '../../unread-page';
import { SERVICES } from '../../words/enforcement-words';
import { EVALUATION_KINDS, INSTITUTION_CLASSES, count, moment, wordOf, yuan } from '../../words/field-words';
import { CaseTable } from '../cases/case-table';
import { OrderTable } from '../orders/order-table';
import { recordTabs } from '../records/record-lists';
import { StatusTag } from './institution-list';

/** Figures of the services that answer; the other services are named as missing. */
const Figures = ({ code, counts: { exam, certificate, exchange, subsidy, missing } }: { code: string; counts: Answers['Counts'] }) => (
  <>
    {missing.length > 0 && (
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 12 }}
        title={`${missing.map((service) => SERVICES[service]).join('、')}服务暂时没有应答，缺少其数据；其余数据不受影响`}
      />
    )}
    {exchange?.kept !== undefined && (
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 12 }}
        title={`有证书暂不向部平台上传：${exchange.kept.waiting.map(({ title, uploads }) => `${title}（${count(uploads)}本）`).join('；')}`}
      />
    )}
    <div className="figures">
      {exam !== undefined && <Statistic title="计划 / 场次" value={`${count(exam.plans)} / ${count(exam.sessions)}`} />}
      {exam !== undefined && <Statistic title="评价结果（已取消）" value={`${count(exam.results)} (${count(exam.cancelled)})`} />}
      {certificate !== undefined && (
        <Statistic title="证书（已作废）" value={`${count(certificate.total)} (${count(certificate.voided)})`} />
      )}
      {exchange !== undefined && (
        <Statistic title="部平台数据（已撤回）" value={`${count(exchange.uploaded)} (${count(exchange.withdrawn)})`} />
      )}
      {subsidy !== undefined && <Statistic title="已发补贴" value={yuan(subsidy.paidFen)} />}
      {subsidy !== undefined && (
        <Statistic
          title="追缴中"
          value={yuan(subsidy.recoveriesFen)}
          formatter={(value) => <Link to={`/recoveries?institution=${code}&state=DRAFT`}>{value}</Link>}
        />
      )}
    </div>
  </>
);

const Filing = ({ one }: { one: InstitutionJson }) => (
  <Descriptions size="small" column={3} bordered style={{ marginBottom: 12 }}>
    <Descriptions.Item label="机构代码">
      <span className="mono">{one.code}</span>
    </Descriptions.Item>
    <Descriptions.Item label="统一社会信用代码">
      {one.uscc === '' ? '与居民身份证号码相同，不公开' : <span className="mono">{one.uscc}</span>}
      {one.usccCheckedByHand && <Tag color="warning">校验位不符，已人工核对</Tag>}
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
          <span key={`${line.kind} ${line.occupation}`}>
            <Tag>
              {wordOf(EVALUATION_KINDS, line.kind)} {occupationLabel(line.occupation)} {line.levels.map(levelName).join('、')}
              {line.implementingDepartment || line.specification}
            </Tag>
            {line.warning === '' ? null : <WarningTag warning={line.warning} />}
          </span>
        ))}
      </div>
    </Descriptions.Item>
  </Descriptions>
);

const Records = ({ code }: { code: string }) => {
  const fixed = { institution: code };
  const orders = { key: 'orders', label: '处理决定', children: <OrderTable fixed={fixed} /> };
  const cases = { key: 'cases', label: '案件', children: <CaseTable fixed={fixed} /> };
  return <ListTabs tabs={[orders, cases, ...recordTabs(fixed)]} />;
};

/** The hold names its order by id; the page shows the document number that people use. */
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
  const mayOpen = useMay('openCases');
  const institution = useQuery({ queryKey: ['institution', code], queryFn: () => api.institution(code) });
  const counts = useQuery({ queryKey: ['counts', code], queryFn: () => api.counts(code) });
  const one = institution.data;
  if (one === undefined) return institution.isFetching ? <Spin /> : <UnreadPage title="评价机构" problem={institution.error} />;
  return (
    <PageCard title={one.name} extra={mayOpen && <LinkButton to={`/cases/new?institution=${one.code}`} label="登记线索" />}>
      <Holds one={one} />
      {one.rectifyBy !== '' && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={`责令限期整改，期限 ${one.rectifyBy}`} />}
      <Filing one={one} />
      <ProblemAlert problem={counts.error} />
      {counts.data !== undefined && <Figures code={one.code} counts={counts.data} />}
      <Records code={one.code} />
    </PageCard>
  );
};
