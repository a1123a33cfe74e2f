// The list of reconsiderations and suits, used wherever they are listed.
import { LISTS, REMEDY_KIND_WORDS, REMEDY_RESULT_WORDS, REMEDY_STATE_WORDS } from '@hengji/contracts/lists';
import { Tag } from 'antd';
import { Link } from 'react-router';
import type { RemedyJson } from '../../case-api';
import { InstitutionLink } from '../../lists/institution-link';
import { ListTable } from '../../lists/list-table';
import { loadList } from '../../lists/lists-api';
import { wordOf } from '../../words/field-words';

const STATE_COLORS = { RECEIVED: 'warning', ANSWERED: 'processing', ENDED: 'success' } as const;

export const RemedyStateTags = ({ remedy }: { remedy: RemedyJson }) => (
  <div className="row">
    {remedy.state !== 'UNSPECIFIED' && <Tag color={STATE_COLORS[remedy.state]}>{REMEDY_STATE_WORDS[remedy.state]}</Tag>}
    {remedy.result !== 'UNSPECIFIED' && <Tag>{REMEDY_RESULT_WORDS[remedy.result]}</Tag>}
    {remedy.stayed && <Tag color="error">停止执行</Tag>}
  </div>
);

/** `fixed`: filters that the reader cannot change. */
export const RemedyTable = ({ fixed = {} }: { fixed?: Readonly<Record<string, string>> }) => (
  <ListTable
    {...{ spec: LISTS.remedies, load: loadList.remedies, fixed }}
    rowKey={(one) => one.remedyId}
    shown={{
      kind: (one) => <Link to={`/remedies/${one.remedyId}`}>{wordOf(REMEDY_KIND_WORDS, one.kind)}</Link>,
      institution: (one) => <InstitutionLink code={one.institution} />,
      state: (one) => <RemedyStateTags remedy={one} />,
      caseId: (one) => <Link to={`/cases/${one.caseId}`}>案卷</Link>,
    }}
  />
);
