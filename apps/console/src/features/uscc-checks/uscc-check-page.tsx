// Codes with a wrong check character (统一社会信用代码人工核对): officers propose one with the scan of the licence, another officer decides.
import { useQuery } from '@tanstack/react-query';
import { Space, Table, type TableColumnsType, Tag } from 'antd';
import { authorityShortName } from '@hengji/province';
import { api, licenceOf, type UsccCheckJson } from '../../api';
import { ReasonButton } from '../../forms/reason-button';
import { ConfirmVersion, VersionHand } from '../../forms/second-person';
import { useMay, useMe } from '../../me';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { decidedByOther } from './deciding';
import { ProposeCheck } from './propose-check';

const STATES = {
  PROPOSED: { label: '待确认', color: 'warning' },
  CONFIRMED: { label: '已确认', color: 'success' },
  REFUSED: { label: '不予确认', color: 'error' },
  REPLACED: { label: '已重新提请', color: 'default' },
} as const;

const State = ({ state }: Pick<UsccCheckJson, 'state'>) =>
  state === 'UNSPECIFIED' ? null : <Tag color={STATES[state].color}>{STATES[state].label}</Tag>;

const Decision = ({ check, reload }: { check: UsccCheckJson; reload: () => void }) => {
  const other = decidedByOther(check, useMe());
  if (other !== undefined) return other === '' ? <VersionHand hand={check.decided} /> : <span>{other}</span>;
  const { uscc, institution, licenceSha256, version } = check;
  const seen = { uscc, institution, licenceSha256 };
  return (
    <Space>
      <ConfirmVersion
        proposed={check.proposed}
        title={`确认${uscc}`}
        description={
          <>
            <div>机构代码：{institution}</div>
            <div>核对情况：{check.reason}</div>
            <div>
              请先查看<a href={licenceOf({ institution, uscc, version })}>执照扫描件</a>，与执照所载一致才能确认。
            </div>
          </>
        }
        okText="确认"
        done="已确认；该代码可以用于备案"
        confirm={() => api.confirmUsccCheck(seen)}
        reload={reload}
      />
      <ReasonButton
        small
        danger
        label="不予确认"
        title={`不予确认${uscc}`}
        reason="不予确认的理由"
        act={(reason, key) => api.refuseUsccCheck({ ...seen, reason }, key).then(reload)}
      />
    </Space>
  );
};

const columnsOf = (reload: () => void): TableColumnsType<UsccCheckJson> => [
  { title: '统一社会信用代码', render: (_, one) => <span className="mono">{one.uscc}</span> },
  { title: '机构代码', render: (_, one) => <span className="mono">{one.institution}</span> },
  { title: '主管部门', render: (_, one) => authorityShortName(one.authority) },
  { title: '状态', render: (_, { state }) => <State state={state} /> },
  { title: '核对情况', render: (_, one) => (one.refusal === '' ? one.reason : `${one.reason}；不予确认：${one.refusal}`) },
  {
    title: '执照',
    render: (_, one) => (
      <a href={licenceOf(one)} download={one.licenceName} aria-label={`下载${one.uscc}的执照`}>
        {one.licenceName}
      </a>
    ),
  },
  { title: '提请', render: (_, one) => <VersionHand hand={one.proposed} /> },
  { title: '决定', render: (_, one) => <Decision check={one} reload={reload} /> },
];

export const UsccCheckPage = () => {
  const checks = useQuery({ queryKey: ['uscc-checks'], queryFn: api.usccChecks });
  const reload = (): void => void checks.refetch();
  const mayCheck = useMay('checkUsccs');
  return (
    <PageCard title="信用代码核对">
      <Space orientation="vertical" size="middle" style={{ width: '100%' }}>
        {mayCheck && <ProposeCheck done={reload} />}
        <ProblemAlert problem={checks.error} />
        <Table
          size="small"
          aria-label="信用代码的核对"
          columns={columnsOf(reload)}
          dataSource={checks.data?.items ?? []}
          rowKey={(one) => `${one.institution} ${one.uscc} ${one.version}`}
          loading={checks.isFetching}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: checks.error === null ? '没有提请核对的代码' : '未能读取' }}
        />
      </Space>
    </PageCard>
  );
};
