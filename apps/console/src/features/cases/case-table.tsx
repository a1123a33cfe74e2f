// The list of cases, used wherever cases are listed.
import { LISTS } from '@hengji/contracts/lists';
import { Tag } from 'antd';
import { Link } from 'react-router';
import type { CaseJson } from '../../case-api';
import { InstitutionLink } from '../../lists/institution-link';
import { ListTable } from '../../lists/list-table';
import { loadList } from '../../lists/lists-api';
import { CASE_STATES } from '../../words/case-words';
import { VIOLATIONS } from '../../words/enforcement-words';
import { wordOf } from '../../words/field-words';

export const CaseStateTag = ({ state }: { state: CaseJson['state'] }) =>
  state === 'UNSPECIFIED' ? null : <Tag color={CASE_STATES[state].color}>{CASE_STATES[state].label}</Tag>;

/** Cases as a table; `fixed`: filters that the reader cannot change. */
export const CaseTable = ({ fixed = {} }: { fixed?: Readonly<Record<string, string>> }) => (
  <ListTable
    {...{ spec: LISTS.cases, load: loadList.cases, fixed }}
    rowKey={(one) => one.caseId}
    shown={{
      number: (one) => <Link to={`/cases/${one.caseId}`}>{one.number === '' ? one.caseId : one.number}</Link>,
      institution: (one) => <InstitutionLink code={one.institution} />,
      state: (one) => (
        <div className="row">
          <CaseStateTag state={one.state} />
          {one.suspended && <Tag color="error">中止</Tag>}
        </div>
      ),
    }}
    more={[{ key: 'grounds', title: '违规情形', render: (_, one) => one.grounds.map((ground) => wordOf(VIOLATIONS, ground)).join('；') }]}
  />
);
