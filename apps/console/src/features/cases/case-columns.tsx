// Cases as a list, the same wherever cases are listed.
import { type TableColumnsType, Tag } from 'antd';
import { authorityShortName } from '@hengji/province';
import { Link } from 'react-router';
import type { CaseJson } from '../../case-api';
import { CASE_STATES, LEAD_SOURCES } from '../../words/case-words';
import { VIOLATIONS } from '../../words/enforcement-words';
import { moment, wordOf } from '../../words/field-words';

export const CaseStateTag = ({ state }: { state: CaseJson['state'] }) =>
  state === 'UNSPECIFIED' ? null : <Tag color={CASE_STATES[state].color}>{CASE_STATES[state].label}</Tag>;

export const CASE_COLUMNS: TableColumnsType<CaseJson> = [
  { title: '案号', render: (_, one) => <Link to={`/cases/${one.caseId}`}>{one.number === '' ? one.caseId : one.number}</Link>, width: 210 },
  { title: '机构', render: (_, one) => <Link to={`/institutions/${one.institution}`}>{one.institutionName || one.institution}</Link> },
  { title: '违规情形', render: (_, one) => one.grounds.map((ground) => wordOf(VIOLATIONS, ground)).join('；') },
  { title: '来源', render: (_, one) => wordOf(LEAD_SOURCES, one.source), width: 110 },
  { title: '主管部门', render: (_, one) => authorityShortName(one.authority), width: 100 },
  {
    title: '状态',
    render: (_, one) => (
      <div className="row">
        <CaseStateTag state={one.state} />
        {one.suspended && <Tag color="error">中止</Tag>}
      </div>
    ),
    width: 130,
  },
  { title: '登记时间', render: (_, one) => moment(one.openedAt), width: 160 },
];
