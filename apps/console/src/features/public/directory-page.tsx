// The public directory of institutions and the public notices (N2.1c).
import { Card, Input, List, type TableColumnsType, Typography } from 'antd';
import { useState } from 'react';
import { type InstitutionJson, api } from '../../api';
import { PagedTable } from '../../paged-table';
import { useLoaded } from '../../use-loaded';
import { AUTHORITIES, INSTITUTION_CLASSES, moment, wordOf } from '../../words/field-words';
import { StatusTag } from '../institutions/institution-list';
import { PublicFrame } from './public-frame';

const COLUMNS: TableColumnsType<InstitutionJson> = [
  { title: '机构代码', dataIndex: 'code', className: 'mono' },
  { title: '名称', dataIndex: 'name' },
  { title: '类别', render: (_, one) => wordOf(INSTITUTION_CLASSES, one.institutionClass) },
  { title: '主管部门', render: (_, one) => AUTHORITIES[one.authority] ?? one.authority },
  { title: '备案有效期至', dataIndex: 'validUntil' },
  { title: '状态', render: (_, one) => <StatusTag status={one.status} /> },
  { title: '限期整改', render: (_, one) => (one.rectifyBy === '' ? '—' : one.rectifyBy) },
];

export const DirectoryPage = () => {
  const [search, setSearch] = useState('');
  const notices = useLoaded(api.publicNotices, []);
  return (
    <PublicFrame>
      <Card title="公告" size="small" style={{ marginBottom: 16 }}>
        <List
          size="small"
          dataSource={notices.value?.items ?? []}
          locale={{ emptyText: '没有公告' }}
          renderItem={(notice) => (
            <List.Item>
              <Typography.Text delete={notice.withdrawnAt !== ''}>{notice.title}</Typography.Text>
              <span className="quiet">
                {notice.documentNo} {moment(notice.publishedAt)}
                {notice.withdrawnAt === '' ? '' : `(${moment(notice.withdrawnAt)} 撤回)`}
              </span>
            </List.Item>
          )}
        />
      </Card>
      <Card title="评价机构目录" extra={<Input.Search allowClear aria-label="查找机构" onSearch={setSearch} style={{ width: 320 }} />}>
        <PagedTable
          label="机构目录"
          of={search}
          load={(after) => api.publicDirectory(search.trim(), after)}
          columns={COLUMNS}
          rowKey={(one) => one.code}
        />
      </Card>
    </PublicFrame>
  );
};
