// The page of cases; an officer registers a lead from here.
import { LinkButton } from '../../link-button';
import { ListTabs } from '../../lists/list-tabs';
import { useMay, useMe } from '../../me';
import { PageCard } from '../../page-card';
import { CaseTable } from './case-table';

/** Cases of the officer's territory, or of the institution itself, newest first; an officer also sees those of which the officer is 承办人. */
export const CaseList = () => {
  const mayOpen = useMay('openCases');
  const { officerId } = useMe();
  const all = { key: 'all', label: '全部案件', children: <CaseTable /> };
  const mine = { key: 'mine', label: '我的案件', children: <CaseTable fixed={{ officer: officerId }} /> };
  return (
    <PageCard title="案件" extra={mayOpen && <LinkButton to="/cases/new" label="登记线索" />}>
      {mayOpen ? <ListTabs tabs={[all, mine]} /> : <CaseTable />}
    </PageCard>
  );
};
