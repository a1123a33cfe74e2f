// Institutions of the officer's territory, found by name, code or USCC.
import { Input, type TableColumnsType, Tag } from 'antd';
import { authorityShortName } from '@hengji/province';
import { useState } from 'react';
import { Link } from 'react-router';
import { type InstitutionJson, api } from '../../api';
import { PageCard } from '../../page-card';
import { PagedTable } from '../../paged-table';
import { FILING_STATUSES, INSTITUTION_CLASSES, wordOf } from '../../words/field-words';

export const StatusTag = ({ status }: { status: InstitutionJson['status'] }) =>
  status === 'UNSPECIFIED' ? null : <Tag color={FILING_STATUSES[status].color}>{FILING_STATUSES[status].label}</Tag>;

const COLUMNS: TableColumnsType<InstitutionJson> = [
  {
    title: '机构代码',
    dataIndex: 'code',
    render: (code: string) => (
      <Link to={`/institutions/${code}`} className="mono">
        {code}
      </Link>
    ),
  },
  { title: '名称', dataIndex: 'name' },
  { title: '类别', render: (_, one) => wordOf(INSTITUTION_CLASSES, one.institutionClass) },
  { title: '主管部门', render: (_, one) => authorityShortName(one.authority) },
  { title: '备案有效期至', dataIndex: 'validUntil' },
  { title: '状态', render: (_, one) => <StatusTag status={one.status} /> },
];

export const InstitutionList = () => {
  const [search, setSearch] = useState('');
  return (
    <PageCard
      title="评价机构"
      extra={
        <Input.Search
          allowClear
          aria-label="查找机构"
          placeholder="名称、机构代码或统一社会信用代码"
          onSearch={setSearch}
          maxLength={100}
          style={{ width: 360 }}
        />
      }
    >
      <PagedTable
        label="评价机构"
        of={search}
        load={(after) => api.institutions(search.trim(), after)}
        columns={COLUMNS}
        rowKey={(one) => one.code}
      />
    </PageCard>
  );
};
