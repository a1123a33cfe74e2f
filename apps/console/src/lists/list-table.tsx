// A list as a table, made from its ListSpec: columns, filters, sort, search, total and export. The list may have a million rows; the table
// loads page by page, by the cursor of the service.
import { listAddressOf, type ListSpec } from '@hengji/contracts/lists';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Input, Space, Table, type TableColumnsType, type TableProps } from 'antd';
import { useState } from 'react';
import type { Answers, List } from '../http';
import { ProblemAlert } from '../problem-alert';
import { count, yuan } from '../words/field-words';
import { columnsOf, type Shown } from './list-cells';
import { ListFilters } from './list-filters';
import { type ListQuery, type ListState, useListState } from './use-list-state';

export interface CountedList<T> extends List<T> {
  readonly total?: Answers['ListTotal'];
  readonly institutions: readonly Answers['InstitutionPlace'][];
  readonly orders: readonly Answers['ListOrderNumbersResponse_NamedOrder'][];
}

export interface ListTableProps<T> {
  readonly spec: ListSpec;
  readonly load: (params: Record<string, string>) => Promise<CountedList<T>>;
  readonly rowKey: (row: T) => string;
  /** Fields that the page shows in its own way. */
  readonly shown?: Shown<T>;
  /** The page's own columns, behind those of the spec. */
  readonly more?: TableColumnsType<T>;
  /** Filters that the reader cannot change here, by the names of their parameters. */
  readonly fixed?: Readonly<Record<string, string>>;
  readonly searchLabel?: string;
}

const LIMIT = '20';

const totalText = ({ count: found, more }: Answers['ListTotal']): string => `共 ${count(found)}${more ? '+' : ''} 条`;

/** Rows with the names of their institutions and the document numbers of their orders, which the answer has beside the rows. */
const named = <T extends object>({ items, institutions, orders }: CountedList<T>): T[] => {
  const names = new Map(institutions.map(({ code, name }) => [code, name]));
  const numbers = new Map(orders.map(({ orderId, documentNo }) => [orderId, documentNo]));
  return items.map((item) => {
    const { institution, debtor, orderId } = item as { institution?: string; debtor?: string; orderId?: string };
    const orderNo = numbers.get(orderId ?? '');
    return { institution: debtor, institutionName: names.get(institution ?? debtor ?? ''), orderNo, ...item };
  });
};

const Search = ({ spec, query, change, label }: Pick<ListState, 'query' | 'change'> & { spec: ListSpec; label: string }) => (
  <Input.Search
    key={query.search}
    allowClear
    aria-label={label}
    placeholder={spec.search ?? ''}
    defaultValue={query.search}
    onSearch={(search) => change({ search })}
    maxLength={100}
    style={{ width: 380 }}
  />
);

const moneyOf = ({ fields }: ListSpec): [name: string, title: string][] =>
  Object.entries(fields).flatMap(([name, { kind, title }]) => (kind === 'fen' ? [[name, title]] : []));

/** The sum of a list's money over all rows found. It is asked for apart from the page, because it reads every row. */
const Sum = ({ spec, load, narrowed }: { spec: ListSpec; load: ListTableProps<object>['load']; narrowed: Params }) => {
  const [name, title] = moneyOf(spec)[0] ?? ['', ''];
  const asked = useQuery({
    queryKey: ['list sum', spec.name, narrowed],
    queryFn: () => load({ ...narrowed, sum: name, limit: '1' }),
    enabled: name !== '',
  });
  const fen = asked.data?.total?.sumFen;
  return fen === undefined ? null : <span aria-live="polite">{`${title}合计 ${yuan(fen)}`}</span>;
};

/** The total comes with the first page; a page in the middle requests the total separately. */
const useTotal = (load: (params: Record<string, string>) => Promise<CountedList<object>>, key: readonly unknown[], first: Params) => {
  const found = useQuery({ queryKey: ['list total', ...key], queryFn: () => load({ ...first, limit: '1' }), enabled: key.length > 0 });
  return found.data?.total;
};
type Params = Record<string, string>;

