// Parameters and limits (参数与期限): the amount of each limit today and by law, and every version with the person who set it. Operators also
// see the forms that set an amount.
import { useQuery } from '@tanstack/react-query';
import { Input, Space, Table, type TableColumnsType, Tag } from 'antd';
import { authorityShortName, PROVINCE } from '@hengji/province';
import { useState } from 'react';
import { api } from '../../api';
import { ConfirmVersion, VersionHand, VersionState } from '../../forms/second-person';
import { useMay } from '../../me';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { amountText, BOUND_NAMES, currentOf, ownCount, type Parameter, type ParameterVersion } from '../../words/amount-words';
import { SetAmount } from './set-amount';

const placeName = (jurisdiction: string): string => (jurisdiction === PROVINCE ? '全省' : authorityShortName(jurisdiction));

const Confirm = ({ code, version, reload }: { code: string; version: ParameterVersion; reload: () => void }) => (
  <ConfirmVersion
    proposed={version.proposed}
    title={`确认${placeName(version.jurisdiction)}第${version.version}版`}
    description={`自${version.validFrom}起：${amountText(version.value)}；${version.source}`}
    okText="确认"
    done="已确认；生效日以后开始的期限按此计算"
    confirm={() => api.confirmParameter({ code, jurisdiction: version.jurisdiction, version: version.version })}
    reload={reload}
  />
);

const versionColumns = (code: string, maySet: boolean, reload: () => void): TableColumnsType<ParameterVersion> => [
  { title: '适用范围', render: (_, one) => placeName(one.jurisdiction) },
  { title: '版本', render: (_, one) => `第${one.version}版` },
  { title: '数值', render: (_, one) => amountText(one.value) },
  { title: '有效期间', render: (_, one) => `${one.validFrom}起${one.validUntil === '' ? '' : `至${one.validUntil}`}` },
  { title: '状态', render: (_, { state }) => <VersionState state={state} /> },
  { title: '依据', dataIndex: 'source' },
  { title: '理由', dataIndex: 'reason' },
  { title: '提议', render: (_, one) => <VersionHand hand={one.proposed} /> },
  {
    title: '确认',
    render: (_, one) =>
      maySet && one.state === 'PROPOSED' ? <Confirm code={code} version={one} reload={reload} /> : <VersionHand hand={one.confirmed} />,
  },
];

const columnsOf = (maySet: boolean, reload: () => void): TableColumnsType<Parameter> => [
  { title: '期限', render: (_, one) => one.title },
  { title: '起算', dataIndex: 'trigger' },
  {
    title: '现行（全省）',
    render: (_, one) => `${amountText(currentOf(one))}${ownCount(one) === 0 ? '' : `，${ownCount(one)}个主管部门另有规定`}`,
  },
  { title: '法定', render: (_, one) => amountText(one.law) },
  { title: '依据', dataIndex: 'basis' },
  { title: '界限', render: (_, { bound }) => (bound === 'UNSPECIFIED' ? '—' : BOUND_NAMES[bound]) },
  {
    title: '待确认',
    render: (_, { versions }) => (versions.some(({ state }) => state === 'PROPOSED') ? <Tag color="warning">有</Tag> : '—'),
  },
  ...(maySet ? [{ title: '操作', render: (_: unknown, one: Parameter) => <SetAmount parameter={one} done={reload} /> }] : []),
];

export const ParameterPage = () => {
  const [typed, setTyped] = useState('');
  const parameters = useQuery({ queryKey: ['parameters'], queryFn: api.parameters });
  const reload = (): void => void parameters.refetch();
  const maySet = useMay('setParameters');
  const shown = (parameters.data?.items ?? []).filter(({ code, title }) => code.includes(typed.toUpperCase()) || title.includes(typed));
  return (
    <PageCard title="参数与期限">
      <Space orientation="vertical" size="middle" style={{ width: '100%' }}>
        <Input.Search aria-label="查找期限" placeholder="名称或者代码" allowClear onSearch={setTyped} style={{ width: 260 }} />
        <ProblemAlert problem={parameters.error} />
        <Table
          size="small"
          aria-label="期限的数值"
          columns={columnsOf(maySet, reload)}
          dataSource={shown}
          rowKey={({ code }) => code}
          loading={parameters.isFetching}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          expandable={{
            rowExpandable: ({ versions }) => versions.length > 0,
            expandedRowRender: ({ code, title, versions }) => (
              <Table
                size="small"
                aria-label={`${title}的历次版本`}
                columns={versionColumns(code, maySet, reload)}
                dataSource={versions}
                rowKey={({ jurisdiction, version }) => `${jurisdiction} ${version}`}
                pagination={false}
              />
            ),
          }}
          locale={{ emptyText: parameters.error === null ? '没有记录' : '未能读取' }}
        />
      </Space>
    </PageCard>
  );
};
