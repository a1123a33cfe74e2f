// The page of cases; an officer registers a lead from here.
import { LinkButton } from '../../link-button';
import { useMay } from '../../me';
import { PageCard } from '../../page-card';
import { CaseTable } from './case-table';

/** Cases of the officer's territory, or of the institution itself, newest first. */
export const CaseList = () => {
  const mayOpen = useMay('openCases');
  return (
    <PageCard title="案件" extra={mayOpen && <LinkButton to="/cases/new" label="登记线索" />}>
      <CaseTable />
    </PageCard>
  );
};