const sortOf: (sorter: Parameters<NonNullable<TableProps['onChange']>>[2]) => ListQuery['sort'] = (sorter) =>
  [sorter].flat().flatMap(({ columnKey, order }) => (order ? [{ field: String(columnKey), descending: order === 'descend' }] : []));

interface Turning {
  /** Cursors of this page and of the next page; empty for the first page, or where there is no next page. */
  readonly after: string;
  readonly next: string;
  /** Cursors of the pages before this one; none where the address opened a page in the middle. */
  readonly before: readonly string[];
  readonly goTo: (cursor: string, before: readonly string[]) => void;
  readonly refresh: () => void;
}

const Pager = ({ after, next, before, goTo, refresh }: Turning) => (
  <Space style={{ marginTop: 12 }}>
    <Button size="small" disabled={after === ''} onClick={() => goTo(before.at(-1) ?? '', before.slice(0, -1))}>
      {before.length === 0 && after !== '' ? '首页' : '上一页'}
    </Button>
    <Button size="small" disabled={next === ''} onClick={() => goTo(next, [...before, after])}>
      下一页
    </Button>
    <Button size="small" onClick={refresh}>
      刷新
    </Button>
  </Space>
);

export const ListTable = <T extends object>({ spec, load, rowKey, shown = {}, more = [], fixed = {}, searchLabel }: ListTableProps<T>) => {
  const { query, change, goTo } = useListState(spec);
  const [before, setBefore] = useState<readonly string[]>([]);
  const narrowed: Params = { ...listAddressOf(spec, { ...query, cursor: '', limit: 0 }), ...fixed };
  const after = query.cursor;
  const page = useQuery({
    queryKey: ['list', spec.name, narrowed, after],
    queryFn: () => load({ ...narrowed, ...(after === '' ? {} : { after }), limit: LIMIT }),
    placeholderData: keepPreviousData,
  });
  const counted = useTotal(load, after === '' ? [] : [spec.name, narrowed], narrowed);
  const total = page.data?.total ?? counted;
  const without = Object.keys(fixed);
  const next = page.data?.next ?? '';
  const turn = (cursor: string, passed: readonly string[]): void => {
    setBefore(passed);
    goTo(cursor);
  };
  const restart: ListState['change'] = (part) => {
    setBefore([]);
    change(part);
  };
  return (
    <>
      <ListFilters
        key={JSON.stringify(query.filters)}
        {...{ spec, filters: query.filters, without }}
        onChange={(filters) => restart({ filters })}
      />
      <Space style={{ marginBottom: 12 }} wrap>
        {spec.search !== undefined && <Search {...{ spec, query, change: restart }} label={searchLabel ?? `查找${spec.title}`} />}
        <span aria-live="polite">{total === undefined ? '' : totalText(total)}</span>
        <Sum {...{ spec, load, narrowed }} />
        <Button href={`/api/${spec.name}/export?${new URLSearchParams(narrowed).toString()}`} download>
          导出Excel
        </Button>
      </Space>
      <ProblemAlert problem={page.error} />
      <Table<T>
        size="small"
        aria-label={spec.title}
        columns={[...columnsOf<T>(spec, query, { shown, without }), ...more]}
        dataSource={page.data === undefined ? [] : named(page.data)}
        rowKey={rowKey}
        loading={page.isFetching}
        pagination={false}
        scroll={{ x: 'max-content' }}
        onChange={(_page, _filters, sorter) => restart({ sort: sortOf(sorter as Parameters<typeof sortOf>[0]) })}
        // A list that could not be read may or may not be empty.
        locale={{ emptyText: page.error === null ? '没有记录' : '未能读取' }}
      />
      <Pager {...{ after, next, before, goTo: turn }} refresh={() => void page.refetch()} />
    </>
  );
};
