// The reconsiderations and suits against the decisions of one case; an officer registers one from here.
import { useQuery } from '@tanstack/react-query';
import { REMEDY_KIND_WORDS } from '@hengji/contracts/lists';
import { Empty, Space, Spin } from 'antd';
import { Link } from 'react-router';
import type { CaseJson } from '../../case-api';
import { LinkButton } from '../../link-button';
import { loadList } from '../../lists/lists-api';
import { useMay } from '../../me';
import { ProblemAlert } from '../../problem-alert';
import { wordOf } from '../../words/field-words';
import { RemedyStateTags } from './remedy-table';

export const RemediesOfCase = ({ theCase: { caseId } }: { theCase: Pick<CaseJson, 'caseId'> }) => {
  const mayOpen = useMay('openRemedies');
  const { data, error } = useQuery({ queryKey: ['remedies', caseId], queryFn: () => loadList.remedies({ caseId, limit: '1000' }) });
  return (
    <Space orientation="vertical" style={{ width: '100%' }}>
      <ProblemAlert problem={error} />
      {mayOpen && <LinkButton to={`/cases/${caseId}/remedies/new`} label="登记复议、诉讼" />}
      {data === undefined && error === null && <Spin />}
      {data?.items.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有登记过行政复议、行政诉讼" />}
      {data?.items.map((one) => (
        <div key={one.remedyId} className="row">
          <Link to={`/remedies/${one.remedyId}`}>
            {wordOf(REMEDY_KIND_WORDS, one.kind)} {one.body} {one.bodyNo}
          </Link>
          <span className="quiet">
            {one.applicant}，{one.receivedOn}收到，针对{one.against}
          </span>
          <RemedyStateTags remedy={one} />
        </div>
      ))}
    </Space>
  );
};
