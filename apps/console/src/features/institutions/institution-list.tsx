// Institutions of the officer's territory.
import { LISTS } from '@hengji/contracts/lists';
import { Tag } from 'antd';
import type { InstitutionJson } from '../../api';
import { InstitutionLink } from '../../lists/institution-link';
import { ListTable } from '../../lists/list-table';
import { loadList } from '../../lists/lists-api';
import { PageCard } from '../../page-card';
import { FILING_STATUSES } from '../../words/field-words';

export const StatusTag = ({ status }: { status: InstitutionJson['status'] }) =>
  status === 'UNSPECIFIED' ? null : <Tag color={FILING_STATUSES[status].color}>{FILING_STATUSES[status].label}</Tag>;

export const InstitutionList = () => (
  <PageCard title="评价机构">
    <ListTable
      spec={LISTS.institutions}
      load={loadList.institutions}
      rowKey={(one) => one.code}
      searchLabel="查找机构"
      shown={{
        code: (one) => <InstitutionLink code={one.code} />,
        status: (one) => <StatusTag status={one.status} />,
      }}
    />
  </PageCard>
);
