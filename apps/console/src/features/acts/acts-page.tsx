// Acts (操作记录) of all services, within the reader's territory. The link from a case or an order shows only the acts of this case or order.
import { LISTS } from '@hengji/contracts/lists';
import type { Answers } from '../../http';
import { InstitutionLink } from '../../lists/institution-link';
import { ListTable } from '../../lists/list-table';
import { loadList } from '../../lists/lists-api';
import { PageCard } from '../../page-card';
import { SERVICES } from '../../words/enforcement-words';
import { RecordLink } from './record-link';

type Act = Answers['Act'];

const SHOWN = {
  personName: ({ personName, personId, service }: Act) =>
    service === '' ? `${personName}（${personId}）` : `系统（${SERVICES[service] ?? service}）`,
  recordId: (act: Act) => <RecordLink act={act} />,
  institution: ({ institution }: Act) => (institution === '' ? '—' : <InstitutionLink code={institution} />),
};

export const ActsPage = () => (
  <PageCard title={LISTS.acts.title}>
    <ListTable spec={LISTS.acts} load={loadList.acts} rowKey={({ actId }) => actId} shown={SHOWN} />
  </PageCard>
);
