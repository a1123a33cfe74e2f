// The public notices of decisions (处理决定公示): found by institution, city and day; for everybody, on a phone too.
import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { Button, DatePicker, Input, Select, Space, Spin, Tag } from 'antd';
import { AUTHORITY_WORDS } from '@hengji/contracts/lists';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../api';
import type { Answers } from '../../http';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { moment } from '../../words/field-words';
import { PublicFrame } from './public-frame';

type Notice = Answers['DecisionNotice'];

const AUTHORITIES = Object.entries(AUTHORITY_WORDS).map(([value, label]) => ({ value, label }));

const Item = ({ notice }: { notice: Notice }) => (
  <li>
    <Link to={`/decisions/${notice.noticeId}`}>{notice.title === '' ? `关于${notice.institutionName}的处理决定公示` : notice.title}</Link>
    <span className="quiet">
      {notice.number} {moment(notice.publishedAt)}
    </span>
    {notice.withdrawnAt !== undefined && <Tag color="error">已撤回</Tag>}
  </li>
);

interface Asked {
  readonly search: string;
  readonly authority?: string;
  readonly publishedAtFrom?: string;
  readonly publishedAtUntil?: string;
}

const Found = ({ asked }: { asked: Asked }) => {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const after = cursors[cursors.length - 1];
  const page = useQuery({
    queryKey: ['decision-notices', asked, after],
    queryFn: () => api.decisionNotices({ ...asked, ...(after === undefined ? {} : { after }) }),
    placeholderData: keepPreviousData,
  });
  const items = page.data?.items ?? [];
  return (
    <>
      <ProblemAlert problem={page.error} />
      {page.isPending && <Spin />}
      {page.data !== undefined && items.length === 0 && <p className="quiet">没有公示</p>}
      <ul className="notices wrapped" aria-label="公示">
        {items.map((notice) => (
          <Item key={notice.noticeId} notice={notice} />
        ))}
      </ul>
      <Space>
        {cursors.length > 1 && <Button onClick={() => setCursors(cursors.slice(0, -1))}>上一页</Button>}
        {(page.data?.next ?? '') !== '' && <Button onClick={() => setCursors([...cursors, page.data?.next])}>下一页</Button>}
      </Space>
    </>
  );
};

export const DecisionsPage = () => {
  const [asked, setAsked] = useState<Asked>({ search: '' });
  const days = (_: unknown, [from, until]: [string, string] | [] = []): void => {
    const { search, authority } = asked;
    setAsked({
      search,
      ...(authority === undefined ? {} : { authority }),
      ...(from ? { publishedAtFrom: from } : {}),
      ...(until ? { publishedAtUntil: until } : {}),
    });
  };
  return (
    <PublicFrame>
      <PageCard title="处理决定公示">
        <div className="row" style={{ marginBottom: 12 }}>
          <Input.Search
            allowClear
            aria-label="查找公示"
            placeholder="机构名称、机构代码或文号"
            maxLength={100}
            onSearch={(search) => setAsked({ ...asked, search: search.trim() })}
            style={{ maxWidth: 320 }}
          />
          <Select
            allowClear
            aria-label="主管部门"
            placeholder="主管部门"
            options={AUTHORITIES}
            onChange={(authority: string | undefined) => {
              const { authority: _, ...rest } = asked;
              setAsked(authority === undefined ? rest : { ...rest, authority });
            }}
            style={{ width: 200 }}
          />
          <DatePicker.RangePicker
            aria-label="公示日期"
            placeholder={['公示日期自', '至']}
            onChange={(dates, texts) => days(dates, texts ?? [])}
            style={{ maxWidth: 320 }}
          />
        </div>
        <Found key={JSON.stringify(asked)} asked={asked} />
      </PageCard>
    </PublicFrame>
  );
};
