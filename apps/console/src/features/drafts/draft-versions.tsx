// The versions of a draft: who changed what, and when.
import { useQuery } from '@tanstack/react-query';
import { Table, type TableColumnsType } from 'antd';
import { api } from '../../api';
import type { Answers } from '../../http';
import { ProblemAlert } from '../../problem-alert';
import { moment } from '../../words/field-words';

type Version = Answers['ListDraftVersionsResponse_DraftVersion'];

const COLUMNS: TableColumnsType<Version> = [
  { title: '版本', width: 80, render: (_, { revision }) => `第${revision}版` },
  { title: '修改人', width: 110, render: (_, { editedBy, editedByName }) => editedByName || editedBy },
  { title: '时间', width: 180, render: (_, { editedAt }) => moment(editedAt) },
  {
    title: '修改内容',
    render: (_, { changes, revision }) => (revision === 1 ? '起草' : changes.map((change) => <div key={change}>{change}</div>)),
  },
];

/** `revision`: the current version, so that a new version is read at once. */
export const DraftVersions = ({ orderId, revision }: { orderId: string; revision: number }) => {
  const found = useQuery({ queryKey: ['draft-versions', orderId, revision], queryFn: () => api.draftVersions(orderId) });
  return (
    <>
      <ProblemAlert problem={found.error} />
      <Table<Version>
        size="small"
        aria-label="草稿的各个版本"
        loading={found.isLoading}
        columns={COLUMNS}
        dataSource={found.data?.items ?? []}
        rowKey={(version) => version.revision}
        pagination={{ pageSize: 5, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </>
  );
};
