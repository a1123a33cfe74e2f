// A list that may have a million rows: the table loads page by page, forward, by the cursor of the service.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Space, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { List } from './http';
import { ProblemAlert } from './problem-alert';

interface Asked<T> {
  readonly load: (after: string | undefined) => Promise<List<T>>;
  /** Changes when the table shows another list. */
  readonly of: string;
  readonly columns: TableColumnsType<T>;
  readonly rowKey: (row: T) => string;
  readonly label: string;
}

const Pages = <T extends object>({ load, of, columns, rowKey, label }: Asked<T>) => {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const after = cursors[cursors.length - 1];
  const page = useQuery({ queryKey: ['list', label, of, after], queryFn: () => load(after), placeholderData: keepPreviousData });
  const next = page.data?.next ?? '';
  const hasMore = cursors.length > 1 || next !== '';
  return (
    <>
      <ProblemAlert problem={page.error} />
      <Table<T>
        size="small"
        aria-label={label}
        columns={columns}
        dataSource={page.data?.items ?? []}
        rowKey={rowKey}
        loading={page.isFetching}
        pagination={false}
        // A list that could not be read may or may not be empty.
        locale={{ emptyText: page.error === null ? '没有记录' : '未能读取' }}
      />
      <Space style={{ marginTop: 12 }}>
        {hasMore && (
          <>
            <Button size="small" disabled={cursors.length === 1} onClick={() => setCursors(cursors.slice(0, -1))}>
              上一页
            </Button>
            <Button size="small" disabled={next === ''} onClick={() => setCursors([...cursors, next])}>
              下一页
            </Button>
          </>
        )}
        <Button size="small" onClick={() => void page.refetch()}>
          刷新
        </Button>
      </Space>
    </>
  );
};

/** Another list is another table, which starts at its first page. */
export const PagedTable = <T extends object>(asked: Asked<T>) => <Pages key={asked.of} {...asked} />;
