// One kind of records of the whole territory.
import { PageCard } from '../../page-card';
import { recordTabs } from './record-lists';

const LISTED = recordTabs({});

export const RecordsPage = ({ list }: { list: string }) => {
  const found = LISTED.find(({ key }) => key === list);
  return <PageCard title={found?.label ?? ''}>{found?.children}</PageCard>;
};
