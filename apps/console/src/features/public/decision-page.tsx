// One public notice of a decision: its text, its list page by page, its document; of a withdrawn one only that it is withdrawn, when and why.
import { useQuery } from '@tanstack/react-query';
import { Alert, Pagination, Spin } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, noticePdf } from '../../api';
import type { Answers } from '../../http';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { moment } from '../../words/field-words';
import { NoticeText } from './notice-text';
import { PublicFrame } from './public-frame';

const Withdrawn = ({ notice }: { notice: Answers['DecisionNotice'] }) => (
  <Alert
    type="warning"
    showIcon
    title={`本公示已于${moment(notice.withdrawnAt)}撤回`}
    description={
      <>
        <p>撤回理由：{notice.withdrawnReason}</p>
        {notice.replacedBy !== '' && <p>现以{notice.replacedBy}代替。</p>}
      </>
    }
  />
);

const Standing = ({ notice, text }: { notice: Answers['DecisionNotice']; text: Answers['NoticeText'] }) => {
  const [page, setPage] = useState(1);
  const entries = useQuery({
    queryKey: ['decision-entries', notice.noticeId, page],
    queryFn: () => api.noticeEntries(notice.noticeId, page),
    enabled: notice.pages > 0,
  });
  return (
    <>
      <p className="quiet">
        {notice.number} 公示时间：{moment(notice.publishedAt)} 公示至：{notice.publicUntil}
      </p>
      <p>
        <a href={noticePdf(notice.noticeId)} target="_blank" rel="noreferrer">
          下载公示文书（PDF）
        </a>
      </p>
      <ProblemAlert problem={entries.error} />
      <NoticeText text={text} entries={entries.data?.entries ?? []} />
      {notice.pages > 1 && (
        <Pagination current={page} total={notice.pages} pageSize={1} showSizeChanger={false} onChange={setPage} aria-label="名单的页" />
      )}
    </>
  );
};

export const DecisionPage = () => {
  const { id = '' } = useParams();
  const read = useQuery({ queryKey: ['decision-notice', id], queryFn: () => api.decisionNotice(id) });
  const { notice, text } = read.data ?? {};
  return (
    <PublicFrame>
      <PageCard title="处理决定公示" extra={<Link to="/decisions">全部公示</Link>}>
        <ProblemAlert problem={read.error} />
        {read.isPending && <Spin />}
        {notice?.withdrawnAt !== undefined && (
          <>
            <p>
              关于{notice.institutionName}的处理决定公示（{notice.number}）
            </p>
            <Withdrawn notice={notice} />
          </>
        )}
        {notice !== undefined && notice.withdrawnAt === undefined && text !== undefined && <Standing notice={notice} text={text} />}
      </PageCard>
    </PublicFrame>
  );
};
