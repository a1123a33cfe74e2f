// The lists of records: plans, results, certificates, payments and recoveries, of one institution or of the whole territory.
import { LISTS } from '@hengji/contracts/lists';
import { Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Answers } from '../../http';
import { InstitutionLink } from '../../lists/institution-link';
import { ListTable } from '../../lists/list-table';
import { loadList } from '../../lists/lists-api';
import { OrderLink } from '../../lists/order-link';
import { WarningTag } from '../../lists/warning-tag';
import { CERTIFICATE_STATES, UPLOAD_STATES, wordOf } from '../../words/field-words';

/** Ids that can narrow an order or a lifting: copied in full, shown shortened. */
const copyable = (id: string, shown = id) => (
  <Typography.Text className="mono" copyable={{ text: id, tooltips: ['复制', '已复制'] }} title={id}>
    {shown}
  </Typography.Text>
);

const INSTITUTION = { institution: (row: { institution: string }) => <InstitutionLink code={row.institution} /> };
const SESSION = { sessionId: (row: { sessionId: string }) => copyable(row.sessionId) };
const PERSON = { person: (row: { person: string }) => copyable(row.person, `${row.person.slice(0, 8)}…`) };

const CERTIFICATE = {
  ...{ ...INSTITUTION, ...SESSION, ...PERSON },
  number: ({ number }: Answers['Certificate']) => (
    <Link className="mono" to={`/verify/${number}`}>
      {number}
    </Link>
  ),
  state: ({ state }: Answers['Certificate']) => (
    <Tag color={state === 'VOIDED' ? 'error' : 'success'}>{wordOf(CERTIFICATE_STATES, state)}</Tag>
  ),
};

const UPLOADED = [
  { key: 'upload', title: '部平台', render: (_: unknown, one: Answers['Certificate']) => wordOf(UPLOAD_STATES, one.uploadState) },
];

const RECOVERY = {
  ...INSTITUTION,
  recoveryId: ({ recoveryId }: Answers['Recovery']) => (
    <Link className="mono" to={`/recoveries/${recoveryId}`} title={recoveryId} aria-label={recoveryId}>
      {`${recoveryId.slice(0, 8)}…${recoveryId.slice(-6)}`}
    </Link>
  ),
  orderId: (row: Answers['Recovery']) => <OrderLink {...row} />,
};

const WARNED = [
  {
    key: 'warnings',
    title: '提示',
    render: (_: unknown, one: Answers['Plan']) => one.warnings.map((warning) => <WarningTag key={warning} warning={warning} />),
  },
];

export interface RecordTab {
  readonly key: string;
  readonly label: string;
  readonly children: ReactNode;
}

/** One tab per list; `fixed`: filters that the reader cannot change, such as the institution. */
export const recordTabs = (fixed: Readonly<Record<string, string>>): RecordTab[] => [
  {
    ...{ key: 'plans', label: LISTS.plans.title },
    children: (
      <ListTable {...{ spec: LISTS.plans, load: loadList.plans, fixed }} rowKey={(one) => one.planId} shown={INSTITUTION} more={WARNED} />
    ),
  },
  {
    ...{ key: 'results', label: LISTS.results.title },
    children: (
      <ListTable
        {...{ spec: LISTS.results, load: loadList.results, fixed }}
        rowKey={(one) => one.resultId}
        shown={{ ...INSTITUTION, ...SESSION, ...PERSON }}
      />
    ),
  },
  {
    ...{ key: 'certificates', label: LISTS.certificates.title },
    children: (
      <ListTable
        {...{ spec: LISTS.certificates, load: loadList.certificates, fixed }}
        rowKey={(one) => one.number}
        shown={CERTIFICATE}
        more={UPLOADED}
      />
    ),
  },
  {
    ...{ key: 'payments', label: LISTS.payments.title },
    children: (
      <ListTable
        {...{ spec: LISTS.payments, load: loadList.payments, fixed }}
        rowKey={(one) => one.paymentId}
        shown={{ ...INSTITUTION, ...PERSON }}
      />
    ),
  },
  {
    ...{ key: 'recoveries', label: LISTS.recoveries.title },
    children: (
      <ListTable {...{ spec: LISTS.recoveries, load: loadList.recoveries, fixed }} rowKey={(one) => one.recoveryId} shown={RECOVERY} />
    ),
  },
];
