// The deadlines board (期限看板): the number of limits that have passed and that end soon, and the list of limits, soonest first.
import { LISTS } from '@hengji/contracts/lists';
import { Tooltip } from 'antd';
import { Link } from 'react-router';
import type { DeadlineJson } from '../../case-api';
import { InstitutionLink } from '../../lists/institution-link';
import { ListTable } from '../../lists/list-table';
import { loadList } from '../../lists/lists-api';
import { PageCard } from '../../page-card';
import { LimitStateTag, limitTimeLeft } from '../../procedure/limit-table';
import { ProblemAlert } from '../../problem-alert';
import { LimitFigures, useLimits } from './limit-figures';

/** The page of the file that the limit is about: the reconsideration or suit, or the case. */
const fileOf = ({ remedyId, caseId }: DeadlineJson): string => (remedyId === '' ? `/cases/${caseId}` : `/remedies/${remedyId}`);

export const DeadlineBoard = () => {
  const { board, problem } = useLimits();
  return (
    <PageCard title="期限看板">
      <ProblemAlert problem={problem} />
      <LimitFigures board={board} />
      <ListTable
        {...{ spec: LISTS.deadlines, load: loadList.deadlines }}
        rowKey={(one) => one.deadlineId}
        shown={{
          title: (one) => (
            <Tooltip title={one.code}>
              <span>{one.title}</span>
            </Tooltip>
          ),
          state: (one) => <LimitStateTag state={one.state} />,
          institution: (one) => <InstitutionLink code={one.institution} />,
          caseId: (one) => (one.caseId === '' ? '—' : <Link to={fileOf(one)}>案卷</Link>),
        }}
        more={[{ key: 'left', title: '剩余', render: (_, one) => limitTimeLeft(one) }]}
      />
      <p className="quiet">
        不选状态时只列未了结的期限。到期时间按法定工作日和节假日安排计算；上面的分组只按周末折算，节假日前后以到期时间为准。
      </p>
    </PageCard>
  );
};
