// The public notices of the case, with their states; each links to the page that the public reads.
import { Tag, Typography } from 'antd';
import { Link } from 'react-router';
import type { Answers } from '../../http';
import { moment } from '../../words/field-words';

type Notice = Answers['CaseNotice'];

const colorOf = ({ withdrawnAt, state }: Notice): string => {
  if (withdrawnAt !== undefined) return 'default';
  return state === '公示中' ? 'success' : 'warning';
};

export const CaseNotices = ({ notices }: { notices: readonly Notice[] }) => (
  <ul className="notices wrapped" aria-label="本案的公示">
    {notices.map((notice) => (
      <li key={notice.noticeId}>
        <Link to={`/decisions/${notice.noticeId}`}>{notice.number}</Link>
        <Tag color={colorOf(notice)}>{notice.state}</Tag>
        <span className="quiet">
          {moment(notice.publishedAt)} 公示，公示至 {notice.publicUntil}
          {notice.listed > 0 && `，名单${notice.listed}本`}
        </span>
        {notice.withdrawnAt !== undefined && (
          <Typography.Text type="secondary">
            {moment(notice.withdrawnAt)} 撤回：{notice.withdrawnReason}
            {notice.replacedBy !== '' && `（${notice.replacedBy}）`}
          </Typography.Text>
        )}
      </li>
    ))}
  </ul>
);
