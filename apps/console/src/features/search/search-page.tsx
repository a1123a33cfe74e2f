// The results of a search, one group per kind of record, each with its first rows and a link to the whole list. The groups are requested in
// parallel: a group that fails shows its problem and does not affect the others.
import { typedSearch } from '@hengji/province';
import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { placeOf } from '../../frame/place';
import { loadList } from '../../lists/lists-api';
import { useMe } from '../../me';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';

const SHOWN = '5';
const SHORTEST = 2;

interface Hit {
  readonly address: string;
  readonly label: string;
}

interface Group {
  /** The address of the group's list, which is also its address in the menu. */
  readonly path: string;
  readonly label: string;
  readonly find: (search: string) => Promise<readonly Hit[]>;
}

const GROUPS: readonly Group[] = [
  {
    ...{ path: '/institutions', label: '评价机构' },
    find: async (search) =>
      (await loadList.institutions({ search, limit: SHOWN })).items.map(({ code, name }) => ({
        address: `/institutions/${code}`,
        label: `${name} ${code}`,
      })),
  },
  {
    ...{ path: '/orders', label: '处理决定' },
    find: async (search) =>
      (await loadList.orders({ search, limit: SHOWN })).items.map(({ orderId, documentNo, institutionName }) => ({
        address: `/orders/${orderId}`,
        label: `${documentNo || '未签发'} ${institutionName}`,
      })),
  },
  {
    ...{ path: '/cases', label: '案件' },
    find: async (search) =>
      (await loadList.cases({ search, limit: SHOWN })).items.map(({ caseId, number, institutionName }) => ({
        address: `/cases/${caseId}`,
        label: `${number} ${institutionName}`,
      })),
  },
  {
    ...{ path: '/certificates', label: '证书' },
    find: async (search) =>
      (await loadList.certificates({ search, limit: SHOWN })).items.map(({ number, maskedName }) => ({
        address: `/verify/${number}`,
        label: `${number} ${maskedName}`,
      })),
  },
];

const Hits = ({ hits }: { hits: readonly Hit[] }) =>
  hits.length === 0 ? (
    <p>没有找到</p>
  ) : (
    <ul>
      {hits.map(({ address, label }) => (
        <li key={address}>
          <Link to={address}>{label}</Link>
        </li>
      ))}
    </ul>
  );

const Found = ({ group: { path, label, find }, search }: { group: Group; search: string }): ReactNode => {
  const found = useQuery({ queryKey: ['search', path, search], queryFn: () => find(search) });
  const heading = `search-${path.slice(1)}`;
  return (
    <section aria-labelledby={heading} aria-busy={found.isFetching}>
      <h2 id={heading} className="heading">
        {label}
      </h2>
      <ProblemAlert problem={found.error} />
      {found.isFetching && <Spin size="small" />}
      {found.data !== undefined && <Hits hits={found.data} />}
      {(found.data?.length ?? 0) > 0 && <Link to={`${path}?search=${encodeURIComponent(search)}`}>在{label}列表中查看全部</Link>}
    </section>
  );
};

export const SearchPage = () => {
  const [params] = useSearchParams();
  const me = useMe();
  const search = typedSearch(params.get('q') ?? '');
  const groups = GROUPS.filter(({ path }) => placeOf(me, path) !== undefined);
  return (
    <PageCard title={search === '' ? '查找' : `查找“${search}”`}>
      {[...search].length < SHORTEST ? (
        <p>请在上方输入至少{SHORTEST}个字：机构名称、拼音、代码，文号，案号，证书编号。</p>
      ) : (
        groups.map((group) => <Found key={group.path} {...{ group, search }} />)
      )}
      {placeOf(me, '/people') !== undefined && (
        <p>
          <Link to="/people">按姓名和证件号码查找人员</Link>
        </p>
      )}
    </PageCard>
  );
};
