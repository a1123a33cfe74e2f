// The public directory of institutions and the public notices (N2.1c).
import { useQuery } from '@tanstack/react-query';
import { Card, Input, type TableColumnsType, Typography } from 'antd';
import { authorityShortName } from '@hengji/province';
import { useState } from 'react';
import { type InstitutionJson, api } from '../../api';
import { PageCard } from '../../page-card';
import { PagedTable } from '../../paged-table';
import { ProblemAlert } from '../../problem-alert';
import { INSTITUTION_CLASSES, moment, wordOf } from '../../words/field-words';
import { StatusTag } from '../institutions/institution-list';
import { PublicFrame } from './public-frame';
import type { Answers } from '../../http';

const COLUMNS: TableColumnsType<InstitutionJson> = [
  { title: '机构代码', dataIndex: 'code', className: 'mono' },
  { title: '名称', dataIndex: 'name' },
  { title: '类别', render: (_, one) => wordOf(INSTITUTION_CLASSES, one.institutionClass) },
  { title: '主管部门', render: (_, one) => authorityShortName(one.authority) },
  { title: '备案有效期至', dataIndex: 'validUntil' },
  { title: '状态', render: (_, one) => <StatusTag status={one.status} /> },
  { title: '限期整改', render: (_, one) => (one.rectifyBy === '' ? '—' : one.rectifyBy) },
];

const isWithdrawn = (notice: Answers['PublicNotice']): boolean => notice.withdrawnAt !== '';

const Notices = ({ items }: { items: readonly Answers['PublicNotice'][] }) =>
  items.length === 0 ? (
    <span className="quiet">没有公告</span>
  ) : (
    <ul className="notices">
      {items.map((notice) => (
        <li key={notice.noticeId}>
          <Typography.Text delete={isWithdrawn(notice)}>{notice.title}</Typography.Text>
          <span className="quiet">
            {notice.documentNo} {moment(notice.publishedAt)}
            {isWithdrawn(notice) ? `(${moment(notice.withdrawnAt)} 撤回)` : ''}
          </span>
        </li>
      ))}
    </ul>
  );

export const DirectoryPage = () => {
  const [search, setSearch] = useState('');
  const notices = useQuery({ queryKey: ['public-notices'], queryFn: api.publicNotices });
  return (
    <PublicFrame>
      <Card title="公告" size="small" style={{ marginBottom: 16 }}>
        <ProblemAlert problem={notices.error} />
        {notices.data !== undefined && <Notices items={notices.data.items} />}
      </Card>
      <PageCard
        title="评价机构目录"
        extra={
          <Input.Search
            allowClear
            aria-label="查找机构"
            placeholder="名称或机构代码"
            maxLength={100}
            onSearch={setSearch}
            style={{ width: 320 }}
          />
        }
      >
        <PagedTable
          label="机构目录"
          of={search}
          load={(after) => api.publicDirectory(search.trim(), after)}
          columns={COLUMNS}
          rowKey={(one) => one.code}
        />
      </PageCard>
    </PublicFrame>
  );
};
